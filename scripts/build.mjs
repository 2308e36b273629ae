// `npm run build [-- --data DIR]`: the wasm package and the page, into dist/; with --data MNIST goes along, for a
// server that has no data of its own.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { run } from "./children.mjs";
import { fingerprint, makeIfStale } from "./freshness.mjs";
import { checkMnist, FILES, findMnist, setsIn } from "./mnist.mjs";
import { DIST, fromCaller, ROOT } from "./places.mjs";
import { cargoEnvironment } from "./rust.mjs";
import { setUp, tool } from "./setup.mjs";
import { command, Failure, follow, step } from "./steps.mjs";

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

async function main() {
  const { values } = readArguments("npm run build [-- --data DIR]", { data: { type: "string" } });
  await setUp();
  await build();
  const beside = join(DIST, "data");
  rmSync(beside, { recursive: true, force: true });
  if (values.data !== undefined) {
    const folder = findMnist(fromCaller(values.data));
    await step("MNIST", () => {
      checkMnist(folder);
      mkdirSync(join(beside, "mnist"), { recursive: true });
      for (const { name } of FILES) copyFileSync(join(folder, name), join(beside, "mnist", name));
      return "checked and copied to dist/data/mnist";
    });
  }
  writeFileSync(join(DIST, "data.json"), `${JSON.stringify(setsIn(beside))}\n`);
}

await command(import.meta.url, main);
