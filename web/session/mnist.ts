// MNIST's four files: where they may be, and which is which.
import type { Source } from "./protocol.js";

/** In the order that the engine takes them. */
export const FILES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

/** Beside the page. */
export const OWN = "data/mnist/";
/** The mirror that lets a page of another origin read it; asked only when a button is pressed. */
export const MIRROR = "https://cdn.jsdelivr.net/gh/fgnt/mnist@master/";

export function sourcesAt(folder: string): Source[] {
  return FILES.map((file) => ({
    name: `${file}.gz`,
    url: new URL(`${folder}${file}.gz`, document.baseURI).href,
  }));
}

/** Whether the page's own origin has MNIST: a list that is always there says so, so that nothing is asked in vain. */
export async function probeMnist(): Promise<boolean> {
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
