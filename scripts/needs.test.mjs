import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { testsWithout } from "./needs.mjs";

test("a test whose data is missing is named by its reason, wherever it lies", () => {
  const folder = mkdtempSync(join(tmpdir(), "brainbow-needs-"));
  const source = (/** @type {string} */ set, /** @type {string} */ name) =>
    `#[test]\n#[ignore = "needs real ${set}"]\nfn ${name}() {}\n`;
  mkdirSync(join(folder, "core", "tests"), { recursive: true });
  writeFileSync(join(folder, "core", "a.rs"), source("MNIST", "digits") + "#[test]\nfn anything() {}\n");
  writeFileSync(join(folder, "core", "tests", "b.rs"), source("CIFAR-10", "birds") + source("MNIST", "more"));
  assert.deepEqual(testsWithout([], folder).toSorted(), ["birds", "digits", "more"]);
  assert.deepEqual(testsWithout(["MNIST"], folder), ["birds"]);
  assert.deepEqual(testsWithout(["MNIST", "CIFAR-10"], folder), []);
  rmSync(folder, { recursive: true });
});

test("of the project's own tests some need MNIST and some CIFAR-10", () => {
  assert.ok(testsWithout(["MNIST"]).length > 0 && testsWithout(["CIFAR-10"]).length > 0);
  assert.deepEqual(testsWithout(["MNIST", "Fashion-MNIST", "CIFAR-10", "Howell"]), []);
});
