import { describe, expect, test } from "vitest";
import { groupOf, pixelSpot, planOf, spotOf, stepFrom, unitAt } from "./plan.js";

const SHAPE = { width: 28, height: 28 };
const plan = (units: number[], width = 575) => planOf({ width, labels: 60 }, units, SHAPE);

test("up to 64 units stand by themselves, more in at most 32 groups", () => {
  expect([10, 64, 65, 128, 512].map(groupOf)).toEqual([1, 1, 3, 4, 16]);
});

describe.each([[[10]], [[10, 10]], [[128, 10]], [[64, 48, 32, 24, 16, 12, 10]], [[512, 65, 10]]])(
  "with %j units",
  (units) => {
    test.each([575, 358])(
      "in %i pixels nothing is cut or overlaps, and who is pointed at is meant",
      (width) => {
        const it = plan(units, width);
        let left = it.image.x + it.image.pixel * 28;
        it.columns.forEach((column, layer) => {
          expect(column.x - column.radius).toBeGreaterThan(left);
          left = column.x + column.radius;
          let above = -Infinity;
          for (let unit = 0; unit < column.units; unit++) {
            const { x, y } = spotOf(it, { layer, unit });
            expect(y).toBeGreaterThan(Math.max(above, 20));
            expect(y).toBeLessThan(it.height);
            expect(unitAt(it, x, y)).toEqual({ layer, unit });
            above = y;
          }
        });
        expect(left).toBeLessThan(width - 60);
        expect(unitAt(it, it.image.x + 5, it.image.y + 5)).toBeNull();
      },
    );
  },
);

test("a pixel stands in its place in the image, whatever its channel", () => {
  const it = plan([10]);
  const { x, y, pixel } = it.image;
  expect(pixelSpot(it, 28 * 3 + 2)).toEqual({ x: x + 2.5 * pixel, y: y + 3.5 * pixel });
  expect(pixelSpot(it, 784 + 28 * 3 + 2)).toEqual(pixelSpot(it, 28 * 3 + 2));
});

test("arrow keys lead along a layer and to the unit across in the next one", () => {
  const it = plan([128, 10]);
  const from = { layer: 0, unit: 3 };
  expect(stepFrom(it, from, "ArrowDown")).toEqual({ layer: 0, unit: 4 });
  expect(stepFrom(it, { layer: 0, unit: 0 }, "ArrowUp")).toEqual({ layer: 0, unit: 0 });
  expect(stepFrom(it, from, "End")).toEqual({ layer: 0, unit: 127 });
  expect(stepFrom(it, { layer: 0, unit: 127 }, "ArrowRight")).toEqual({ layer: 1, unit: 9 });
  expect(stepFrom(it, { layer: 1, unit: 9 }, "ArrowRight")).toEqual({ layer: 1, unit: 9 });
  expect(stepFrom(it, from, "x")).toBeNull();
});
