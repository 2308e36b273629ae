import { describe, expect, test } from "vitest";
import { Curve } from "./curve.js";
import { Curves, emptyHistory, withEpochs } from "./history.js";
import type { EpochFacts } from "./protocol.js";

const pairs = ({ x, y }: Curve) => x.map((at, i) => [at, y[i]]);

describe("a curve", () => {
  test("holds what it was given until it is full", () => {
    const curve = new Curve(8);
    for (let i = 0; i < 8; i++) curve.push(i, i * i);
    expect(curve.x).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(curve.y).toEqual([0, 1, 4, 9, 16, 25, 36, 49]);
  });

  test("leaves of every four the least and the greatest, in their order", () => {
    const curve = new Curve(11);
    const y = [5, 1, 9, 4, /**/ 8, 3, 2, 7, /**/ 6, 6, 6, 6];
    y.forEach((value, x) => curve.push(x, value));
    // The last four stay as they are.
    expect(pairs(curve)).toEqual([
      [1, 1],
      [2, 9],
      [4, 8],
      [6, 2],
      [8, 6],
      [9, 6],
      [10, 6],
      [11, 6],
    ]);
  });

  test("four equal neighbours leave one", () => {
    const curve = new Curve(11);
    for (let i = 0; i < 12; i++) curve.push(i, 3);
    expect(curve.x).toEqual([0, 4, 8, 9, 10, 11]);
  });

  test("never holds more than its bound, rises in x, and keeps the least and the greatest of all", () => {
    const curve = new Curve(100);
    const random = lcg(7);
    const all = Array.from({ length: 20_000 }, (_, x) => [x / 313, random()] as const);
    all[777] = [777 / 313, -50];
    all[15_001] = [15_001 / 313, 80];
    for (const [x, y] of all) {
      curve.push(x, y);
      expect(curve.x.length).toBeLessThanOrEqual(100);
    }
    expect(curve.y.length).toBe(curve.x.length);
    expect(curve.x).toEqual(curve.x.toSorted((a, b) => a - b));
    expect(Math.min(...curve.y)).toBe(-50);
    expect(Math.max(...curve.y)).toBe(80);
    expect(curve.x.at(-1)).toBe(19_999 / 313);
    // Every point that is left is one that was given, at its place.
    const given = new Map(all);
    for (const [x, y] of pairs(curve)) expect(given.get(x!)).toBe(y);
  });

  test("is drawn as before in as many columns as a screen has: each keeps its least and greatest", () => {
    const curve = new Curve(2400);
    const random = lcg(3);
    const all = Array.from({ length: 2401 }, (_, x) => [x, random()] as const);
    for (const [x, y] of all) curve.push(x, y);
    const column = (points: (readonly (number | undefined)[])[], from: number) =>
      points.filter(([x]) => x! >= from && x! < from + 8).map(([, y]) => y!);
    for (let from = 0; from < 2392; from += 8) {
      const [whole, thinned] = [column(all.slice(), from), column(pairs(curve), from)];
      expect([Math.min(...thinned), Math.max(...thinned)]).toEqual([Math.min(...whole), Math.max(...whole)]);
    }
  });

  test("forgets what lies after a point, and only that", () => {
    const curve = new Curve();
    for (const x of [0.5, 1, 1.5, 2]) curve.push(x, -x);
    curve.cutAfter(3);
    expect(curve.x.length).toBe(4);
    curve.cutAfter(1);
    expect(pairs(curve)).toEqual([
      [0.5, -0.5],
      [1, -1],
    ]);
    curve.cutAfter(0);
    expect(pairs(curve)).toEqual([]);
    curve.cutAfter(0);
    curve.push(0.2, 9);
    expect(pairs(curve)).toEqual([[0.2, 9]]);
  });
});

test("all four curves are cut at once", () => {
  const curves = new Curves();
  const four = [curves.loss, curves.score, curves.valLoss, curves.valScore];
  four.forEach((curve, i) => [1, 2, 3].forEach((x) => curve.push(x, i)));
  curves.cutAfter(2);
  for (const curve of four) expect(curve.x).toEqual([1, 2]);
});

describe("the history", () => {
  const epoch = (number: number, loss: number): EpochFacts => ({
    epoch: number,
    step: 313 * number,
    loss,
    score: loss + 1,
    valLoss: loss + 2,
    valScore: loss + 3,
    fingerprint: `f${loss}`,
    snapshot: new Uint8Array(),
  });

  test("has Keras's names, one number for each epoch", () => {
    const history = withEpochs(withEpochs(emptyHistory(), [epoch(1, 10)]), [epoch(2, 20)]);
    expect(history).toEqual({
      loss: [10, 20],
      score: [11, 21],
      val_loss: [12, 22],
      val_score: [13, 23],
      fingerprint: ["f10", "f20"],
    });
  });

  test("an epoch seen again, from a snapshot, replaces itself and what came after it", () => {
    const before = withEpochs(
      emptyHistory(),
      [1, 2, 3].map((n) => epoch(n, n)),
    );
    const history = withEpochs(before, [epoch(2, 50)]);
    expect(history.loss).toEqual([1, 50]);
    expect(history.fingerprint).toEqual(["f1", "f50"]);
    expect(before.loss).toEqual([1, 2, 3]);
  });
});

/** Numbers from 0 to 1 that are the same every time. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}
