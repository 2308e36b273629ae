import { expect, test } from "vitest";
import { OURS, PEERS } from "./contenders.mjs";
import { print } from "./print.mjs";
import { report } from "./report.mjs";

const bytes = { raw: 3000, gzip: 2000, brotli: 1000 };
const loss: [number, number] = [2.3, 0.4];
const [sgd, adam] = OURS as [(typeof OURS)[0], (typeof OURS)[0]];

const found = report({
  machine: { cpu: "a cpu", cores: 3, system: "linux x64", chromium: "156", load: 0.2, node: "20" },
  data: "MNIST",
  rounds: 3,
  training: [
    // H = 0 is 31,360 operations a sample: a million samples a second are 31.36 GFLOP/s.
    { contender: sgd, hidden: 0, rates: [1e6, 2e6, 0.5e6], limits: [31.36, 125.44, 62.72], loss },
    { contender: adam, hidden: 0, rates: [7e5, 7e5, 7e5], limits: [50, 50, 50], loss },
    ...PEERS.map((contender) => ({ contender, hidden: 0, rates: [1e5, 1e5, 1e5], limits: [], loss })),
  ],
  // 3072-128-10 is 1,580,544 operations a sample.
  photographs: [
    { contender: sgd, hidden: 128, rates: [1e4, 1e4, 1e4], limits: [31.610_88, 31.610_88, 31.610_88], loss },
  ],
  sine: { ours: [9e4, 6e4, 8e4], theirs: [1000, 2000, 1000], losses: { ours: 0.01, theirs: 0.02 } },
  chores: {
    evaluation: { 10: { evaluation: [4e5, 6e5, 5e5], training: [2e5, 2e5, 2e5] } },
    heldOut: 10_000,
    tilesMs: 1,
    sheetMs: 2,
    unpacked: 0,
    gunzipMs: NaN,
    parseMs: NaN,
  },
  sizes: { wasm: bytes, javascript: bytes, later: bytes, markup: bytes },
  page: {},
});

test("a share of the limit is taken beside the limit of its own slice", () => {
  expect(found.training["784-10"]?.Brainbow).toMatchObject({
    ofLimit: 0.5,
    first: 1,
    later: 0.375,
    best: 0.5,
    samplesPerSecond: 1e6,
    gflops: 31.36,
  });
});

test("photographs are measured by the arithmetic of their own network", () => {
  expect(found.photographs["3072-128-10"]?.Brainbow).toMatchObject({ ofLimit: 0.5, samplesPerSecond: 1e4 });
  expect(print(found)).toContain("3072-128-10 on CIFAR-10");
});

test("steps of a small network are compared within the round", () => {
  expect(found.sine["1-3-3-1"]).toMatchObject({
    brainbowTimes: 80,
    stepsPerSecond: 8e4,
    tensorflowStepsPerSecond: 1000,
  });
  expect(print(found)).toContain("1-3-3-1 on a sine");
});

test("a peer is compared with Brainbow of the same optimizer", () => {
  const peers = found.peers["784-10"];
  expect(peers?.["ConvNetJS"]?.brainbowTimes).toBe(10);
  expect(peers?.["TensorFlow.js wasm, loop, Adam"]?.brainbowTimes).toBe(7);
});

test("what is printed names the machine, and puts ratios before absolutes", () => {
  const text = print(found);
  expect(text).toContain("a cpu, 3 cores, linux x64; Chromium 156");
  expect(text.indexOf("10.0 ×")).toBeGreaterThan(0);
  expect(text.indexOf("10.0 ×")).toBeLessThan(text.indexOf("1,000,000"));
  expect(text).not.toMatch(/NaN|undefined|null/);
  expect(JSON.stringify(found)).not.toContain("NaN");
});
