import assert from "node:assert/strict";
import { test } from "node:test";
import { countCargo, countNode, countOne, countPlaywright, countVitest, withExitCode } from "./counting.mjs";

test("a check without tests inside is one", () => {
  assert.deepEqual(countOne(0), { passed: 1, failed: 0, leftOut: [] });
  assert.deepEqual(countOne(2), { passed: 0, failed: 1, leftOut: [] });
});

test("cargo's binaries are added up, colours or not, and ignored tests are named", () => {
  const output = `
running 3 tests
test layer::adds ... \x1b[32mok\x1b[0m
test reads_mnist ... \x1b[33mignored\x1b[0m, needs real MNIST
test breaks ... \x1b[31mFAILED\x1b[0m

test result: \x1b[31mFAILED\x1b[0m. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests brainbow
test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.20s
`;
  assert.deepEqual(countCargo(output), { passed: 5, failed: 1, leftOut: ["reads_mnist"] });
});

test("node's closing lines are read, cancelled is failed", () => {
  const output =
    "✔ a (1.2ms)\n﹣ later (0.1ms) # SKIP\nℹ tests 5\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\n";
  assert.deepEqual(countNode(output), { passed: 2, failed: 2, leftOut: ["later"] });
});

test("a file that vitest could not load counts as one failure", () => {
  const report = {
    testResults: [
      {
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "a" },
          { status: "failed", fullName: "b" },
          { status: "skipped", fullName: "c on real MNIST" },
        ],
      },
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{ status: "passed", fullName: "d" }] },
    ],
  };
  assert.deepEqual(countVitest(report), { passed: 2, failed: 2, leftOut: ["c on real MNIST"] });
});

test("with playwright, what did not run because of a failure has failed too", () => {
  /** @param {string} status @param {string} [annotation] */
  const spec = (status, annotation) => ({
    title: annotation ?? status,
    tests: [{ status, annotations: annotation ? [{ type: annotation }] : [] }],
  });
  const report = {
    errors: [],
    suites: [
      {
        title: "page.spec.ts",
        specs: [spec("expected"), spec("unexpected"), spec("flaky")],
        suites: [{ title: "matrix", specs: [spec("skipped"), spec("skipped", "skip"), spec("expected")] }],
      },
    ],
  };
  assert.deepEqual(countPlaywright(report), {
    passed: 2,
    failed: 3,
    leftOut: ["page.spec.ts › matrix › skip"],
  });
  assert.equal(countPlaywright({ errors: [{ message: "no server" }], suites: [] }).failed, 1);
});

test("a runner that ends badly without a failed test, or well without a test, has failed", () => {
  const none = { passed: 0, failed: 0, leftOut: [] };
  const good = { passed: 3, failed: 0, leftOut: [] };
  const bad = { passed: 3, failed: 2, leftOut: [] };
  assert.equal(withExitCode(good, 0).failed, 0);
  assert.equal(withExitCode(good, 1).failed, 1);
  assert.equal(withExitCode(bad, 1).failed, 2);
  assert.equal(withExitCode(none, 0).failed, 1);
  assert.equal(withExitCode({ ...none, leftOut: ["a"] }, 0).failed, 0);
});
