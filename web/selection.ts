// The one selection: what was pinned last, a cell, a class or a neuron, and which samples it stands for.
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
  const { neuron } = evaluated;
  if (selection.kind === "neuron" && !(neuron?.unit === selection.unit && neuron.layer === selection.layer))
    return null;
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

/** Keeps the selection what was pinned last, as long as it is pinned; gives what ends that. */
export function followPins(model: Model): (() => void)[] {
  const follow = (kind: Selection["kind"], pinned: () => Selection | null) =>
    effect(() => {
      const selection = pinned();
      untracked(() => {
        if (selection) model.selection.value = selection;
        else if (model.selection.value?.kind === kind) model.selection.value = null;
      });
    });
  const { pinnedCell, pinnedClass, pinnedNeuron } = model;
  return [
    follow("cell", () => pinnedCell.value && { kind: "cell", cell: pinnedCell.value }),
    follow("class", () => (pinnedClass.value === null ? null : { kind: "class", cls: pinnedClass.value })),
    follow("neuron", () =>
      pinnedNeuron.value === null
        ? null
        : { kind: "neuron", layer: model.layer.value, unit: pinnedNeuron.value },
    ),
  ];
}
