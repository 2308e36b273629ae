import { expect, test } from "vitest";
import { sparkline } from "./sparkline.js";

const box = { width: 10, height: 4, low: 0, high: 2 };

test("from left to right, and upwards with the value", () => {
  expect(sparkline([0, 1, 2], [0, 2, 1], box)).toBe("M0.0 4.0L5.0 0.0L10.0 2.0");
});

test("what is no number is left out; a single point and equal values have a place", () => {
  expect(sparkline([0, 1, 2], [0, -Infinity, 1], box)).toBe("M0.0 4.0L10.0 2.0");
  expect(sparkline([3], [1], box)).toBe("M10.0 2.0");
  expect(sparkline([0, 1], [5, 5], { ...box, low: 5, high: 5 })).toBe("M0.0 2.0L10.0 2.0");
  expect(sparkline([], [], box)).toBe("");
});
