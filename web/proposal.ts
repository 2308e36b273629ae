// What the card is about as long as nobody has chosen a cell: the largest error, anew now and then.
import type { Model } from "./model.js";
import type { Cell } from "./session/protocol.js";

/** It stays the same for so long, however short the epochs are. */
const STAYS_MS = 3000;

export class Proposal {
  readonly #model: Model;
  #cell: Cell | null = null;
  #at = -Infinity;
  /** Whether an epoch has ended since. */
  #isOld = false;

  constructor(model: Model) {
    this.#model = model;
  }

  /** Nobody has chosen another cell. */
  get holds(): boolean {
    const card = this.#model.card.value;
    return card === null || card === this.#cell;
  }

  endEpoch(): void {
    this.#isOld = true;
  }

  /** Looks for another where this one has no errors left, or an epoch has ended and it has stood for a while. */
  renew(confusion: Uint32Array, classes: number, rests: boolean): void {
    const { card } = this.#model;
    // Where numbers are told there are no cells.
    if (!this.holds || classes === 0) return;
    const now = performance.now();
    const count = card.value && confusion[card.value.actual * classes + card.value.predicted];
    const stays = !this.#isOld || (!rests && now - this.#at < STAYS_MS);
    if (count && stays) return;
    const largest = largestError(confusion, classes);
    this.#isOld = false;
    this.#at = now;
    if (isSame(card.value, largest)) return;
    card.value = this.#cell = largest;
  }
}

function isSame(a: Cell | null, b: Cell): boolean {
  return a?.actual === b.actual && a.predicted === b.predicted;
}

function largestError(confusion: Uint32Array, classes: number): Cell {
  let largest = 1;
  confusion.forEach((count, place) => {
    if (place % (classes + 1) !== 0 && count > confusion[largest]!) largest = place;
  });
  return { actual: Math.floor(largest / classes), predicted: largest % classes };
}
