// A neuron's incoming weights as a picture: weights in, RGBA out.
import type { Palette } from "./colour.js";
import { diverging } from "./colour.js";

/** One column of a weight matrix (inputs × units, row by row) as an image of `inputs / channels` pixels. */
export interface Tile {
  weights: Float32Array;
  units: number;
  unit: number;
  /** 1 for inputs that a training image has inked. */
  inked: Uint8Array;
  /** |w| of the full colour. */
  limit: number;
  /** The classic figure: lowest black, highest white. */
  classic: boolean;
  /** 3: the inputs are three planes, red, green and blue, and so is the picture; else grey. */
  channels?: number;
}

export function paintTile(rgba: Uint8ClampedArray, tile: Tile, palette: Palette): void {
  if (tile.channels === 3) paintColour(rgba, tile);
  else if (tile.classic) paintClassic(rgba, tile);
  else paintDiverging(rgba, tile, palette);
}

/** The diverging scale as a table from −limit to +limit, so that a pixel costs one look-up. */
const STEPS = 255;
const tables = new Map<Palette, Uint8ClampedArray>();

function tableOf(palette: Palette): Uint8ClampedArray {
  let table = tables.get(palette);
  if (!table) {
    table = new Uint8ClampedArray((2 * STEPS + 1) * 3);
    for (let i = -STEPS; i <= STEPS; i++) table.set(diverging(palette, i, STEPS), (i + STEPS) * 3);
    tables.set(palette, table);
  }
  return table;
}

function paintDiverging(rgba: Uint8ClampedArray, tile: Tile, palette: Palette): void {
  const { weights, units, unit, inked, limit } = tile;
  const table = tableOf(palette);
  const scale = limit > 0 ? STEPS / limit : 0;
  for (let pixel = 0, at = 0; pixel < inked.length; pixel++, at += 4) {
    const weight = weights[pixel * units + unit]!;
    if (inked[pixel] === 0 || !Number.isFinite(weight)) {
      rgba[at] = palette.unlearned[0];
      rgba[at + 1] = palette.unlearned[1];
      rgba[at + 2] = palette.unlearned[2];
    } else {
      const place = (Math.max(-STEPS, Math.min(STEPS, Math.round(weight * scale))) + STEPS) * 3;
      rgba[at] = table[place]!;
      rgba[at + 1] = table[place + 1]!;
      rgba[at + 2] = table[place + 2]!;
    }
    rgba[at + 3] = 255;
  }
}

function paintClassic(rgba: Uint8ClampedArray, { weights, units, unit, inked }: Tile): void {
  const [low, high] = rangeOf(weights, units, unit);
  const scale = high > low ? 255 / (high - low) : 0;
  for (let pixel = 0, at = 0; pixel < inked.length; pixel++, at += 4) {
    const grey = scale === 0 ? 127 : (weights[pixel * units + unit]! - low) * scale;
    rgba[at] = rgba[at + 1] = rgba[at + 2] = grey;
    rgba[at + 3] = 255;
  }
}

/** The three weights of a pixel as its colour, on one scale: zero is mid grey, −limit black, +limit full; or the classic
 *  figure's scale. A weight that is no number is mid grey. */
function paintColour(rgba: Uint8ClampedArray, { weights, units, unit, inked, limit, classic }: Tile): void {
  const [low, high] = classic ? rangeOf(weights, units, unit) : [-limit, limit];
  const scale = high > low ? 255 / (high - low) : 0;
  const plane = inked.length / 3;
  for (let pixel = 0, at = 0; pixel < plane; pixel++, at += 4) {
    for (let channel = 0; channel < 3; channel++) {
      const weight = weights[(channel * plane + pixel) * units + unit]!;
      rgba[at + channel] = scale === 0 || !Number.isFinite(weight) ? 127.5 : (weight - low) * scale;
    }
    rgba[at + 3] = 255;
  }
}

/** The least and the greatest weight of one unit. */
export function rangeOf(weights: Float32Array, units: number, unit: number): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = unit; i < weights.length; i += units) {
    low = Math.min(low, weights[i]!);
    high = Math.max(high, weights[i]!);
  }
  return [low, high];
}
