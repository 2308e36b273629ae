// Points that somebody places by hand: a table of two columns that is a part of the experiment, and so of its link.
import { withContent, withTable } from "./experiment.js";
import { ownTable, type Experiment } from "./session/engine.js";

/** The table's name, in links as well. */
export const OWN_POINTS = "points";
const HEADER = "x,y";

/** What is told from what: a row of the table. */
export interface Point {
  x: number;
  y: number;
}

/** Whether these points can be placed and taken away. */
export function isOwnPoints({ data }: Experiment): boolean {
  if (data.kind !== "table" || data.table !== OWN_POINTS || data.csv?.split("\n")[0] !== HEADER) return false;
  const [x, ...others] = [...data.inputs, data.target];
  return x!.column === "x" && others.length === 1 && [x, ...others].every((of) => of!.categories === 0);
}

/** The points, in the order in which they were placed: a row's place is its sample's id. */
export function pointsIn({ data }: Experiment): Point[] {
  const lines = data.kind === "table" ? (data.csv?.split("\n").slice(1) ?? []) : [];
  return lines.map((line) => {
    const [x, y] = line.split(",").map(Number);
    return { x: x!, y: y! };
  });
}

/** A number in as few digits as a step of a thousandth of this span takes. */
export function roundedTo(span: number, value: number): number {
  const places = Math.ceil(-Math.log10(span / 1000));
  const unit = 10 ** places;
  return Number.isFinite(unit) && unit > 0
    ? Number((Math.round(value * unit) / unit).toPrecision(12))
    : value;
}

/** Other points in their place; the first ones bring the network that suits numbers. */
export function withOwnPoints(experiment: Experiment, points: readonly Point[]): Experiment {
  const csv = [HEADER, ...points.map(({ x, y }) => `${x},${y}`)].join("\n");
  return isOwnPoints(experiment)
    ? withContent(experiment, { csv })
    : withTable(experiment, ownTable(OWN_POINTS, csv));
}
