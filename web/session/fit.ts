// What the worker says of samples of which a number is told: where they lie, and the curve that a network makes.
import type { Opened, Session } from "../generated/brainbow_wasm.js";
import type { FitFacts, Points, Questions, Want } from "./protocol.js";

/** Places along the curve; fewer where each is a mean over samples. */
const PLACES = { one: 512, several: 64 };
/** Samples that are drawn, at most: more are a cloud, and take long to paint. */
export const DRAWN = 2000;
/** As a share of what the samples take. */
const ROOM = 0.15;
/** Values of an input that have curves and colours of their own. */
const MOST_VALUES = 3;

type Asked = Extract<Want, { kind: "points" }>;

export function pointsOf(session: Session, opened: Opened, { along, group }: Asked): Points {
  const ids = session.drawnIds(DRAWN);
  const [x, z, y] = [0, 1, 2].map(() => new Float32Array(ids.length)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const parts = new Uint8Array(ids.length);
  session.copyInputs(ids, along, x);
  if (group !== null) session.copyInputs(ids, group, z);
  session.copyValues(ids, y);
  session.copyParts(ids, parts);
  const values = group === null ? [] : [...session.values(group, MOST_VALUES)];
  return { along, group, values, x, z, y, parts, ...endsOf(session, opened, along) };
}

export function fitOf(
  session: Session,
  opened: Opened,
  asked: NonNullable<Questions["fit"]>,
): FitFacts | null {
  const fits = session.fits();
  const { along, group } = asked;
  // The question may still be about another table's columns.
  if (!fits || Math.max(along, group?.column ?? 0) >= opened.widths[0]!) return null;
  const isOne = opened.widths[0] === 1;
  const { from, to } = endsOf(session, opened, along);
  const places = isOne ? PLACES.one : PLACES.several;
  const curveOf = (column?: number, value = 0) => {
    const curve = new Float32Array(places);
    session.copyCurve(along, column, value, from, to, curve);
    return curve;
  };
  const others = new Float32Array(places);
  const terms = new Float32Array(isOne ? Math.min(asked.terms, opened.weightShapes.at(-1)![0]) * places : 0);
  const basis = isOne && asked.terms > 0 ? session.basis(from, to, terms, others) : undefined;
  const ids = isOne ? new Uint32Array() : session.drawnIds(DRAWN);
  const told = new Float32Array(ids.length);
  session.copyTold(ids, told);
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

/** Around a table that is a part of the experiment there is room: for what the curve does beyond it, and for more points. */
function endsOf(session: Session, { experiment }: Opened, along: number): { from: number; to: number } {
  const [from, to] = session.ends(along) as unknown as [number, number];
  const isOwn = experiment.data.kind === "table" && Boolean(experiment.data.csv);
  // Where all are alike there is some around them.
  const room = from === to ? 1 : isOwn ? ROOM * (to - from) : 0;
  return { from: from - room, to: to + room };
}
