// Which machine the figures are of, and how busy it was with other work.
import { arch, cpus, loadavg, platform } from "node:os";

/** @param {string} browser Chromium's version */
export function describeMachine(browser) {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    system: `${platform()} ${arch()}`,
    chromium: browser,
    load: loadavg()[0] ?? 0,
    node: process.versions.node,
  };
}
