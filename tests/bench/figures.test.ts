import { expect, test } from "vitest";
import { usefulFlops, widthsOf } from "./shapes.mjs";
import { median, pairedRatio, rounded, shuffled } from "./statistics.mjs";

test("a median is the middle, or the mean of the two in the middle, whatever the order", () => {
  expect(median([5, 100, 1])).toBe(5);
  expect(median([8, 1, 2, 100])).toBe(5);
  expect(median([10, 9, 2])).toBe(9); // by number, not by name
  expect(median([])).toBeNaN();
});

test("a ratio is taken within each round, so that a slow round falls out", () => {
  expect(pairedRatio([100, 10, 120], [50, 5, 40])).toBe(2);
  expect(pairedRatio([100, 10, 120, 7], [50, 5, 40])).toBe(2); // a round that only one had
});

test("useful arithmetic: the first layer has two products, each further one three", () => {
  expect(usefulFlops([784, 10])).toBe(2 * 2 * 784 * 10);
  expect(usefulFlops([784, 30, 10])).toBe(4 * 784 * 30 + 6 * 30 * 10);
  expect(usefulFlops([5, 4, 3, 2])).toBe(4 * 20 + 6 * 12 + 6 * 6);
});

test("no hidden units are no hidden layer", () => {
  expect(widthsOf(0)).toEqual([784, 10]);
  expect(widthsOf(30)).toEqual([784, 30, 10]);
});

test("every round has another order of the same, and every run the same orders", () => {
  const list = [0, 10, 30, 128, 512];
  const orders = [1, 2, 3, 4, 5, 6, 7, 8].map((round) => shuffled(list, round));
  for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual(list);
  expect(new Set(orders.map(String)).size).toBeGreaterThan(5);
  expect(new Set(orders.map(([first]) => first)).size).toBeGreaterThan(2);
  expect(shuffled(list, 3)).toEqual(orders[2]);
  expect(list).toEqual([0, 10, 30, 128, 512]);
});

test("numbers are rounded to digits that mean something, and what is no number is null", () => {
  expect(rounded(123_456)).toBe(123_500);
  expect(rounded(0.186_12)).toBe(0.1861);
  expect(rounded(NaN)).toBeNull();
});
