// How many tests passed, failed and were left out, read from what each runner says about itself.
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} leftOut their names
 */

/**
 * A check without tests inside: formatting, types, lint.
 * @param {number} code the exit code
 * @returns {Count}
 */
export function countOne(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, leftOut: [] };
}

/**
 * cargo test: a line `test result: ok. 12 passed; 0 failed; 1 ignored; …` for each binary.
 * @param {string} output
 * @returns {Count}
 */
export function countCargo(output) {
  const text = stripVTControlCharacters(output);
  const results = [...text.matchAll(/^test result: .*? (\d+) passed; (\d+) failed;/gm)];
  return {
    passed: sum(results.map(([, passed]) => Number(passed))),
    failed: sum(results.map(([, , failed]) => Number(failed))),
    leftOut: [...text.matchAll(/^test (.+?) \.\.\. ignored/gm)].map(([, name]) => String(name)),
  };
}

/**
 * node --test with the spec reporter: lines `ℹ pass 3`.
 * @param {string} output
 * @returns {Count}
 */
export function countNode(output) {
  const text = stripVTControlCharacters(output);
  /** @param {string} word */
  const number = (word) =>
    sum([...text.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, "gm"))].map(([, n]) => Number(n)));
  const leftOut = [...text.matchAll(/^\s*﹣ (.+?) \([\d.]+ms\)/gm)].map(([, name]) => String(name));
  return { passed: number("pass"), failed: number("fail") + number("cancelled"), leftOut };
}

/**
 * Vitest's JSON report. A file that could not even be loaded has no tests to fail; it counts as one.
 * @param {any} report
 * @returns {Count}
 */
export function countVitest(report) {
  const files = /** @type {any[]} */ (report.testResults);
  const tests = files.flatMap((file) => file.assertionResults);
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(isStatus("failed")),
  );
  return {
    passed: tests.filter(isStatus("passed")).length,
    failed: tests.filter(isStatus("failed")).length + broken.length,
    leftOut: tests.filter((test) => !["passed", "failed"].includes(test.status)).map((test) => test.fullName),
  };
}

/** @param {string} status */
const isStatus = (status) => (/** @type {{ status: string }} */ test) => test.status === status;

/**
 * Playwright's JSON report: suites hold suites and specs, a spec one test for each project. A test that did not run
 * because another one failed is not left out on purpose: it counts as failed, and so does one that had luck later.
 * @param {any} report
 * @returns {Count}
 */
export function countPlaywright(report) {
  /** @type {Count} */
  const count = { passed: 0, failed: report.errors.length, leftOut: [] };
  /**
   * @param {any} suite
   * @param {string[]} titles
   */
  const visit = (suite, titles) => {
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const onPurpose = test.annotations.some(
          (/** @type {any} */ { type }) => type === "skip" || type === "fixme",
        );
        if (test.status === "expected") count.passed++;
        else if (test.status === "skipped" && onPurpose)
          count.leftOut.push([...titles, spec.title].join(" › "));
        else count.failed++;
      }
    }
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  return count;
}

/**
 * What a runner's exit code adds: one that fails without a failed test has failed itself, and so has one that ends
 * well without a test.
 * @param {Count} count
 * @param {number} code
 * @returns {Count}
 */
export function withExitCode(count, code) {
  const ran = count.passed + count.failed + count.leftOut.length > 0;
  if (count.failed > 0 || (code === 0 && ran)) return count;
  return { ...count, failed: 1 };
}

/**
 * A report that a runner wrote, or nothing if it did not come to that.
 * @param {string} path
 * @param {(report: any) => Count} count
 * @returns {Count}
 */
export function countReport(path, count) {
  try {
    return count(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { passed: 0, failed: 0, leftOut: [] };
  }
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
