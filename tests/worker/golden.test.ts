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

test("the golden runs know every activation, start, loss, optimizer and schedule", () => {
  const experiments = runs.map(({ link }) => experimentOf(link));
  const names = (found: string[]) => [...new Set(found)].toSorted().join(" ");
  const layers = experiments.flatMap((experiment) => experiment.layers);
  const functions = layers.flatMap((layer) => (layer.kind === "activation" ? [layer.function] : []));
  expect(names(functions)).toBe("gelu leakyRelu linear relu sigmoid softplus tanh");
  const inits = layers.flatMap((layer) => (layer.kind === "dense" && layer.init ? [layer.init] : []));
  expect(names(inits.map((init) => (typeof init === "string" ? init : "normal")))).toBe(
    "glorotNormal glorotUniform heNormal heUniform lecunNormal lecunUniform normal zero",
  );
  expect(layers.some((layer) => layer.kind === "dropout")).toBe(true);
  expect(names(experiments.map(({ loss }) => `${loss}`))).toBe(
    "binaryCrossEntropy meanAbsoluteError meanSquaredError sigmoidAbsoluteError softmaxCrossEntropy",
  );
  expect(names(experiments.map(({ optimizer }) => optimizer.kind))).toBe(
    "adagrad adam adamw momentum nesterov rmsprop sgd",
  );
  expect(names(experiments.map(({ schedule }) => `${schedule?.decay?.kind}`))).toBe("constant cosine step");
  expect(experiments.some(({ schedule }) => (schedule?.warmup ?? 0) > 0)).toBe(true);
  expect(experiments.some(({ l2 }) => (l2 ?? 0) > 0)).toBe(true);
  // Gradient descent: all samples in one batch.
  expect(experiments.some(({ batchSize }) => batchSize >= 20_000)).toBe(true);
  expect(new Set(runs.map((run) => run.fingerprint)).size).toBe(runs.length);
});
