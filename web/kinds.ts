// What the samples of a data set are: it decides which views there are.
import type { Opened } from "./session/engine.js";

/** Images of classes, points in the plane of classes, rows of a table of classes, or samples of which a number is told. */
export type Kind = "images" | "plane" | "rows" | "numbers";

export function kindOf({ images, classes, experiment }: Opened): Kind {
  if (images) return "images";
  if (classes === 0) return "numbers";
  return experiment.data.kind === "table" ? "rows" : "plane";
}

/** Classes that have colours of their own in the plane. */
const MOST_IN_PLANE = 6;

/** Whether samples lie in a plane, which can be coloured by what is made of it: points, or two columns of numbers. */
export function hasPlane({ classes, experiment: { data } }: Opened): boolean {
  if (data.kind === "toy") return true;
  const isTwo = data.kind === "table" && data.inputs.length === 2;
  return (
    isTwo &&
    data.inputs.every(({ categories }) => categories === 0) &&
    classes > 0 &&
    classes <= MOST_IN_PLANE
  );
}

/** Whether a row can be asked about that is not there: a curve says it all where there is one input. */
export function hasWhatIf({ experiment: { data }, widths }: Opened): boolean {
  return data.kind === "table" && widths[0]! > 1;
}

/** What has classes. */
export const OF_CLASSES: readonly Kind[] = ["images", "plane", "rows"];
/** What has a picture of each sample, besides. */
export const OF_PICTURES: readonly Kind[] = ["images", "plane"];
