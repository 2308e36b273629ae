import { expect, test } from "vitest";
import { paintBars } from "./bars.js";
import { css, LIGHT } from "./colour.js";

interface Bar {
  colour: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

function paint(values: number[], limit: number, width = 100, height = 40): Bar[] {
  const bars: Bar[] = [];
  const context = {
    canvas: { width, height },
    fillStyle: "",
    clearRect: (x: number, y: number, w: number, h: number) =>
      expect([x, y, w, h]).toEqual([0, 0, width, height]),
    fillRect(x: number, y: number, w: number, h: number) {
      bars.push({ colour: this.fillStyle, x, y, width: w, height: h });
    },
  };
  paintBars(context as unknown as CanvasRenderingContext2D, values, limit, LIGHT);
  return bars;
}

test("up and blue, down and orange, from a middle line, as long as the weight", () => {
  const [up, down] = paint([1, -3], 4);
  expect(up).toMatchObject({ colour: css(LIGHT.positive), y: 15, height: 5 });
  expect(down).toMatchObject({ colour: css(LIGHT.negative), y: 20, height: 15 });
});

test("each bar stands in its own slot, in order", () => {
  const bars = paint([1, -1, 1, 1, -1], 2);
  bars.forEach((bar, i) => {
    expect(bar.x).toBeGreaterThan(20 * i);
    expect(bar.x + bar.width).toBeLessThan(20 * (i + 1));
  });
});

test("the limit clamps; the least weight can still be seen", () => {
  const [huge, tiny] = paint([-100, 1e-9], 2);
  expect(huge).toMatchObject({ y: 20, height: 20 });
  expect(tiny).toMatchObject({ y: 19, height: 1 });
});

test("more bars than pixels are a pixel wide each", () => {
  for (const { width } of paint(
    Array.from({ length: 200 }, () => 1),
    1,
  ))
    expect(width).toBe(1);
});

test("nothing is painted for what is no number, or without a scale", () => {
  expect(paint([NaN, Infinity, 2], 4).length).toBe(1);
  expect(paint([1, 2], 0)).toEqual([]);
});
