// What the worker says of the layers beyond the first and of the edges that matter, beside brute force over the weights.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { DiagramAsked, LayerEdges } from "../../web/session/protocol.js";
import { experimentOf, NOTHING_ASKED, open, Reference, rest, rig, until } from "./rig.js";

const LINK = "hidden=7,5,4&act=tanh&seed=6";
const STEP = 40;
const SHAPES = [
  [784, 7],
  [7, 5],
  [5, 4],
  [4, 10],
] as const;
const it = rig();
const reference = new Reference(experimentOf(LINK)).to(STEP).evaluate();
const weights = SHAPES.map((_, layer) => reference.weights(layer));
const at = (layer: number, from: number, to: number) =>
  weights[layer]!.weights[from * SHAPES[layer]![1] + to]!;

beforeAll(async () => {
  await open(it, LINK);
  await it.player.step(STEP);
});
afterEach(() => rest(it));
afterAll(() => it.close());

test("a later layer's pictures are the product of the weights below, and its weights are the engine's", async () => {
  it.player.ask({ ...NOTHING_ASKED, neuron: { layer: 2, unit: 3 } });
  await until(() => it.ear.evaluations.at(-1)?.later?.layer === 2);
  const { step, neuron, later } = it.ear.evaluations.at(-1)!;
  expect([step, neuron!.layer, neuron!.unit]).toEqual([STEP, 2, 3]);
  let far = 0;
  for (let pixel = 0; pixel < 784; pixel++) {
    for (let unit = 0; unit < 4; unit++) {
      let sum = 0;
      for (let i = 0; i < 7; i++)
        for (let j = 0; j < 5; j++) sum += at(0, pixel, i) * at(1, i, j) * at(2, j, unit);
      far = Math.max(far, Math.abs(sum - later!.pictures[pixel * 4 + unit]!));
    }
  }
  expect(far).toBeLessThan(1e-5);
  expect(later!.incoming).toEqual(weights[2]!.weights);
  expect(later!.biases).toEqual(weights[2]!.biases);
  expect(later!.outgoing).toEqual(weights[3]!.weights);
  // What a tanh says is above zero where its sum is.
  const sums = await allSums({ layer: 2, unit: 3 });
  expect(later!.active[3]).toBe(sums.filter((sum) => sum > 0).length);
});

/** What a unit sums up for every held-out sample, by way of `why`. */
async function allSums({ layer, unit }: { layer: number; unit: number }): Promise<number[]> {
  const { trainSamples, heldOutSamples, widths } = reference.opened;
  const values = new Float32Array(widths.reduce((sum, width) => sum + width, 0));
  const start = widths.slice(0, 2 * layer + 1).reduce((sum, width) => sum + width, 0);
  return Array.from({ length: heldOutSamples }, (_, i) => {
    reference.session.why(trainSamples + i, undefined, values, new Float32Array(4), new Float32Array(784));
    return values[start + unit]!;
  });
}

test("of the first layer, and of a diagram that nobody looks at, nothing is sent", async () => {
  it.player.ask({ ...NOTHING_ASKED, neuron: { layer: 0, unit: 3 } });
  await until(() => it.ear.evaluations.at(-1)?.neuron?.unit === 3);
  const { later, diagram } = it.ear.evaluations.at(-1)!;
  expect([later, diagram]).toEqual([null, null]);
});

test("a layer that is not there is not answered, and does no harm", async () => {
  it.player.ask({
    ...NOTHING_ASKED,
    neuron: { layer: 9, unit: 0 },
    diagram: { most: 2, by: "weight", unit: 99 },
  });
  await until(() => it.ear.evaluations.at(-1)?.diagram?.asked.unit === 99);
  expect(it.ear.evaluations.at(-1)).toMatchObject({ neuron: null, later: null });
  expect(it.ear.losses).toEqual([]);
});

/** The answer about the diagram, and what the sample (if any) has at every layer. */
async function diagram(asked: DiagramAsked, id: number | null) {
  it.player.ask({ ...NOTHING_ASKED, diagram: asked, sample: id === null ? null : { id, against: null } });
  const key = JSON.stringify(asked);
  await until(() => JSON.stringify(it.ear.evaluations.at(-1)?.diagram?.asked) === key);
  const { diagram: facts, sample } = it.ear.evaluations.at(-1)!;
  return { facts: facts!, values: sample?.values ?? null };
}

/** The places of the largest, largest first; equals by place. */
function largest(sizes: number[], most: number): number[] {
  const places = [...sizes.keys()].toSorted((a, b) => sizes[b]! - sizes[a]! || a - b);
  return places.slice(0, most);
}

const into = ({ from, into: most }: LayerEdges, unit: number) => [
  ...from.subarray(unit * most, (unit + 1) * most),
];

test("the edges are the strongest of brute force, into every unit and out of it", async () => {
  const { facts } = await diagram({ most: 3, by: "weight", unit: 4 }, null);
  SHAPES.forEach(([inputs, units], layer) => {
    const edges = facts.layers[layer]!;
    expect(edges.biases).toEqual(weights[layer]!.biases);
    for (let unit = 0; unit < units; unit++) {
      const sizes = Array.from({ length: inputs }, (_, i) => Math.abs(at(layer, i, unit)));
      expect(into(edges, unit), `into ${layer} ${unit}`).toEqual(largest(sizes, 3));
      edges.weights
        .subarray(unit * 3, unit * 3 + 3)
        .forEach((weight, i) => expect(weight).toBe(at(layer, edges.from[unit * 3 + i]!, unit)));
    }
    if (layer === 0) return expect(edges.to).toHaveLength(0);
    for (let i = 0; i < inputs; i++) {
      const sizes = Array.from({ length: units }, (_, unit) => Math.abs(at(layer, i, unit)));
      expect([...edges.to.subarray(i * 3, i * 3 + 3)], `out of ${layer} ${i}`).toEqual(largest(sizes, 3));
    }
  });
  expect([...facts.filter]).toEqual(Array.from({ length: 784 }, (_, i) => at(0, i, 4)));
});

test("by contribution they are the strongest of weight × value, and all of them with the bias are the sum", async () => {
  const few = await diagram({ most: 2, by: "contribution", unit: 0 }, 21_234);
  const values = few.values!;
  // Input, sums, tanh, sums, tanh, sums, tanh, logits.
  const starts = [0, 784 + 7, 784 + 14 + 5, 784 + 14 + 10 + 4];
  SHAPES.forEach(([inputs, units], layer) => {
    for (let unit = 0; unit < units; unit++) {
      const sizes = Array.from({ length: inputs }, (_, i) =>
        Math.abs(Math.fround(at(layer, i, unit) * values[starts[layer]! + i]!)),
      );
      expect(into(few.facts.layers[layer]!, unit), `${layer} ${unit}`).toEqual(largest(sizes, 2));
    }
  });
  const all = await diagram({ most: 10, by: "contribution", unit: 0 }, 21_234);
  const { weights: last, from, into: most, biases } = all.facts.layers[3]!;
  expect(most).toBe(4);
  for (let unit = 0; unit < 10; unit++) {
    let sum = biases[unit]!;
    for (let i = unit * 4; i < unit * 4 + 4; i++) sum += last[i]! * values[starts[3]! + from[i]!]!;
    expect(sum).toBeCloseTo(values.at(unit - 10)!, 4);
  }
});
