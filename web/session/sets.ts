// The image sets that come in files: where they may be, and which file is which.
import { CACHE } from "./files.js";
import type { SetName, Source } from "./protocol.js";

/** In the order that the engine takes them: MNIST's four files, and Fashion-MNIST's under the same names. */
export const FILES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

/** Beside the page. */
const OWN: Record<SetName, string> = {
  mnist: "data/mnist/",
  fashion: "data/fashion-mnist/",
  cifar10: "data/cifar10/",
};
/** MNIST's mirror that lets a page of another origin read it; asked only when a button is pressed. */
const MIRROR = "https://cdn.jsdelivr.net/gh/fgnt/mnist@master/";
/** Bytes of Fashion-MNIST's larger files, by which they are told from MNIST's. */
const FASHION_BYTES: readonly number[] = [26_421_880, 4_422_102];
const BATCH = /^(data_batch_[1-5]|test_batch)\.bin(\.gz)?$/;
const ARCHIVE = /\.(tar|tar\.gz|tgz)$/;

export function isArchive(name: string): boolean {
  return ARCHIVE.test(name);
}

/** Sets that can be had without asking anybody else. */
export type Sources = Partial<Record<SetName, Source[]>>;

export function mirrorSources(): Source[] {
  return pairsAt(MIRROR);
}

function pairsAt(folder: string): Source[] {
  return FILES.map((file) => sourceAt(folder, `${file}.gz`));
}

function sourceAt(folder: string, name: string): Source {
  return { name, url: new URL(folder + name, document.baseURI).href };
}

/** Tables that can be had, by their names. */
export type Tables = Record<string, Source>;

/** What the page's own origin has, or what was kept of the mirror's. */
export async function findSets(): Promise<{ sources: Sources; tables: Tables }> {
  const { sets, batches, tables } = await listed();
  const found: Sources = {};
  if (sets.includes("mnist")) found.mnist = pairsAt(OWN.mnist);
  else if (await isKept(mirrorSources())) found.mnist = mirrorSources();
  if (sets.includes("fashion")) found.fashion = pairsAt(OWN.fashion);
  if (sets.includes("cifar10")) found.cifar10 = batches.map((name) => sourceAt(OWN.cifar10, name));
  const here = Object.entries(tables).map(([name, place]) => [name, sourceAt("data/", place)]);
  return { sources: found, tables: Object.fromEntries(here) as Tables };
}

/** A list that is always there says so, so that nothing is asked in vain. */
async function listed(): Promise<{ sets: string[]; batches: string[]; tables: Record<string, string> }> {
  try {
    const response = await fetch(new URL("data.json", document.baseURI));
    return { batches: [], tables: {}, ...((await response.json()) as { sets: string[] }) };
  } catch {
    return { sets: [], batches: [], tables: {} };
  }
}

async function isKept(sources: readonly Source[]): Promise<boolean> {
  const cache = typeof caches === "undefined" ? null : await caches.open(CACHE).catch(() => null);
  const kept = await Promise.all(sources.map((source) => cache?.match((source as { url: string }).url)));
  return kept.every(Boolean);
}

const TABLE = /\.(csv|tsv|tab|txt|data)(\.gz)?$/i;
/** The table among dropped files, if there is one, and what it is called. */
export function tableIn(files: readonly File[]): { name: string; source: Source } | null {
  const file = files.find(({ name }) => TABLE.test(name));
  return file ? { name: file.name, source: { name: file.name, file } } : null;
}

/** Which set dropped files are, in the engine's order. What is named like MNIST's files is Fashion-MNIST's where the page
 *  waits for that, or where a file is as long as one of those. */
export function sortFiles(
  files: readonly File[],
  awaited: SetName | null,
): { set: SetName; sources: Source[] } | { missing: string } {
  const asSource = (file: File): Source => ({ name: file.name, file });
  const archive = files.find(({ name }) => isArchive(name));
  if (archive) return { set: "cifar10", sources: [asSource(archive)] };
  const batches = files.filter(({ name }) => BATCH.test(name));
  if (batches.length > 0) return { set: "cifar10", sources: batches.map(asSource) };
  const sources: Source[] = [];
  for (const name of FILES) {
    // A name is enough like the original's if it holds these words.
    const [part, kind] = name.split("-") as [string, string];
    const file = files.find((other) => other.name.includes(part) && other.name.includes(kind));
    if (!file) return { missing: `${name}.gz` };
    sources.push(asSource(file));
  }
  const isFashion = awaited === "fashion" || files.some(({ size }) => FASHION_BYTES.includes(size));
  return { set: isFashion ? "fashion" : "mnist", sources };
}
