import { expect, test } from "vitest";
import { HealthCourse } from "./health.js";

/** Two layers that learn, with a layer of ten units between them. */
const health = (first: number, last: number, dead = 0) => ({
  activity: [{ place: 1, units: 10, dead, saturated: 0 }],
  norms: [
    { place: 0, gradient: first, update: first / 10, weights: 1 },
    { place: 2, gradient: last, update: last / 10, weights: 1 },
  ],
});
const course = (...lengths: [number, number][]) => {
  const made = new HealthCourse();
  lengths.forEach(([first, last], i) => made.push(i, health(first, last)));
  return made;
};
const usual = (count: number) => Array.from({ length: count }, (): [number, number] => [0.5, 0.25]);

test("every layer has a course of what it has", () => {
  const made = new HealthCourse();
  made.push(0, health(1, 2, 0));
  made.push(1, health(3, 4, 5));
  expect(made.layers.get(0)!.gradient.y).toEqual([1, 3]);
  expect(made.layers.get(2)!.update.y).toEqual([0.2, 0.4]);
  expect(made.layers.get(1)!.stuck.y).toEqual([0, 0.5]);
  expect(made.layers.get(1)!.gradient.y).toEqual([]);
  made.cutAfter(0);
  expect(made.layers.get(0)!.gradient.y).toEqual([1]);
});

test("a gradient that all but vanishes on its way down is told, a short one of both layers is not", () => {
  expect(course([1e-4, 0.5]).trouble()).toEqual({ kind: "vanishing", layer: 0, share: 2e-4 });
  expect(course([1e-4, 5e-3]).trouble()).toBeNull();
  expect(course(...usual(20)).trouble()).toBeNull();
  expect(new HealthCourse().trouble()).toBeNull();
});

test("a gradient that is much longer than it usually was is told, infinity included; early on nothing is usual", () => {
  expect(course(...usual(20), [0.5, 50]).trouble()).toEqual({ kind: "exploding", layer: 1, times: 200 });
  expect(course(...usual(20), [Infinity, 1]).trouble()).toMatchObject({ kind: "exploding", layer: 0 });
  expect(course(...usual(20), [0.5, 10]).trouble()).toBeNull();
  expect(course(...usual(2), [0.5, 50]).trouble()).toBeNull();
});
