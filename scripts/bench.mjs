// `npm run bench [-- --quick]`: measures the built module and its peers in Chromium, interleaved in one run, and the
// built page; prints tables and, last, one line of JSON. How to read it stands in CONTRIBUTING.
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { setUpBrowsers } from "./browsers.mjs";
import { build } from "./build.mjs";
import { ROOT } from "./places.mjs";
import { setUp } from "./setup.mjs";
import { command, step } from "./steps.mjs";

async function main() {
  const { values } = readArguments("npm run bench [-- --quick]", { quick: { type: "boolean" } });
  await setUp();
  await build();
  await step("browsers", setUpBrowsers);
  // The measurement needs node packages, which are there only now.
  const bench = (/** @type {string} */ file) => import(pathToFileURL(join(ROOT, "tests/bench", file)).href);
  const { buildDesk } = await bench("desk.mjs");
  await step("benchmark's page", buildDesk);
  const { EFFORTS, measure } = await bench("run.mjs");
  const effort = values.quick ? EFFORTS.quick : EFFORTS.full;
  /** @type {any} */
  let figures;
  await step("measurement", async (say) => {
    figures = await measure(effort, say);
    return `${effort.rounds} rounds`;
  });
  const { report } = await bench("report.mjs");
  const { print } = await bench("print.mjs");
  const found = report(figures);
  console.log(`\n${print(found)}\n\n${JSON.stringify(found)}`);
}

await command(import.meta.url, main);
