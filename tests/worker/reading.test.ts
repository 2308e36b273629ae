// What a page hands over as an object is read as what it is: every word of a link, written out and read back.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { check, formatLink, initSync, parseLink, summary } from "../../web/generated/brainbow_wasm.js";

beforeAll(() => {
  const bytes = readFileSync(new URL("../../web/generated/brainbow_wasm_bg.wasm", import.meta.url));
  initSync({ module: new WebAssembly.Module(bytes) });
});

const WORDS = {
  data: [
    "generated&digits=7",
    "mnist",
    "moons",
    "spiral&points=50&noise=0.3&draw=9",
    "circles",
    "blobs",
    "xor",
  ],
  hidden: ["0", "3,4"],
  act: ["relu", "leaky", "sigmoid", "tanh", "linear", "softplus", "gelu"],
  init: ["he", "he-normal", "glorot", "glorot-normal", "lecun", "lecun-normal", "zero", "normal:0.05"],
  drop: ["0.25"],
  loss: ["softmax", "bce", "mse", "mae", "sigmoid-mae"],
  opt: [
    "sgd",
    "momentum",
    "nesterov",
    "rmsprop&rho=0.9",
    "adagrad",
    "adam&beta2=0.99",
    "adamw&weightDecay=0.1",
  ],
  lr: ["0.5;0.1@300"],
  decay: ["step:5:0.5&warmup=9", "cosine:20"],
  l2: ["0.001"],
  batch: ["17"],
  epochs: ["3"],
  stop: ["accuracy:0.9", "loss:0.1,patience:3"],
  scale: ["none", "mean", "standard"],
  seed: ["4294967295"],
  val: ["0.1"],
};

const links = Object.entries(WORDS).flatMap(([key, words]) => words.map((word) => `${key}=${word}`));

test.each(links)("%s is read back as it was written", (link) => {
  const { experiment, notices } = parseLink(link);
  expect(notices).toEqual([]);
  check(experiment);
  expect(parseLink(formatLink(experiment)).experiment).toEqual(experiment);
  expect(summary(experiment.data.kind === "toy" ? 2 : 784, experiment).length).toBe(experiment.layers.length);
});

test("what may be left out has its default", () => {
  const { data, layers, optimizer, learningRate, batchSize, epochs, seed } =
    parseLink("data=mnist").experiment;
  const least = { data, layers, optimizer, learningRate, batchSize, epochs, seed } as never;
  expect(formatLink(least)).toBe("v=1&data=mnist");
});

test.each([
  ["a field too many", { colour: 1 }, "colour: unknown field"],
  ["a field of another kind of data", { data: { kind: "mnist", seed: 1 } }, "data: seed: unknown field"],
  ["an unknown word", { loss: "hinge" }, "loss: unknown word hinge"],
  ["a missing field", { optimizer: { kind: "momentum" } }, "optimizer: momentum: missing"],
  ["a fraction where a whole number stands", { epochs: 2.5 }, "epochs: no whole number in range"],
  ["a negative seed", { seed: -1 }, "seed: no whole number in range"],
  ["a word where a list stands", { layers: "dense" }, "layers: no list"],
  ["nothing", null, "no object"],
])("%s is refused by its name", (_, change, message) => {
  const experiment = change && { ...parseLink("").experiment, ...change };
  let refusal: unknown;
  try {
    check(experiment as never);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toEqual({ code: "malformed", message });
});

const ANYTHING: unknown[] = [
  null,
  undefined,
  true,
  -1,
  0,
  0.5,
  1e99,
  NaN,
  Infinity,
  "",
  "adam",
  [],
  [1, 2],
  {},
  { kind: "dense" },
  () => {},
  Symbol("s"),
  10n,
];

test("whatever stands anywhere in an experiment is read or refused with a code, and the reader lives on", () => {
  const wholes = links.map((link) => parseLink(link).experiment);
  let [state, refused] = [1, 0];
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < 4000; i++) {
    const experiment = structuredClone(wholes[random(wholes.length)]!) as object;
    // Down to some place, and something else there, or nothing, or one thing more.
    let place = experiment as Record<string, unknown>;
    for (;;) {
      const key = Object.keys(place)[random(Object.keys(place).length)];
      if (key === undefined) break;
      const inside = place[key];
      if (typeof inside === "object" && inside !== null && random(3) > 0) {
        place = inside as Record<string, unknown>;
        continue;
      }
      const what = random(3);
      if (what === 0) delete place[key];
      else place[what === 1 ? key : "another"] = ANYTHING[random(ANYTHING.length)];
      break;
    }
    try {
      check(experiment as never);
    } catch (error) {
      expect(error).toHaveProperty("code");
      expect(error).not.toBeInstanceOf(WebAssembly.RuntimeError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(1000);
  check(wholes[0]!);
});
