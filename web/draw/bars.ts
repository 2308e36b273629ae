// A unit's outgoing weights as bars about a middle line: up and blue, down and orange.
import { css, type Palette } from "./colour.js";

/** A rectangle in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Bar extends Box {
  negative: boolean;
}

/** Bars side by side in a place of this size; `limit` fills half the height. */
export function barsOf(
  values: ArrayLike<number>,
  limit: number,
  { width, height }: Pick<Box, "width" | "height">,
): Bar[] {
  const bars: Bar[] = [];
  const slot = width / values.length;
  const gap = slot >= 4 ? Math.max(1, slot * 0.15) : 0;
  const middle = height / 2;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value) || limit <= 0) continue;
    const length = Math.max(1, Math.min(Math.abs(value) / limit, 1) * middle);
    const negative = value < 0;
    bars.push({
      x: i * slot + gap / 2,
      y: negative ? middle : middle - length,
      width: Math.max(slot - gap, 1),
      height: length,
      negative,
    });
  }
  return bars;
}

/** Bars as wide as the context. */
export function paintBars(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  limit: number,
  palette: Palette,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  for (const bar of barsOf(values, limit, { width, height })) {
    context.fillStyle = css(bar.negative ? palette.negative : palette.positive);
    context.fillRect(bar.x, bar.y, bar.width, bar.height);
  }
}
