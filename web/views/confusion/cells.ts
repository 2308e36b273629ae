// The cells of a confusion matrix: what they add up to, and their colours. No elements.
import { mix, type Palette, type Rgb } from "../../draw/colour.js";
import type { Cell, Evaluated } from "../../model.js";

export function same(a: Cell | null, b: Cell | null): boolean {
  return a !== null && b !== null && a.actual === b.actual && a.predicted === b.predicted;
}

/** A cell beside the diagonal; `id` is its place in the matrix. */
export interface Confused extends Cell {
  id: number;
  count: number;
}

/** The largest errors, largest first. */
export function largestErrors(confusion: Uint32Array, classes: number, most: number): Confused[] {
  return Array.from(confusion, (count, id) => ({
    id,
    actual: Math.floor(id / classes),
    predicted: id % classes,
    count,
  }))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most);
}

/** Samples of a row, a column or the whole. */
export function total(
  { confusion }: Evaluated,
  classes: number,
  { actual, predicted }: Partial<Cell>,
): number {
  const counts = confusion.filter(
    (_, place) =>
      (actual === undefined || Math.floor(place / classes) === actual) &&
      (predicted === undefined || place % classes === predicted),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A cell's share of its row or its column, in percent. */
export function share(evaluated: Evaluated, classes: number, cell: Cell, of: "row" | "column"): number {
  const whole = total(
    evaluated,
    classes,
    of === "row" ? { actual: cell.actual } : { predicted: cell.predicted },
  );
  return (100 * evaluated.confusion[cell.actual * classes + cell.predicted]!) / whole;
}

/** Green by row on the diagonal; elsewhere red, scaled to the largest error of all. */
export function colourOf(
  palette: Palette,
  confusion: Uint32Array,
  classes: number,
  { actual, predicted }: Cell,
): Rgb {
  const count = confusion[actual * classes + predicted]!;
  if (actual === predicted) {
    let row = 0;
    for (let i = 0; i < classes; i++) row += confusion[actual * classes + i]!;
    return mix(palette.paper, palette.right, row === 0 ? 0 : 0.15 + 0.7 * (count / row));
  }
  let largest = 1;
  for (let i = 0; i < confusion.length; i++) {
    if (i % (classes + 1) !== 0) largest = Math.max(largest, confusion[i]!);
  }
  return mix(palette.paper, palette.wrong, 0.06 + 0.74 * (count / largest));
}

/** What one network has more or less of than another, scaled to the largest difference of all. */
export function differenceColour(palette: Palette, difference: number, largest: number): Rgb {
  const to = difference > 0 ? palette.more : palette.less;
  return mix(palette.paper, to, difference === 0 ? 0 : 0.08 + (0.77 * Math.abs(difference)) / largest);
}
