// What the worker says of samples of which a number is told: where they lie, and the curve that a network makes.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import type { Command, FitFacts, Points, Questions } from "./protocol.js";

/** Places along the curve; fewer where each is a mean over samples. */
const PLACES = { one: 512, several: 64 };

type Asked = Extract<Command, { type: "points" }>;

export function pointsOf(session: Session, { samples }: Opened, { along, group }: Asked): Points {
  const [x, z, y] = [0, 1, 2].map(() => new Float32Array(samples)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const parts = new Uint8Array(samples);
  session.copyPoints(along, group ?? undefined, x, z, y, parts);
  return { along, group, x, z, y, parts, ...endsOf(session, along) };
}

export function fitOf(
  session: Session,
  opened: Opened,
  asked: NonNullable<Questions["fit"]>,
): FitFacts | null {
  const fits = session.fits();
  if (!fits || asked.along >= opened.widths[0]!) return null;
  const isOne = opened.widths[0] === 1;
  const { along, group } = asked;
  const { from, to } = endsOf(session, along);
  const places = isOne ? PLACES.one : PLACES.several;
  const curveOf = (column?: number, value = 0) => {
    const curve = new Float32Array(places);
    session.copyCurve(along, column, value, from, to, curve);
    return curve;
  };
  const others = new Float32Array(places);
  const terms = new Float32Array(isOne ? Math.min(asked.terms, opened.weightShapes.at(-1)![0]) * places : 0);
  const basis = isOne && asked.terms > 0 ? session.basis(from, to, terms, others) : undefined;
  const told = new Float32Array(isOne ? 0 : opened.samples);
  if (!isOne) session.copyTold(told);
  return {
    asked,
    curve: curveOf(),
    groups: group ? group.values.map((value) => curveOf(group.column, value)) : [],
    told,
    units: basis?.units ?? [],
    terms,
    others,
    constant: basis?.constant ?? 0,
    fits,
  };
}

function endsOf(session: Session, along: number): { from: number; to: number } {
  const [from, to] = session.ends(along);
  return { from: from!, to: to! };
}
