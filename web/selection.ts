// The one selection: what was pinned last, a cell, a class or a neuron, and which samples it stands for; and the neuron
// that is looked at.
import { effect, untracked } from "@preact/signals-core";
import type { Evaluated, Model } from "./model.js";
import type { Among } from "./session/engine.js";
import type { Cell } from "./session/protocol.js";

export type Selection =
  | { kind: "cell"; cell: Cell }
  | { kind: "class"; cls: number }
  /** The samples that make its sum greater than zero. */
  | { kind: "neuron"; layer: number; unit: number };

/** The held-out samples that it stands for, as far as the evaluation says. */
export function samplesOf(selection: Selection | null, evaluated: Evaluated | null): Set<number> | null {
  const readings = evaluated?.readings;
  if (!selection || !readings) return null;
  const { ids, actual, predicted, excites } = readings;
  if (selection.kind === "neuron" && !isWatched(selection, evaluated)) return null;
  const belongs = (i: number): boolean => {
    switch (selection.kind) {
      case "cell":
        return actual[i] === selection.cell.actual && predicted[i] === selection.cell.predicted;
      case "class":
        return actual[i] === selection.cls;
      case "neuron":
        return excites[i] === 1;
    }
  };
  return new Set(ids.filter((_, i) => belongs(i)));
}

/** The same, kept while another unit is watched than the one that is selected: somebody hovers that one. */
export class Marks {
  #last: { selection: Selection; samples: Set<number> } | null = null;

  of(selection: Selection | null, evaluated: Evaluated | null): Set<number> | null {
    const samples = samplesOf(selection, evaluated);
    if (selection && samples) this.#last = { selection, samples };
    else if (!evaluated || this.#last?.selection !== selection) this.#last = null;
    return this.#last?.samples ?? null;
  }
}

/** Whether a sample belongs to the selection; of those that are learned from only a class says so. */
export function isMarked({ marked, selection, labels, pictures }: Model, id: number): boolean {
  if (marked.value?.has(id)) return true;
  if (selection.value?.kind !== "class") return false;
  return (labels.value?.[id] ?? pictures.get(id)?.label) === selection.value.cls;
}

/** Whether an evaluation says which samples are a neuron's. */
export function isWatched(
  neuron: Extract<Selection, { kind: "neuron" }>,
  { neuron: of }: Evaluated,
): boolean {
  return of?.unit === neuron.unit && of.layer === neuron.layer;
}

/** The mistakes of a selection; all of them where there is none. */
export function mistakesOf(selection: Selection | null): Among {
  switch (selection?.kind) {
    case undefined:
      return { kind: "mistakes" };
    case "cell":
      return { kind: "cell", ...selection.cell };
    case "class":
      return { kind: "mistakesOf", actual: selection.cls };
    case "neuron":
      return { kind: "excitingMistakes" };
  }
}

/** Keeps the selection what was pinned last of all that is pinned; gives what ends that. */
export function followPins({
  pinnedCell,
  pinnedClass,
  pinnedNeuron,
  layer,
  selection,
}: Model): (() => void)[] {
  const pins: (() => Selection | null)[] = [
    () => pinnedCell.value && { kind: "cell", cell: pinnedCell.value },
    () => (pinnedClass.value === null ? null : { kind: "class", cls: pinnedClass.value }),
    () =>
      pinnedNeuron.value === null ? null : { kind: "neuron", layer: layer.value, unit: pinnedNeuron.value },
  ];
  return pins.map((pin) => {
    let before: Selection | null = null;
    return effect(() => {
      const pinned = pin();
      untracked(() => {
        const isReleased = pinned === null && before?.kind === selection.value?.kind;
        if (pinned) selection.value = pinned;
        else if (isReleased) selection.value = pins.map((other) => other()).find(Boolean) ?? null;
        before = pinned;
      });
    });
  });
}

/** Keeps the card about the neuron that is hovered, else the pinned one, else the last one hovered that the network shown
 *  has; gives what ends that. */
export function followLooked({ neuron, pinnedNeuron, looked, opened, layer }: Model): () => void {
  return effect(() => {
    const about = neuron.value ?? pinnedNeuron.value ?? looked.peek();
    const shapes = opened.value?.weightShapes ?? [];
    // The last layer's units are the classes, unless there is no other.
    if (layer.value >= Math.max(shapes.length - 1, 1)) {
      layer.value = 0;
      pinnedNeuron.value = null;
    }
    const units = shapes[layer.value]?.[1] ?? 0;
    looked.value = about < units ? about : 0;
  });
}
