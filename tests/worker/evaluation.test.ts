// What one frame says belongs together, and is what brute force finds from the network's probabilities.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Order } from "../../web/session/engine.js";
import type { Questions } from "../../web/session/protocol.js";
import { experimentOf, NOTHING_ASKED, open, Reference, rest, rig, until } from "./rig.js";

const LINK = "hidden=5&act=sigmoid&seed=3";
const STEP = 120;
const it = rig();
const reference = new Reference(experimentOf(LINK)).to(STEP).evaluate();
const all = reference.probabilities().map(({ id, actual, p }) => {
  const sorted = p.toSorted((a, b) => b - a);
  const entropy = -p.reduce((sum, x) => sum + (x > 0 ? x * Math.log(x) : 0), 0);
  const predicted = p.indexOf(sorted[0]!);
  return {
    id,
    actual,
    predicted,
    probability: sorted[0]!,
    margin: sorted[0]! - sorted[1]!,
    entropy,
    true: p[actual]!,
  };
});

/** What comes first, by order; ties go by sample id. */
const KEYS: Record<Order, (of: (typeof all)[number]) => number> = {
  mostConfident: ({ probability }) => -probability,
  leastConfident: ({ probability }) => probability,
  highestLoss: (of) => of.true,
  closestCall: ({ margin }) => margin,
  mostAtALoss: ({ entropy }) => -entropy,
};

const cell = (() => {
  const counts = reference.confusion();
  // The largest error: enough to rank, and off the diagonal, so that rows and columns can't be confused.
  const errors = [...counts.keys()].filter((place) => place % 11 !== 0);
  const place = errors.reduce((best, place) => (counts[place]! > counts[best]! ? place : best), 1);
  return { actual: Math.floor(place / 10), predicted: place % 10, count: counts[place]! };
})();

beforeAll(async () => {
  await open(it, LINK);
  await it.player.step(STEP);
});
afterEach(() => rest(it));
afterAll(() => it.close());

/** The answers to these questions, not to earlier ones. */
async function answers(questions: Partial<Questions>) {
  const mistakes = questions.mistakes ?? {
    among: { kind: "mistakes" },
    order: "mostConfident",
    most: nonce++,
  };
  it.player.ask({ ...NOTHING_ASKED, ...questions, mistakes });
  const asked = JSON.stringify(mistakes);
  await until(() => JSON.stringify(it.ear.evaluations.at(-1)?.mistakes.asked) === asked);
  return it.ear.evaluations.at(-1)!;
}
let nonce = 101;

test("questions.sample gives what the network makes of a sample, and nothing where there is none", async () => {
  for (const { id, predicted, probability } of [all[0]!, all[1777]!, all[3999]!]) {
    const { sample } = await answers({ sample: { id, against: null } });
    expect(sample!.asked.id).toBe(id);
    expect(Math.max(...sample!.probabilities)).toBe(probability);
    expect(sample!.probabilities.indexOf(probability)).toBe(predicted);
    it.ear.clear();
  }
  // One that was learned from has an answer too, one that there is not has none.
  expect((await answers({ sample: { id: 7, against: null } })).sample!.asked.id).toBe(7);
  expect((await answers({ sample: { id: 24_000, against: null } })).sample).toBeNull();
});

test("questions.readings gives every held-out sample as brute force reads it, and nothing where it is not asked", async () => {
  const { readings } = await answers({ readings: true });
  const { ids, actual, predicted, probability } = readings!;
  const said = [...ids].map((id, i) => [id, actual[i], predicted[i], probability[i]]);
  expect(said).toEqual(all.map((of) => [of.id, of.actual, of.predicted, of.probability]));
  it.ear.clear();
  expect((await answers({})).readings).toBeNull();
});

