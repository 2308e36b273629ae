// The worker learns, stops where it is told to, and says what happened at the end of an epoch.
import { afterAll, afterEach, expect, test } from "vitest";
import { experimentOf, open, Reference, rest, rig, turn, until } from "./rig.js";

const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

test("a network learns generated digits: the loss falls and the held-out accuracy rises above 80 %", async () => {
  const opened = await open(it, "hidden=16&epochs=3");
  expect(opened).toMatchObject({
    classes: 10,
    trainSamples: 20_000,
    heldOutSamples: 4000,
    stepsPerEpoch: 313,
  });
  expect(opened.weightShapes).toEqual([
    [784, 16],
    [16, 10],
  ]);
  it.player.play();
  await until(() => it.ear.frames.length > 0 && it.ear.last.state.kind === "finished" && it.ear.last.settled);
  const losses = it.ear.frames.flatMap(({ trained }) => (trained ? [trained.loss] : []));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 5)) / 2);
  const [first, , third] = it.ear.epochs;
  expect(third!.valScore).toBeGreaterThan(0.8);
  expect(third!.loss).toBeLessThan(first!.loss);
  expect(it.ear.epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 313],
    [2, 626],
    [3, 939],
  ]);
  expect(it.ear.last.step).toBe(939);
  // Every step was told once, and every sample of every epoch.
  const sum = (of: "steps" | "samples") =>
    it.ear.frames.reduce((all, { trained }) => all + (trained?.[of] ?? 0), 0);
  expect(sum("steps")).toBe(939);
  expect(sum("samples")).toBe(60_000);
});

test("a point of the training curves is the mean over the batches since the point before", async () => {
  // The last batch of an epoch is shorter.
  const link = "hidden=6&batch=700&epochs=4";
  await open(it, link);
  it.player.play();
  await until(() => it.ear.frames.length > 0 && it.ear.last.state.kind === "finished" && it.ear.last.settled);
  const points = it.ear.frames.flatMap(({ trained }) => trained ?? []);
  expect(points.length).toBeGreaterThan(4);
  expect(Math.max(...points.map(({ steps }) => steps))).toBeGreaterThan(1);

  const { session } = new Reference(experimentOf(link));
  for (const { steps, samples, loss, score } of points) {
    const batches = Array.from({ length: steps }, () => session.train(1e9, 1));
    const sum = (of: "lossSum" | "correct" | "samples") => batches.reduce((all, batch) => all + batch[of], 0);
    expect(samples).toBe(sum("samples"));
    expect(loss).toBeCloseTo(sum("lossSum") / steps, 12);
    expect(score).toBe(sum("correct") / samples);
  }
});

test("what a run keeps of its past takes 64 MB at most, and reaches from its first step to its last", async () => {
  const { weightShapes } = await open(it, "hidden=512&opt=adam&epochs=9");
  const parameters = weightShapes.reduce((all, [inputs, units]) => all + (inputs + 1) * units, 0);
  // Adam remembers two numbers for each parameter.
  const bytes = 3 * 4 * parameters;
  let kept: number[] = [];
  let most = 0;
  it.ear.each = (frame) => {
    kept = frame.kept ? [...frame.kept] : kept;
    most = Math.max(most, kept.length);
  };
  const holds = Math.floor((64 << 20) / bytes);
  for (let step = 0; step < 6 * holds; step += 3) await it.player.step(3);
  expect(most).toBeLessThanOrEqual(holds);
  expect(kept.length).toBeGreaterThanOrEqual(Math.floor(holds / 2) - 1);
  expect(kept[0]).toBe(0);
  expect(kept.at(-1)! / (6 * holds)).toBeGreaterThan(0.8);
});

test("step(n) resolves at exactly that step, evaluated", async () => {
  await open(it, "hidden=6&batch=100");
  let step = 0;
  for (const n of [1, 2, 7, 190, 1, 250]) {
    await it.player.step(n);
    step += n;
    expect(it.ear.last).toMatchObject({ step, settled: true });
    expect(it.ear.evaluations.at(-1)!.step).toBe(step);
    await turn(5);
    expect(it.ear.last.step).toBe(step);
  }
  // 200 steps are an epoch: the two ends that were passed are of their own steps.
  expect(it.ear.epochs.map((epoch) => epoch.step)).toEqual([200, 400]);
});

test("step(n) asked for while a run is being opened is of that run, from its step 0", async () => {
  await open(it, "hidden=6");
  await it.player.step(40);
  it.player.open(experimentOf("hidden=5"));
  await it.player.step(3);
  expect(it.ear.opens.length).toBe(2);
  expect(it.ear.last).toMatchObject({ step: 3, settled: true });
});

