// The same experiment gives the same weights to the bit, however it is sliced, paused, looked at or interrupted.
import { afterAll, afterEach, expect, test } from "vitest";
import type { Command } from "../../web/session/protocol.js";
import {
  experimentOf,
  fingerprintAt,
  NOTHING_ASKED,
  open,
  Reference,
  rig,
  rest,
  turn,
  until,
} from "./rig.js";

const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

const LINK = "hidden=9,6&act=tanh,relu&batch=90&epochs=2&opt=momentum";
const PER_EPOCH = 223;
const uninterrupted = [1, 2].map((epochs) => fingerprintAt(experimentOf(LINK), epochs * PER_EPOCH));
const found = () => it.ear.epochs.map(({ fingerprint }) => fingerprint);

const slice = (ms: () => number, steps?: () => number) => (command: Command) =>
  command.type === "train" ? { ...command, ms: ms(), steps: steps?.() ?? command.steps } : command;

test.each([
  ["4 ms", () => 4],
  ["a second", () => 1000],
  ["ever another length", uneven([0.5, 30, 1, 0, 7, 3])],
])("slices of %s", async (_, ms) => {
  it.edit = slice(ms);
  await open(it, LINK);
  it.player.play();
  await until(() => it.ear.epochs.length === 2);
  expect(found()).toEqual(uninterrupted);
});

test("slices of ever another number of steps", async () => {
  const steps = uneven([1, 2, 3, 5, 8, 13, 21]);
  it.edit = (command) =>
    command.type === "train" && command.steps > 0 ? { ...command, steps: steps() } : command;
  await open(it, LINK);
  it.player.play();
  await until(() => it.ear.epochs.length === 2);
  expect(found()).toEqual(uninterrupted);
});

test("pauses, other paces and single steps in between", async () => {
  await open(it, LINK);
  for (let i = 0; i < 6; i++) {
    it.player.play();
    await turn(4);
    it.player.pause();
    await turn(2);
    await it.player.step(1 + i);
    it.player.setPace(i % 2 === 0 ? "frame" : "full");
  }
  it.player.setPace("full");
  it.player.play();
  await until(() => it.ear.epochs.length === 2);
  expect(found()).toEqual(uninterrupted);
});

test("questions, images and evaluations asked for in between", async () => {
  it.edit = slice(() => 0.5); // An epoch at full speed is over before ten things are asked.
  await open(it, LINK);
  it.player.play();
  let asked = 0;
  it.ear.each = ({ trained }) => {
    if (!trained) return;
    const cell = { actual: asked % 10, predicted: (3 * asked) % 10 };
    it.player.ask({
      ...NOTHING_ASKED,
      card: { cell, order: "highestLoss", most: asked },
      sample: { id: 20_000 + asked, against: asked % 10 },
    });
    it.player.images([asked++, 20_000 + asked]);
    if (asked % 5 === 0) {
      it.player.pause(); // is evaluated at this very step
      setTimeout(() => it.player.play(), 5);
    }
  };
  await until(() => it.ear.epochs.length === 2);
  expect(asked).toBeGreaterThan(10);
  expect(found()).toEqual(uninterrupted);
});

test("a rate changed while learning, replayed from the experiment that it became", async () => {
  it.edit = slice(() => 0.5); // Two epochs at full speed are over before the second change.
  await open(it, LINK);
  it.player.play();
  await until(() => it.ear.frames.length > 2 && it.ear.last.step > 0);
  it.player.tune(0.005);
  await until(() => it.ear.rates !== null);
  const first = it.ear.rates!;
  expect(first.length).toBe(2);
  expect(first[1]!.rate).toBe(0.005);
  expect(first[1]!.step).toBeGreaterThan(0);
  await turn(6);
  it.player.tune(0.05);
  await until(() => it.ear.epochs.length === 2);
  const rates = it.ear.rates!;
  expect(rates.length).toBe(3);
  expect(rates.slice(0, 2)).toEqual(first);
  const replayed = { ...experimentOf(LINK), learningRate: rates };
  expect(found()).toEqual([fingerprintAt(replayed, PER_EPOCH), fingerprintAt(replayed, 2 * PER_EPOCH)]);
  expect(found()[1]).not.toBe(uninterrupted[1]);
});

test("a rate changed at a step that was asked for holds from that step on", async () => {
  await open(it, LINK);
  await it.player.step(100);
  it.player.tune(0.3);
  it.player.tune(0.004); // nothing was learned with 0.3
  await until(() => it.ear.rates?.at(-1)?.rate === 0.004);
  expect(it.ear.rates).toEqual([
    { step: 0, rate: 0.02 },
    { step: 100, rate: 0.004 },
  ]);
  await it.player.step(50);
  const reference = new Reference(experimentOf(`${LINK}&lr=0.02;0.004@100`)).to(150);
  const { loan } = it.ear.evaluations.at(-1)!;
  expect({ weights: loan.weights, biases: loan.biases }).toEqual(reference.weights(0));
  expect({ weights: loan.outgoing, biases: loan.outgoingBiases }).toEqual(reference.weights(1));
});

test.each(["sgd", "momentum", "adam"])("a run of %s that goes on from a snapshot", async (optimizer) => {
  const link = `hidden=9,6&batch=90&epochs=2&opt=${optimizer}`;
  const begun = new Reference(experimentOf(link)).to(PER_EPOCH);
  const snapshot = begun.session.snapshot();
  await open(it, link, snapshot);
  it.player.play();
  await until(() => it.ear.epochs.length === 1);
  expect(it.ear.epochs[0]).toMatchObject({
    epoch: 2,
    step: 2 * PER_EPOCH,
    fingerprint: fingerprintAt(experimentOf(link), 2 * PER_EPOCH),
  });
  // The whole epoch was seen, so its loss is known.
  expect(it.ear.epochs[0]!.loss).toBeGreaterThan(0);
  expect(it.ear.last.state.kind).toBe("finished");
});

test("the snapshot that the page was sent is enough to go on", async () => {
  await open(it, LINK);
  it.player.play();
  await until(() => it.ear.epochs.length === 1);
  const { snapshot } = it.ear.epochs[0]!;
  await rest(it);
  await open(it, LINK, snapshot);
  it.player.play();
  await until(() => it.ear.epochs.length === 1);
  expect(found()).toEqual([uninterrupted[1]]);
});

test("step(n) after going on from a snapshot counts from the snapshot's step", async () => {
  const snapshot = new Reference(experimentOf(LINK)).to(PER_EPOCH).session.snapshot();
  it.edit = slice(() => 2);
  await open(it, LINK, snapshot);
  await it.player.step(5);
  expect(it.ear.last).toMatchObject({ step: PER_EPOCH + 5, settled: true });
});

/** Gives the values in turn, for ever. */
function uneven(values: number[]): () => number {
  let i = 0;
  return () => values[i++ % values.length]!;
}
