import { expect, test } from "vitest";
import { css, LIGHT } from "./colour.js";
import { paintCurves } from "./links.js";

/** A context that notes what is drawn, in which width and colour. */
function paper() {
  const strokes: { width: number; colour: string; alpha: number }[] = [];
  const context = {
    lineWidth: 0,
    strokeStyle: "",
    globalAlpha: 1,
    stroke() {
      strokes.push({ width: this.lineWidth, colour: this.strokeStyle, alpha: this.globalAlpha });
    },
    ...Object.fromEntries(
      ["save", "restore", "beginPath", "moveTo", "bezierCurveTo"].map((name) => [name, () => {}]),
    ),
  };
  return { strokes, context: context as unknown as CanvasRenderingContext2D };
}

test("strong edges are wide and lie on top, the sign is the colour, and what is nothing is not drawn", () => {
  const { strokes, context } = paper();
  const curve = (share: number) => ({ x1: 0, y1: 0, x2: 9, y2: 9, share, width: 4 });
  paintCurves(context, [1, -0.5, 0, Number.NaN, 0.1, -7].map(curve), LIGHT);
  const [up, down] = [css(LIGHT.positive), css(LIGHT.negative)];
  expect(strokes.map(({ colour }) => colour)).toEqual([up, down, up, down]);
  expect(strokes.map(({ width }) => width).toSorted((a, b) => a - b)).toEqual(
    strokes.map(({ width }) => width),
  );
  expect(strokes.at(-1)).toMatchObject({ width: 4 });
  expect(strokes[0]!.alpha).toBeLessThan(strokes.at(-1)!.alpha);
});
