// What units and inputs of the network diagram are called, and what is said of a unit.
import type { Model } from "../../model.js";
import { outputName } from "../names.js";
import { linksInto, linksOutOf, saidBy, type Link, type Net } from "./links.js";
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

/** Its name, its value, and the strongest edge on either side. */
export function sentence(model: Model, net: Net, place: Place): string {
  const { diagram, format } = model.text.value;
  const number = (value: number) => format.fixed(value, 2);
  const isLast = place.layer === net.opened.weightShapes.length - 1;
  const bias = net.facts.layers[place.layer]!.biases[place.unit]!;
  const parts = [];
  const said = saidBy(net, place.layer);
  if (said) {
    const [sum, output] = [said.sums[place.unit]!, said.outputs[place.unit]!].map(number) as [string, string];
    parts.push(isLast ? diagram.logit(sum) : diagram.value(sum, output));
  } else parts.push(diagram.bias(number(bias)));
  const [first] = linksInto(net, place);
  const [next] = linksOutOf(net, place);
  const carried = ({ weight, value, strength }: Link) =>
    value === null ? number(weight) : `${number(weight)} × ${number(value)} = ${number(strength)}`;
  if (first) parts.push(diagram.strongestIn(sourceName(model, first), carried(first)));
  if (next) parts.push(diagram.strongestOut(targetName(model, next), carried(next)));
  return `${unitName(model, place)}: ${parts.join("; ")}.`;
}
