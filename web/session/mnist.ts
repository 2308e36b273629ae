// MNIST's four files: where they may be, and which is which.
import { CACHE } from "./files.js";
import type { Source } from "./protocol.js";

/** In the order that the engine takes them. */
export const FILES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

/** Beside the page. */
const OWN = "data/mnist/";
/** The mirror that lets a page of another origin read it; asked only when a button is pressed. */
export const MIRROR = "https://cdn.jsdelivr.net/gh/fgnt/mnist@master/";

export function sourcesAt(folder: string): Source[] {
  return FILES.map((file) => ({
    name: `${file}.gz`,
    url: new URL(`${folder}${file}.gz`, document.baseURI).href,
  }));
}

/** Where MNIST can be had without asking anybody else: the page's own origin, or what was kept of the mirror's. */
export async function findMnist(): Promise<string | null> {
  if (await isOwn()) return OWN;
  const cache = typeof caches === "undefined" ? null : await caches.open(CACHE).catch(() => null);
  const kept = await Promise.all(
    sourcesAt(MIRROR).map((source) => cache?.match((source as { url: string }).url)),
  );
  return kept.every(Boolean) ? MIRROR : null;
}

/** A list that is always there says so, so that nothing is asked in vain. */
async function isOwn(): Promise<boolean> {
  try {
    const response = await fetch(new URL("data.json", document.baseURI));
    const { sets } = (await response.json()) as { sets: string[] };
    return sets.includes("mnist");
  } catch {
    return false;
  }
}

/** Dropped files in the engine's order; their names are enough like the originals' if they hold these words. */
export function sortFiles(files: readonly File[]): { sources: Source[] } | { missing: string } {
  const sources: Source[] = [];
  for (const name of FILES) {
    const [part, kind] = name.split("-") as [string, string];
    const file = files.find((other) => other.name.includes(part) && other.name.includes(kind));
    if (!file) return { missing: `${name}.gz` };
    sources.push({ name: file.name, file });
  }
  return { sources };
}