test.each(Object.keys(KEYS) as Order[])(
  "the card of a cell ranked by %s is that of brute force",
  async (order) => {
    const { actual, predicted, count } = cell;
    const most = Math.min(20, count - 1);
    const { step, card, mistakes } = await answers({
      card: { cell: { actual, predicted }, order, most },
      mistakes: { among: { kind: "mistakes" }, order, most: 50 },
    });
    expect(step).toBe(STEP);
    expect(card!.asked).toEqual({ cell: { actual, predicted }, order, most });
    expect(card!.ranking.total).toBe(count);
    compare(
      card!.ranking.samples,
      all.filter((of) => of.actual === actual && of.predicted === predicted),
      order,
      most,
    );
    const wrong = all.filter((of) => of.actual !== of.predicted);
    expect(mistakes.ranking.total).toBe(wrong.length);
    compare(mistakes.ranking.samples, wrong, order, 50);
  },
);

/** By id where the keys tell them apart; a key that was computed another way may differ in its last bits. */
function compare(
  found: { id: number; probability: number }[],
  among: typeof all,
  order: Order,
  most: number,
) {
  const key = KEYS[order];
  const brute = among.toSorted((a, b) => key(a) - key(b) || a.id - b.id).slice(0, most);
  expect(found.length).toBe(brute.length);
  const exact = order === "mostConfident" || order === "leastConfident";
  if (exact)
    expect(found.map(({ id, probability }) => [id, probability])).toEqual(
      brute.map((of) => [of.id, of.probability]),
    );
  const byId = new Map(among.map((of) => [of.id, of]));
  found.forEach(({ id }, place) => expect(key(byId.get(id)!)).toBeCloseTo(key(brute[place]!), 5));
}

test("a ranking is as long as asked at most, and whole when all are asked for", async () => {
  const { actual, predicted, count } = cell;
  for (const most of [0, 1, count - 1, count, count + 100]) {
    const { card } = await answers({ card: { cell: { actual, predicted }, order: "mostConfident", most } });
    expect(card!.ranking).toMatchObject({ total: count });
    expect(card!.ranking.samples.length).toBe(Math.min(most, count));
    it.ear.clear();
  }
});

test("an empty cell has an empty card", async () => {
  const empty = reference.confusion().indexOf(0);
  if (empty < 0) return;
  const asked = {
    cell: { actual: Math.floor(empty / 10), predicted: empty % 10 },
    order: "closestCall",
    most: 9,
  } as const;
  expect((await answers({ card: asked })).card).toEqual({ asked, ranking: { total: 0, samples: [] } });
});

test("matrix, scores, most confident and active counts are those of brute force", async () => {
  const { loan } = await answers({});
  const counts = new Uint32Array(100);
  for (const { actual, predicted } of all) counts[10 * actual + predicted]!++;
  expect(loan.confusion).toEqual(counts);
  const best = new Int32Array(100).fill(-1);
  for (const [place] of counts.entries()) {
    const inside = all.filter((of) => 10 * of.actual + of.predicted === place);
    const first = inside.toSorted((a, b) => b.probability - a.probability || a.id - b.id)[0];
    if (first) best[place] = first.id;
  }
  expect(loan.mostConfident).toEqual(best);
  for (let i = 0; i < 10; i++) {
    const row = counts.subarray(10 * i, 10 * i + 10).reduce((sum, count) => sum + count, 0);
    const column = Array.from({ length: 10 }, (_, j) => counts[10 * j + i]!).reduce(
      (sum, count) => sum + count,
      0,
    );
    const right = counts[11 * i]!;
    const expected = [column && right / column, row && right / row, (2 * right) / (row + column)];
    [0, 1, 2].forEach((score) => {
      if (score === 0 && column === 0) expect(loan.scores[i]).toBeNaN();
      else expect(loan.scores[10 * score + i]).toBeCloseTo(expected[score]!, 12);
    });
  }
  expect(loan.active).toEqual(activeByHand(loan));
});

/** Σ over the held-out samples of w·x + b > 0: there a sigmoid is above a half. */
function activeByHand({ weights, biases }: { weights: Float32Array; biases: Float32Array }): Uint32Array {
  const units = biases.length;
  const active = new Uint32Array(units);
  for (const { id } of all) {
    const paper = reference.session.image(id).data;
    for (let unit = 0; unit < units; unit++) {
      let z = biases[unit]!;
      for (let pixel = 0; pixel < 784; pixel++) {
        if (paper[4 * pixel]! < 255) z += ((255 - paper[4 * pixel]!) / 255) * weights[pixel * units + unit]!;
      }
      if (z > 0) active[unit]!++;
    }
  }
  return active;
}

