// Where things lie in the project, as absolute paths.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
/** The built page. */
export const DIST = join(ROOT, "dist");
/** Data sets, one folder each; git ignores it. */
export const DATA = join(ROOT, "data");
/** What tests write: logs, reports, traces. */
export const TEST_OUTPUT = join(ROOT, "tests", "output");

/**
 * A path as the person typed it: relative to where they stood, which npm keeps in INIT_CWD.
 * @param {string} path
 */
export function fromCaller(path) {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** The folder that holds the data sets for tests and for `npm run dev`: what BRAINBOW_DATA names, else data/. */
export function dataFolder() {
  return process.env.BRAINBOW_DATA ? fromCaller(process.env.BRAINBOW_DATA) : DATA;
}
