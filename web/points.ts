// Points that somebody places by hand: a table of two columns that is a part of the experiment, and so of its link.
import { withContent, withTable } from "./experiment.js";
import { ownTable, type Experiment } from "./session/engine.js";

/** The table's name, in links as well. */
export const OWN_POINTS = "points";
const HEADER = "x,y";
/** Digits that a place is worth. */
const DIGITS = 4;

export interface Point {
  x: number;
  y: number;
}

/** Whether these points can be placed and taken away. */
export function isOwnPoints({ data }: Experiment): boolean {
  return data.kind === "table" && data.table === OWN_POINTS && data.csv?.split("\n")[0] === HEADER;
}

/** The points, in the order in which they were placed: a row's place is its sample's id. */
export function pointsIn({ data }: Experiment): Point[] {
  const lines = data.kind === "table" ? (data.csv?.split("\n").slice(1) ?? []) : [];
  return lines.map((line) => {
    const [x, y] = line.split(",").map(Number);
    return { x: x!, y: y! };
  });
}

/** Other points in their place; the first ones bring the network that suits numbers. */
export function withOwnPoints(experiment: Experiment, points: readonly Point[]): Experiment {
  const number = (value: number) => String(Number(value.toPrecision(DIGITS)));
  const csv = [HEADER, ...points.map(({ x, y }) => `${number(x)},${number(y)}`)].join("\n");
  return isOwnPoints(experiment)
    ? withContent(experiment, { csv })
    : withTable(experiment, ownTable(OWN_POINTS, csv));
}
