// The layers of the network of the last whole evaluation: what a later one is made of, and the edges that matter.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import type { DiagramAsked, DiagramFacts, LaterFacts, LayerEdges } from "./protocol.js";
import { scaleOf } from "./scale.js";

/** The units of the layer that is watched; nothing where that is the first, whose weights come with every frame. */
export function laterOf(session: Session, { weightShapes }: Opened, layer: number): LaterFacts | null {
  if (layer === 0) return null;
  const [below, units] = weightShapes[layer]!;
  const above = weightShapes[layer + 1]?.[1] ?? 0;
  const later = {
    layer,
    pictures: new Float32Array(weightShapes[0]![0] * units),
    biases: new Float32Array(units),
    incoming: new Float32Array(below * units),
    outgoing: new Float32Array(units * above),
    active: new Uint32Array(units),
  };
  session.copyPictures(later.pictures);
  session.copyEvaluated(layer, later.incoming, later.biases);
  if (above > 0) session.copyEvaluated(layer + 1, later.outgoing, new Float32Array(above));
  return session.copyActiveBehind(layer, later.active) ? later : { ...later, active: new Uint32Array() };
}

/** The size below which nearly all weights of any layer lie: the largest of the layers' own. */
export function scaleOfAll(session: Session, { weightShapes }: Opened): number {
  const scales = weightShapes.map(([inputs, units], layer) => {
    const weights = new Float32Array(inputs * units);
    session.copyEvaluated(layer, weights, new Float32Array(units));
    return scaleOf(weights);
  });
  return Math.max(...scales);
}

/** The strongest edges of every layer; `values` are the sample's, as long as there is one. */
export function diagramOf(
  session: Session,
  opened: Opened,
  asked: DiagramAsked,
  values: Float32Array | null,
): DiagramFacts {
  const { weightShapes } = opened;
  const [inputs, units] = weightShapes[0]!;
  const filter = new Float32Array(inputs);
  if (asked.unit < units) session.copyUnit(0, asked.unit, filter);
  const layers = weightShapes.map((_, layer) => {
    const weighs = asked.by === "contribution" && values !== null;
    return edgesOf(session, opened, layer, asked.most, weighs ? inputsOf(opened, layer, values) : NONE);
  });
  return { asked, layers, filter };
}

const NONE = new Float32Array();

function edgesOf(
  session: Session,
  { weightShapes }: Opened,
  layer: number,
  most: number,
  inputs: Float32Array,
): LayerEdges {
  const [below, units] = weightShapes[layer]!;
  const into = Math.min(most, below);
  const outOf = layer === 0 ? 0 : Math.min(most, units);
  const edges = {
    biases: new Float32Array(units),
    into,
    from: new Uint32Array(units * into),
    weights: new Float32Array(units * into),
    outOf,
    to: new Uint32Array(below * outOf),
    outgoing: new Float32Array(below * outOf),
  };
  session.copyBiases(layer, edges.biases);
  session.copyEdgesIn(layer, inputs, edges.from, edges.weights);
  if (outOf > 0) session.copyEdgesOut(layer, edges.to, edges.outgoing);
  return edges;
}

/** What a dense layer is given of a sample, of the values of all layers one after the other. */
export function inputsOf({ experiment, widths }: Opened, layer: number, values: Float32Array): Float32Array {
  const dense = [...experiment.layers.keys()].filter((place) => experiment.layers[place]!.kind === "dense");
  const place = dense[layer]!;
  const start = widths.slice(0, place).reduce((sum, width) => sum + width, 0);
  return values.subarray(start, start + widths[place]!);
}
