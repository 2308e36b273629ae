// What units and inputs of the network diagram are called, and what is said of a unit.
import type { Model } from "../../model.js";
import { inputsOf } from "../../session/layers.js";
import { outputName } from "../names.js";
import { linksInto, linksOutOf, type Link, type Net } from "./links.js";
import type { Place } from "./plan.js";

/** A unit by its name: an output by its class. */
export function unitName(model: Model, { layer, unit }: Place): string {
  const text = model.text.value;
  const layers = model.opened.value?.weightShapes.length ?? 1;
  if (layer === layers - 1) return text.diagram.output(outputName(model, unit));
  return layers > 2 ? text.laterNeuron(layer + 1, unit) : text.neuron(unit);
}

/** A layer by its name. */
export function layerName({ text, opened }: Model, layer: number): string {
  const layers = opened.value?.weightShapes.length ?? 1;
  if (layer === layers - 1) return text.value.diagram.outputs;
  return layers > 2 ? text.value.hiddenLayer(layer + 1) : text.value.diagram.hidden;
}

/** An input by its place in the image. */
export function inputName({ text, opened }: Model, input: number): string {
  const { width, height, channels } = opened.value!.shape;
  const place = input % (width * height);
  const at = text.value.diagram.pixel(place % width, Math.floor(place / width));
  return channels === 3 ? `${at}, ${text.value.channelNames[Math.floor(input / (width * height))]}` : at;
}

/** Where an edge begins. */
export function sourceName(model: Model, { layer, from }: Link): string {
  return layer === 0 ? inputName(model, from) : unitName(model, { layer: layer - 1, unit: from });
}

export function targetName(model: Model, { layer, to }: Link): string {
  return unitName(model, { layer, unit: to });
}

/** A unit's sum of what comes in (an output's logit) and what its activation makes of it. */
export function saidBy({ opened, values }: Net, { layer, unit }: Place): { sum: number; output: number } {
  const dense = [...opened.experiment.layers.keys()].filter(
    (place) => opened.experiment.layers[place]!.kind === "dense",
  );
  const start = opened.widths.slice(0, dense[layer]! + 1).reduce((sum, width) => sum + width, 0);
  const sum = values![start + unit]!;
  const isLast = layer === opened.weightShapes.length - 1;
  return { sum, output: isLast ? sum : inputsOf(opened, layer + 1, values!)[unit]! };
}

/** Its name, its value, and the strongest edge on either side. */
export function sentence(model: Model, net: Net, place: Place): string {
  const { diagram, format } = model.text.value;
  const number = (value: number) => format.fixed(value, 2);
  const isLast = place.layer === net.opened.weightShapes.length - 1;
  const bias = net.facts.layers[place.layer]!.biases[place.unit]!;
  const parts = [];
  if (net.values) {
    const { sum, output } = saidBy(net, place);
    parts.push(isLast ? diagram.logit(number(sum)) : diagram.value(number(sum), number(output)));
  } else parts.push(diagram.bias(number(bias)));
  const [first] = linksInto(net, place);
  const [next] = linksOutOf(net, place);
  const carried = ({ weight, value, strength }: Link) =>
    value === null ? number(weight) : `${number(weight)} × ${number(value)} = ${number(strength)}`;
  if (first) parts.push(diagram.strongestIn(sourceName(model, first), carried(first)));
  if (next) parts.push(diagram.strongestOut(targetName(model, next), carried(next)));
  return `${unitName(model, place)}: ${parts.join("; ")}.`;
}
