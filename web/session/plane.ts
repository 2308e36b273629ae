// What the worker says of samples in two dimensions: where they lie, and what is made of the plane around them.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import type { Places, PlaneFacts } from "./protocol.js";

/** Squares across: as many as a network of a few hundred parameters reads in a few milliseconds, fewer where it is larger. */
const SIDE = { least: 16, most: 64 };
const PRODUCTS = 8e6;

/** Whether samples are points in two dimensions, of classes. */
export function isPlane({ experiment }: Opened): boolean {
  return experiment.data.kind === "toy";
}

export function placesOf(session: Session, { samples }: Opened): Places {
  const places = {
    reach: session.reach(),
    at: new Float32Array(2 * samples),
    parts: new Uint8Array(samples),
  };
  session.copyPlaces(places.at, places.parts);
  return places;
}

export function planeOf(session: Session, { classes, weightShapes }: Opened): PlaneFacts | null {
  const step = session.evaluatedStep();
  if (step === undefined) return null;
  const products = weightShapes.reduce((sum, [inputs, outputs]) => sum + inputs * outputs, 0);
  const side = Math.min(SIDE.most, Math.max(SIDE.least, Math.floor(Math.sqrt(PRODUCTS / products))));
  const answers = new Float32Array(side * side * classes);
  session.copyPlane(side, answers);
  return { step, side, reach: session.reach(), answers };
}
