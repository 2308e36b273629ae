import { expect, test } from "vitest";
import { medianOf } from "./median.js";

test("the median of an even count lies between the two in the middle", () => {
  expect(medianOf([])).toBeUndefined();
  expect(medianOf([3])).toBe(3);
  expect(medianOf([1, 2])).toBe(1.5);
  expect(medianOf([1, 2, 9])).toBe(2);
  expect(medianOf([1, 2, 4, 9])).toBe(3);
});
