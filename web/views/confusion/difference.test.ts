import { expect, test } from "vitest";
import { Model } from "../../model.js";
import type { Opened } from "../../session/engine.js";
import type { Readings } from "../../session/protocol.js";
import { isComparable, onlyIn } from "./difference.js";

const readings = (predicted: number[], probability: number[]): Readings => ({
  ids: Uint32Array.of(10, 11, 12, 13, 20),
  actual: Uint8Array.of(4, 4, 4, 4, 9),
  predicted: Uint8Array.from(predicted),
  probability: Float32Array.from(probability),
  excites: new Uint8Array(5),
});
const a = readings([4, 4, 9, 4, 9], [0.5, 0.75, 0.25, 0.75, 1]);
const b = readings([9, 4, 4, 9, 9], [0.25, 0.5, 0.75, 0.5, 1]);

test("what one reads so and the other does not, the most confident first, equals by id", () => {
  expect(onlyIn(a, b, { actual: 4, predicted: 4 })).toEqual([
    { id: 13, probability: 0.75 },
    { id: 10, probability: 0.5 },
  ]);
  expect(onlyIn(b, a, { actual: 4, predicted: 4 })).toEqual([{ id: 12, probability: 0.75 }]);
  expect(onlyIn(b, a, { actual: 4, predicted: 9 }).map(({ id }) => id)).toEqual([13, 10]);
});

test("what both read so is in neither list: the lists' lengths differ as the cells do", () => {
  expect(onlyIn(a, b, { actual: 9, predicted: 9 })).toEqual([]);
  for (const predicted of [4, 9]) {
    const count = (of: Readings) =>
      of.predicted.filter((p, i) => p === predicted && of.actual[i] === 4).length;
    const cell = { actual: 4, predicted };
    expect(onlyIn(a, b, cell).length - onlyIn(b, a, cell).length).toBe(count(a) - count(b));
  }
});

test("of a table, and of a set with a split, another seed holds out other samples: there is nothing to compare", () => {
  const opened = (kind: string, seed: number, validationSplit?: number) =>
    ({ experiment: { data: { kind }, classes: [], seed, validationSplit } }) as unknown as Opened;
  const are = (a: Opened, b: Opened) => {
    const model = new Model();
    model.other.value = new Model();
    [model.opened.value, model.other.value.opened.value] = [a, b];
    return isComparable(model);
  };
  expect(are(opened("mnist", 1), opened("mnist", 2))).toBe(true);
  expect(are(opened("mnist", 1, 0.1), opened("mnist", 2, 0.1))).toBe(false);
  expect(are(opened("mnist", 1, 0.1), opened("mnist", 1, 0.1))).toBe(true);
  expect(are(opened("table", 1), opened("table", 2))).toBe(false);
  expect(are(opened("table", 1), opened("table", 1))).toBe(true);
});
