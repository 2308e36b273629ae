// How the layers fare and have fared, folded: units that have stopped to learn, gradients that vanish or explode.
import { html, nothing, type TemplateResult } from "lit";
import { sparkline } from "../../draw/sparkline.js";
import type { Health, LayerSpec } from "../../session/engine.js";
import type { LayerCourse, Trouble } from "../../session/health.js";
import type { Curve } from "../../session/curve.js";
import { help } from "../fields.js";
import type { View } from "../view.js";
import { nameOf } from "./summary.js";

const BOX = { width: 56, height: 16 };

/** Lengths are compared between layers: their lines have one scale, a logarithmic one. */
interface Scale {
  low: number;
  high: number;
}

export function health(view: View): TemplateResult | typeof nothing {
  const { evaluated, opened, text, curves } = view.model;
  if (!evaluated.value || !opened.value) return nothing;
  const course = curves.value.health;
  const trouble = course.trouble();
  const { layers } = opened.value.experiment;
  const scales = {
    gradient: scaleOf([...course.layers.values()].map(({ gradient }) => gradient)),
    update: scaleOf([...course.layers.values()].map(({ update }) => update)),
  };
  const row = (layer: LayerSpec, place: number) =>
    line(view, layer, place, evaluated.value!.health, course.layers.get(place), scales);
  return html`<details class="health">
    <summary><b>${text.value.health}</b> · ${said(view, trouble, evaluated.value.health)}</summary>
    ${trouble ? help(text.value.troubles[trouble.kind].help) : nothing}
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
        ${layers.map(row)}
      </tbody>
    </table>
    ${help(text.value.healthHelp)}
  </details>`;
}

function said({ model }: View, trouble: Trouble | null, { activity }: Health): string {
  const text = model.text.value;
  const stuck = activity.reduce((sum, layer) => sum + layer.dead + layer.saturated, 0);
  if (trouble?.kind === "vanishing") return text.troubles.vanishing.said(trouble.layer + 1, trouble.share);
  if (trouble?.kind === "exploding") return text.troubles.exploding.said(trouble.layer + 1, trouble.times);
  return text.stuck(stuck);
}

function line(
  view: View,
  layer: LayerSpec,
  place: number,
  { activity, norms }: Health,
  course: LayerCourse | undefined,
  scales: { gradient: Scale; update: Scale },
): TemplateResult {
  const text = view.model.text.value;
  const units = activity.find((one) => one.place === place);
  const lengths = norms.find((one) => one.place === place);
  const short = (value: number) => text.format.number(Number(value.toPrecision(2)));
  const share = lengths && lengths.weights > 0 ? lengths.update / lengths.weights : null;
  const drawn = (curve: Curve | undefined, name: string, scale?: Scale) =>
    curve && curve.x.length > 1 ? spark(curve, `${nameOf(text, layer)}, ${name}`, scale) : nothing;
  return html`<tr>
    <td>${nameOf(text, layer)}</td>
    ${
      units
        ? html`<td colspan="2">
            ${text.unitsStuck(units.dead, units.saturated, units.units)}
            ${drawn(course?.stuck, text.stuckOverTime)}
          </td>`
        : html`<td>
              ${lengths ? short(lengths.gradient) : nothing}
              ${drawn(course?.gradient, text.gradientOverTime, scales.gradient)}
            </td>
            <td>
              ${share === null ? nothing : text.format.percent(share, 2)}
              ${drawn(course?.update, text.updateOverTime, scales.update)}
            </td>`
    }
  </tr>`;
}

/** A curve by epoch: shares from 0 to 1, lengths on their common logarithmic scale. */
function spark(curve: Curve, name: string, scale?: Scale): TemplateResult {
  const y = scale ? curve.y.map(Math.log10) : curve.y;
  const path = sparkline(curve.x, y, { ...BOX, ...(scale ?? { low: 0, high: 1 }) });
  return html`<svg
    class="spark"
    role="img"
    aria-label=${name}
    viewBox="-1 -1 ${BOX.width + 2} ${BOX.height + 2}"
  >
    <title>${name}</title>
    <path d=${path} />
  </svg>`;
}

function scaleOf(curves: readonly Curve[]): Scale {
  const values = curves.flatMap(({ y }) => y.map(Math.log10)).filter(Number.isFinite);
  return values.length > 0 ? { low: Math.min(...values), high: Math.max(...values) } : { low: 0, high: 0 };
}
