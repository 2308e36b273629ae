import { expect, test } from "vitest";
import { edgeAt, fanOf } from "./fan.js";

const fan = fanOf(300);
const { from, to } = fan;
/** A point of the straight edge of an input. */
const on = (input: number, inputs: number, along: number): [number, number] => {
  const begin = from.top + ((input + 0.5) / inputs) * from.height;
  return [from.x + along * (to.x - from.x), begin + along * (to.y - begin)];
};

test("an edge is pointed at anywhere along it", () => {
  const terms = Float32Array.of(0.1, -0.2, 0.3, 0.05);
  for (let input = 0; input < 4; input++) {
    for (const along of [0, 0.3, 0.7]) expect(edgeAt(fan, terms, ...on(input, 4, along))).toBe(input);
  }
});

test("among hundreds it is the strongest near the pointer, and none beside the fan", () => {
  const terms = new Float32Array(784).fill(0.01);
  terms[400] = -1;
  for (const near of [398, 400, 402]) expect(edgeAt(fan, terms, ...on(near, 784, 0.4))).toBe(400);
  expect(edgeAt(fan, terms, ...on(420, 784, 0.4))).not.toBe(400);
  expect(edgeAt(fan, terms, from.x, -30)).toBeNull();
  expect(edgeAt(fan, terms, from.x, from.top + from.height + 30)).toBeNull();
});
