// The one canvas behind many tiles: it knows where the tiles stand, in the screen's own pixels.
import type { Box } from "../draw/bars.js";
import type { Palette } from "../draw/colour.js";
import { paintSheet, type Contents, type Place } from "../draw/sheet.js";

/** Pixels of the canvas for one of the page, at most: on a phone three would be millions. */
const SHARPEST = 2;

export class Sheet {
  /** Called when the tiles have other places: everything is to be painted anew. */
  readonly #moved: () => void;
  readonly #resized = new ResizeObserver(() => {
    this.#image = null;
    this.#moved();
  });
  #grid: HTMLElement | null = null;
  #tiles = 0;
  #places: Place[] = [];
  #image: ImageData | null = null;

  constructor(moved: () => void) {
    this.#moved = moved;
  }

  /** `grid` holds the canvas, and for every unit a `.filter` and a `.bars` with `data-unit`. */
  paint(grid: HTMLElement, contents: Contents, palette: Palette): void {
    const canvas = grid.querySelector<HTMLCanvasElement>("canvas.sheet");
    if (!canvas) return;
    const image = this.#measured(grid, canvas);
    if (!image) return;
    paintSheet(image, this.#places, contents, palette);
    canvas.getContext("2d")!.putImageData(image, 0, 0);
  }

  stop(): void {
    this.#resized.disconnect();
    this.#grid = null;
    this.#image = null;
  }

  #measured(grid: HTMLElement, canvas: HTMLCanvasElement): ImageData | null {
    const tiles = grid.querySelectorAll<HTMLElement>(".filter");
    const [first] = tiles;
    const key = Number(first?.dataset["unit"]) * 1000 + tiles.length;
    if (grid !== this.#grid) {
      this.#resized.disconnect();
      this.#resized.observe(grid);
    } else if (this.#image && key === this.#tiles) return this.#image;
    this.#grid = grid;
    this.#tiles = key;
    const frame = grid.getBoundingClientRect();
    const scale = Math.min(devicePixelRatio, SHARPEST);
    const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
    if (width === 0 || height === 0) return null;
    const box = (element: Element): Box => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const [x, y] = [Math.round((left - frame.left) * scale), Math.round((top - frame.top) * scale)];
      return {
        x,
        y,
        width: Math.min(Math.round((right - frame.left) * scale), width) - x,
        height: Math.min(Math.round((bottom - frame.top) * scale), height) - y,
      };
    };
    this.#places = [...tiles].map((filter) => ({
      unit: Number(filter.dataset["unit"]),
      filter: box(filter),
      bars: box(filter.nextElementSibling!),
    }));
    [canvas.width, canvas.height] = [width, height];
    return (this.#image = new ImageData(width, height));
  }
}
