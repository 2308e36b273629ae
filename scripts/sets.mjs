// The image sets that come in files: what the files are called, how to know them, where they are to be had.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Failure } from "./steps.mjs";

/** @typedef {{ name: string, bytes: number, sha256: string }} DataFile */

/**
 * A set of four files, two pairs of images and labels.
 * @typedef {object} PairSet
 * @property {string} name of its folder, and the word for `npm run data`
 * @property {string} title
 * @property {"mnist" | "fashion"} link as links and `data.json` name it
 * @property {boolean} alone whether the files may lie in a folder that is not named after the set
 * @property {DataFile[]} files
 * @property {string[]} mirrors in the order in which they are asked; each has the four files under their names
 */

/** @type {PairSet} */
export const MNIST = {
  name: "mnist",
  title: "MNIST",
  link: "mnist",
  alone: true,
  files: [
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
  ],
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://cdn.jsdelivr.net/gh/fgnt/mnist/",
  ],
};

/** Its files have MNIST's names: only the folder tells them apart. @type {PairSet} */
export const FASHION = {
  name: "fashion-mnist",
  title: "Fashion-MNIST",
  link: "fashion",
  alone: false,
  files: [
    {
      name: "train-images-idx3-ubyte.gz",
      bytes: 26_421_880,
      sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    },
    {
      name: "train-labels-idx1-ubyte.gz",
      bytes: 29_515,
      sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    },
    {
      name: "t10k-images-idx3-ubyte.gz",
      bytes: 4_422_102,
      sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    },
    {
      name: "t10k-labels-idx1-ubyte.gz",
      bytes: 5_148,
      sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    },
  ],
  mirrors: [
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  ],
};

/** Bytes of a batch: 10,000 records of a label and 3,072 values. */
const BATCH = 30_730_000;

/** One archive of six batches; lengths and sums of the batches are those of the plain files. */
export const CIFAR10 = {
  name: "cifar10",
  title: "CIFAR-10",
  link: "cifar10",
  /** @type {DataFile[]} */
  files: [
    {
      name: "data_batch_1.bin",
      bytes: BATCH,
      sha256: "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    },
    {
      name: "data_batch_2.bin",
      bytes: BATCH,
      sha256: "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    },
    {
      name: "data_batch_3.bin",
      bytes: BATCH,
      sha256: "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    },
    {
      name: "data_batch_4.bin",
      bytes: BATCH,
      sha256: "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    },
    {
      name: "data_batch_5.bin",
      bytes: BATCH,
      sha256: "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    },
    {
      name: "test_batch.bin",
      bytes: BATCH,
      sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
    },
  ],
  archive: {
    name: "cifar-10-binary.tar.gz",
    bytes: 170_052_171,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
  },
  mirrors: ["https://www.cs.toronto.edu/~kriz/"],
};

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
  const sum = sumOf(readFileSync(path));
  return sum === sha256 ? undefined : `its SHA-256 is ${sum} instead of ${sha256}`;
}

/**
 * What is wrong with a batch, packed or not, or nothing.
 * @param {string} path
 * @param {DataFile} file
 */
export function batchFlaw(path, file) {
  if (!path.endsWith(".gz")) return flaw(path, file);
  try {
    const sum = sumOf(gunzipSync(readFileSync(path), { maxOutputLength: file.bytes }));
    return sum === file.sha256
      ? undefined
      : `the SHA-256 of its contents is ${sum} instead of ${file.sha256}`;
  } catch {
    return "it can't be unpacked: it is cut off, damaged or too long";
  }
}

/** @param {Buffer} bytes */
const sumOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * Where in a folder a set's four files lie: in a folder of its name, or in the folder itself.
 * @param {string} folder
 * @param {PairSet} [set]
 */
export function findPairs(folder, set = MNIST) {
  const inside = join(folder, set.name);
  const places = set.alone ? [inside, folder] : [inside];
  return places.find((path) => set.files.some(({ name }) => existsSync(join(path, name)))) ?? inside;
}

/**
 * @param {string} folder that holds the four files themselves
 * @param {DataFile[]} files
 */
export function checkFiles(folder, files = MNIST.files) {
  for (const file of files) {
    const wrong = flaw(join(folder, file.name), file);
    if (wrong) throw new Failure(`${join(folder, file.name)}: ${wrong}.`);
  }
}

/**
 * The batches of CIFAR-10 that lie in a folder, packed or not, in the order of their sample ids.
 * @param {string} folder
 * @returns {{ name: string, batch: DataFile }[]} names with `.gz` where they have it
 */
export function batchesIn(folder) {
  return CIFAR10.files.flatMap((batch) => {
    const name = [batch.name, `${batch.name}.gz`].find((name) => existsSync(join(folder, name)));
    return name === undefined ? [] : [{ name, batch }];
  });
}

/**
 * The data sets that a folder holds, as `data.json` beside the page lists them: it is always there, so that the
 * page asks for nothing in vain. Of CIFAR-10 it says which batches there are.
 * @param {string | null} folder
 * @returns {{ sets: string[], batches?: string[] }}
 */
export function setsIn(folder) {
  if (folder === null) return { sets: [] };
  const isWhole = (/** @type {PairSet} */ { name: set, files }) =>
    files.every(
      ({ name, bytes }) => statSync(join(folder, set, name), { throwIfNoEntry: false })?.size === bytes,
    );
  const sets = [MNIST, FASHION].filter(isWhole).map(({ link }) => String(link));
  const batches = batchesIn(join(folder, CIFAR10.name)).map(({ name }) => name);
  return batches.length < 2 ? { sets } : { sets: [...sets, CIFAR10.link], batches };
}
