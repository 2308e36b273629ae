import { defineConfig } from "vite";
import { serveData } from "./scripts/vite-data.mjs";

// Relative addresses: the page works under any sub-path, from any plain file server.
export default defineConfig({
  base: "./",
  plugins: [serveData()],
  worker: { format: "es" },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
