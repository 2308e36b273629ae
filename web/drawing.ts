// The visitor's drawing on its way to the engine: the newest one only, and again when there is a new run.
import type { Model } from "./model.js";
import type { Found, Opened } from "./session/engine.js";

/** A drawing is fitted into MNIST's field. */
export const FIELD = 28 * 28;

/** While it is still looked for what a drawing is like, what has been found so far is shown so often. */
const FOUND_EVERY_MS = 125;

interface Engine {
  draw(ink: Uint8Array | null, columns: number): void;
  search(): void;
}

export class Drawing {
  readonly #model: Model;
  readonly #engine: Engine;
  #ink: { bytes: Uint8Array | null; columns: number } | null = null;
  /** A drawing that has not been answered. */
  #underWay = false;
  #isNewer = false;
  #fits = false;
  #foundAt = -Infinity;
  /** The samples among which it was looked for what is like it. */
  #among = "";

  constructor(model: Model, engine: Engine) {
    this.#model = model;
    this.#engine = engine;
  }

  draw(bytes: Uint8Array | null, columns: number): void {
    this.#ink = { bytes, columns };
    this.#isNewer = true;
    this.#send();
  }

  /** A run has been opened: it has not seen the drawing. */
  begin({ widths, experiment }: Opened): void {
    const among = JSON.stringify([experiment.data, experiment.classes]);
    if (among !== this.#among) this.#model.drawing.value = this.#model.found.value = null;
    this.#among = among;
    this.#fits = widths[0] === FIELD;
    this.#underWay = false;
    this.#isNewer = this.#ink?.bytes != null;
    this.#send();
  }

  drawn(image: ImageData | null): void {
    this.#underWay = false;
    this.#model.drawing.value = image;
    if (!image) this.#model.found.value = null;
    if (this.#isNewer) this.#send();
    else if (image) this.#engine.search();
  }

  found(found: Found | null): void {
    if (this.#underWay || this.#isNewer) return;
    const isPartial = found !== null && !found.complete;
    const now = performance.now();
    if (!isPartial || now - this.#foundAt >= FOUND_EVERY_MS) {
      this.#foundAt = now;
      this.#model.found.value = found;
    }
    if (isPartial) this.#engine.search();
  }

  #send(): void {
    if (this.#underWay || !this.#isNewer || !this.#fits) return;
    this.#isNewer = false;
    this.#underWay = true;
    this.#engine.draw(this.#ink!.bytes, this.#ink!.columns);
  }
}
