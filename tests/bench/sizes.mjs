// What a visitor loads: bytes of the wasm and of the page's own JavaScript, as they are and as servers send them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Bytes */

/**
 * @param {string} dist the built page
 * @returns {{ wasm: Bytes, javascript: Bytes }}
 */
export function measureSizes(dist) {
  const assets = join(dist, "assets");
  const files = readdirSync(assets).map((name) => join(assets, name));
  return { wasm: bytesOf(files, ".wasm"), javascript: bytesOf(files, ".js") };
}

/**
 * Each file is packed on its own, as a server does; gzip at its best, brotli at its default, which is its best.
 * @param {string[]} files
 * @param {string} ending
 */
function bytesOf(files, ending) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files.filter((name) => name.endsWith(ending))) {
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
    total.brotli += brotliCompressSync(bytes).length;
  }
  return total;
}
