// Opening one run after the other, fast: the last one counts, and nothing of the others is left.
import { afterAll, afterEach, expect, test } from "vitest";
import { experimentOf, open, rest, rig, settles, turn, until } from "./rig.js";

const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

test("200 changes of the network, fast, end in the last one", async () => {
  await open(it, "hidden=4");
  it.player.play();
  await until(() => it.ear.frames.length > 3);
  it.ear.clear();
  const units: number[] = [];
  it.ear.each = ({ loan }) => units.push(loan.biases.length);
  const opens = it.sent["open"]!;
  for (let i = 1; i <= 200; i++) it.player.open(experimentOf(`hidden=${i}&seed=${i}`));
  await until(() => it.ear.opens.length > 0);
  await turn(50);
  expect(it.ear.opens.length).toBe(1);
  expect(it.ear.opens[0]!.experiment).toEqual(experimentOf("hidden=200&seed=200"));
  expect(it.sent["open"]! - opens).toBe(2);
  const old = it.ear.frames.length;
  await until(() => it.ear.frames.length > old + 3);
  // What comes is of the last one, from its beginning.
  expect(it.ear.frames.reduce((steps, { trained }) => steps + (trained?.steps ?? 0), 0)).toBe(
    it.ear.last.step,
  );
  expect(new Set(units)).toEqual(new Set([200]));
});

test("a run that is replaced is not heard of again", async () => {
  await open(it, "hidden=3");
  it.player.play();
  await until(() => it.ear.last?.step > 10);
  it.ear.clear();
  it.player.open(experimentOf("hidden=2"));
  const units: number[] = [];
  it.ear.each = ({ loan }) => units.push(loan.biases.length);
  await until(() => units.length > 3);
  expect(it.ear.opens.length).toBe(1);
  expect(new Set(units)).toEqual(new Set([2]));
});

test.each([
  // First: no digit has been drawn yet, and what is drawn meanwhile must not lengthen it either.
  ["learning at full speed", true, false],
  ["paused, a few steps each", false, true],
  ["learning at full speed, all digits drawn before", true, true],
])("wasm memory is as long after 200 runs as after 20: %s", async (_, learning, drawn) => {
  const seed = drawn ? 1 : 2;
  if (drawn) {
    await open(it, `digits=${seed}&hidden=0&epochs=1&batch=500`);
    await it.player.step(40);
  }
  if (learning) it.player.play();
  else it.player.pause();
  const links = [0, 10, 128].map((units) => `digits=${seed}&hidden=${units}`);
  const some = async (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      it.player.open(experimentOf(links[i % 3]!));
      if (learning) await turn(i % 4);
      else if (i % 20 < 3) await it.player.step(3);
    }
    await turn(20);
    return it.memoryBytes();
  };
  const after20 = await some(0, 20);
  expect(after20).toBeGreaterThan(0);
  expect(await some(20, 200)).toBe(after20);
});

test("steps that were asked of a run are not left hanging when another takes its place", async () => {
  await open(it, "hidden=128&epochs=10000");
  const long = it.player.step(1_000_000);
  await until(() => it.ear.frames.length > 2);
  it.player.open(experimentOf("hidden=3"));
  expect(await settles(long)).toBe(true);
});

test("an experiment that can't be built is refused with facts, and the run before goes on", async () => {
  const opened = await open(it, "hidden=4");
  it.player.play();
  await until(() => it.ear.last?.step > 5);
  it.player.open({ ...opened.experiment, batchSize: 5_000_000 });
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals).toEqual([
    {
      what: "open",
      refusal: { code: "outOfRange", setting: "batchSize", found: 5_000_000, least: 1, most: 1_000_000 },
    },
  ]);
  const { step } = it.ear.last;
  await until(() => it.ear.last.step > step, "the run before goes on", 2000);
});

test("step() after a refused experiment settles", async () => {
  await open(it, "hidden=4");
  it.player.open({ ...experimentOf("hidden=4"), learningRate: [] });
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals[0]!.refusal).toEqual({ code: "rateOrder" });
  expect(await settles(it.player.step(1))).toBe(true);
});

test("an object of another shape is refused as malformed, not taken for a crash", async () => {
  it.player.open({ ...experimentOf("hidden=4"), optimizer: { kind: "lion" } } as never);
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals[0]).toMatchObject({ what: "open", refusal: { code: "malformed" } });
  it.player.open(experimentOf("data=mnist&hidden=4"));
  await until(() => it.ear.refusals.length > 1);
  expect(it.ear.refusals[1]!.refusal).toEqual({ code: "dataMissing", data: { kind: "mnist" } });
  const snapshot = new TextEncoder().encode("no snapshot at all");
  it.player.open(experimentOf("hidden=4"), snapshot);
  await until(() => it.ear.refusals.length > 2);
  expect(it.ear.refusals[2]!.refusal).toMatchObject({ code: "snapshot" });
  expect(it.ear.losses).toEqual([]);
  await open(it, "hidden=4");
  await it.player.step(1);
  expect(it.ear.last.step).toBe(1);
});
