import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page of the benchmark, apart from the page itself: none of it is ever published. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../../target/bench", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    minify: false,
    chunkSizeWarningLimit: 10_000,
  },
});
