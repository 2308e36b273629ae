// For vite.config.ts: Vite's own server sends data sets as our server does. Left to itself it would declare `.gz`
// files to be a transfer encoding, and answer a missing one with the page.
import { dataFolder } from "./places.mjs";
import { fileHandler } from "./serve.mjs";

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
