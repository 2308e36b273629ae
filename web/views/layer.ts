// The layer whose units are shown: the first one's weights as they are in this frame, a later one's as they were in the last
// evaluation.
import type { Model } from "../model.js";
import { scaleOf } from "../session/scale.js";
import { outputName } from "./names.js";

export interface ShownLayer {
  /** What each unit looks for, pixel by pixel: inputs × units. */
  pictures: Float32Array;
  biases: Float32Array;
  /** What each unit weighs the units below with, below × units; empty where these are the pixels. */
  incoming: Float32Array;
  /** Units × units of the next layer. */
  outgoing: Float32Array;
}

/** Nothing before it has been heard of. */
export function layerOf({ layer, shown, evaluated }: Model): ShownLayer | null {
  if (layer.value === 0) {
    const loan = shown.value?.loan;
    return loan ? { ...loan, pictures: loan.weights, incoming: NONE } : null;
  }
  const later = evaluated.value?.later;
  return later?.layer === layer.value ? later : null;
}

const NONE = new Float32Array();

/** The size from which weights have the full colour: one for these, or one for all layers, as it was in the last evaluation. */
export function limitFor({ scope, evaluated }: Model, weights: Float32Array): number {
  const common = scope.value === "all" ? evaluated.value?.scale : null;
  return common ?? scaleOf(weights);
}

/** How many held-out samples made a unit of it active; undefined where nothing tells. */
export function activeOf({ layer, evaluated }: Model, unit: number): number | undefined {
  const facts = evaluated.value;
  if (layer.value === 0) return facts?.active[unit];
  return facts?.later?.layer === layer.value ? facts.later.active[unit] : undefined;
}

/** Units of it, and of the next layer (0 where it is the last). */
export function widthsOf({ layer, opened }: Model): { units: number; next: number } {
  const shapes = opened.value?.weightShapes ?? [];
  return { units: shapes[layer.value]?.[1] ?? 0, next: shapes[layer.value + 1]?.[1] ?? 0 };
}

/** Whether the layer after it answers for the classes. */
export function leadsToClasses({ layer, opened }: Model): boolean {
  return layer.value + 2 >= (opened.value?.weightShapes.length ?? 0);
}

/** What a unit of the next layer is called. */
export function nextName(model: Model, unit: number): string {
  return leadsToClasses(model)
    ? outputName(model, unit)
    : model.text.value.unitOf(model.layer.value + 2, unit);
}
