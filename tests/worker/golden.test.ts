// Golden fingerprints: the constants that native and both browsers read too.
import { readFileSync } from "node:fs";
import { afterAll, afterEach, expect, test } from "vitest";
import { experimentOf, open, rest, rig } from "./rig.js";

const runs = JSON.parse(readFileSync(new URL("../golden.json", import.meta.url), "utf8")) as {
  link: string;
  steps: number;
  fingerprint: string;
}[];

const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

test.each(runs)("$link ends in the golden weights", async ({ link, steps, fingerprint }) => {
  await open(it, link);
  await it.player.step(steps);
  expect(it.ear.epochs.at(-1)).toMatchObject({ step: steps, fingerprint });
});

test("the golden runs know every activation and optimizer", () => {
  const layers = runs.flatMap(({ link }) => experimentOf(link).layers);
  const functions = new Set(layers.flatMap((layer) => (layer.kind === "activation" ? [layer.function] : [])));
  expect([...functions].toSorted()).toEqual(["leakyRelu", "linear", "relu", "sigmoid", "tanh"]);
  const optimizers = new Set(runs.map(({ link }) => experimentOf(link).optimizer.kind));
  expect([...optimizers].toSorted()).toEqual(["adam", "momentum", "sgd"]);
  expect(new Set(runs.map((run) => run.fingerprint)).size).toBe(runs.length);
});
