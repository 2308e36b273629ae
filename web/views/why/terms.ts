// The terms of a lead: numbers from the engine in, what the views show out. No element, no words.
import type { Experiment, LayerSpec } from "../../session/engine.js";
import type { WhyFacts } from "../../session/protocol.js";

/** A hidden layer's answer to one sample: what it sums up, and what its activation makes of that. */
export interface HiddenLayer {
  /** Σ filter × input + bias, for each unit. */
  sums: Float32Array;
  /** What goes on to the next layer. */
  outputs: Float32Array;
  activation: Extract<LayerSpec, { kind: "activation" }>["function"];
}

/** The input as the network sees it. */
export function inputOf({ values }: WhyFacts, widths: readonly number[]): Float32Array {
  return values.subarray(0, widths[0]);
}

/** The hidden layers, from the input on. */
export function hiddenLayers(
  { values }: WhyFacts,
  widths: readonly number[],
  { layers }: Experiment,
): HiddenLayer[] {
  const hidden: HiddenLayer[] = [];
  let start = widths[0]!;
  for (const [place, layer] of layers.slice(0, -1).entries()) {
    const said = values.subarray(start, start + widths[place + 1]!);
    start += said.length;
    if (layer.kind === "dense") hidden.push({ sums: said, outputs: said, activation: "linear" });
    else hidden.at(-1)!.outputs = said;
    if (layer.kind === "activation") hidden.at(-1)!.activation = layer.function;
  }
  return hidden;
}

/** Activations that are made of straight pieces. */
const STRAIGHT: readonly HiddenLayer["activation"][] = ["linear", "relu", "leakyRelu"];

/** The first activation that bends, for whose sake no sum over inputs is exact. */
export function bendOf(layers: readonly HiddenLayer[]): HiddenLayer["activation"] {
  return layers.map(({ activation }) => activation).find((name) => !STRAIGHT.includes(name)) ?? "linear";
}

/** What each unit of the last hidden layer adds to the lead: its activation × its weight in it. */
export function votesOf({ outgoing }: WhyFacts, { outputs }: HiddenLayer): Float32Array {
  return outgoing.map((weight, unit) => weight * outputs[unit]!);
}

/** What each input adds to the lead; null where the network bends. */
export function contributionsOf(facts: WhyFacts, widths: readonly number[]): Float32Array | null {
  if (facts.constant === undefined) return null;
  const input = inputOf(facts, widths);
  return facts.slopes.map((weight, pixel) => weight * input[pixel]!);
}

/** The same for each place of the picture: its channels lie behind one another. */
export function overChannels(contributions: Float32Array, pixels: number): Float32Array {
  return Float32Array.from({ length: pixels }, (_, pixel) => {
    let sum = 0;
    for (let i = pixel; i < contributions.length; i += pixels) sum += contributions[i]!;
    return sum;
  });
}

/** The logit of what it is read as less that of what this is compared with. */
export function leadOf({ logits, predicted, against }: WhyFacts): number {
  return logits[predicted]! - logits[against]!;
}

/** What is missing between the terms as they are shown and the lead as it is shown. */
export function rounding(terms: Iterable<number>, lead: number, decimals: number): number {
  const shown = (value: number) => Math.round(value * 10 ** decimals);
  let sum = 0;
  for (const term of terms) sum += shown(term);
  return (shown(lead) - sum) / 10 ** decimals;
}
