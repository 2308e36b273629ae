// The machine's Chromium, as the measurements start it.
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/browsers.mjs";

const ARGS = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openChromium() {
  const root = process.getuid?.() === 0;
  const executablePath = /** @type {string} */ (findBrowser("chromium"));
  return chromium.launch({ executablePath, args: root ? ["--no-sandbox", ...ARGS] : ARGS });
}
