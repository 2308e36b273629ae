// Which edges are drawn: of every unit or group the strongest into it; of a chosen unit its own, in and out.
import type { Opened } from "../../session/engine.js";
import { inputsOf } from "../../session/layers.js";
import type { DiagramFacts } from "../../session/protocol.js";
import { groupOf, type Place } from "./plan.js";

/** An edge into a unit of a dense layer. */
export interface Link {
  layer: number;
  /** A unit of the layer below, or an input. */
  from: number;
  to: number;
  weight: number;
  /** What it carries of the sample, where there is one. */
  value: number | null;
  /** What it is drawn by: weight, or weight × value. */
  strength: number;
}

/** Edges of one network, and what a sample sends through them. */
export interface Net {
  facts: DiagramFacts;
  opened: Opened;
  /** The sample's values at all layers; null where edges are drawn by their weights alone. */
  values: Float32Array | null;
}

/** Never −0: what carries nothing pushes neither up nor down. */
function linkOf(inputs: Float32Array | null, layer: number, from: number, to: number, weight: number): Link {
  const value = inputs ? inputs[from]! : null;
  return { layer, from, to, weight, value, strength: value === null ? weight : weight * value + 0 };
}

const inputsFor = ({ opened, values }: Net, layer: number) => values && inputsOf(opened, layer, values);

/** What a layer sums up of the sample and makes of it (of the outputs: the logits); null without one. */
export function saidBy(
  { opened, values }: Net,
  layer: number,
): { sums: Float32Array; outputs: Float32Array } | null {
  if (!values) return null;
  const { experiment, widths, weightShapes } = opened;
  const dense = [...experiment.layers.keys()].filter((place) => experiment.layers[place]!.kind === "dense");
  const start = widths.slice(0, dense[layer]! + 1).reduce((sum, width) => sum + width, 0);
  const sums = values.subarray(start, start + weightShapes[layer]![1]);
  const isLast = layer === weightShapes.length - 1;
  return { sums, outputs: isLast ? sums : inputsOf(opened, layer + 1, values) };
}

/** The strongest edges into a unit, strongest first. */
export function linksInto(net: Net, place: Place): Link[] {
  return strongest(net, place, inputsFor(net, place.layer));
}

function strongest(net: Net, { layer, unit }: Place, inputs: Float32Array | null): Link[] {
  const { into, from, weights } = net.facts.layers[layer]!;
  return Array.from({ length: into }, (_, i) => {
    const at = unit * into + i;
    return linkOf(inputs, layer, from[at]!, unit, weights[at]!);
  });
}

/** The strongest edges out of it, strongest first; an output has none. */
export function linksOutOf(net: Net, { layer, unit }: Place): Link[] {
  const above = net.facts.layers[layer + 1];
  if (!above) return [];
  const inputs = inputsFor(net, layer + 1);
  return Array.from({ length: above.outOf }, (_, i) => {
    const at = unit * above.outOf + i;
    return linkOf(inputs, layer + 1, unit, above.to[at]!, above.outgoing[at]!);
  });
}

/** All that are drawn while nobody is chosen: as many into a group as into a single unit. */
export function allLinks(net: Net): Link[] {
  return net.facts.layers.flatMap(({ biases, into }, layer) => {
    const group = groupOf(biases.length);
    const inputs = inputsFor(net, layer);
    return Array.from({ length: Math.ceil(biases.length / group) }, (_, index) => {
      const members = Math.min(group, biases.length - index * group);
      const links = Array.from({ length: members }, (_, i) =>
        strongest(net, { layer, unit: index * group + i }, inputs),
      ).flat();
      return members === 1 ? links : links.toSorted(byStrength).slice(0, into);
    }).flat();
  });
}

const byStrength = (a: Link, b: Link) => Math.abs(b.strength) - Math.abs(a.strength);

/** The strongest of each layer: what the full width and colour stand for. */
export function limitsOf(links: readonly Link[], layers: number): number[] {
  const limits = Array.from({ length: layers }, () => 0);
  for (const { layer, strength } of links) {
    const size = Math.abs(strength);
    if (size > limits[layer]! && size < Infinity) limits[layer] = size;
  }
  return limits;
}
