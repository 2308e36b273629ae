import { expect, test } from "vitest";
import { overfitting } from "./overfitting.js";

const falling = (from: number, epochs: number) => Array.from({ length: epochs }, (_, i) => from / (i + 1));
/** Falls until the epoch, then rises. */
const valley = (epoch: number, epochs: number) =>
  Array.from({ length: epochs }, (_, i) => 1 + Math.abs(i + 1 - epoch) / 20);

test("while what is learned falls and what is held out has risen since an epoch, that epoch is named", () => {
  expect(overfitting({ loss: falling(2, 100), val_loss: valley(40, 100) })).toEqual({
    best: 40,
    loss: 1,
    epochs: 60,
  });
});

test("where both fall, or both rise, or a run is young, the rule does not apply", () => {
  expect(overfitting({ loss: falling(2, 100), val_loss: falling(3, 100) })).toBeNull();
  expect(overfitting({ loss: valley(40, 100), val_loss: valley(40, 100) })).toBeNull();
  expect(overfitting({ loss: falling(2, 10), val_loss: valley(8, 10) })).toBeNull();
  expect(overfitting({ loss: [], val_loss: [] })).toBeNull();
});

test("a loss that wavers around the same height is no overfitting", () => {
  const wavering = Array.from({ length: 200 }, (_, i) => 1 + 0.02 * Math.sin(i * 1.7));
  expect(overfitting({ loss: falling(2, 200), val_loss: wavering })).toBeNull();
  expect(overfitting({ loss: [1, NaN, NaN], val_loss: [1, NaN, NaN] })).toBeNull();
});
