import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  fromTheStart,
  hiddenOf,
  initOf,
  rateOf,
  withHidden,
  withOptimizer,
  type Hidden,
  withClasses,
  withData,
  withOutputs,
  withPoints,
  withTable,
} from "./experiment.js";
import { initSync, parseLink, check, formatLink } from "./generated/brainbow_wasm.js";
import type { Experiment, TableFacts } from "./session/engine.js";

const of = (link: string): Experiment => parseLink(link).experiment;

beforeAll(() => {
  initSync({ module: readFileSync(new URL("./generated/brainbow_wasm_bg.wasm", import.meta.url)) });
});

describe("hidden layers", () => {
  test("are read with the activation behind each", () => {
    expect(hiddenOf(of("hidden=0"))).toEqual([]);
    expect(hiddenOf(of("hidden=30,12,7&act=tanh,relu,sigmoid"))).toEqual([
      { units: 30, activation: "tanh", dropout: 0 },
      { units: 12, activation: "relu", dropout: 0 },
      { units: 7, activation: "sigmoid", dropout: 0 },
    ]);
  });

  test("a dense layer without an activation is linear", () => {
    const layers: Experiment["layers"] = [
      { kind: "dense", units: 8, init: "zero" },
      { kind: "dense", units: 6, init: "zero" },
      { kind: "activation", function: "tanh" },
      { kind: "dense", units: 10, init: "zero" },
    ];
    expect(hiddenOf({ ...of(""), layers })).toEqual([
      { units: 8, activation: "linear", dropout: 0 },
      { units: 6, activation: "tanh", dropout: 0 },
    ]);
  });

  test.each([
    "",
    "hidden=0",
    "hidden=128&opt=adam",
    "hidden=9,8,7&act=relu,sigmoid,leaky",
    "hidden=5&init=he",
    "hidden=0&init=glorot",
    "hidden=5,4&drop=0.5,0&act=gelu&init=normal:0.03",
  ])("put back as they were, %j is the same experiment", (link) => {
    const experiment = of(link);
    expect(withHidden(experiment, hiddenOf(experiment))).toEqual(experiment);
  });

  test.each<[string, Hidden[], string]>([
    ["hidden=10", [], "hidden=0"],
    ["hidden=0", [{ units: 30, activation: "relu", dropout: 0 }], "hidden=30"],
    [
      "hidden=10&seed=7&batch=32",
      [
        { units: 4, activation: "sigmoid", dropout: 0 },
        { units: 3, activation: "leakyRelu", dropout: 0 },
      ],
      "hidden=4,3&act=sigmoid,leaky&seed=7&batch=32",
    ],
    ["hidden=10&init=zero", [{ units: 4, activation: "tanh", dropout: 0 }], "hidden=4&act=tanh&init=zero"],
  ])("of %j changed, it is what the link says", (from, hidden, to) => {
    const changed = withHidden(of(from), hidden);
    expect(changed).toEqual(of(to));
    expect(() => check(changed)).not.toThrow();
    expect(parseLink(formatLink(changed)).experiment).toEqual(changed);
  });

  test("leave the experiment they came from alone", () => {
    const experiment = of("hidden=10&lr=0.2;0.1@50");
    const before = structuredClone(experiment);
    withHidden(experiment, [{ units: 3, activation: "tanh", dropout: 0 }]);
    withOptimizer(experiment, of("opt=adam"));
    fromTheStart(experiment);
    expect(experiment).toEqual(before);
  });

  test("another network learns with the present rate from its first step on", () => {
    expect(withHidden(of("lr=0.2;0.05@50"), []).learningRate).toEqual([{ step: 0, rate: 0.05 }]);
  });
});

test.each<[string, string]>([
  ["hidden=10", "usual"],
  ["hidden=0", "usual"],
  ["hidden=10&act=sigmoid", "usual"],
  ["hidden=10,5&act=relu,tanh", "usual"],
  ["hidden=10&init=he", "heUniform"],
  ["hidden=10&init=zero", "zero"],
  ["hidden=10&init=glorot", "glorotUniform"],
  ["hidden=10&act=softplus", "usual"],
  ["hidden=10,4&init=lecun-normal", "lecunNormal"],
])("the initial weights of %j are %s", (link, init) => {
  expect(initOf(of(link))).toBe(init);
});

test.each(["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw"])(
  "%s comes with the rate that the link gives it",
  (kind) => {
    const usual = of(`opt=${kind}`);
    const changed = withOptimizer(of("hidden=7&opt=adam&lr=0.5;0.1@9"), usual);
    expect(changed).toMatchObject({ optimizer: { kind }, learningRate: usual.learningRate });
    expect(parseLink(formatLink(changed)).experiment).toEqual(changed);
  },
);

