import { expect, test } from "vitest";
import { rangeOf, residuals, valueAt } from "./fit.js";

test("a value between two places lies between theirs, and beyond the ends it is the end's", () => {
  const values = Float32Array.of(0, 10, 30);
  const ends = [-1, 1] as const;
  expect([-2, -1, -0.5, 0, 0.25, 1, 3].map((x) => valueAt(values, ends, x))).toEqual([
    0, 0, 5, 10, 15, 30, 30,
  ]);
});

test("the range has all values in it, and some room", () => {
  expect(rangeOf([0, 10, 5])).toEqual([-1.2, 11.2]);
  expect(rangeOf([4, 4])).toEqual([2, 6]);
  expect(rangeOf([])).toEqual([0, 1]);
  expect(rangeOf([NaN, 1, 2])[1]).toBeCloseTo(2.12);
});

test("a residual is how far a sample lies above the curve", () => {
  const dots = { x: Float32Array.of(0, 1), y: Float32Array.of(7, 1), parts: Uint8Array.of(0, 1) };
  expect([...residuals(dots, Float32Array.of(0, 10), [0, 2]).y]).toEqual([7, -4]);
});
