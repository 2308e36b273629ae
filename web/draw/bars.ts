// A unit's outgoing weights as bars about a middle line: up and blue, down and orange.
import { css, type Palette } from "./colour.js";

/** Bars side by side, as wide as the context; `limit` fills half the height. */
export function paintBars(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  limit: number,
  palette: Palette,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  const slot = width / values.length;
  const gap = slot >= 4 ? Math.max(1, slot * 0.15) : 0;
  const middle = height / 2;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value) || limit <= 0) continue;
    const length = Math.max(1, Math.min(Math.abs(value) / limit, 1) * middle);
    context.fillStyle = css(value < 0 ? palette.negative : palette.positive);
    context.fillRect(
      i * slot + gap / 2,
      value < 0 ? middle : middle - length,
      Math.max(slot - gap, 1),
      length,
    );
  }
}
