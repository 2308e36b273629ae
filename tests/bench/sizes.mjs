// What a visitor loads: bytes of the wasm and of the page's own JavaScript, as they are and as servers send them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Bytes */

/** What is loaded a moment later, or when somebody speaks another language: the rest is what it takes to begin. */
const LATER = /^(es|later|beside)-/;

/**
 * @param {string} dist the built page
 * @returns {{ wasm: Bytes, javascript: Bytes, later: Bytes, markup: Bytes }} `javascript`: the page's and its worker's;
 *   `markup`: its HTML and CSS
 */
export function measureSizes(dist) {
  const assets = join(dist, "assets");
  const paths = (/** @type {(name: string) => boolean} */ is) =>
    readdirSync(assets)
      .filter(is)
      .map((name) => join(assets, name));
  const named = (/** @type {(name: string) => boolean} */ is) => bytesOf(paths(is));
  return {
    wasm: named((name) => name.endsWith(".wasm")),
    javascript: named((name) => name.endsWith(".js") && !LATER.test(name)),
    later: named((name) => name.endsWith(".js") && LATER.test(name)),
    markup: bytesOf([join(dist, "index.html"), ...paths((name) => name.endsWith(".css"))]),
  };
}

/**
 * Each file is packed on its own, as a server does; gzip at its best, brotli at its default, which is its best.
 * @param {string[]} files
 */
function bytesOf(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
    total.brotli += brotliCompressSync(bytes).length;
  }
  return total;
}