test("the rate that holds now is the last one", () => {
  expect(rateOf(of("lr=0.2;0.05@50;0.01@90"))).toBe(0.01);
  expect(fromTheStart(of("lr=0.2;0.05@50")).learningRate).toEqual([{ step: 0, rate: 0.05 }]);
});

describe("data and classes", () => {
  test("photographs come with what suits them, and it goes with them", () => {
    const photographs = withData(of("data=mnist&hidden=0"), "cifar10");
    expect(photographs).toEqual(of("data=cifar10&hidden=0&opt=adam&lr=0.0003&scale=mean"));
    expect(withData(photographs, "fashion")).toEqual(of("data=fashion&hidden=0"));
    expect(withData(of("data=mnist&opt=adam&lr=0.01"), "fashion")).toEqual(
      of("data=fashion&opt=adam&lr=0.01"),
    );
  });

  test.each([
    ["data=mnist", [2, 9], "data=mnist&classes=2,9"],
    ["data=mnist&loss=bce", [2, 9], "data=mnist&classes=2,9&loss=bce"],
    ["data=mnist&classes=2,9&loss=bce", [2, 4, 9], "data=mnist&classes=2,4,9&loss=bce"],
    ["data=mnist&classes=2,9", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "data=mnist"],
  ])("of %j with the classes %j it is what the link says, and can be built", (from, classes, to) => {
    const changed = withClasses(of(from), classes);
    expect(changed).toEqual(of(to));
    expect(() => check(changed)).not.toThrow();
  });

  test("another loss for two classes has another number of outputs", () => {
    const one = withOutputs({ ...of("data=mnist&classes=2,9"), loss: "binaryCrossEntropy" });
    expect(one).toEqual(of("data=mnist&classes=2,9&loss=bce"));
    expect(() => check({ ...one, loss: "softmaxCrossEntropy" })).toThrow();
  });
});

describe("points in the plane", () => {
  test("bring what suits them and a network of their own width, and take it with them", () => {
    const digits = of("data=generated&hidden=8&classes=2,9&epochs=30");
    const points = withData(digits, "toy");
    expect(points.data).toEqual({ kind: "toy", shape: "moons", points: 400, noise: 0.1, seed: 1 });
    expect(points.classes ?? []).toEqual([]);
    expect(points.layers.at(-1)).toMatchObject({ kind: "dense", units: 2 });
    expect(points.optimizer.kind).toBe("adam");
    expect(check(points)).toBeUndefined();
    const back = withData(points, "generated");
    expect(formatLink(back)).toBe("v=1&data=generated&hidden=8");
  });

  test("of another shape have its classes and its usual noise, and keep how many they are", () => {
    const moons = withPoints(withData(of("hidden=8"), "toy"), { points: 50, seed: 7 });
    const blobs = withPoints(moons, { shape: "blobs" });
    expect(blobs.data).toEqual({ kind: "toy", shape: "blobs", points: 50, noise: 0.1, seed: 7 });
    expect(blobs.layers.at(-1)).toMatchObject({ units: 3 });
    const spiral = withPoints(blobs, { shape: "spiral" });
    expect(spiral.data).toMatchObject({ shape: "spiral", noise: 0.02, points: 50, seed: 7 });
    expect(spiral.layers.at(-1)).toMatchObject({ units: 2 });
    const changed = {
      ...moons,
      learningRate: [
        { step: 0, rate: 0.1 },
        { step: 90, rate: 0.05 },
      ],
    };
    expect(withPoints(changed, { noise: 0.3 }).learningRate).toEqual([{ step: 0, rate: 0.05 }]);
    const some = withPoints({ ...blobs, classes: [0, 2] }, { shape: "moons" });
    expect(some.classes ?? []).toEqual([]);
  });
});

describe("another table", () => {
  const facts = (name: string): TableFacts => ({
    name,
    rows: 10,
    columns: ["x", "y"].map((column) => ({ name: column, numbers: true, distinct: 10, missing: 0 })),
    dialect: { separator: ",", decimalComma: false, header: true },
    known: true,
    csv: undefined,
    fingerprint: "",
  });

  test("after classes were told a number is: with a loss of numbers, and one output", () => {
    const classes = of("data=table&table=b&target=sex:2&inputs=x&loss=softmax");
    const moved = withTable(classes, facts("a"));
    expect(moved.loss).toBe("meanSquaredError");
    expect(() => check(moved)).not.toThrow();
  });

  test("after another number was told its loss stays", () => {
    const numbers = of("data=table&table=a&target=y&inputs=x&loss=mae");
    expect(withTable(numbers, facts("b")).loss).toBe("meanAbsoluteError");
  });
});
