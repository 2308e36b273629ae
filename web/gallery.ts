// The samples' pictures that are here: a signal for each, so that one that comes is drawn where it is shown and nowhere else.
import { signal, type Signal } from "@preact/signals-core";

export interface Picture {
  label: number;
  image: ImageData;
  /** Not ink on paper: a dark page does not turn it over. */
  isPhotograph?: boolean;
}

/** Pictures kept at most; the oldest go first. */
const MOST = 6000;

export class Gallery {
  /** Also for those that are yet to come, and for those that have gone: somebody may show their place. */
  readonly #places = new Map<number, Signal<Picture | undefined>>();
  readonly #here = new Set<number>();

  /** Who reads it is drawn again when it comes. */
  get(id: number): Picture | undefined {
    return this.#place(id).value;
  }

  has(id: number): boolean {
    return this.#here.has(id);
  }

  put(id: number, picture: Picture): void {
    this.#here.add(id);
    this.#place(id).value = picture;
    if (this.#here.size > MOST) this.#remove(this.#here.values().next().value!);
  }

  clear(): void {
    for (const id of this.#here) this.#remove(id);
  }

  #remove(id: number): void {
    this.#here.delete(id);
    this.#place(id).value = undefined;
  }

  #place(id: number): Signal<Picture | undefined> {
    let place = this.#places.get(id);
    if (!place) this.#places.set(id, (place = signal<Picture | undefined>(undefined)));
    return place;
  }
}
