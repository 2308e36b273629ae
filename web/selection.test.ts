import { expect, test } from "vitest";
import { Model, type Evaluated } from "./model.js";
import { followLooked, followPins, isMarked, mistakesOf, samplesOf } from "./selection.js";
import type { Opened } from "./session/engine.js";

const readings = {
  ids: Uint32Array.of(60_000, 60_001, 60_002, 60_003),
  actual: Uint8Array.of(4, 4, 9, 4),
  predicted: Uint8Array.of(4, 9, 9, 9),
  probability: new Float32Array(4),
  excites: Uint8Array.of(1, 0, 1, 0),
};
const evaluated = { readings, neuron: { layer: 1, unit: 3 } } as unknown as Evaluated;

test("a cell, a class and a neuron stand for their samples, as far as is known", () => {
  const ids = (selection: Parameters<typeof samplesOf>[0]) => {
    const samples = samplesOf(selection, evaluated);
    return samples && [...samples];
  };
  expect(ids({ kind: "cell", cell: { actual: 4, predicted: 9 } })).toEqual([60_001, 60_003]);
  expect(ids({ kind: "class", cls: 4 })).toEqual([60_000, 60_001, 60_003]);
  expect(ids({ kind: "neuron", layer: 1, unit: 3 })).toEqual([60_000, 60_002]);
  // Another unit is being watched.
  expect(ids({ kind: "neuron", layer: 1, unit: 2 })).toBeNull();
  expect(ids({ kind: "neuron", layer: 0, unit: 3 })).toBeNull();
  expect(ids(null)).toBeNull();
  expect(samplesOf({ kind: "class", cls: 4 }, { ...evaluated, readings: null })).toBeNull();
});

test("the selection is what was pinned last, until that is released", () => {
  const model = new Model();
  const stops = followPins(model);
  model.pinnedNeuron.value = 3;
  expect(model.selection.value).toEqual({ kind: "neuron", layer: 0, unit: 3 });
  model.pinnedCell.value = { actual: 4, predicted: 9 };
  expect(model.selection.value?.kind).toBe("cell");
  model.pinnedNeuron.value = null;
  expect(model.selection.value?.kind).toBe("cell");
  model.pinnedClass.value = 0;
  expect(model.selection.value).toEqual({ kind: "class", cls: 0 });
  expect(mistakesOf(model.selection.value)).toEqual({ kind: "mistakesOf", actual: 0 });
  model.pinnedClass.value = null;
  // What is still pinned is selected again.
  expect(model.selection.value?.kind).toBe("cell");
  model.pinnedCell.value = null;
  expect(model.selection.value).toBeNull();
  expect(mistakesOf(null)).toEqual({ kind: "mistakes" });
  for (const stop of stops) stop();
});

test("of what is learned from a class alone marks samples, by all labels or by a picture's", () => {
  const model = new Model();
  model.evaluated.value = evaluated;
  model.selection.value = { kind: "class", cls: 4 };
  expect([60_001, 60_002].map((id) => isMarked(model, id))).toEqual([true, false]);
  const image = {} as ImageData;
  model.pictures.put(7, { label: 4, image });
  model.pictures.put(8, { label: 9, image });
  expect([7, 8, 9].map((id) => isMarked(model, id))).toEqual([true, false, false]);
  model.labels.value = Uint8Array.from({ length: 10 }, (_, id) => (id === 9 ? 4 : 0));
  expect([7, 8, 9].map((id) => isMarked(model, id))).toEqual([false, false, true]);
  model.selection.value = { kind: "cell", cell: { actual: 4, predicted: 9 } };
  expect([9, 60_001].map((id) => isMarked(model, id))).toEqual([false, true]);
});

test("the neuron that is looked at is the hovered one, else the pinned one, else the last one that the layer has", () => {
  const model = new Model();
  const stop = followLooked(model);
  model.opened.value = {
    weightShapes: [
      [784, 10],
      [10, 6],
      [6, 10],
    ],
  } as unknown as Opened;
  model.pinnedNeuron.value = 4;
  expect(model.looked.value).toBe(4);
  model.neuron.value = 9;
  expect(model.looked.value).toBe(9);
  model.neuron.value = null;
  expect(model.looked.value).toBe(4);
  model.pinnedNeuron.value = null;
  expect(model.looked.value).toBe(4);
  model.neuron.value = 9;
  model.neuron.value = null;
  model.layer.value = 1;
  expect(model.looked.value, "a layer of six").toBe(0);
  // The last layer's units are the classes.
  model.pinnedNeuron.value = 2;
  model.layer.value = 2;
  expect([model.layer.value, model.pinnedNeuron.value]).toEqual([0, null]);
  stop();
});
