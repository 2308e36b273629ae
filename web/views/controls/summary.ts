// Layers, output shapes and parameters, as Keras's `summary()` lists them.
import { html, type TemplateResult } from "lit";
import { inputsOf } from "../../experiment.js";
import { summary, type Experiment, type LayerSpec } from "../../session/engine.js";
import type { Text } from "../../text/en.js";
import type { View } from "../view.js";

export function summaryTable(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const lines = summary(inputsOf(experiment), experiment);
  const count = text.format.count;
  return html`<table class="summary">
    <caption class="visually-hidden">
      ${text.summaryTable}
    </caption>
    <thead>
      <tr>
        <th scope="col">${text.layer}</th>
        <th scope="col">${text.output}</th>
        <th scope="col">${text.parameters}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        ({ layer, outputs, parameters }) =>
          html`<tr>
            <td>${nameOf(text, layer)}</td>
            <td>${count(outputs)}</td>
            <td>${count(parameters)}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="2">${text.total}</th>
        <td>${count(lines.reduce((sum, line) => sum + line.parameters, 0))}</td>
      </tr>
    </tfoot>
  </table>`;
}

/** A layer as the summary names it. */
export function nameOf(text: Text, layer: LayerSpec): string {
  switch (layer.kind) {
    case "dense":
      return text.dense;
    case "activation":
      return text.activations[layer.function];
    case "dropout":
      return text.dropoutOf(layer.rate);
  }
}
