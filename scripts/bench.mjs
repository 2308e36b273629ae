// `npm run bench [-- --quick]`: measures the built page in Chromium and prints a table and, last, one line of JSON.
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { setUpBrowsers } from "./browsers.mjs";
import { build } from "./build.mjs";
import { dataFolder, DIST, ROOT } from "./places.mjs";
import { serve } from "./serve.mjs";
import { setUp } from "./setup.mjs";
import { command, step } from "./steps.mjs";

async function main() {
  const { values } = readArguments("npm run bench [-- --quick]", { quick: { type: "boolean" } });
  await setUp();
  await build();
  await step("browsers", setUpBrowsers);
  const site = await serve({ root: DIST, data: dataFolder() });
  try {
    // The measurement needs node packages, which are there only now.
    const { measurePage } = await import(pathToFileURL(join(ROOT, "tests/bench/page.mjs")).href);
    const figures = await measurePage(site.url, { seconds: values.quick ? 10 : 30 });
    console.log(`\n${table(figures)}\n\n${JSON.stringify(figures)}`);
  } finally {
    await site.close();
  }
}

/** @param {Record<string, unknown>} figures */
function table(figures) {
  const lines = Object.entries(figures).map(
    ([name, value]) => `  ${name.padEnd(26)} ${JSON.stringify(value)}`,
  );
  return lines.join("\n");
}

await command(import.meta.url, main);
