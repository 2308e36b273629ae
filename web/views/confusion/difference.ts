// What two runs make of the same held-out samples: A less B, cell by cell and sample by sample. No elements.
import { splitOf } from "../../experiment.js";
import type { Evaluated, Model } from "../../model.js";
import type { Opened } from "../../session/engine.js";
import type { Cell, Readings } from "../../session/protocol.js";

/** A sample that one of two networks reads so, with the probability that it gives it. */
export interface OnlyOne {
  id: number;
  probability: number;
}

/** The evaluation of the run beside, where it has read the very samples that this run reads. */
export function comparable(model: Model): Evaluated | null {
  return isComparable(model) ? model.other.value!.evaluated.value : null;
}

/** Whether the run beside reads the very samples that this run reads. */
export function isComparable({ opened, other }: Model): boolean {
  const [a, b] = [opened.value, other.value?.opened.value];
  return Boolean(a && b) && heldOut(a!) === heldOut(b!);
}

function heldOut({ experiment }: Opened): string {
  return JSON.stringify([experiment.data, experiment.classes, splitOf(experiment)]);
}

/** The samples of a cell's row that `a` takes for its column and `b` does not, the most confident first. */
export function onlyIn(a: Readings, b: Readings, { actual, predicted }: Cell): OnlyOne[] {
  const found: OnlyOne[] = [];
  a.ids.forEach((id, i) => {
    if (a.actual[i] === actual && a.predicted[i] === predicted && b.predicted[i] !== predicted)
      found.push({ id, probability: a.probability[i]! });
  });
  return found.toSorted((one, other) => other.probability - one.probability || one.id - other.id);
}
