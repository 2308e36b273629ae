// What the network says of a sample, class by class.
import { html, type TemplateResult } from "lit";
import type { Model } from "../../model.js";
import type { SampleFacts } from "../../session/protocol.js";
import { className, hasNames } from "../names.js";

/** The logits and the probabilities; a press on a class compares with it. */
export function readings(
  model: Model,
  { logits, probabilities, predicted, against }: SampleFacts,
): TemplateResult {
  const text = model.text.value;
  const name = (label: number) => className(model, label);
  const each = (draw: (label: number) => TemplateResult) => Array.from(logits, (_, label) => draw(label));
  return html`<table class=${hasNames(model) ? "readings named" : "readings"}>
    <caption class="visually-hidden">
      ${text.sampleReads}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${each(
          (label) =>
            html`<th scope="col" class=${label === predicted ? "up" : label === against ? "down" : ""}>
              ${
                label === predicted
                  ? name(label)
                  : html`<button
                      class="small"
                      aria-label=${text.why.compare(name(label))}
                      title=${text.why.compare(name(label))}
                      aria-pressed=${label === against}
                      @click=${() => (model.against.value = label)}
                    >
                      ${name(label)}
                    </button>`
              }
            </th>`,
        )}
      </tr>
    </thead>
    <tbody>
      <tr>
        <th scope="row">${text.why.logit}</th>
        ${each((label) => html`<td>${text.format.fixed(logits[label]!, 1)}</td>`)}
      </tr>
      <tr>
        <th scope="row">%</th>
        ${each((label) => html`<td><meter min="0" max="1" .value=${probabilities[label]!} aria-hidden="true"></meter>${text.format.fixed(probabilities[label]! * 100, 1)}</td>`)}
      </tr>
    </tbody>
  </table>`;
}
