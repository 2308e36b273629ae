// The points of a toy set: how they lie, how many there are, how far astray, and others of the same kind.
import { html, type TemplateResult } from "lit";
import { withPoints } from "../../experiment.js";
import type { Experiment } from "../../session/engine.js";
import { named, pick, real, whole } from "../fields.js";
import type { View } from "../view.js";

type Toy = Extract<Experiment["data"], { kind: "toy" }>;

const POINTS = [10, 10_000] as const;
const NOISE = [0, 1] as const;

export function points(view: View, experiment: Experiment, data: Toy): TemplateResult {
  const text = view.model.text.value.points;
  const change = (points: Partial<Toy>) => view.actions.change(withPoints(experiment, points));
  return html`<div class="points">
    ${pick(text.shape, named(text.shapes), data.shape, (shape) => change({ shape }))}
    ${whole(text.count, data.points, POINTS, (points) => change({ points }))}
    ${real(text.noise, data.noise, NOISE, (noise) => change({ noise }))}
    <button class="small" @click=${() => change({ seed: (data.seed + 1) % 2 ** 32 })}>${text.again}</button>
  </div>`;
}
