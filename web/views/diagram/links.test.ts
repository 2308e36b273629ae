import { expect, test } from "vitest";
import type { Opened } from "../../session/engine.js";
import type { DiagramFacts } from "../../session/protocol.js";
import { allLinks, limitsOf, linksInto, linksOutOf, type Net } from "./links.js";

// 3 inputs, 2 hidden units, 2 outputs; the strongest edge but one of each is left out on the way in.
const facts = {
  asked: { most: 2, by: "contribution", unit: 0 },
  layers: [
    {
      biases: Float32Array.of(0.5, 0),
      into: 2,
      from: Uint32Array.of(2, 0, 1, 2),
      weights: Float32Array.of(-4, 2, 3, 1),
      outOf: 0,
      to: new Uint32Array(),
      outgoing: new Float32Array(),
    },
    {
      biases: Float32Array.of(0, 0),
      into: 1,
      from: Uint32Array.of(1, 0),
      weights: Float32Array.of(-8, 7),
      outOf: 1,
      to: Uint32Array.of(1, 0),
      outgoing: Float32Array.of(7, -8),
    },
  ],
  filter: Float32Array.of(2, 0, -4),
} as DiagramFacts;
const opened = {
  experiment: {
    layers: [
      { kind: "dense", units: 2 },
      { kind: "activation", function: "relu" },
      { kind: "dense", units: 2 },
    ],
  },
  widths: [3, 2, 2, 2],
} as unknown as Opened;
const values = Float32Array.of(1, 0, 0.5, /* sums */ -1, 3, /* ReLU */ 0, 3, /* logits */ 9, 9);
const net = (of: Float32Array | null): Net => ({ facts, opened, values: of });

test("by weight an edge is as strong as its weight", () => {
  expect(linksInto(net(null), { layer: 0, unit: 0 })).toEqual([
    { layer: 0, from: 2, to: 0, weight: -4, value: null, strength: -4 },
    { layer: 0, from: 0, to: 0, weight: 2, value: null, strength: 2 },
  ]);
});

test("by contribution it is its weight times what the layer below says of the sample", () => {
  expect(linksInto(net(values), { layer: 0, unit: 0 }).map(({ strength }) => strength)).toEqual([-2, 2]);
  expect(linksInto(net(values), { layer: 1, unit: 0 })).toEqual([
    { layer: 1, from: 1, to: 0, weight: -8, value: 3, strength: -24 },
  ]);
  expect(linksOutOf(net(values), { layer: 0, unit: 0 })).toEqual([
    { layer: 1, from: 0, to: 1, weight: 7, value: 0, strength: 0 },
  ]);
});

test("an output has no edges out of it, and the full width stands for the strongest of each layer", () => {
  expect(linksOutOf(net(null), { layer: 1, unit: 0 })).toEqual([]);
  const all = allLinks(net(null));
  expect(all).toHaveLength(6);
  expect(limitsOf(all, 2)).toEqual([4, 8]);
});

test("into a group lead as many edges as into a single unit: the strongest of all its units'", () => {
  const units = 128;
  const wide = {
    ...facts,
    layers: [
      {
        ...facts.layers[0]!,
        biases: new Float32Array(units),
        into: 2,
        from: Uint32Array.from({ length: 2 * units }, (_, i) => i % 3),
        weights: Float32Array.from({ length: 2 * units }, (_, i) => (i % 2 ? -1 : 1) * i),
      },
    ],
  };
  const links = allLinks({ facts: wide, opened, values: null });
  expect(links).toHaveLength(64);
  // Units 4 to 7 have the edges 8 to 15.
  expect(links.slice(2, 4).map(({ to, weight }) => [to, weight])).toEqual([
    [7, -15],
    [7, 14],
  ]);
});
