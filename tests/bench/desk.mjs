// Node's end of the benchmark's page: built, served, opened; questions go to its workers by name.
import { run } from "../../scripts/children.mjs";
import { fingerprint, makeIfStale } from "../../scripts/freshness.mjs";
import { join } from "node:path";
import { dataFolder, ROOT } from "../../scripts/places.mjs";
import { serve } from "../../scripts/serve.mjs";
import { tool } from "../../scripts/setup.mjs";
import { Failure } from "../../scripts/steps.mjs";

const BUILT = join(ROOT, "target", "bench");

const PAGE = {
  from: () =>
    fingerprint(["tests/bench", "web", "package-lock.json"], (file) => !/\.(test\.ts|py)$/.test(file)),
  to: () => fingerprint(["target/bench"]),
};

/** @param {(doing: string) => void} say */
export async function buildDesk(say) {
  const made = await makeIfStale("bench", PAGE, async () => {
    say("building (vite build)");
    const line = [tool("vite"), "build", "--config", "tests/bench/vite.config.ts"];
    const { code, output } = await run(process.execPath, line, { cwd: ROOT });
    if (code !== 0) throw new Failure("vite build of tests/bench failed.", output);
  });
  return made ? "built in target/bench/" : "up to date in target/bench/";
}

/**
 * @typedef {object} Desk
 * @property {(name: string, kind: string) => Promise<void>} start
 * @property {(name: string, method: string, argument?: unknown) => Promise<any>} ask
 * @property {(from: string, run: unknown, to: string[]) => Promise<number>} share
 * @property {(name: string) => Promise<void>} stop
 * @property {() => Promise<void>} close
 */

/**
 * @param {import("playwright-core").Browser} browser
 * @returns {Promise<Desk>}
 */
export async function openDesk(browser) {
  const site = await serve({ root: BUILT, data: dataFolder() });
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction("globalThis.desk");
  /** @type {(method: string, ...args: unknown[]) => Promise<any>} */
  const call = (method, ...args) =>
    page.evaluate(
      ([name, given]) => /** @type {any} */ (globalThis).desk[name](...given),
      /** @type {const} */ ([method, args]),
    );
  return {
    start: (name, kind) => call("start", name, kind),
    ask: (name, method, argument = null) => call("ask", name, method, argument),
    share: (from, given, to) => call("share", from, given, to),
    stop: (name) => call("stop", name),
    close: async () => {
      await page.close();
      await site.close();
    },
  };
}
