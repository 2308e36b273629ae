// Edges as curves: wide and in full colour where they are strong, thin and faint where they are not.
import { css, type Palette } from "./colour.js";

export interface Curve {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** −1 to 1: the share of the full width and colour. */
  share: number;
  /** The full width; many edges are thinner than few. */
  width: number;
}

const LEAST_WIDTH = 0.6;
const ALPHA = { least: 0.22, most: 0.95 };

/** The strong ones lie on top; what has no strength is not drawn. */
export function paintCurves(
  context: CanvasRenderingContext2D,
  curves: readonly Curve[],
  palette: Palette,
): void {
  const size = ({ share }: Curve) => Math.min(Math.abs(share), 1);
  const drawn = curves.filter((curve) => size(curve) > 0).toSorted((a, b) => size(a) - size(b));
  context.save();
  for (const curve of drawn) {
    const { x1, y1, x2, y2, share, width } = curve;
    const middle = (x1 + x2) / 2;
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(middle, y1, middle, y2, x2, y2);
    context.lineWidth = LEAST_WIDTH + (width - LEAST_WIDTH) * size(curve);
    context.globalAlpha = ALPHA.least + (ALPHA.most - ALPHA.least) * size(curve);
    context.strokeStyle = css(share < 0 ? palette.negative : palette.positive);
    context.stroke();
  }
  context.restore();
}

/** So many strengths are told apart in a fan. */
const LEVELS = 10;

/** All edges from a column of inputs into one point: a line for each term, in few strokes. */
export function paintFan(
  context: CanvasRenderingContext2D,
  shares: ArrayLike<number>,
  from: { x: number; top: number; height: number },
  to: { x: number; y: number },
  palette: Palette,
): void {
  const paths = Array.from({ length: 2 * LEVELS + 1 }, () => new Path2D());
  for (let i = 0; i < shares.length; i++) {
    const level = Math.round(Math.max(-1, Math.min(1, shares[i]!)) * LEVELS);
    if (level === 0 || Number.isNaN(level)) continue;
    const path = paths[level + LEVELS]!;
    path.moveTo(from.x, from.top + ((i + 0.5) / shares.length) * from.height);
    path.lineTo(to.x, to.y);
  }
  context.save();
  for (let size = 1; size <= LEVELS; size++) {
    for (const level of [-size, size]) {
      const share = size / LEVELS;
      context.lineWidth = 0.4 + 1.4 * share;
      // By the square: hundreds of middling edges shall not hide the few strong ones.
      context.globalAlpha = 0.04 + 0.8 * share * share;
      context.strokeStyle = css(level < 0 ? palette.negative : palette.positive);
      context.stroke(paths[level + LEVELS]!);
    }
  }
  context.restore();
}
