// The plane as pixels: which way is up, what is certain, whose colour it is.
import { expect, test } from "vitest";
import { classColours, dotAt, leadAt, paintSquares, squareAt } from "./plane.js";
import { LIGHT } from "./colour.js";

test("x goes to the right, y goes up, and what lies beyond belongs to the edge", () => {
  const plane = { side: 4, span: [-2, 2, -2, 2] as const };
  expect(squareAt(plane, -1.9, 1.9)).toBe(0);
  expect(squareAt(plane, 1.9, 1.9)).toBe(3);
  expect(squareAt(plane, -1.9, 0.5)).toBe(4);
  expect(squareAt(plane, 0.5, -1.9)).toBe(14);
  expect(squareAt(plane, -9, -9)).toBe(12);
  expect(squareAt(plane, 9, 9)).toBe(3);
  // Ends of its own for each of the two.
  expect(squareAt({ side: 4, span: [0, 400, 10, 14] }, 350, 13.5)).toBe(3);
  expect(squareAt({ side: 4, span: [0, 400, 10, 14] }, 50, 10.5)).toBe(12);
});

test("the lead is that of the largest answer over the next, wherever the two stand", () => {
  const lead = (...answers: number[]) => {
    const { cls, by } = leadAt(Float32Array.of(9, 9, 9, ...answers).subarray(3), 0, answers.length);
    return [cls, Math.round(by * 100) / 100];
  };
  expect(lead(0.25, 0.75)).toEqual([1, 0.5]);
  expect(lead(0.5, 0.5)).toEqual([0, 0]);
  expect(lead(0.1, 0.2, 0.7)).toEqual([2, 0.5]);
  expect(lead(0.6, 0.1, 0.3)).toEqual([0, 0.3]);
  expect(lead(0.1, 0.6, 0.3)).toEqual([1, 0.3]);
  expect(lead(0.2, 0.5, 0.6)).toEqual([2, 0.1]);
});

test("a border is neutral, certainty has the class's colour, more than certainty no more of it, and no number is apart", () => {
  const answers = Float32Array.of(0.5, 0.5, 1, 0, -3, 4, Number.NaN, Number.NaN);
  const rgba = new Uint8ClampedArray(16);
  paintSquares(rgba, { answers }, 2, LIGHT);
  const [border, first, second, none] = [0, 4, 8, 12].map((at) => [...rgba.subarray(at, at + 3)]);
  expect(border).toEqual([...LIGHT.zero]);
  expect(none).toEqual([...LIGHT.unlearned]);
  const [one, two] = classColours(LIGHT);
  const half = (colour: readonly number[]) =>
    colour.map((c, i) => LIGHT.zero[i]! + 0.55 * (c - LIGHT.zero[i]!));
  [first, second].forEach((found, cls) =>
    half([one, two][cls]!).forEach((byte, i) => expect(Math.abs(found![i]! - byte)).toBeLessThanOrEqual(0.5)),
  );
});

test("the nearest sample is found, not one that is left out or too far away", () => {
  const dots = {
    span: [-1, 1, -1, 1] as const,
    ids: Uint32Array.of(4, 7, 9),
    at: Float32Array.of(0, 0, 0.5, 0, 0.5, 0.01),
    parts: new Uint8Array(3),
    labels: Uint8Array.of(0, 255, 1),
  };
  expect(dotAt(dots, 0.1, 0, 0.1)).toBe(4);
  expect(dotAt(dots, 0.5, 0, 0.1)).toBe(9);
  expect(dotAt(dots, -0.9, 0, 0.1)).toBeNull();
});
