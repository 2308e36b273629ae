// MNIST's four original files: what they are called, how to know them, where they are to be had.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./steps.mjs";

/** @typedef {{ name: string, bytes: number, sha256: string }} DataFile */

/** @type {DataFile[]} */
export const FILES = [
  {
    name: "train-images-idx3-ubyte.gz",
    bytes: 9_912_422,
    sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
  },
  {
    name: "train-labels-idx1-ubyte.gz",
    bytes: 28_881,
    sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
  },
  {
    name: "t10k-images-idx3-ubyte.gz",
    bytes: 1_648_877,
    sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
  },
  {
    name: "t10k-labels-idx1-ubyte.gz",
    bytes: 4_542,
    sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
  },
];

/** Public mirrors, in the order in which they are asked; each has the four files under their names. */
export const MIRRORS = [
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://cdn.jsdelivr.net/gh/fgnt/mnist/",
];

/**
 * What is wrong with a file, or nothing.
 * @param {string} path
 * @param {DataFile} file
 */
export function flaw(path, { bytes, sha256 }) {
  const found = statSync(path, { throwIfNoEntry: false })?.size;
  if (found === undefined) return "it is missing";
  if (found !== bytes)
    return `it has ${found.toLocaleString("en")} bytes instead of ${bytes.toLocaleString("en")}`;
  const sum = createHash("sha256").update(readFileSync(path)).digest("hex");
  return sum === sha256 ? undefined : `its SHA-256 is ${sum} instead of ${sha256}`;
}

/**
 * Where in a folder the four files lie: in its `mnist`, or in itself.
 * @param {string} folder
 * @param {DataFile[]} files
 */
export function findMnist(folder, files = FILES) {
  const inside = join(folder, "mnist");
  return [inside, folder].find((path) => files.some(({ name }) => existsSync(join(path, name)))) ?? inside;
}

/**
 * @param {string} folder that holds the four files themselves
 * @param {DataFile[]} files
 */
export function checkMnist(folder, files = FILES) {
  for (const file of files) {
    const wrong = flaw(join(folder, file.name), file);
    if (wrong) throw new Failure(`${join(folder, file.name)}: ${wrong}.`);
  }
}

/**
 * The data sets that a folder holds, as `data.json` beside the page lists them: it is always there, so that the
 * page asks for nothing in vain.
 * @param {string | null} folder
 */
export function setsIn(folder) {
  if (folder === null) return { sets: [] };
  const sizes = FILES.map(
    ({ name }) => statSync(join(folder, "mnist", name), { throwIfNoEntry: false })?.size,
  );
  return { sets: FILES.every(({ bytes }, i) => sizes[i] === bytes) ? ["mnist"] : [] };
}
