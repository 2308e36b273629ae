// Numbers told along one input, through the real worker: the curve, what it is the sum of, how well it fits, and how well
// simpler models do.
import { afterAll, afterEach, expect, test } from "vitest";
import type { EvaluationFacts, Points, Wanted } from "../../web/session/protocol.js";
import type { Baseline } from "../../web/generated/brainbow_wasm.js";
import { NOTHING_ASKED, open, rest, rig, until } from "./rig.js";

const LINK = "data=function&hidden=20&act=tanh&opt=adam&lr=0.01&batch=32&epochs=1000";
const it = rig();
let points: Points | null = null;
let simpler: Baseline[] | null = null;
Object.assign(it.ear, {
  wanted: (found: Partial<Wanted>) => {
    points = found.points ?? points;
    simpler = found.simpler ?? simpler;
  },
});

afterEach(() => rest(it));
afterAll(() => it.close());

/** The run after some steps, with so many terms of its curve. */
async function fitAfter(link: string, steps: number, terms: number): Promise<EvaluationFacts> {
  await open(it, link);
  it.player.ask({ ...NOTHING_ASKED, fit: { terms, along: 0, group: null } });
  await it.player.step(steps);
  await until(() => it.ear.evaluations.at(-1)?.step === steps && it.ear.evaluations.at(-1)!.fit !== null);
  return it.ear.evaluations.at(-1)!;
}

test("a question about a column that is not there any more, or about classes, has no answer and does no harm", async () => {
  await open(it, LINK);
  it.player.ask({
    ...NOTHING_ASKED,
    readings: true,
    fit: { terms: 0, along: 0, group: { column: 2, values: [0, 1] } },
  });
  await it.player.step(2);
  expect(it.ear.losses).toEqual([]);
  expect(it.ear.evaluations.at(-1)).toMatchObject({ step: 2, fit: null, readings: null });
});

test("the terms, the others and the constant add up to the curve, however many are told", async () => {
  for (const terms of [1, 12, 50]) {
    const { curve, units, terms: told, others, constant } = (await fitAfter(LINK, 60, terms)).fit!;
    expect(units.length).toBe(Math.min(terms, 20));
    expect(told.length).toBe(units.length * curve.length);
    curve.forEach((value, place) => {
      let sum = constant + others[place]!;
      units.forEach((_, unit) => (sum += told[unit * curve.length + place]!));
      expect(sum).toBeCloseTo(value, 4);
    });
  }
});

test("errors are in the units of what is told, whatever is scaled, and those of brute force", async () => {
  for (const scale of ["none", "standard"]) {
    const facts = await fitAfter(`${LINK}&f=50%2B20*x&scale=${scale}`, 40, 0);
    points = null;
    it.player.want({ kind: "points", along: 0, group: null });
    await until(() => points !== null);
    const { x, y, parts, from, to } = points!;
    const { curve, fits } = facts.fit!;
    let [squares, count] = [0, 0];
    parts.forEach((part, id) => {
      const place = ((x[id]! - from) / (to - from)) * (curve.length - 1);
      const [left, share] = [Math.min(Math.floor(place), curve.length - 2), place % 1];
      const told = curve[left]! * (1 - share) + curve[left + 1]! * share;
      if (part === 1) [squares, count] = [squares + (told - y[id]!) ** 2, count + 1];
    });
    const rmse = Math.sqrt(squares / count);
    expect(count).toBe(100);
    // Between two places of the curve it is nearly straight.
    expect(facts.score / rmse).toBeCloseTo(1, 2);
    expect(fits.heldOut!.rmse).toBeCloseTo(facts.score, 4);
    expect(Math.sqrt(facts.loss) / facts.score).toBeCloseTo(1, 4);
    const trained = it.ear.frames.findLast((frame) => frame.trained)!.trained!;
    expect(trained.score ** 2 / trained.loss).toBeCloseTo(1, 0);
  }
});

test("simpler models learn from the same points: a parabola is one of degree 2", async () => {
  await open(it, "data=function&f=x^2&from=-1&to=2&hidden=3&val=0.2");
  simpler = null;
  it.player.want({ kind: "simpler" });
  await until(() => simpler !== null);
  const models = simpler!;
  expect(models.map(({ model }) => model.kind === "polynomial" && model.degree)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  expect(models.map(({ parameters }) => parameters)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(models[1]!.fits!.heldOut!.rmse).toBeGreaterThan(0.2);
  expect(models[2]!.fits!.heldOut!.rmse).toBeLessThan(1e-6);
  expect(models[2]!.fits!.all!.r2).toBeCloseTo(1, 10);
});

test("a formula that can't be learned leaves the run as it was, and says where it goes wrong", async () => {
  const opened = await open(it, LINK);
  const { experiment } = opened;
  if (experiment.data.kind !== "function") throw new Error("a function");
  it.player.open({ ...experiment, data: { ...experiment.data, formula: "sin(y)" } });
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals[0]!.refusal).toEqual({
    code: "formula",
    problem: { code: "formulaUnknown", position: 4, name: "y" },
  });
  await it.player.step(3);
  expect(it.ear.last.step).toBe(3);
});

test("of a row that is not there the answer is the network's own sum; of another table's there is none", async () => {
  const rows = ["1,a,3", "2,b,1", "3,a,7", "4,b,5", "5,a,11", "6,b,9", "7,a,15", "8,b,13"].join("~");
  const table = `data=table&table=t&target=y&inputs=x,k:2&csv=x,k,y~${rows}`;
  await open(it, `${table}&hidden=0&opt=adam&lr=0.05&batch=4&epochs=100&scale=none`);
  const asked = [2.5, 0, 1];
  it.player.ask({ ...NOTHING_ASKED, whatIf: asked });
  await it.player.step(60);
  await until(() => it.ear.evaluations.at(-1)?.step === 60 && it.ear.evaluations.at(-1)!.whatIf !== null);
  const { whatIf } = it.ear.evaluations.at(-1)!;
  const { weights, biases } = it.ear.frames.at(-1)!.loan;
  const sum = asked.reduce((sum, value, input) => sum + value * weights[input]!, biases[0]!);
  expect(whatIf!.answers.length).toBe(1);
  expect(whatIf!.answers[0]).toBeCloseTo(sum, 5);
  it.player.ask({ ...NOTHING_ASKED, whatIf: [1, 2] });
  await it.player.step(1);
  await until(() => it.ear.evaluations.at(-1)?.step === 61);
  expect(it.ear.evaluations.at(-1)!.whatIf).toBeNull();
});
