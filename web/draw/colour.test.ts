import { describe, expect, test } from "vitest";
import { css, DARK, diverging, ink, LIGHT, mix, type Palette, type Rgb } from "./colour.js";

const PALETTES: [string, Palette][] = [
  ["light", LIGHT],
  ["dark", DARK],
];

/** WCAG 2.2's contrast ratio, written down again. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (colour: Rgb) => {
    const [r, g, b] = colour.map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const BYTES = { "#000": [0, 0, 0], "#fff": [255, 255, 255] } as const;

describe.each(PALETTES)("in the %s palette", (_, palette) => {
  test("positive is positive's colour, negative negative's, zero is neutral", () => {
    expect(diverging(palette, 2, 2)).toEqual(palette.positive);
    expect(diverging(palette, -2, 2)).toEqual(palette.negative);
    expect(diverging(palette, 0, 2)).toEqual(palette.zero);
    const [r, g, b] = palette.zero;
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(10);
  });

  test("the scale is symmetric about zero: the same size is the same share of its colour", () => {
    for (const share of [0.1, 0.37, 0.5, 0.99]) {
      expect(diverging(palette, 3 * share, 3)).toEqual(mix(palette.zero, palette.positive, share));
      expect(diverging(palette, -3 * share, 3)).toEqual(mix(palette.zero, palette.negative, share));
    }
  });

  test("beyond the limit is the full colour, and no number is unlearned", () => {
    expect(diverging(palette, 9, 2)).toEqual(palette.positive);
    expect(diverging(palette, -9, 2)).toEqual(palette.negative);
    expect(diverging(palette, NaN, 2)).toEqual(palette.unlearned);
    expect(diverging(palette, 1, 0)).toEqual(palette.zero);
  });

  test("blue and orange, zero and paper, zero and unlearned can be told apart", () => {
    expect(palette.positive[2]).toBeGreaterThan(palette.positive[0]);
    expect(palette.negative[0]).toBeGreaterThan(palette.negative[2]);
    expect(palette.zero).not.toEqual(palette.paper);
    expect(palette.zero).not.toEqual(palette.unlearned);
    for (const end of [palette.positive, palette.negative]) {
      expect(contrast(end, palette.zero)).toBeGreaterThanOrEqual(3);
    }
  });

  test("every cell's number has a contrast of 4.5 to its colour", () => {
    for (const end of [palette.right, palette.wrong]) {
      for (let share = 0; share <= 1; share += 0.005) {
        const fill = mix(palette.paper, end, share);
        expect(contrast(BYTES[ink(fill)], fill)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

test("ink is the better of black and white on any colour", () => {
  for (let r = 0; r < 256; r += 15) {
    for (let g = 0; g < 256; g += 15) {
      for (let b = 0; b < 256; b += 15) {
        const best = Math.max(contrast([0, 0, 0], [r, g, b]), contrast([255, 255, 255], [r, g, b]));
        expect(contrast(BYTES[ink([r, g, b])], [r, g, b])).toBe(best);
      }
    }
  }
});

test("mix goes from the first to the second, each channel by itself", () => {
  expect(mix([0, 100, 200], [100, 0, 250], 0)).toEqual([0, 100, 200]);
  expect(mix([0, 100, 200], [100, 0, 250], 0.25)).toEqual([25, 75, 213]);
  expect(mix([0, 100, 200], [100, 0, 250], 1)).toEqual([100, 0, 250]);
});

test("css", () => {
  expect(css([1, 20, 255])).toBe("rgb(1 20 255)");
});