test("step(n) beyond the last epoch resolves at its end", async () => {
  await open(it, "hidden=0&epochs=1&batch=500");
  await it.player.step(60);
  expect(it.ear.last).toMatchObject({ step: 40, settled: true, state: { kind: "finished" } });
  await it.player.step(1);
  expect(it.ear.last.step).toBe(40);
  it.player.until(2, {});
  await it.player.step(10);
  expect(it.ear.last).toMatchObject({ step: 50, state: { kind: "learning" } });
});

test("pausing lends nothing more once the last step is evaluated", async () => {
  await open(it, "hidden=6&epochs=1000");
  it.player.play();
  await until(() => it.ear.frames.length > 5);
  it.player.pause();
  await until(() => it.ear.last.settled);
  await turn(20);
  const { step } = it.ear.last;
  const lent = it.sent["train"];
  await new Promise((done) => setTimeout(done, 60));
  expect(it.sent["train"]).toBe(lent);
  expect(it.ear.last.step).toBe(step);
  expect(it.ear.evaluations.at(-1)!.step).toBe(step);
  it.player.play();
  await until(() => it.ear.last.step > step);
});

test("a paused run answers new questions about the same step, and learns nothing", async () => {
  await open(it, "hidden=6");
  await it.player.step(30);
  const lent = it.sent["train"]!;
  it.player.ask({
    card: { cell: { actual: 4, predicted: 9 }, order: "leastConfident", most: 3 },
    mistakes: { among: { kind: "mistakes" }, order: "closestCall", most: 2 },
    sample: { id: 20_007, against: null },
    neuron: null,
    readings: false,
    diagram: null,
    scale: false,
    fit: null,
    whatIf: null,
    roc: false,
  });
  await until(() => it.ear.evaluations.at(-1)?.sample !== null);
  const { step, card, mistakes, sample } = it.ear.evaluations.at(-1)!;
  expect(step).toBe(30);
  expect(card!.ranking.samples.length).toBeLessThanOrEqual(3);
  expect(mistakes.ranking.samples.length).toBe(2);
  expect(sample!.asked.id).toBe(20_007);
  expect(sample!.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  await turn(20);
  expect(it.sent["train"]).toBe(lent + 1);
});

test("one batch at a time: every frame of the slow pace is one step", async () => {
  it.player.setPace("frame");
  await open(it, "hidden=6");
  const start = performance.now();
  it.player.play();
  await until(() => it.ear.frames.length > 0 && it.ear.last.step >= 8);
  expect(performance.now() - start).toBeGreaterThan(7 * 15);
  for (const { trained } of it.ear.frames) expect(trained === null || trained.steps === 1).toBe(true);
});

test("what is told of an epoch is of exactly its last step", async () => {
  const link = "hidden=7&batch=150&epochs=2&lr=0.3";
  await open(it, link);
  it.player.play();
  await until(() => it.ear.epochs.length === 2);
  const reference = new Reference(experimentOf(link));
  for (const facts of it.ear.epochs) {
    // 20,000 = 133 · 150 + 50: the last batch is shorter, and weighs less.
    const sums = { loss: 0, correct: 0, samples: 0 };
    while (sums.samples < 20_000) {
      const { sampleLossSum, correct, samples } = reference.session.train(1e9, 1);
      sums.loss += sampleLossSum;
      sums.correct += correct;
      sums.samples += samples;
    }
    expect(facts.step).toBe(reference.session.step());
    expect(facts.step).toBe(134 * facts.epoch);
    expect(facts.loss).toBeCloseTo(sums.loss / 20_000, 9);
    expect(facts.score).toBe(sums.correct / 20_000);
    reference.evaluate();
    expect(facts.valLoss).toBe(reference.session.evaluatedLoss());
    const right = reference.confusion().filter((_, place) => place % 11 === 0);
    expect(facts.valScore).toBe(right.reduce((sum, count) => sum + count, 0) / 4000);
    expect(facts.fingerprint).toBe(reference.session.fingerprint());
    expect(facts.snapshot).toEqual(reference.session.snapshot());
  }
});

test("a validation split is held out of training", async () => {
  const opened = await open(it, "hidden=0&val=0.1&epochs=1");
  expect(opened).toMatchObject({ trainSamples: 18_000, heldOutSamples: 2000 });
  await it.player.step(1000);
  expect(it.ear.evaluations.at(-1)!.loan.confusion.reduce((sum, count) => sum + count)).toBe(2000);
  for (const { id } of it.ear.evaluations.at(-1)!.mistakes.ranking.samples) expect(id).toBeLessThan(20_000);
});
