import { defineConfig } from "vite";
import type { Plugin } from "vite";
import { serveData } from "./scripts/vite-data.mjs";

/** The indentation inside of templates is nothing to send. */
const outdent: Plugin = {
  name: "outdent",
  apply: "build",
  transform: (code, id) => (/\/web\/.*\.ts$/.test(id) ? code.replaceAll(/\n +/g, "\n") : null),
};

/** What the page's own thread does not use of the glue, which is the whole session, is left out of it: neither of these
 *  does anything that would be missed. */
const lean: Plugin = {
  name: "lean",
  apply: "build",
  transform: (code, id) =>
    id.endsWith("/generated/brainbow_wasm.js")
      ? code
          .replace("if (Symbol.dispose) Session.prototype[Symbol.dispose] = Session.prototype.free;", "")
          .replace(": new FinalizationRegistry(", ": /* @__PURE__ */ new FinalizationRegistry(")
      : null,
};

// Relative addresses: the page works under any sub-path, from any plain file server.
export default defineConfig({
  base: "./",
  plugins: [serveData(), outdent, lean],
  worker: { format: "es" },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
