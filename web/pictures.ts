// The samples' pictures that the page has, and those it has asked for.
import type { Model } from "./model.js";
import type { Opened } from "./session/engine.js";
import type { SamplePicture } from "./session/protocol.js";

/** Pictures kept at most; the oldest go first. */
const MOST = 6000;

export class Pictures {
  readonly #model: Model;
  readonly #ask: (ids: number[]) => void;
  readonly #asked = new Set<number>();
  #of = "";
  #isPhotograph = false;

  constructor(model: Model, ask: (ids: number[]) => void) {
    this.#model = model;
    this.#ask = ask;
  }

  /** A run has been opened: what was asked of the one before is not answered any more. */
  begin({ experiment, examples, shape }: Opened): void {
    this.#asked.clear();
    const of = JSON.stringify([experiment.data, experiment.classes]);
    this.#isPhotograph = shape.channels === 3;
    if (of !== this.#of) this.#model.pictures.value = new Map();
    this.#of = of;
    this.want(examples);
  }

  want(ids: readonly number[]): void {
    const here = this.#model.pictures.peek();
    const missing = ids.filter((id) => !here.has(id) && !this.#asked.has(id));
    if (missing.length === 0) return;
    missing.forEach((id) => this.#asked.add(id));
    this.#ask(missing);
  }

  take(arrived: readonly SamplePicture[]): void {
    if (arrived.length === 0) return;
    const pictures = new Map(this.#model.pictures.value);
    for (const { id, label, image } of arrived) {
      this.#asked.delete(id);
      pictures.set(id, { label, image, isPhotograph: this.#isPhotograph });
    }
    for (const id of pictures.keys()) {
      if (pictures.size <= MOST) break;
      pictures.delete(id);
    }
    this.#model.pictures.value = pictures;
  }
}
