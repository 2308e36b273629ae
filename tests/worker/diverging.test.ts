// A learning rate of a thousand stops the run at a step that is named; a lower one goes on, or begins again.
import { afterAll, afterEach, expect, test } from "vitest";
import { experimentOf, open, Reference, rest, rig, until } from "./rig.js";

const LINK = "hidden=64,64,64&act=linear&lr=1000";
const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

interface Diverged {
  kind: "diverged";
  step: number;
  rate: number;
}

async function diverge() {
  await open(it, LINK);
  it.player.play();
  await until(() => it.ear.last?.state.kind === "diverged" && it.ear.last.settled);
  it.player.pause();
  return it.ear.last.state as Diverged;
}

test("the run stops at the step whose loss was no number, and says its rate", async () => {
  const { step, rate } = await diverge();
  expect(rate).toBe(1000);
  expect(step).toBeGreaterThan(0);
  expect(it.ear.last.step).toBe(step);
  const reference = new Reference(experimentOf(LINK));
  let loss = 0;
  for (let at = 0; at < step; at++) {
    const progress = reference.session.train(1e9, 1);
    expect(progress.state.kind).toBe(at + 1 < step ? "learning" : progress.state.kind);
    loss = progress.lossSum;
  }
  expect(Number.isFinite(loss)).toBe(true);
  expect(reference.session.train(1e9, 1)).toMatchObject({
    steps: 0,
    step,
    state: { kind: "diverged", step, rate },
  });
  // What is shown is of that step: the matrix still counts everybody.
  expect(it.ear.evaluations.at(-1)!.step).toBe(step);
  expect(it.ear.evaluations.at(-1)!.loan.confusion.reduce((sum, count) => sum + count)).toBe(4000);
});

test("step(n) of a run that diverges on the way settles", async () => {
  await open(it, LINK);
  await it.player.step(1000);
  expect(it.ear.last.state.kind).toBe("diverged");
  await it.player.step(1);
  expect(it.ear.last.state.kind).toBe("diverged");
});

test("a lower rate is tried at the very step, and the experiment says so", async () => {
  const { step } = await diverge();
  it.ear.clear();
  it.player.tune(1e-6);
  it.player.play();
  // Weights whose loss is no number can't be learned from with any rate: it stops again, and names the new one.
  await until(() => it.ear.rates !== null && it.ear.last?.state.kind === "diverged");
  expect(it.ear.rates).toEqual([
    { step: 0, rate: 1000 },
    { step, rate: 1e-6 },
  ]);
  const again = it.ear.last.state as Diverged;
  expect(again.step).toBe(step);
  expect(again.rate).toBeCloseTo(1e-6, 12);
});

test("a tuned run that diverged early enough learns on", async () => {
  await open(it, "hidden=8&lr=0.1");
  await it.player.step(20);
  it.player.tune(1000);
  await it.player.step(500);
  it.player.tune(0.01);
  await until(() => it.ear.rates?.at(-1)?.rate === 0.01);
  expect(it.ear.losses).toEqual([]);
  expect(it.ear.refusals).toEqual([]);
});

test("opened again with a tenth of a sensible rate, it learns", async () => {
  await diverge();
  await open(it, "hidden=64,64,64&act=linear&lr=0.01");
  await it.player.step(30);
  expect(it.ear.last).toMatchObject({ step: 30, state: { kind: "learning" } });
  expect(it.ear.evaluations.at(-1)!.score).toBeGreaterThan(0.3);
});
