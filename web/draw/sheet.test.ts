import { expect, test } from "vitest";
import { DARK, LIGHT } from "./colour.js";
import { paintSheet, type Contents, type Place } from "./sheet.js";
import { paintTile, type Tile } from "./tile.js";

// 2 × 2 pixels, 3 units, 2 outputs.
const weights = Float32Array.of(0.5, -1, 2, -0.25, 3, -4, 0, 0.125, 1, -2, -3, 0.75);
const tile = (unit: number): Tile => ({
  weights,
  units: 3,
  unit,
  inked: Uint8Array.of(1, 1, 1, 0),
  limit: 4,
  classic: false,
});
const contents: Contents = {
  shape: { width: 2, height: 2 },
  tile,
  outgoing: (unit) => [unit + 1, -(unit + 1)],
  outgoingLimit: 4,
};
const places: Place[] = [
  { unit: 2, filter: { x: 1, y: 1, width: 5, height: 4 }, bars: { x: 1, y: 6, width: 6, height: 8 } },
  { unit: 0, filter: { x: 9, y: 1, width: 4, height: 4 }, bars: { x: 9, y: 6, width: 6, height: 8 } },
];

/** A picture of 16 × 15 pixels, and what stands at (x, y). */
function paint(palette = LIGHT) {
  const data = new Uint8ClampedArray(16 * 15 * 4);
  const image = { data, width: 16, height: 15, colorSpace: "srgb" } as ImageData;
  paintSheet(image, places, contents, palette);
  return (x: number, y: number) => [...data.subarray((y * 16 + x) * 4, (y * 16 + x) * 4 + 4)];
}

test.each([LIGHT, DARK])("each unit's filter is enlarged into its own place", (palette) => {
  const at = paint(palette);
  for (const { unit, filter } of places) {
    const own = new Uint8ClampedArray(16);
    paintTile(own, tile(unit), palette);
    for (let y = 0; y < filter.height; y++) {
      for (let x = 0; x < filter.width; x++) {
        const pixel = Math.floor((y / filter.height) * 2) * 2 + Math.floor((x / filter.width) * 2);
        expect(at(filter.x + x, filter.y + y)).toEqual([...own.subarray(4 * pixel, 4 * pixel + 4)]);
      }
    }
  }
});

test("the bars stand under it, up and blue, down and orange, as long as the weight", () => {
  const at = paint();
  const column = (x: number) => Array.from({ length: 8 }, (_, y) => at(x, 6 + y).join());
  const [blue, orange, clear] = [[...LIGHT.positive, 255].join(), [...LIGHT.negative, 255].join(), "0,0,0,0"];
  // Unit 2's weights are ±3 of 4: three of the four pixels above or below the middle.
  expect(column(2)).toEqual([clear, blue, blue, blue, clear, clear, clear, clear]);
  expect(column(5)).toEqual([clear, clear, clear, clear, orange, orange, orange, clear]);
  expect(column(10).filter((colour) => colour === blue)).toHaveLength(1);
});

test("nothing is painted between the places", () => {
  const at = paint();
  const within = ({ x, y, width, height }: Place["filter"], px: number, py: number) =>
    px >= x && px < x + width && py >= y && py < y + height;
  for (let y = 0; y < 15; y++) {
    for (let x = 0; x < 16; x++) {
      if (places.some(({ filter, bars }) => within(filter, x, y) || within(bars, x, y))) continue;
      expect(at(x, y), `${x}, ${y}`).toEqual([0, 0, 0, 0]);
    }
  }
});
