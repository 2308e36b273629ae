// An order that does not jump: what stays in a ranking keeps its place, until it may be sorted again.
import type { ReactiveElement } from "lit";

interface Sample {
  id: number;
}

/** The same samples as `ranked`, those shown before in the places they had; newcomers fill the gaps in order. */
export function keepPlaces<T extends Sample>(before: readonly number[], ranked: readonly T[]): T[] {
  const now = new Map(ranked.map((sample) => [sample.id, sample]));
  const places: (T | undefined)[] = Array.from({ length: ranked.length });
  before.slice(0, ranked.length).forEach((id, place) => {
    places[place] = now.get(id);
    if (places[place]) now.delete(id);
  });
  const rest = ranked.filter(({ id }) => now.has(id));
  return places.map((sample) => sample ?? rest.shift()!);
}

/** Whether somebody is about to press something in there: with the pointer, or with the keyboard. */
export function isHeld(part: Element): boolean {
  return part.matches(":hover") || part.querySelector(":focus-visible") !== null;
}

/** Draws a view anew when somebody has let go of it: what was held may be sorted. */
export function sortWhenLetGo(view: ReactiveElement): void {
  for (const left of ["pointerleave", "focusout"]) view.addEventListener(left, () => view.requestUpdate());
}

/** Sorts at most once a second, and never while somebody is looking closely. */
export class SettledOrder {
  #ids: number[] = [];
  #of = "";
  #sortedAt = -Infinity;

  /** `of` names what is ranked: something else is sorted at once; so is everything while nothing is `live`. */
  arrange<T extends Sample>(
    of: string,
    ranked: readonly T[],
    { held, live }: { held: boolean; live: boolean },
    now: number,
  ): T[] {
    const may = of !== this.#of || (!held && (!live || now - this.#sortedAt >= 1000));
    const arranged = may ? [...ranked] : keepPlaces(this.#ids, ranked);
    if (may) this.#sortedAt = now;
    this.#of = of;
    this.#ids = arranged.map(({ id }) => id);
    return arranged;
  }
}
