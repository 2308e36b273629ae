// For vite.config.ts: Vite's own server sends data sets as our server does. Left to itself it would declare `.gz`
// files to be a transfer encoding, and answer a missing one with the page.
import { isAbsolute, join } from "node:path";
import { DATA, ROOT } from "./places.mjs";
import { fileHandler } from "./serve.mjs";

/** The folder that holds `mnist/`: what BRAINBOW_DATA names, else data/. */
export function dataFolder() {
  const named = process.env.BRAINBOW_DATA;
  if (!named) return DATA;
  return isAbsolute(named) ? named : join(ROOT, named);
}

/**
 * A plugin that serves a folder as `data/`.
 * @param {string} folder
 */
export function serveData(folder = dataFolder()) {
  const handle = fileHandler({ root: folder, base: "/" });
  /** @param {{ middlewares: { use: (route: string, handler: typeof handle) => unknown } }} server */
  const mount = ({ middlewares }) => void middlewares.use("/data", handle);
  return { name: "brainbow-data", configureServer: mount, configurePreviewServer: mount };
}
