// Real MNIST, read from the files' own bytes: what the page must show, by another path than the page's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { MNIST, setsIn } from "../../scripts/sets.mjs";
import { DATA_FOLDER, test } from "./page.js";

export const hasMnist = setsIn(DATA_FOLDER).sets.includes("mnist");

/** Leaves out the tests of a file, or of a `describe`, where there is no MNIST. */
export function needsMnist(): void {
  test.skip(!hasMnist, "needs real MNIST");
}

/** Sample ids count the training set first. */
export const FIRST_TEST_ID = 60_000;
const PIXELS = 28 * 28;

/** The four files as they were downloaded. */
export function packedFiles(): { name: string; bytes: Buffer }[] {
  return MNIST.files.map(({ name }) => ({ name, bytes: readFileSync(join(DATA_FOLDER, "mnist", name)) }));
}

function unpacked(name: string, header: number): Buffer {
  return gunzipSync(readFileSync(join(DATA_FOLDER, "mnist", name))).subarray(header);
}

let images: Buffer | undefined;
let labels: Buffer | undefined;

/** The ink of a test image: 28 × 28 bytes, 0 is paper. */
export function inkOf(id: number): Buffer {
  images ??= unpacked("t10k-images-idx3-ubyte.gz", 16);
  const at = (id - FIRST_TEST_ID) * PIXELS;
  return images.subarray(at, at + PIXELS);
}

/** The labels of the 10,000 test images. */
export function testLabels(): Buffer {
  return (labels ??= unpacked("t10k-labels-idx1-ubyte.gz", 8));
}

/** How many test images there are of each digit: 980, 1135, 1032, … */
export function classCounts(): number[] {
  const counts = Array<number>(10).fill(0);
  for (const label of testLabels()) counts[label]!++;
  return counts;
}

let training: Buffer | undefined;

/** The ink of all training images, one after the other. */
export function trainingSet(): Buffer {
  return (training ??= unpacked("train-images-idx3-ubyte.gz", 16));
}

/** The labels of all training images. */
export function trainingLabels(): Buffer {
  return unpacked("train-labels-idx1-ubyte.gz", 8);
}
