// `npm run data [-- mnist] [--data DIR]`: MNIST into data/mnist, from the folder that --data or BRAINBOW_DATA names,
// else from the public mirrors in turn. What is there already is checked, and kept.
import { copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { bar, download } from "./download.mjs";
import { checkMnist, FILES, findMnist, flaw, MIRRORS } from "./mnist.mjs";
import { DATA, fromCaller } from "./places.mjs";
import { command, Failure, note, step } from "./steps.mjs";

const DATA_SETS = ["mnist"];

/**
 * @typedef {object} Wish
 * @property {string | undefined} [from] a folder that has them
 * @property {string} [into] the folder that gets a `mnist`
 * @property {string[]} [mirrors]
 * @property {import("./mnist.mjs").DataFile[]} [files]
 * @property {number} [silence] how long a mirror may say nothing, in ms
 */

/**
 * @param {(doing: string) => void} say
 * @param {Wish} wish
 * @returns {Promise<string>} what there is to tell
 */
export async function getMnist(say, { from, into = DATA, mirrors = MIRRORS, files = FILES, silence } = {}) {
  const folder = join(into, "mnist");
  const missing = files.filter((file) => flaw(join(folder, file.name), file));
  if (missing.length === 0) return "four files, checked";
  mkdirSync(folder, { recursive: true });
  if (from !== undefined) {
    const source = findMnist(from, files);
    checkMnist(source, files);
    for (const { name } of missing) copyWhole(join(source, name), join(folder, name));
    checkMnist(folder, files);
    return `copied from ${source}, checked`;
  }
  const all = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const hosts = new Set();
  let done = 0;
  for (const file of missing) {
    const mirror = await fromFirst(mirrors, async (mirror) => {
      say(`downloading from ${new URL(mirror).host}`);
      const show = process.stdout.isTTY
        ? (/** @type {number} */ bytes) => say(bar(done + bytes, all))
        : () => {};
      await download(mirror + file.name, file, join(folder, file.name), show, silence);
    });
    // The others are most likely to come from where the first one came.
    mirrors = [mirror, ...mirrors.filter((other) => other !== mirror)];
    hosts.add(new URL(mirror).host);
    done += file.bytes;
  }
  return `downloaded ${(all / 1e6).toFixed(1)} MB from ${[...hosts].join(", ")}, checked`;
}

/**
 * @param {string[]} mirrors
 * @param {(mirror: string) => Promise<void>} get
 * @returns {Promise<string>} the one that served
 */
async function fromFirst(mirrors, get) {
  const reasons = [];
  for (const mirror of mirrors) {
    try {
      await get(mirror);
      return mirror;
    } catch (error) {
      reasons.push(`${new URL(mirror).host}: ${/** @type {Error} */ (error).message}`);
    }
  }
  throw new Failure("no mirror could send MNIST.", reasons.map((reason) => `    ${reason}`).join("\n"));
}

/**
 * @param {string} source
 * @param {string} target
 */
function copyWhole(source, target) {
  const part = `${target}.${process.pid}.part`;
  try {
    copyFileSync(source, part);
    renameSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
}

/**
 * The folder a person named, if any.
 * @param {string | undefined} option
 */
export function namedFolder(option) {
  const named = option ?? (process.env.BRAINBOW_DATA || undefined);
  return named === undefined ? undefined : fromCaller(named);
}

async function main() {
  const usage = "npm run data [-- mnist] [-- --data DIR]";
  const { values, positionals } = readArguments(usage, { data: { type: "string" } });
  const unknown = positionals.find((name) => !DATA_SETS.includes(name));
  if (unknown) throw new Failure(`There is no data set "${unknown}" here: ${DATA_SETS.join(", ")}.`);
  await step("MNIST", (say) => getMnist(say, { from: namedFolder(values.data) }));
  note(`it lies in ${join(DATA, "mnist")}`);
}

await command(import.meta.url, main);
