// What the network diagram's picture is made of: the model in, names and numbers out.
import type { Palette } from "../../draw/colour.js";
import type { Model } from "../../model.js";
import type { SampleFacts } from "../../session/protocol.js";
import { hasNames, outputName } from "../names.js";
import { inkedPaper } from "./image.js";
import { allLinks, limitsOf, linksInto, linksOutOf, saidBy, type Net } from "./links.js";
import type { Scene } from "./paint.js";
import { planOf, type Place } from "./plan.js";
import { layerName } from "./words.js";

/** Room for the names of the outputs. */
const LABELS = { digits: 22, names: 88 };

/** Of each layer the strength that the full width and colour stand for. */
export function limitsFor(model: Model, net: Net): number[] {
  const limits = limitsOf(allLinks(net), net.facts.layers.length);
  return model.scope.value === "all" ? limits.map(() => Math.max(...limits)) : limits;
}

export function sceneOf(
  model: Model,
  net: Net,
  { chosen, sample, width }: { chosen: Place | null; sample: SampleFacts | null; width: number },
  palette: Palette,
): Omit<Scene, "ink"> {
  const text = model.text.value;
  const units = net.opened.weightShapes.map(([, count]) => count);
  const outputs = units.at(-1)!;
  const labels = Array.from({ length: outputs }, (_, unit) => outputName(model, unit));
  const room = hasNames(model) || outputs === 1 ? LABELS.names : LABELS.digits;
  const picture = sample ? model.pictures.get(sample.asked.id) : undefined;
  const isNarrow = units.length > 3 || (width < 400 && (units.length > 2 || room > LABELS.digits));
  const head = (count: number, layer: number) =>
    isNarrow ? text.format.count(count) : `${text.format.count(count)} ${layerName(model, layer)}`;
  return {
    plan: planOf({ width, labels: room }, units, net.opened.shape),
    net,
    links: chosen ? [...linksInto(net, chosen), ...linksOutOf(net, chosen)] : allLinks(net),
    limits: limitsFor(model, net),
    chosen,
    image: picture ? inkedPaper(picture, palette) : null,
    inputs: isNarrow ? text.format.count(net.opened.widths[0]!) : text.diagram.inputs(net.opened.widths[0]!),
    heads: units.map(head),
    labels,
    predicted: sample && outputs > 1 ? sample.predicted : null,
    says: (layer) => (sample ? saidBy(net, layer) : null)?.outputs ?? null,
  };
}