test("weights, biases and ink in the loan are the engine's of that step", async () => {
  const { loan } = await answers({});
  expect({ weights: loan.weights, biases: loan.biases }).toEqual(reference.weights(0));
  expect({ weights: loan.outgoing, biases: loan.outgoingBiases }).toEqual(reference.weights(1));
  // Without a batch that inked it, a weight is where it began.
  const begun = new Reference(experimentOf(LINK)).weights(0).weights;
  reference.to(STEP).evaluate();
  const moved = loan.inked.map((_, pixel) =>
    Number(loan.weights.subarray(5 * pixel, 5 * pixel + 5).some((w, i) => w !== begun[5 * pixel + i])),
  );
  expect(loan.inked.some((inked) => inked === 0)).toBe(true);
  expect(moved).toEqual(loan.inked);
});

test("while it learns, everything of an evaluation is of one step and sums to the same", async () => {
  await open(it, "hidden=5&seed=4&batch=32");
  const { actual, predicted } = cell;
  it.player.ask({
    card: { cell: { actual, predicted }, order: "mostConfident", most: 5000 },
    mistakes: { among: { kind: "mistakes" }, order: "mostConfident", most: 5000 },
    sample: null,
    neuron: null,
    readings: false,
    diagram: null,
    scale: false,
    fit: null,
    whatIf: null,
    roc: false,
  });
  it.player.play();
  const heard = () => it.ear.evaluations.filter(({ mistakes }) => mistakes.asked.most === 5000);
  await until(() => heard().length >= 6);
  it.player.pause();
  const steps = heard().map(({ step }) => step);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  for (const { score, card, mistakes, loan } of heard()) {
    const sum = loan.confusion.reduce((all, count) => all + count);
    const right = loan.confusion.filter((_, place) => place % 11 === 0).reduce((all, count) => all + count);
    expect(sum).toBe(4000);
    expect(score).toBe(right / 4000);
    expect(mistakes.ranking.total).toBe(4000 - right);
    expect(mistakes.ranking.samples.length).toBe(4000 - right);
    expect(card!.ranking.total).toBe(loan.confusion[10 * actual + predicted]);
    const inCell = mistakes.ranking.samples.filter((s) => s.actual === actual && s.predicted === predicted);
    expect(card!.ranking.samples).toEqual(inCell);
  }
});

test("an evaluation of a step in the middle is what the uninterrupted run has at that step", async () => {
  const { step, loss, score, loan } = await answersOf("hidden=5&seed=5&lr=0.3");
  const there = new Reference(experimentOf("hidden=5&seed=5&lr=0.3")).to(step).evaluate();
  expect(loss).toBe(there.session.evaluatedLoss());
  expect(loan.confusion).toEqual(there.confusion());
  expect(score).toBeGreaterThan(0);
});

async function answersOf(link: string) {
  await open(it, link);
  it.player.play();
  await until(() => it.ear.evaluations.some(({ step }) => step > 3));
  return it.ear.evaluations.find(({ step }) => step > 3)!;
}

test("questions.neuron gives what excites that unit, of the same step as everything else", async () => {
  for (const unit of [3, 0]) {
    const { neuron: found, step } = await (async () => {
      it.player.ask({ ...NOTHING_ASKED, neuron: { layer: 0, unit } });
      await until(() => it.ear.evaluations.at(-1)?.neuron?.unit === unit);
      return it.ear.evaluations.at(-1)!;
    })();
    expect(step).toBe(it.ear.last.step);
    expect(found!.most.map(({ sum }) => sum)).toEqual(
      found!.most.map(({ sum }) => sum).toSorted((a, b) => b - a),
    );
    expect(found!.least.map(({ sum }) => sum)).toEqual(
      found!.least.map(({ sum }) => sum).toSorted((a, b) => a - b),
    );
    expect(found!.most).toHaveLength(9);
  }
});
