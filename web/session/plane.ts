// What the worker says of samples in two dimensions: where they lie, and what is made of the plane around them.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import { DRAWN } from "./fit.js";
import type { Places, PlaneFacts } from "./protocol.js";

/** Squares across: as many as a network of a few hundred parameters reads in a few milliseconds, fewer where it is larger. */
const SIDE = { least: 16, most: 64 };
const PRODUCTS = 8e6;

export function placesOf(session: Session, { samples, experiment }: Opened): Places {
  const isToy = experiment.data.kind === "toy";
  const ids = isToy ? Uint32Array.from({ length: samples }, (_, id) => id) : session.drawnIds(DRAWN);
  const places = {
    span: spanOf(session),
    ids,
    at: new Float32Array(2 * ids.length),
    parts: new Uint8Array(ids.length),
    labels: new Uint8Array(ids.length),
  };
  session.copyPlaces(ids, places.at, places.labels);
  session.copyParts(ids, places.parts);
  return places;
}

export function planeOf(session: Session, { classes, weightShapes }: Opened): PlaneFacts | null {
  const step = session.evaluatedStep();
  if (step === undefined) return null;
  const products = weightShapes.reduce((sum, [inputs, outputs]) => sum + inputs * outputs, 0);
  const side = Math.min(SIDE.most, Math.max(SIDE.least, Math.floor(Math.sqrt(PRODUCTS / products))));
  const answers = new Float32Array(side * side * classes);
  session.copyPlane(side, answers);
  return { step, side, span: spanOf(session), answers };
}

function spanOf(session: Session): Places["span"] {
  const [left, right, bottom, top] = session.span();
  return [left!, right!, bottom!, top!];
}
