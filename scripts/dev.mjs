// `npm run dev [-- --port N] [--host]`: Vite's server, which shows every change of the page at once; when a crate
// changes the wasm package is built anew. Data comes from where `npm run data` put it, or BRAINBOW_DATA.
import { watch } from "node:fs";
import { join } from "node:path";
import { buildWasm } from "./build.mjs";
import { run } from "./children.mjs";
import { ROOT } from "./places.mjs";
import { setUp, tool } from "./setup.mjs";
import { command, Failure, step } from "./steps.mjs";

/** Rebuilds, one build after the other, however many changes come meanwhile. */
function rebuilder() {
  let building = false;
  let again = false;
  return async function rebuild() {
    if (building) return void (again = true);
    building = true;
    do {
      again = false;
      try {
        await step("wasm package", buildWasm);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        console.error(`\n${error.output}\n`);
      }
    } while (again);
    building = false;
  };
}

await command(import.meta.url, async () => {
  await setUp();
  await step("wasm package", buildWasm);
  const rebuild = rebuilder();
  /** @type {NodeJS.Timeout | undefined} */
  let soon;
  watch(join(ROOT, "crates"), { recursive: true }, (_event, file) => {
    if (!file || !/\.(rs|toml)$/.test(file)) return;
    clearTimeout(soon);
    soon = setTimeout(() => void rebuild(), 100);
  });
  const { code } = await run(process.execPath, [tool("vite"), ...process.argv.slice(2)], {
    cwd: ROOT,
    output: "inherit",
  });
  return code;
});
