// All that `npm test` runs, cheapest first.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { countCargo, countNode, countOne, countPlaywright, countReport, countVitest } from "./counting.mjs";
import { ROOT, TEST_OUTPUT } from "./places.mjs";
import { testsWithout } from "./needs.mjs";
import { tool } from "./setup.mjs";

export const PARTS = /** @type {const} */ (["lint", "scripts", "rust", "worker", "page"]);

/**
 * @typedef {object} Check
 * @property {typeof PARTS[number]} part
 * @property {string} title
 * @property {string} doing
 * @property {"wasm" | "page" | import("./browsers.mjs").Browser} [needs] what must have succeeded before
 * @property {(sets: readonly string[]) => string[]} line the command, where these sets of real data are there
 * @property {(sets: readonly string[]) => string[]} [leaves] tests that this command leaves out without a word
 * @property {Record<string, string>} [env]
 * @property {(code: number, output: string) => import("./counting.mjs").Count} count
 */

/**
 * @param {string} name
 * @param {string} [program]
 */
const node = (name, program) => [process.execPath, tool(name, program)];

/** @param {RegExp} pattern */
const scripts = (pattern) =>
  readdirSync(join(ROOT, "scripts"))
    .filter((name) => pattern.test(name))
    .map((name) => join("scripts", name));

const vitestReport = join(TEST_OUTPUT, "vitest.json");

/**
 * The page, in one browser: what a project of playwright.config.ts names.
 * @param {import("./browsers.mjs").Browser} browser
 * @param {string} [project]
 * @returns {Check}
 */
function pageIn(browser, project = browser) {
  const report = join(TEST_OUTPUT, `playwright-${project}.json`);
  return {
    part: "page",
    title: project,
    doing: `the built page in ${browser} (playwright)`,
    needs: browser,
    line: () => [
      ...node("@playwright/test", "playwright"),
      "test",
      `--project=${project}`,
      "--reporter=list,json",
      `--output=${join(TEST_OUTPUT, `playwright-${project}`)}`,
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: () => countReport(report, countPlaywright),
  };
}

/** @type {Check[]} */
export const CHECKS = [
  {
    part: "lint",
    title: "format",
    doing: "prettier --check",
    line: () => [...node("prettier"), "--check", "--cache", "--cache-strategy", "content", "."],
    count: countOne,
  },
  {
    part: "lint",
    title: "format of Rust",
    doing: "cargo fmt --check",
    line: () => ["cargo", "fmt", "--all", "--check"],
    count: countOne,
  },
  {
    part: "lint",
    title: "oxlint",
    doing: "oxlint",
    line: () => [...node("oxlint"), "--deny-warnings"],
    count: countOne,
  },
  {
    part: "scripts",
    title: "commands",
    doing: "the commands' own tests (node --test)",
    line: () => [process.execPath, "--test", "--test-reporter=spec", ...scripts(/(?<!\.built)\.test\.mjs$/)],
    count: (_code, output) => countNode(output),
  },
  {
    part: "lint",
    title: "types",
    doing: "tsc",
    needs: "wasm",
    line: () => [...node("typescript", "tsc"), "--noEmit"],
    count: countOne,
  },
  {
    part: "lint",
    title: "clippy",
    doing: "cargo clippy",
    line: () => ["cargo", "clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    count: countOne,
  },
  {
    part: "rust",
    title: "Rust",
    doing: "cargo test",
    // A test that needs real data is `#[ignore = "needs real MNIST"]`: all are run but those whose data is missing.
    line: (sets) => [
      "cargo",
      "test",
      "--workspace",
      "--no-fail-fast",
      "--",
      "--include-ignored",
      ...testsWithout(sets).flatMap((name) => ["--skip", name]),
    ],
    leaves: testsWithout,
    count: (_code, output) => countCargo(output),
  },
  {
    part: "worker",
    title: "worker",
    doing: "the worker with the real wasm in Node, and the page's parts (vitest)",
    needs: "wasm",
    line: () => [
      ...node("vitest"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${vitestReport}`,
    ],
    count: () => countReport(vitestReport, countVitest),
  },
  {
    part: "page",
    title: "start",
    doing: "npm start with the built page (node --test)",
    needs: "page",
    line: () => [process.execPath, "--test", "--test-reporter=spec", ...scripts(/\.built\.test\.mjs$/)],
    count: (_code, output) => countNode(output),
  },
  pageIn("chromium"),
  pageIn("chromium", "chromium-alone"),
  pageIn("firefox"),
];
