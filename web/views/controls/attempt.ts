// What somebody asks for and can't be learned is refused where it was asked for, while the run goes on.
import { html, type TemplateResult } from "lit";
import { check, type Experiment } from "../../session/engine.js";
import type { Refusal } from "../../session/protocol.js";
import type { View } from "../view.js";

interface Refused {
  /** What was typed. */
  typed: string;
  refusal: Refusal;
  /** What is learned instead. */
  data: Experiment["data"];
}
const refused = new WeakMap<View, Refused>();

/** Changes the experiment, if it can be learned. */
export function attempt(view: View, changed: Experiment, typed = ""): void {
  try {
    check(changed);
  } catch (refusal) {
    const { data } = view.model.experiment.peek()!;
    refused.set(view, { typed, refusal: refusal as Refusal, data });
    return view.requestUpdate();
  }
  refused.delete(view);
  view.actions.change(changed);
}

/** What was refused in a view last; nothing once something else is learned. */
export function refusedIn(view: View): Refused | null {
  const found = refused.get(view);
  return found && found.data === view.model.experiment.value?.data ? found : null;
}

/** Why, or else a word of help. */
export function whyRefused(view: View, help: string): TemplateResult {
  const wrong = refusedIn(view);
  return wrong
    ? html`<p class="refused" role="alert">${view.model.text.value.refusal(wrong.refusal)}</p>`
    : html`<p class="note">${help}</p>`;
}
