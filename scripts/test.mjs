// `npm test [-- lint|scripts|rust|worker|page]`: sets up and runs everything, or one part of it, and goes on after a
// failure, so that the last line is the total over all of it: `N passed, N failed`.
//   BRAINBOW_DATA         a folder with image sets; without one (and without data/) the tests that need them are left out
//   BRAINBOW_REQUIRE_ALL  1: nothing may be left out
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { NAMES, missingBrowsers, setUpBrowsers } from "./browsers.mjs";
import { buildPage, buildWasm } from "./build.mjs";
import { CHECKS, PARTS } from "./checks.mjs";
import { run } from "./children.mjs";
import { withExitCode } from "./counting.mjs";
import { getPairs, namedFolder } from "./data.mjs";
import { DATA, ROOT, TEST_OUTPUT } from "./places.mjs";
import { cargoEnvironment } from "./rust.mjs";
import {
  batchesIn,
  batchFlaw,
  checkFiles,
  CIFAR10,
  FASHION,
  findPairs,
  flaw,
  MNIST,
  setsIn,
} from "./sets.mjs";
import { setUp } from "./setup.mjs";
import { bold, command, dim, duration, Failure, follow, red, step, yellow } from "./steps.mjs";
import { TABLES, tablesIn } from "./tables.mjs";

/** Longer than this no check takes; one that hangs is ended and shows what it said. */
const LIMIT_S = 20 * 60;
const TITLES = [MNIST, FASHION, CIFAR10, ...TABLES].map(({ title }) => title);
const requireAll = process.env.BRAINBOW_REQUIRE_ALL === "1";

const total = { passed: 0, failed: 0 };
/** @type {{ what: string, why: string }[]} */
const leftOut = [];

/**
 * Does a step that others need; a failure counts, and is what they hear.
 * @param {() => Promise<unknown>} act
 * @returns {Promise<boolean>} whether it succeeded
 */
async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    total.failed++;
    if (error instanceof Failure && error.output) console.log(`\n${error.output}\n`);
    if (!(error instanceof Failure)) console.error(error);
    return false;
  }
}

/**
 * Where the tests find real data, and which sets of it: a folder that holds a `mnist/`, a `cifar10/`, …
 * @typedef {{ folder: string, sets: string[] }} Real
 */

/** @returns {Promise<Real | undefined>} */
async function findData() {
  const named = namedFolder(undefined);
  if (named === undefined) {
    const sets = titlesIn(DATA);
    return sets.length > 0 ? { folder: DATA, sets } : undefined;
  }
  /** @type {Real | undefined} */
  let real;
  await attempt(() =>
    step("real data", async (say) => {
      let folder = named;
      if (findPairs(named) === named) {
        folder = DATA;
        await getPairs(MNIST, say, { from: named }); // The tests look for a `mnist/`.
      }
      const sets = titlesIn(folder);
      if (sets.length === 0) throw new Failure(`There is none of ${TITLES.join(", ")} in ${named}.`);
      real = { folder, sets };
      return `${sets.join(", ")}: checked`;
    }),
  );
  return real;
}

/**
 * The sets of a folder that are as published; one that is there and broken is an error.
 * @param {string} folder
 */
function titlesIn(folder) {
  const { sets } = setsIn(folder);
  for (const set of [MNIST, FASHION])
    if (sets.includes(set.link)) checkFiles(findPairs(folder, set), set.files);
  for (const { name, batch } of batchesIn(join(folder, CIFAR10.name))) {
    const wrong = batchFlaw(join(folder, CIFAR10.name, name), batch);
    if (wrong) throw new Failure(`${join(folder, CIFAR10.name, name)}: ${wrong}.`);
  }
  const tables = tablesIn(folder);
  const here = TABLES.filter(({ name }) => tables[name] !== undefined);
  for (const { name, file } of here) {
    const wrong = flaw(join(folder, String(tables[name])), file);
    if (wrong) throw new Failure(`${file.name} in ${folder}: ${wrong}.`);
  }
  const images = [MNIST, FASHION, CIFAR10].filter(({ link }) => sets.includes(link));
  return [...images, ...here].map(({ title }) => title);
}

