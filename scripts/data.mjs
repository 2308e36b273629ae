// `npm run data [-- mnist|fashion-mnist|cifar10|howell|penguins …] [--data DIR]`: data sets into data/, from the folder that --data or
// BRAINBOW_DATA names, else from the public mirrors in turn. What is there already is checked, and kept.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { getCifar } from "./cifar.mjs";
import { bar, download } from "./download.mjs";
import { DATA, fromCaller } from "./places.mjs";
import { checkFiles, CIFAR10, FASHION, findPairs, flaw, MNIST } from "./sets.mjs";
import { command, Failure, note, step } from "./steps.mjs";
import { getTable, TABLES } from "./tables.mjs";
import { copyWhole } from "./whole.mjs";

const DATA_SETS = [MNIST.name, FASHION.name, CIFAR10.name, ...TABLES.map(({ name }) => name)];

/**
 * @typedef {object} Wish
 * @property {string | undefined} [from] a folder that has them
 * @property {string} [into] the folder that gets a `mnist`, a `fashion-mnist`
 * @property {string[]} [mirrors]
 * @property {import("./sets.mjs").DataFile[]} [files]
 * @property {number} [silence] how long a mirror may say nothing, in ms
 */

/**
 * @param {import("./sets.mjs").PairSet} set
 * @param {(doing: string) => void} say
 * @param {Wish} wish
 * @returns {Promise<string>} what there is to tell
 */
export async function getPairs(
  set,
  say,
  { from, into = DATA, mirrors = set.mirrors, files = set.files, silence } = {},
) {
  const folder = join(into, set.name);
  const missing = files.filter((file) => flaw(join(folder, file.name), file));
  if (missing.length === 0) return "four files, checked";
  mkdirSync(folder, { recursive: true });
  if (from !== undefined) {
    const source = findPairs(from, { ...set, files });
    checkFiles(source, files);
    for (const { name } of missing) copyWhole(join(source, name), join(folder, name));
    checkFiles(folder, files);
    return `copied from ${source}, checked`;
  }
  const all = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const hosts = new Set();
  let done = 0;
  for (const file of missing) {
    const mirror = await fromFirst(set.title, mirrors, async (mirror) => {
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
 * @param {string} title
 * @param {string[]} mirrors
 * @param {(mirror: string) => Promise<void>} get
 * @returns {Promise<string>} the one that served
 */
async function fromFirst(title, mirrors, get) {
  const reasons = [];
  for (const mirror of mirrors) {
    try {
      await get(mirror);
      return mirror;
    } catch (error) {
      reasons.push(`${new URL(mirror).host}: ${/** @type {Error} */ (error).message}`);
    }
  }
  throw new Failure(`no mirror could send ${title}.`, reasons.map((reason) => `    ${reason}`).join("\n"));
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
  const usage = `npm run data [-- ${DATA_SETS.join("|")}] [-- --data DIR]`;
  const { values, positionals } = readArguments(usage, { data: { type: "string" } });
  const unknown = positionals.find((name) => !DATA_SETS.includes(name));
  if (unknown) throw new Failure(`There is no data set "${unknown}" here: ${DATA_SETS.join(", ")}.`);
  const from = namedFolder(values.data);
  for (const name of positionals.length > 0 ? positionals : [MNIST.name]) {
    const table = TABLES.find((table) => table.name === name);
    if (table) await step(table.title, (say) => getTable(table, say, { from }));
    else if (name === CIFAR10.name) await step(CIFAR10.title, (say) => getCifar(say, { from }));
    else {
      const set = name === FASHION.name ? FASHION : MNIST;
      await step(set.title, (say) => getPairs(set, say, { from }));
    }
    note(`it lies in ${join(DATA, name)}`);
  }
}

await command(import.meta.url, main);
