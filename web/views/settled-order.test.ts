import { describe, expect, test } from "vitest";
import type { Ranked } from "../session/engine.js";
import { keepPlaces, SettledOrder } from "./settled-order.js";

/** A ranking of these ids; probabilities tell one ranking from another. */
const ranked = (ids: number[], probability = 0.5): Ranked[] =>
  ids.map((id) => ({ id, actual: 4, predicted: 9, probability }));
const ids = (samples: readonly Ranked[]) => samples.map(({ id }) => id);

describe("keepPlaces", () => {
  test("what stays keeps its place, newcomers fill the gaps in their order", () => {
    expect(ids(keepPlaces([7, 3, 5, 1], ranked([9, 5, 8, 7])))).toEqual([7, 9, 5, 8]);
  });

  test("shows all of the new ranking, each once, whatever was there before", () => {
    for (const before of [[], [1], [1, 2, 3, 4, 5, 6], [9, 9, 9], [3, 2, 1]]) {
      for (const now of [[], [5], [3, 1, 2], [6, 5, 4, 3, 2, 1], [8, 9]]) {
        const kept = ids(keepPlaces(before, ranked(now)));
        expect(kept.toSorted()).toEqual(now.toSorted());
      }
    }
  });

  test("a shorter ranking closes up", () => {
    expect(ids(keepPlaces([7, 3, 5, 1], ranked([1, 3])))).toEqual([1, 3]);
    expect(ids(keepPlaces([7, 3, 5, 1], ranked([3, 7])))).toEqual([7, 3]);
  });

  test("the samples are those of the new ranking, with its probabilities", () => {
    expect(keepPlaces([2, 1], ranked([1, 2], 0.9))).toEqual(ranked([2, 1], 0.9));
  });
});

describe("a settled order", () => {
  const live = { held: false, live: true };
  const held = { held: true, live: true };

  test("is sorted at most once a second", () => {
    const order = new SettledOrder();
    expect(ids(order.arrange("4→9", ranked([1, 2, 3]), live, 5000))).toEqual([1, 2, 3]);
    expect(ids(order.arrange("4→9", ranked([3, 2, 1]), live, 5999))).toEqual([1, 2, 3]);
    expect(ids(order.arrange("4→9", ranked([3, 2, 1]), live, 6000))).toEqual([3, 2, 1]);
    expect(ids(order.arrange("4→9", ranked([2, 1, 3]), live, 6500))).toEqual([3, 2, 1]);
  });

  test("is never sorted while somebody looks closely, but newcomers come in", () => {
    const order = new SettledOrder();
    order.arrange("4→9", ranked([1, 2, 3]), live, 0);
    expect(ids(order.arrange("4→9", ranked([3, 2, 1]), held, 60_000))).toEqual([1, 2, 3]);
    expect(ids(order.arrange("4→9", ranked([9, 3, 1]), held, 61_000))).toEqual([1, 9, 3]);
    expect(ids(order.arrange("4→9", ranked([9, 3, 1]), live, 61_001))).toEqual([9, 3, 1]);
  });

  test("something else is sorted at once, even while somebody looks closely", () => {
    const order = new SettledOrder();
    order.arrange("4→9", ranked([1, 2, 3]), live, 0);
    expect(ids(order.arrange("9→4", ranked([3, 1, 2]), held, 10))).toEqual([3, 1, 2]);
    expect(ids(order.arrange("9→4", ranked([1, 2, 3]), held, 20))).toEqual([3, 1, 2]);
  });

  test("while nothing is live it is sorted at once, and after that once a second again", () => {
    const order = new SettledOrder();
    order.arrange("4→9", ranked([1, 2]), live, 0);
    expect(ids(order.arrange("4→9", ranked([2, 1]), { held: false, live: false }, 10))).toEqual([2, 1]);
    expect(ids(order.arrange("4→9", ranked([1, 2]), { held: true, live: false }, 20))).toEqual([2, 1]);
    expect(ids(order.arrange("4→9", ranked([1, 2]), live, 500))).toEqual([2, 1]);
    expect(ids(order.arrange("4→9", ranked([1, 2]), live, 1010))).toEqual([1, 2]);
  });
});
