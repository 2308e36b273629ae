// Many neurons in one picture: a hundred small canvases are dear to put on the screen, one large one is not.
import { barsOf, type Box } from "./bars.js";
import type { Palette, Rgb } from "./colour.js";
import { paintTile, type Tile } from "./tile.js";

/** Where a unit's filter and its outgoing weights stand in the picture, in its pixels. */
export interface Place {
  unit: number;
  filter: Box;
  bars: Box;
}

/** What all tiles have in common; `tile` says what is a unit's own. */
export interface Contents {
  /** Of a filter, in pixels. */
  shape: { width: number; height: number };
  tile: (unit: number) => Tile;
  outgoing: (unit: number) => ArrayLike<number>;
  outgoingLimit: number;
}

/** Paints every place; what lies between them stays as it is. */
export function paintSheet(
  image: ImageData,
  places: readonly Place[],
  { shape, tile, outgoing, outgoingLimit }: Contents,
  palette: Palette,
): void {
  const sheet = { pixels: new Uint32Array(image.data.buffer), width: image.width };
  const small = new Uint8ClampedArray(shape.width * shape.height * 4);
  const filter = new Uint32Array(small.buffer);
  const [positive, negative] = [packed(palette.positive), packed(palette.negative)];
  for (const { unit, filter: box, bars } of places) {
    paintTile(small, tile(unit), palette);
    enlarge(filter, shape, sheet, box);
    fill(sheet, bars, 0);
    for (const bar of barsOf(outgoing(unit), outgoingLimit, bars)) {
      fill(sheet, within(bars, bar), bar.negative ? negative : positive);
    }
  }
}

interface Sheet {
  pixels: Uint32Array;
  width: number;
}

/** Every pixel of the box takes the colour of the pixel that it lies in. */
function enlarge(from: Uint32Array, shape: { width: number; height: number }, sheet: Sheet, box: Box): void {
  const columns = Uint32Array.from({ length: box.width }, (_, x) =>
    Math.floor((x * shape.width) / box.width),
  );
  for (let y = 0; y < box.height; y++) {
    const row = Math.floor((y * shape.height) / box.height) * shape.width;
    const start = (box.y + y) * sheet.width + box.x;
    for (let x = 0; x < box.width; x++) sheet.pixels[start + x] = from[row + columns[x]!]!;
  }
}

function fill(sheet: Sheet, box: Box, colour: number): void {
  for (let y = box.y; y < box.y + box.height; y++) {
    const start = y * sheet.width + box.x;
    sheet.pixels.fill(colour, start, start + box.width);
  }
}

/** A bar's place in whole pixels, at least one wide and one high. */
function within(bars: Box, { x, y, width, height }: Box): Box {
  const left = Math.min(Math.round(x), bars.width - 1);
  const top = Math.min(Math.round(y), bars.height - 1);
  return {
    x: bars.x + left,
    y: bars.y + top,
    width: Math.max(1, Math.min(Math.round(x + width), bars.width) - left),
    height: Math.max(1, Math.min(Math.round(y + height), bars.height) - top),
  };
}

/** An opaque colour as the picture's bytes read as one number. */
function packed([r, g, b]: Rgb): number {
  return new Uint32Array(Uint8ClampedArray.of(r, g, b, 255).buffer)[0]!;
}
