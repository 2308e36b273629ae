// Work is skipped when neither what goes in nor what came out has changed since. Contents are compared, not times:
// a checkout, a copy and a clock that was set change nothing.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "./places.mjs";

/**
 * The files under a path, in a fixed order; none if there is nothing.
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path).toSorted();
  return names.flatMap((name) => filesUnder(join(path, name)));
}

/**
 * @param {string[]} paths relative to the project
 * @param {(path: string) => boolean} [counts] which of the files count
 */
export function fingerprint(paths, counts = () => true) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesUnder(join(ROOT, path)))) {
    const name = relative(ROOT, file).replaceAll("\\", "/");
    if (!counts(name)) continue;
    hash.update(`${name}\0`).update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

/** @param {string} name */
const stampOf = (name) => join(ROOT, "target", "stamps", `${name}.json`);

/**
 * Makes something from something, unless that has been done already.
 * @param {string} name of the stamp
 * @param {{ from: () => string, to: () => string }} prints fingerprints of what goes in and what came out
 * @param {() => Promise<unknown>} make
 * @returns {Promise<boolean>} whether it was made now
 */
export async function makeIfStale(name, prints, make) {
  const from = prints.from();
  const stamp = readStamp(name);
  if (stamp.from === from && stamp.to === prints.to()) return false;
  rmSync(stampOf(name), { force: true });
  await make();
  mkdirSync(dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), JSON.stringify({ from, to: prints.to() }));
  return true;
}

/**
 * @param {string} name
 * @returns {{ from?: string, to?: string }}
 */
function readStamp(name) {
  try {
    return JSON.parse(readFileSync(stampOf(name), "utf8"));
  } catch {
    return {};
  }
}
