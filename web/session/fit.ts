// What the worker says of samples of which a number is told: where they lie, and the curve that a network makes.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import type { FitFacts, Points, Questions } from "./protocol.js";

/** Places along the curve. */
const PLACES = 512;

export function pointsOf(session: Session, { samples }: Opened): Points {
  const points = {
    x: new Float32Array(samples),
    y: new Float32Array(samples),
    parts: new Uint8Array(samples),
  };
  session.copyPoints(points.x, points.y, points.parts);
  return { ...points, ...endsOf(session) };
}

/** Of data with several inputs there is no curve. */
export function fitOf(
  session: Session,
  opened: Opened,
  asked: NonNullable<Questions["fit"]>,
): FitFacts | null {
  if (opened.classes > 0) return null;
  const { from, to } = endsOf(session);
  const curve = new Float32Array(PLACES);
  const others = new Float32Array(PLACES);
  const terms = new Float32Array(Math.min(asked.terms, opened.weightShapes.at(-1)![0]) * PLACES);
  session.copyCurve(from, to, curve);
  const basis = asked.terms > 0 ? session.basis(from, to, terms, others) : undefined;
  return {
    asked,
    curve,
    units: basis?.units ?? [],
    terms,
    others,
    constant: basis?.constant ?? 0,
    fits: session.fits(),
  };
}

function endsOf(session: Session): { from: number; to: number } {
  const [from, to] = session.ends();
  return { from: from!, to: to! };
}
