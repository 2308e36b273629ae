// How values are spread about zero: numbers in, bars out.
import { css, type Palette } from "./colour.js";

/** Counts of values in equal parts of −limit to +limit; those beyond belong to the outermost. */
export function countsOf(values: ArrayLike<number>, limit: number, parts: number): Uint32Array {
  const counts = new Uint32Array(parts);
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor(((values[i]! + limit) / (2 * limit)) * parts);
    if (!Number.isNaN(place)) counts[Math.min(parts - 1, Math.max(0, place))]!++;
  }
  return counts;
}

/** As wide as the context; negative values in the colour of negative weights. */
export function paintHistogram(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  limit: number,
  palette: Palette,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  const parts = 40;
  const counts = countsOf(values, limit, parts);
  const most = Math.max(...counts);
  if (most === 0 || limit === 0) return;
  for (let part = 0; part < parts; part++) {
    const length = (counts[part]! / most) * height;
    context.fillStyle = css(part < parts / 2 ? palette.negative : palette.positive);
    context.fillRect((part * width) / parts, height - length, width / parts - 1, length);
  }
}
