// How the layers fare, folded: units that have stopped to learn, gradients that vanish or explode.
import { html, nothing, type TemplateResult } from "lit";
import type { Health, LayerSpec } from "../../session/engine.js";
import { help } from "../fields.js";
import type { View } from "../view.js";
import { nameOf } from "./summary.js";

export function health(view: View): TemplateResult | typeof nothing {
  const { evaluated, opened, text } = view.model;
  if (!evaluated.value || !opened.value) return nothing;
  const { activity, norms } = evaluated.value.health;
  const stuck = activity.reduce((sum, layer) => sum + layer.dead + layer.saturated, 0);
  const { layers } = opened.value.experiment;
  return html`<details>
    <summary><b>${text.value.health}</b> · ${text.value.stuck(stuck)}</summary>
    <table class="summary">
      <caption class="visually-hidden">
        ${text.value.health}, ${text.value.atStep(evaluated.value.step)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text.value.layer}</th>
          <th scope="col">${text.value.gradient}</th>
          <th scope="col">${text.value.stepShare}</th>
        </tr>
      </thead>
      <tbody>
        ${layers.map((layer, place) => row(view, layer, place, activity, norms))}
      </tbody>
    </table>
    ${help(text.value.healthHelp)}
  </details>`;
}

function row(
  view: View,
  layer: LayerSpec,
  place: number,
  activity: Health["activity"],
  norms: Health["norms"],
): TemplateResult {
  const text = view.model.text.value;
  const units = activity.find((one) => one.place === place);
  const lengths = norms.find((one) => one.place === place);
  const short = (value: number) => text.format.number(Number(value.toPrecision(2)));
  const share = lengths && lengths.weights > 0 ? lengths.update / lengths.weights : null;
  return html`<tr>
    <td>${nameOf(text, layer)}</td>
    ${
      units
        ? html`<td colspan="2">${text.unitsStuck(units.dead, units.saturated, units.units)}</td>`
        : html`<td>${lengths ? short(lengths.gradient) : nothing}</td>
            <td>${share === null ? nothing : text.format.percent(share, 2)}</td>`
    }
  </tr>`;
}
