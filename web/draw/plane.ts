// The plane around samples in two dimensions: the colour of every square is what a network makes of its middle, and each
// sample stands where it lies. Numbers in, pixels out.
import { css, mix, type Palette, type Rgb } from "./colour.js";

/** What a plane shows: from where to where, along x and along y. */
export type Span = readonly [left: number, right: number, bottom: number, top: number];

/** How far a place lies from the left, as a share of the whole; and from the top. */
export const acrossAt = ([left, right]: Span, x: number) => (x - left) / (right - left);
export const downAt = ([, , bottom, top]: Span, y: number) => (top - y) / (top - bottom);

/** What is answered for a square: for every class in the middle of side × side squares, row by row from the top. */
export interface Squares {
  side: number;
  span: Span;
  answers: Float32Array;
}

export interface Dots {
  span: Span;
  ids: Uint32Array;
  /** x and y of each. */
  at: Float32Array;
  /** 0 learned from, 1 held out, 2 neither. */
  parts: Uint8Array;
  /** Positions among the classes; none where a class is left out. */
  labels: Uint8Array;
}

/** The colours of the classes, as many as can be told apart: those of weights that push down and up, and others. */
export function classColours({ negative, positive, more, less, right, wrong }: Palette): Rgb[] {
  return [negative, positive, more, right, less, wrong];
}

/** The square in which a place lies, counted row by row; those beyond the edge belong to it. */
export function squareAt({ side, span }: Omit<Squares, "answers">, x: number, y: number): number {
  const at = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
  return at(downAt(span, y)) * side + at(acrossAt(span, x));
}

/** How much larger the largest answer of a square is than the next, and whose it is: 0 where two classes meet. */
export function leadAt(answers: Float32Array, square: number, classes: number): { cls: number; by: number } {
  const own = answers.subarray(square * classes, (square + 1) * classes);
  let [cls, next] = own[1]! > own[0]! ? [1, 0] : [0, 1];
  for (let other = 2; other < classes; other++) {
    if (own[other]! > own[cls]!) [next, cls] = [cls, other];
    else if (own[other]! > own[next]!) next = other;
  }
  return { cls, by: own[cls]! - own[next]! };
}

/** How strongly the surest answer is coloured: samples have to stand out on it. */
const STRONGEST = 0.55;

/** Colours each square by its likeliest class, the more the surer: rgba of all squares. What is no number is apart. */
export function paintSquares(
  rgba: Uint8ClampedArray,
  { answers }: Pick<Squares, "answers">,
  classes: number,
  palette: Palette,
): void {
  const colours = classColours(palette);
  for (let square = 0; 4 * square < rgba.length; square++) {
    const { cls, by } = leadAt(answers, square, classes);
    const share = STRONGEST * Math.min(by, 1);
    const colour = Number.isNaN(by) ? palette.unlearned : mix(palette.zero, colours[cls]!, share);
    rgba.set([...colour, 255], 4 * square);
  }
}

/** A class's own shape around a place: a disc, a square, a triangle. */
function outline(context: Pick<CanvasPath, "arc" | "rect" | "moveTo" | "lineTo" | "closePath">, cls: number) {
  return (x: number, y: number, radius: number) => {
    if (cls % 3 === 0) return context.arc(x, y, radius, 0, 2 * Math.PI);
    if (cls % 3 === 1) return context.rect(x - 0.85 * radius, y - 0.85 * radius, 1.7 * radius, 1.7 * radius);
    context.moveTo(x, y - 1.25 * radius);
    context.lineTo(x + 1.15 * radius, y + 0.75 * radius);
    context.lineTo(x - 1.15 * radius, y + 0.75 * radius);
    context.closePath();
  };
}

/** The samples on a square canvas. Those that are learned from are filled, those held out hollow; the others are faint. */
export function paintDots(
  context: CanvasRenderingContext2D,
  { span, ids, at, parts, labels }: Dots,
  isMarked: (id: number) => boolean,
  palette: Palette,
): void {
  const { width } = context.canvas;
  const radius = Math.max(2, width / 150);
  const colours = classColours(palette).map(css);
  context.clearRect(0, 0, width, width);
  labels.forEach((label, i) => {
    const colour = colours[label];
    if (!colour) return;
    const [x, y] = [acrossAt(span, at[2 * i]!) * width, downAt(span, at[2 * i + 1]!) * width];
    const isFilled = parts[i] === 0;
    context.globalAlpha = parts[i] === 2 ? 0.35 : 1;
    context.beginPath();
    outline(context, label)(x, y, isMarked(ids[i]!) ? 2 * radius : radius);
    context.fillStyle = isFilled ? colour : css(palette.paper);
    context.fill();
    context.lineWidth = isFilled ? radius / 3 : radius / 1.5;
    context.strokeStyle = isFilled ? css(palette.paper) : colour;
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** The sample nearest to a place, if one is near enough: within a share of the plane. */
export function dotAt({ span, ids, at, labels }: Dots, x: number, y: number, within: number): number | null {
  let nearest: number | null = null;
  let least = within * within;
  const [right, down] = [acrossAt(span, x), downAt(span, y)];
  labels.forEach((label, i) => {
    const [dx, dy] = [acrossAt(span, at[2 * i]!) - right, downAt(span, at[2 * i + 1]!) - down];
    const squares = dx * dx + dy * dy;
    if (label === 255 || squares > least) return;
    least = squares;
    nearest = ids[i]!;
  });
  return nearest;
}