/** The browsers that are here, after those that may be installed have been. */
async function findBrowsers() {
  try {
    await step("browsers", setUpBrowsers);
    return NAMES;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.output) console.log(`\n${error.output}\n`);
    const missing = await missingBrowsers();
    for (const name of missing) leftOut.push({ what: `page in ${name}`, why: "the browser is missing" });
    if (missing.length === NAMES.length && !requireAll) total.failed++;
    return NAMES.filter((name) => !missing.includes(name));
  }
}

/**
 * @param {import("./checks.mjs").Check} check
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} sets of real data that are there
 */
async function runCheck(check, env, sets) {
  const [program = "", ...args] = check.line(sets);
  const log = join(TEST_OUTPUT, "logs", `${check.title.replaceAll(" ", "-")}.log`);
  await step(check.title, async (say) => {
    say(check.doing);
    const onLine = follow(say);
    const ended = await run(program, args, {
      cwd: ROOT,
      env: { ...env, ...check.env },
      onLine,
      limit: LIMIT_S,
    });
    writeFileSync(log, ended.output);
    const count = withExitCode(check.count(ended.code, ended.output), ended.code);
    total.passed += count.passed;
    total.failed += count.failed;
    const names = [...count.leftOut, ...(check.leaves?.(sets) ?? [])];
    for (const name of names) leftOut.push({ what: `${check.title}: ${name}`, why: "needs real data" });
    const told = `${count.passed} passed${names.length ? `, ${names.length} left out` : ""}`;
    if (count.failed === 0) return told;
    const late = ended.timedOut ? `, ended after ${LIMIT_S / 60} minutes` : "";
    throw new Failure(`${count.failed} failed, ${told}${late}`, ended.output);
  }).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    console.log(`\n${error.output}\n`);
  });
}

/** @param {readonly string[]} parts */
async function runAll(parts) {
  const checks = CHECKS.filter(({ part }) => parts.includes(part));
  const data = await findData();
  const { BRAINBOW_DATA: _, ...env } = cargoEnvironment();
  if (data !== undefined) env.BRAINBOW_DATA = data.folder;
  if (process.stdout.isTTY && !process.env.NO_COLOR)
    Object.assign(env, { FORCE_COLOR: "1", CARGO_TERM_COLOR: "always" });

  /** @type {Record<string, () => Promise<boolean>>} */
  const preparations = {
    wasm: once(() => attempt(() => step("wasm package", buildWasm))),
    page: once(async () => (await preparations.wasm?.()) === true && attempt(() => step("page", buildPage))),
  };
  const browsers = once(findBrowsers);
  for (const name of NAMES) preparations[name] = async () => (await preparations.page?.()) === true;

  for (const check of checks) {
    if (check.needs && !(await preparations[check.needs]?.())) {
      total.failed++;
      console.log(`${red("✗")} ${bold(check.title.padEnd(16))} not run: what it needs could not be built`);
      continue;
    }
    const browser = NAMES.find((name) => name === check.needs);
    if (browser && !(await browsers()).includes(browser)) continue;
    await runCheck(check, env, data?.sets ?? []);
  }
}

/**
 * @template T
 * @param {() => Promise<T>} act
 * @returns {() => Promise<T>}
 */
function once(act) {
  /** @type {Promise<T> | undefined} */
  let result;
  return () => (result ??= act());
}

function tellLeftOut() {
  if (leftOut.length === 0) return;
  const verdict = requireAll ? red("failed, because nothing may be left out") : yellow("left out");
  console.log(`\n  ${leftOut.length} ${verdict}:`);
  for (const { what, why } of leftOut) console.log(`    ${what} ${dim(`(${why})`)}`);
  if (leftOut.some(({ why }) => /real data/.test(why)))
    console.log("  `npm run data -- mnist fashion-mnist cifar10 howell penguins` brings it.");
  if (requireAll) total.failed += leftOut.length;
}

await command(import.meta.url, async () => {
  const { positionals } = readArguments(`npm test [-- ${PARTS.join("|")}]`, {});
  const unknown = positionals.find((part) => !PARTS.some((known) => known === part));
  if (unknown) throw new Failure(`There is no part "${unknown}": ${PARTS.join(", ")}.`);
  rmSync(TEST_OUTPUT, { recursive: true, force: true });
  mkdirSync(join(TEST_OUTPUT, "logs"), { recursive: true });
  if (await attempt(setUp)) await runAll(positionals.length ? positionals : PARTS);
  tellLeftOut();
  console.log(`\n  ${duration(performance.now())} in all`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
