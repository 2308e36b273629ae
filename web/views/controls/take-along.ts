// The same run on one's own machine, folded: the exact command.
import { html, type TemplateResult } from "lit";
import { formatLink, type Experiment } from "../../session/engine.js";
import { help } from "../fields.js";
import type { View } from "../view.js";

export function takeAlong(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const command = `cargo run --release -p brainbow-cli -- train --link '${formatLink(experiment)}'`;
  return html`<details>
    <summary><b>${text.takeAlong}</b> · ${text.takeAlongShort}</summary>
    <code class="command" tabindex="0" aria-label=${text.takeAlong}>${command}</code>
    ${help(text.takeAlongHelp)}
  </details>`;
}
