import { expect, test } from "vitest";
import { scaleOf } from "./scale.js";

test("is the size below which 99.5 % of the weights lie, to a thousandth of the largest", () => {
  // 1..1000 with signs: the 995th size is 995.
  const values = Float32Array.from(
    { length: 1000 },
    (_, i) => (i % 3 === 0 ? -1 : 1) * (((i * 7) % 1000) + 1),
  );
  expect(scaleOf(values)).toBeGreaterThanOrEqual(995);
  expect(scaleOf(values)).toBeLessThanOrEqual(997);
});

test("a few huge weights do not fade all the others", () => {
  const values = new Float32Array(1000).fill(0.25);
  values.set([100, -90, 80], 500);
  const limit = scaleOf(values);
  expect(limit).toBeGreaterThanOrEqual(0.25);
  expect(limit).toBeLessThan(0.5);
});

test("is symmetric about zero", () => {
  const values = Float32Array.from({ length: 200 }, (_, i) => i - 20);
  expect(scaleOf(values.map((value) => -value))).toBe(scaleOf(values));
  expect(scaleOf(Float32Array.of(-8, 1, 2))).toBe(8);
});

test("reads one unit's column of a matrix of weights", () => {
  // 3 inputs × 2 units
  const values = Float32Array.of(1, -10, -2, 20, 3, 30);
  expect(scaleOf(values, 2, 0)).toBe(3);
  expect(scaleOf(values, 2, 1)).toBe(30);
  expect(scaleOf(values)).toBe(30);
});

test("weights that are no number are left aside, and where there is nothing it is 0", () => {
  expect(scaleOf(Float32Array.of(NaN, Infinity, -Infinity, -0.5))).toBe(0.5);
  expect(scaleOf(new Float32Array(20))).toBe(0);
  expect(scaleOf(new Float32Array())).toBe(0);
});

test("weights that have not moved from zero do not count", () => {
  const values = new Float32Array(10_000);
  values.set([1, -2, 3, -4]);
  expect(scaleOf(values)).toBe(4);
});
