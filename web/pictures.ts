// The samples' pictures that the page has, and those it has asked for.
import { batch } from "@preact/signals-core";
import type { Model } from "./model.js";
import type { Opened } from "./session/engine.js";
import type { SamplePicture } from "./session/protocol.js";

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
    if (of !== this.#of) this.#model.pictures.clear();
    this.#of = of;
    this.want(examples);
  }

  want(ids: readonly number[]): void {
    const { pictures } = this.#model;
    const missing = ids.filter((id) => !pictures.has(id) && !this.#asked.has(id));
    if (missing.length === 0) return;
    missing.forEach((id) => this.#asked.add(id));
    this.#ask(missing);
  }

  take(arrived: readonly SamplePicture[]): void {
    batch(() => {
      for (const { id, label, image } of arrived) {
        this.#asked.delete(id);
        this.#model.pictures.put(id, { label, image, isPhotograph: this.#isPhotograph });
      }
    });
  }
}
