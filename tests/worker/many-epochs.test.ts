// Runs whose epochs are short: several fit into a slice, each is evaluated at its own end, and none is lost.
import { afterAll, afterEach, expect, test } from "vitest";
import { experimentOf, open, Reference, rest, rig, until } from "./rig.js";

const LINK = "data=function&points=20&hidden=3&act=tanh&opt=adam&lr=0.01&batch=32&epochs=400";
const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

test("each of many epochs is told once, in order, with the weights and the validation of its own end", async () => {
  await open(it, LINK);
  it.player.play();
  await until(() => it.ear.frames.length > 0 && it.ear.last.state.kind === "finished" && it.ear.last.settled);
  expect(it.ear.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
  expect(Math.max(...it.ear.frames.map(({ epochs }) => epochs.length))).toBeGreaterThan(1);
  const reference = new Reference(experimentOf(LINK));
  for (const facts of it.ear.epochs) {
    reference.to(facts.step).evaluate();
    expect(facts.fingerprint).toBe(reference.session.fingerprint());
    expect(facts.valLoss).toBe(reference.session.evaluatedLoss());
    expect(facts.valScore).toBe(reference.session.evaluatedRmse());
  }
  // A snapshot is of its own epoch: the run goes on from it to the same end.
  const { snapshot } = it.ear.epochs[236]!;
  it.ear.clear();
  await open(it, LINK, snapshot);
  await it.player.step(400 - 237);
  expect(it.ear.last.step).toBe(400);
  expect(it.ear.epochs.at(-1)!.fingerprint).toBe(reference.session.fingerprint());
});

test("steps that were asked for are taken, no more, however short the epochs are", async () => {
  await open(it, LINK);
  for (const [steps, sum] of [
    [7, 7],
    [150, 157],
    [1, 158],
  ] as const) {
    await it.player.step(steps);
    expect(it.ear.last.step).toBe(sum);
  }
});

test("a condition ends the run at the very epoch, also in the middle of a slice", async () => {
  await open(it, `${LINK}&stop=loss:0.3`);
  it.player.play();
  await until(() => it.ear.frames.length > 0 && it.ear.last.state.kind === "stopped");
  const losses = it.ear.epochs.map(({ valLoss }) => valLoss);
  expect(losses.findIndex((loss) => loss <= 0.3)).toBe(losses.length - 1);
  expect(it.ear.last.step).toBe(losses.length);
});
