// A worker that throws, is ended or says nothing: the page hears of it once, and nothing is left hanging.
import { afterEach, expect, test, vi } from "vitest";
import type { Command } from "../../web/session/protocol.js";
import { experimentOf, open, rig, settles, turn, until, type Rig } from "./rig.js";

let it: Rig;
afterEach(() => {
  vi.useRealTimers();
  it.close();
});

/** Lets so many seconds pass; messages arrive in between. */
async function pass(seconds: number) {
  for (let i = 0; i < seconds; i++) {
    vi.advanceTimersByTime(1000);
    await turn(5);
  }
}

/** A rig whose clock stands until `pass` moves it; messages go their way. */
function fake() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  it = rig();
}
const swallow =
  (...types: Command["type"][]) =>
  (command: Command) =>
    types.includes(command.type) ? null : command;

test("a worker that says nothing for 5 seconds is lost as silent, and steps asked for settle", async () => {
  fake();
  await open(it, "hidden=3");
  it.edit = swallow("train", "ping");
  const steps = it.player.step(10);
  await pass(4);
  expect(it.ear.losses).toEqual([]);
  await pass(3);
  expect(it.ear.losses).toEqual([{ kind: "silent" }]);
  await steps;
  expect(vi.getTimerCount()).toBe(0);
});

test("a worker that says nothing while a run is being opened is lost, too", async () => {
  fake();
  it.edit = swallow("open", "ping");
  it.player.open(experimentOf("hidden=3"));
  await pass(7);
  expect(it.ear.losses).toEqual([{ kind: "silent" }]);
});

test("a worker that was ended from outside is lost as silent", async () => {
  fake();
  await open(it, "hidden=3");
  it.player.play();
  await until(() => it.ear.frames.length > 2);
  it.cut();
  await pass(7);
  expect(it.ear.losses).toEqual([{ kind: "silent" }]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a worker that answers pings is waited for", async () => {
  fake();
  await open(it, "hidden=3");
  it.edit = swallow("train");
  it.player.play();
  await pass(30);
  expect(it.ear.losses).toEqual([]);
});

test("a pause of an hour is no silence", async () => {
  fake();
  await open(it, "hidden=3");
  await it.player.step(3);
  const sent = { ...it.sent };
  it.edit = swallow("ping");
  await pass(3600);
  expect(it.ear.losses).toEqual([]);
  expect(it.sent).toEqual(sent);
});

test("pictures that never come are a silence as well", async () => {
  fake();
  await open(it, "hidden=3");
  await it.player.step(3);
  it.edit = swallow("images", "ping");
  it.player.images([1, 2]);
  await pass(8);
  expect(it.ear.losses).toEqual([{ kind: "silent" }]);
});

test("a worker whose script fails is lost as crashed, with its message", async () => {
  it = rig();
  await open(it, "hidden=3");
  it.edit = swallow("train");
  const steps = it.player.step(10);
  it.line.onerror!({ message: "out of memory", preventDefault: () => undefined } as ErrorEvent);
  expect(it.ear.losses).toEqual([{ kind: "crashed", message: "out of memory" }]);
  expect(await settles(steps)).toBe(true);
});

test("after a loss, step() settles, and nothing is sent any more", async () => {
  it = rig();
  await open(it, "hidden=3");
  it.line.onerror!({ message: "", preventDefault: () => undefined } as ErrorEvent);
  const sent = { ...it.sent };
  expect(await settles(it.player.step(1))).toBe(true);
  it.player.play();
  it.player.open(experimentOf("hidden=3"));
  it.player.tune(0.1);
  await turn(10);
  expect(it.ear.losses.length).toBe(1);
  expect(it.sent).toEqual(sent);
});

// Last: the engine that panics is that of the whole file.
test("an engine that panics is lost as crashed, and steps asked for settle", async () => {
  it = rig();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await open(it, "hidden=30&epochs=10000");
  const steps = it.player.step(10_000_000);
  await until(() => it.ear.frames.length > 2);
  // A loan that is too small: the engine fills it whole, or panics.
  it.edit = (command) =>
    command.type === "train"
      ? { ...command, loan: { ...command.loan, biases: new Float32Array(1) } }
      : command;
  await until(() => it.ear.losses.length > 0);
  expect(it.ear.losses).toEqual([{ kind: "crashed", message: expect.stringMatching(/./) as string }]);
  expect(said.mock.calls.join()).toContain("panicked");
  expect(await settles(steps)).toBe(true);
  await turn(20);
  expect(it.ear.losses.length).toBe(1);
  expect(it.ear.images_).toEqual([]);
  said.mockRestore();
});
