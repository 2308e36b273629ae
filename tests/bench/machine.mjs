// Which machine the figures are of.
import { arch, cpus, platform } from "node:os";

/** @param {string} browser Chromium's version */
export function describeMachine(browser) {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    system: `${platform()} ${arch()}`,
    chromium: browser,
    node: process.versions.node,
  };
}
