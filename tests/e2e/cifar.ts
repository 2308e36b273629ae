// Real CIFAR-10, read from the batches' own bytes: what the page must show, by another path than the page's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { batchesIn, setsIn } from "../../scripts/sets.mjs";
import { DATA_FOLDER, test } from "./page.js";

const FOLDER = join(DATA_FOLDER, "cifar10");
export const hasCifar = setsIn(DATA_FOLDER).sets.includes("cifar10");

/** Leaves out the tests of a file where there is no CIFAR-10. */
export function needsCifar(): void {
  test.skip(!hasCifar, "needs real CIFAR-10");
}

const RECORD = 3073;
const RECORDS = 10_000;
const opened = new Map<number, Buffer>();

/** Names of the batches, in the order of their samples' ids. */
export const batchNames = () => batchesIn(FOLDER).map(({ name }) => name);

/** Label and three planes of a sample. */
export function recordOf(id: number): Buffer {
  const place = Math.floor(id / RECORDS);
  if (!opened.has(place)) {
    const bytes = readFileSync(join(FOLDER, batchNames()[place]!));
    opened.set(place, bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
  }
  return opened.get(place)!.subarray((id % RECORDS) * RECORD, ((id % RECORDS) + 1) * RECORD);
}

/** A sample's colours, pixel by pixel, opaque. */
export function coloursOf(id: number): number[] {
  const record = recordOf(id);
  return Array.from({ length: 1024 }, (_, at) => [
    record[1 + at]!,
    record[1 + 1024 + at]!,
    record[1 + 2048 + at]!,
    255,
  ]).flat();
}
