// A function of one number: its formula, its range, how many points of it there are and how far astray.
import { html, type TemplateResult } from "lit";
import { withFunction, type FunctionData } from "../../experiment.js";
import { check, type Experiment } from "../../session/engine.js";
import type { Refusal } from "../../session/protocol.js";
import { pick, real, whole } from "../fields.js";
import type { View } from "../view.js";

const POINTS = [10, 10_000] as const;
const NOISE = [0, 100] as const;
const RANGE = [-1000, 1000] as const;
/** Formulas to begin with. */
const FORMULAS = ["sin(x)", "x^2", "x/abs(x)", "exp(-x^2)*cos(3*x)", "abs(x)"] as const;

/** What was typed and can't be learned, and why; of the view that it was typed in. */
const refused = new WeakMap<View, { formula: string; refusal: Refusal }>();

export function functionFields(view: View, experiment: Experiment, data: FunctionData): TemplateResult {
  const text = view.model.text.value.functions;
  const change = (part: Partial<FunctionData>) => {
    const changed = withFunction(experiment, part);
    try {
      check(changed);
      refused.delete(view);
      view.actions.change(changed);
    } catch (refusal) {
      refused.set(view, { formula: part.formula ?? data.formula, refusal: refusal as Refusal });
      view.requestUpdate();
    }
  };
  const wrong = refused.get(view);
  const isKnown = (FORMULAS as readonly string[]).includes(data.formula);
  const options = [
    ...(isKnown ? [] : [{ value: data.formula, label: data.formula }]),
    ...FORMULAS.map((value) => ({ value, label: text.formulas[value]! })),
  ];
  return html`<div class="points">
    ${pick(text.choose, options, data.formula, (formula) => change({ formula }))}
    <label class="field formula"
      ><span>${text.formula}</span>
      <input
        type="text"
        spellcheck="false"
        autocapitalize="off"
        maxlength="200"
        aria-invalid=${wrong !== undefined}
        .value=${wrong?.formula ?? data.formula}
        @change=${(e: Event) => change({ formula: (e.target as HTMLInputElement).value })}
    /></label>
    ${
      wrong
        ? html`<p class="refused" role="alert">${view.model.text.value.refusal(wrong.refusal)}</p>`
        : html`<p class="note">${text.formulaHelp}</p>`
    }
    ${real(text.from, data.from, RANGE, (from) => change({ from }))}
    ${real(text.to, data.to, RANGE, (to) => change({ to }))}
    ${whole(view.model.text.value.points.count, data.points, POINTS, (points) => change({ points }))}
    ${real(view.model.text.value.points.noise, data.noise, NOISE, (noise) => change({ noise }))}
    <button class="small" @click=${() => change({ seed: (data.seed + 1) % 2 ** 32 })}>
      ${view.model.text.value.points.again}
    </button>
  </div>`;
}
