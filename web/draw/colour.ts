// Colours as bytes: numbers in, colours out. Blue pushes up, orange pushes down, zero is neutral.

export type Rgb = readonly [number, number, number];

/** What a picture is painted in; one for each theme. */
export interface Palette {
  positive: Rgb;
  negative: Rgb;
  zero: Rgb;
  /** Pixels that no training image inks. */
  unlearned: Rgb;
  right: Rgb;
  wrong: Rgb;
  /** Of two networks, what the first has more and less of than the second. */
  more: Rgb;
  less: Rgb;
  paper: Rgb;
}

export const LIGHT: Palette = {
  positive: [21, 88, 201],
  negative: [226, 84, 8],
  zero: [255, 255, 255],
  unlearned: [233, 230, 223],
  right: [34, 132, 70],
  wrong: [206, 48, 48],
  more: [124, 58, 168],
  less: [176, 138, 0],
  paper: [251, 250, 247],
};

export const DARK: Palette = {
  positive: [106, 168, 255],
  negative: [255, 140, 66],
  zero: [42, 43, 48],
  unlearned: [32, 32, 36],
  right: [62, 160, 96],
  wrong: [224, 88, 84],
  more: [186, 132, 232],
  less: [222, 190, 74],
  paper: [22, 22, 26],
};

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/** The colour of a weight; `limit` and beyond are the full colour. */
export function diverging(palette: Palette, value: number, limit: number): Rgb {
  if (!Number.isFinite(value)) return palette.unlearned;
  const share = limit > 0 ? Math.min(Math.abs(value) / limit, 1) : 0;
  return mix(palette.zero, value < 0 ? palette.negative : palette.positive, share);
}

export function css([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}

/** Black or white, whichever reads better on a colour (by WCAG's relative luminance). */
export function ink(on: Rgb): "#000" | "#fff" {
  const linear = on.map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "#000" : "#fff";
}
