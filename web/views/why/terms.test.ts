import { expect, test } from "vitest";
import type { Experiment } from "../../session/engine.js";
import type { WhyFacts } from "../../session/protocol.js";
import { bendOf, contributionsOf, hiddenLayers, overChannels, rounding, votesOf } from "./terms.js";

const WIDTHS = [2, 3, 3, 3, 2];
const LAYERS = [
  { kind: "dense", units: 3 },
  { kind: "activation", function: "relu" },
  { kind: "dropout", rate: 0.5 },
  { kind: "dense", units: 2 },
];
const facts = {
  values: Float32Array.of(0.5, 1, -1, 2, 3, 0, 2, 3, 0, 2, 3, 7, 4),
  outgoing: Float32Array.of(9, 2, -1),
  slopes: Float32Array.of(4, -3),
  constant: 0.25,
} as unknown as WhyFacts;

test("a hidden layer is its sums and what comes out of its activation", () => {
  const [layer, ...others] = hiddenLayers(facts, WIDTHS, { layers: LAYERS } as Experiment);
  expect(others).toEqual([]);
  expect([...layer!.sums]).toEqual([-1, 2, 3]);
  expect([...layer!.outputs]).toEqual([0, 2, 3]);
  expect(layer!.activation).toBe("relu");
  expect([...votesOf(facts, layer!)]).toEqual([0, 4, -3]);
});

test("a pixel's contribution is the pixel times its weight, and there is none where the network bends", () => {
  expect([...contributionsOf(facts, WIDTHS)!]).toEqual([2, -3]);
  const { constant: _, ...bent } = facts;
  expect(contributionsOf(bent as WhyFacts, WIDTHS)).toBeNull();
});

test("the channels of a place are added", () => {
  expect([...overChannels(Float32Array.of(1, 2, 10, 20, 100, 200), 2)]).toEqual([111, 222]);
});

test("with what rounding leaves over, the terms as shown add up to the lead as shown", () => {
  const terms = [0.33333, 0.33333, 0.33333];
  expect(rounding(terms, 0.99999, 2)).toBe(0.01);
  expect(rounding([], 1.5, 2)).toBe(1.5);
});

test("what bends is a layer that is not made of straight pieces, wherever it stands", () => {
  const of = (...activations: string[]) => activations.map((activation) => ({ activation })) as never;
  expect(bendOf(of("sigmoid", "relu"))).toBe("sigmoid");
  expect(bendOf(of("leakyRelu", "linear", "gelu"))).toBe("gelu");
});
