// Which tests need which real data: Rust's say so in the reason for which they are ignored.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./places.mjs";

const NEEDS = /#\[ignore = "needs real ([^"]+)"\]\s+fn (\w+)/g;

/**
 * Rust's tests whose data is not among these sets, by name.
 * @param {readonly string[]} sets titles
 * @param {string} [folder]
 * @returns {string[]}
 */
export function testsWithout(sets, folder = join(ROOT, "crates")) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => name.endsWith(".rs"))
    .flatMap((name) => [...readFileSync(join(folder, name), "utf8").matchAll(NEEDS)])
    .filter(([, set = ""]) => !sets.includes(set))
    .map(([, , name]) => String(name));
}
