// `npm run build [-- --data DIR]`: the wasm package and the page, into dist/; with --data the image sets of a folder
// go along, for a server that has no data of its own.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { readArguments } from "./arguments.mjs";
import { run } from "./children.mjs";
import { getCifar } from "./cifar.mjs";
import { getPairs } from "./data.mjs";
import { fingerprint, makeIfStale } from "./freshness.mjs";
import { DIST, fromCaller, ROOT } from "./places.mjs";
import { cargoEnvironment } from "./rust.mjs";
import { batchesIn, CIFAR10, FASHION, findPairs, MNIST } from "./sets.mjs";
import { setUp, tool } from "./setup.mjs";
import { command, Failure, follow, step } from "./steps.mjs";
import { findTable, getTable, listOf, TABLES } from "./tables.mjs";

const WASM = {
  from: () =>
    fingerprint(
      [
        "crates",
        "Cargo.toml",
        "Cargo.lock",
        ".cargo",
        "rust-toolchain.toml",
        "node_modules/binaryen/package.json",
      ],
      (file) => !/^crates\/[^/]+\/(tests|benches|examples)\//.test(file),
    ),
  to: () => fingerprint(["web/generated"]),
};

const PAGE = {
  from: () =>
    fingerprint(
      ["index.html", "web", "public", "vite.config.ts", "tsconfig.json", "package.json", "package-lock.json"],
      (file) => !file.endsWith(".test.ts"),
    ),
  to: () => fingerprint(["dist"], (file) => !/^dist\/data[/.]/.test(file)),
};

/** @param {(doing: string) => void} say */
export async function buildWasm(say) {
  const made = await makeIfStale("wasm", WASM, async () => {
    say("building (cargo xtask wasm)");
    const { code, output } = await run("cargo", ["xtask", "wasm"], {
      cwd: ROOT,
      env: cargoEnvironment(),
      onLine: follow(say),
    });
    if (code !== 0) throw new Failure("cargo xtask wasm failed.", output);
  });
  return made ? "built" : "up to date";
}

/** @param {(doing: string) => void} say */
export async function buildPage(say) {
  const made = await makeIfStale("page", PAGE, async () => {
    say("building (vite build)");
    const { code, output } = await run(process.execPath, [tool("vite"), "build"], { cwd: ROOT });
    if (code !== 0) throw new Failure("vite build failed.", output);
  });
  return made ? "built in dist/" : "up to date in dist/";
}

export async function build() {
  await step("wasm package", buildWasm);
  await step("page", buildPage);
}

/** @param {string} folder */
const isInDist = (folder) => folder === DIST || folder.startsWith(DIST + sep);

async function main() {
  const { values } = readArguments("npm run build [-- --data DIR]", { data: { type: "string" } });
  if (values.data !== undefined && isInDist(fromCaller(values.data)))
    throw new Failure(`${values.data} lies in dist/, which is made anew. Name a folder outside of it.`);
  await setUp();
  await build();
  const beside = join(DIST, "data");
  rmSync(beside, { recursive: true, force: true });
  if (values.data !== undefined) {
    const from = fromCaller(values.data);
    await step(MNIST.title, (say) => getPairs(MNIST, say, { from, into: beside }));
    if (existsSync(findPairs(from, FASHION)))
      await step(FASHION.title, (say) => getPairs(FASHION, say, { from, into: beside }));
    if (batchesIn(join(from, CIFAR10.name)).length > 1)
      await step(CIFAR10.title, (say) => getCifar(say, { from, into: beside }));
    for (const table of TABLES.filter((table) => findTable(from, table) !== undefined))
      await step(table.title, (say) => getTable(table, say, { from, into: beside }));
  }
  writeFileSync(join(DIST, "data.json"), `${JSON.stringify(listOf(beside))}\n`);
}

await command(import.meta.url, main);
