// For vite.config.ts: Vite's own server sends data sets as our server does. Left to itself it would declare `.gz`
// files to be a transfer encoding, and answer a missing one with the page.
import { dataFolder } from "./places.mjs";
import { fileHandler } from "./serve.mjs";

/**
 * A plugin that serves a folder as `data/`, and the list of its sets as `data.json`.
 * @param {string} folder
 */
export function serveData(folder = dataFolder()) {
  const handle = fileHandler({ root: folder, data: folder });
  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   * @param {() => void} next
   */
  const inData = (request, response, next) =>
    /^\/data(\/|\.json$)/.test(request.url ?? "") ? void handle(request, response) : next();
  /** @param {{ middlewares: { use: (handler: typeof inData) => unknown } }} server */
  const mount = ({ middlewares }) => void middlewares.use(inData);
  return { name: "brainbow-data", configureServer: mount, configurePreviewServer: mount };
}
