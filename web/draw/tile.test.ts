import { expect, test } from "vitest";
import { DARK, diverging, LIGHT, type Palette } from "./colour.js";
import { paintTile, rangeOf, type Tile } from "./tile.js";

// 4 inputs × 3 units, no two alike: a transposition or a wrong stride cannot pass.
const weights = Float32Array.of(0.5, -1, 2, -0.25, 3, -4, 0, 0.125, 1, -2, -3, 0.75);
const tile = (unit: number, more: Partial<Tile> = {}): Tile => ({
  weights,
  units: 3,
  unit,
  inked: Uint8Array.of(1, 1, 1, 1),
  limit: 4,
  classic: false,
  ...more,
});

function paint(it: Tile, palette: Palette = LIGHT): number[][] {
  const rgba = new Uint8ClampedArray(4 * it.inked.length);
  paintTile(rgba, it, palette);
  return Array.from({ length: it.inked.length }, (_, i) => [...rgba.subarray(4 * i, 4 * i + 4)]);
}

/** The table of colours has 255 steps on each side. */
const close = (found: number[], expected: readonly number[]) =>
  expected.forEach((byte, i) => expect(Math.abs(found[i]! - byte)).toBeLessThanOrEqual(1));

test.each([0, 1, 2])("each pixel has the colour of its own weight (unit %i)", (unit) => {
  for (const palette of [LIGHT, DARK]) {
    paint(tile(unit), palette).forEach((pixel, input) => {
      close(pixel, [...diverging(palette, weights[3 * input + unit]!, 4), 255]);
    });
  }
});

test("the scale is symmetric about zero, whatever the range of the weights is", () => {
  const [, , zero] = paint(tile(0));
  expect(zero).toEqual([...LIGHT.zero, 255]);
  const flipped = paint(tile(2, { weights: weights.map((value) => -value) }), {
    ...LIGHT,
    positive: LIGHT.negative,
    negative: LIGHT.positive,
  });
  paint(tile(2)).forEach((pixel, input) => close(flipped[input]!, pixel));
});

test("the limit clamps: what lies beyond has the full colour", () => {
  const pixels = paint(tile(1, { limit: 0.5 }));
  expect(pixels[1]).toEqual([...LIGHT.positive, 255]);
  expect(pixels[3]).toEqual([...LIGHT.negative, 255]);
});

test("pixels that no image has inked, and weights that are no number, are unlearned", () => {
  const pixels = paint(tile(0, { inked: Uint8Array.of(1, 0, 1, 1), weights: weights.with(9, NaN) }));
  expect(pixels[1]).toEqual([...LIGHT.unlearned, 255]);
  expect(pixels[3]).toEqual([...LIGHT.unlearned, 255]);
  expect(pixels[0]).not.toEqual([...LIGHT.unlearned, 255]);
});

test("weights that are all zero are neutral, not an error", () => {
  const pixels = paint(tile(0, { weights: new Float32Array(12), limit: 0 }));
  for (const pixel of pixels) expect(pixel).toEqual([...LIGHT.zero, 255]);
});

test("the classic mode goes from the unit's lowest, black, to its highest, white", () => {
  // unit 2: 2, -4, 1, 0.75
  const grey = paint(tile(2, { classic: true })).map(([value]) => value);
  close(grey as number[], [255, 0, (5 / 6) * 255, (4.75 / 6) * 255]);
  for (const [r, g, b, alpha] of paint(tile(2, { classic: true }), DARK))
    expect([g, b, alpha]).toEqual([r, r, 255]);
});

test("the classic mode of a unit whose weights are all the same is grey", () => {
  expect(paint(tile(0, { classic: true, weights: new Float32Array(12).fill(0.3) }))[0]).toEqual([
    127, 127, 127, 255,
  ]);
});

test("the range of one unit is its own", () => {
  expect(rangeOf(weights, 3, 0)).toEqual([-2, 0.5]);
  expect(rangeOf(weights, 3, 1)).toEqual([-3, 3]);
  expect(rangeOf(weights, 3, 2)).toEqual([-4, 2]);
});

test("three planes are one picture in colour: one scale, zero at mid grey, whatever the theme is", () => {
  // 2 pixels: red 0.5 and −0.25, green 0 and 1, blue −1 and 8 (beyond the limit); the other unit's are 9.
  const three = Float32Array.of(0.5, 9, -0.25, 9, 0, 9, 1, 9, -1, 9, 8, 9);
  const it = { weights: three, units: 2, unit: 0, inked: new Uint8Array(6).fill(1), limit: 2, channels: 3 };
  const paintColour = (more: Partial<Tile>, palette = LIGHT) => {
    const rgba = new Uint8ClampedArray(8);
    paintTile(rgba, { classic: false, ...it, ...more }, palette);
    return [...rgba];
  };
  const byte = (weight: number) => ((weight + 2) / 4) * 255;
  const expected = [byte(0.5), byte(0), byte(-1), 255, byte(-0.25), byte(1), 255, 255];
  close(paintColour({}), expected);
  expect(paintColour({}, DARK)).toEqual(paintColour({}));
  // Grey has one byte in all channels, also where nothing has been learned yet.
  for (const flat of [{ weights: new Float32Array(12) }, { limit: 0 }]) {
    expect(paintColour(flat)).toEqual([128, 128, 128, 255, 128, 128, 128, 255]);
  }
  // The classic figure: from the unit's lowest to its highest, all three channels together.
  close(
    paintColour({ classic: true }),
    [1.5 / 9, 1 / 9, 0, 1, 0.75 / 9, 2 / 9, 1, 1].map((share) => share * 255),
  );
});
