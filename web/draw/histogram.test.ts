import { expect, test } from "vitest";
import { countsOf } from "./histogram.js";

test("every value is counted once, those beyond the limit at the ends, and what is no number nowhere", () => {
  expect([...countsOf([-9, -1, -0.6, -0.1, 0, 0.4, 0.6, 1, 7, NaN], 1, 4)]).toEqual([3, 1, 2, 3]);
});
