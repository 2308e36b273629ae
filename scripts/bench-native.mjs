// `npm run bench:native [-- --quick] [--python PROGRAM]`: PyTorch and NumPy, one thread each, beside the native engine,
// alternated; prints ratios, then absolutes, and, last, one line of JSON.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { startAnswering } from "../tests/bench/native/answering.mjs";
import { measureNative, OURS, PEERS } from "../tests/bench/native/measure.mjs";
import { figure, table, times } from "../tests/bench/table.mjs";
import { readArguments } from "./arguments.mjs";
import { run } from "./children.mjs";
import { findPairs, setsIn } from "./sets.mjs";
import { dataFolder, ROOT } from "./places.mjs";
import { cargoEnvironment, setUpRust } from "./rust.mjs";
import { checkNode } from "./setup.mjs";
import { command, Failure, follow, note, step } from "./steps.mjs";

const USAGE = "npm run bench:native [-- --quick] [--python PROGRAM]";
const HOW = `To measure them too, from this folder:
    python3 -m venv target/python && target/python/bin/pip install numpy torch==2.12.1
    npm run bench:native -- --python target/python/bin/python`;

async function main() {
  const options = { quick: { type: "boolean" }, python: { type: "string" } };
  const { values } = readArguments(USAGE, /** @type {const} */ (options));
  checkNode();
  await step("Rust toolchain", setUpRust);
  await step("native engine", buildEngine);
  const folder = setsIn(dataFolder()).sets.includes("mnist") ? [findPairs(dataFolder())] : [];
  const python = await startPython(values.python, folder);
  const engine = startAnswering(join(ROOT, "target", "release", "examples", "slices"), folder);
  const rounds = values.quick ? 9 : 15;
  /** @type {Awaited<ReturnType<typeof measureNative>>} */
  let found = {};
  await step("measurement", async (say) => {
    found = await measureNative(engine, python, { rounds, ms: values.quick ? 100 : 400, say });
    return `${rounds} rounds`;
  });
  engine.close();
  python?.program.close();
  const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length };
  const data = folder.length > 0 ? "MNIST" : "generated digits";
  console.log(`\n${machine.cpu}, ${machine.cores} cores; ${data}, batch 64, bytes in, one thread each`);
  if (python) console.log(`PyTorch ${python.there.torch ?? "is not there"}, NumPy ${python.there.numpy}`);
  console.log(`\n${tables(found, python !== null)}\n`);
  console.log(JSON.stringify({ machine, data, rounds, peers: python?.there ?? null, training: found }));
}

/** @param {(doing: string) => void} say */
async function buildEngine(say) {
  say("building (cargo build --release)");
  const args = ["build", "--release", "--package", "brainbow", "--example", "slices"];
  const { code, output } = await run("cargo", args, {
    cwd: ROOT,
    env: cargoEnvironment(),
    onLine: follow(say),
  });
  if (code !== 0) throw new Failure("cargo build failed.", output);
  return "built";
}

/**
 * @param {string | undefined} given
 * @param {string[]} folder
 */
async function startPython(given, folder) {
  const candidates = given === undefined ? ["python3", "python"] : [given];
  const found = candidates.find(
    (program) => spawnSync(program, ["-c", "import numpy"], { stdio: "ignore" }).status === 0,
  );
  if (found === undefined) {
    if (given !== undefined) throw new Failure(`${given} is no Python with NumPy. ${HOW}`);
    note(`There is no Python with NumPy and PyTorch: the engine is measured alone. ${HOW}`);
    return null;
  }
  const program = startAnswering(found, [join(ROOT, "tests/bench/native/peers.py"), ...folder]);
  const there = /** @type {Record<string, string | null>} */ (await program.hear());
  if (there.torch === null) note(`This Python has NumPy alone. ${HOW}`);
  return { program, there };
}

/**
 * @param {Awaited<ReturnType<typeof measureNative>>} found
 * @param {boolean} compared
 */
function tables(found, compared) {
  const shapes = Object.keys(found);
  /** @param {readonly import("../tests/bench/native/measure.mjs").Line[]} lines @param {(cell: any) => string} cell */
  const rows = (lines, cell) =>
    table(
      ["", ...shapes],
      lines.map(({ name }) => [name, ...shapes.map((shape) => cell(found[shape]?.[name]))]),
    );
  const title = "How many times as fast as each peer the native engine learns (same optimizer)";
  const ratios = compared ? [title, rows(PEERS, (cell) => times(cell?.brainbowTimes)), ""] : [];
  const lines = compared ? [...OURS, ...PEERS] : OURS;
  return [...ratios, "Samples a second", rows(lines, (cell) => figure(cell?.samplesPerSecond))].join("\n");
}

await command(import.meta.url, main);
