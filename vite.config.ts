import { defineConfig } from "vite";
import type { Plugin } from "vite";
import { serveData } from "./scripts/vite-data.mjs";

/** The indentation inside of templates is nothing to send. */
const outdent: Plugin = {
  name: "outdent",
  apply: "build",
  transform: (code, id) => (/\/web\/.*\.ts$/.test(id) ? code.replaceAll(/\n +/g, "\n") : null),
};

// Relative addresses: the page works under any sub-path, from any plain file server.
export default defineConfig({
  base: "./",
  plugins: [serveData(), outdent],
  worker: { format: "es" },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
