// A copy that is there whole or not at all.
import { copyFileSync, renameSync, rmSync } from "node:fs";

/**
 * @param {string} source
 * @param {string} target
 */
export function copyWhole(source, target) {
  const part = `${target}.${process.pid}.part`;
  try {
    copyFileSync(source, part);
    renameSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
}
