import { expect, test } from "vitest";
import { figure, percent, table, times } from "./table.mjs";

test("the first column stands left, numbers stand right, beneath their heads", () => {
  const lines = table(
    ["", "784-10"],
    [
      ["long name", "1 ×"],
      ["x", "12.5 ×"],
    ],
  ).split("\n");
  expect(lines).toEqual([
    "             784-10",
    "  ─────────  ──────",
    "  long name     1 ×",
    "  x          12.5 ×",
  ]);
});

test("ratios, shares and figures have three digits; what was not measured is a dash", () => {
  expect([times(12.345), times(123.4), times(null)]).toEqual(["12.3 ×", "123 ×", "–"]);
  expect([percent(0.666), percent(undefined)]).toEqual(["67 %", "–"]);
  expect([figure(313_612), figure(9.835), figure(NaN)]).toEqual(["314,000", "9.84", "–"]);
});
