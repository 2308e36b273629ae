// Fetches a file from the first of several mirrors that has it whole, with a progress bar; what is wrong with a
// mirror is said in a sentence.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Failure } from "./steps.mjs";

/** How long a mirror may be silent, at the start and between two pieces. */
const SILENCE_MS = 8000;

/**
 * @param {string} url
 * @param {{ bytes: number, sha256: string }} wanted
 * @param {string} path the file is there whole or not at all
 * @param {(bytes: number) => void} onBytes how many have come
 * @param {number} silence
 */
export async function download(url, { bytes, sha256 }, path, onBytes, silence = SILENCE_MS) {
  const part = `${path}.${process.pid}.part`;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Failure(`no answer for ${silence / 1000} s`)), silence);
  try {
    const response = await fetch(url, { signal: abort.signal, redirect: "follow" });
    if (!response.ok || !response.body)
      throw new Failure(`it answers ${response.status} ${response.statusText}`.trim());
    const hash = createHash("sha256");
    let come = 0;
    const body = Readable.fromWeb(/** @type {any} */ (response.body));
    await pipeline(
      body,
      async function* (chunks) {
        for await (const chunk of chunks) {
          timer.refresh();
          come += chunk.length;
          if (come > bytes) throw new Failure(`it sends more than ${bytes} bytes`);
          hash.update(chunk);
          onBytes(come);
          yield chunk;
        }
      },
      createWriteStream(part),
    );
    if (come !== bytes) throw new Failure(`it sent ${come} of ${bytes} bytes`);
    const sum = hash.digest("hex");
    if (sum !== sha256) throw new Failure(`it sends another file (SHA-256 ${sum} instead of ${sha256})`);
    await rename(part, path);
  } catch (error) {
    throw new Failure(reasonOf(abort.signal.reason ?? error));
  } finally {
    clearTimeout(timer);
    await rm(part, { force: true });
  }
}

/**
 * fetch says only "fetch failed"; the reason lies beneath.
 * @param {any} error
 * @returns {string}
 */
function reasonOf(error) {
  if (error instanceof Failure) return error.message;
  const cause = error.cause?.errors?.[0] ?? error.cause ?? error;
  /** @type {Record<string, string>} */
  const known = {
    ENOTFOUND: "its name cannot be resolved (no internet?)",
    EAI_AGAIN: "its name cannot be resolved (no internet?)",
    ECONNREFUSED: "it refuses the connection",
    ECONNRESET: "it closed the connection",
    UND_ERR_SOCKET: "it closed the connection",
    ENOSPC: "the disk is full",
  };
  return known[cause.code] ?? String(cause.message ?? cause);
}

/**
 * @param {number} done
 * @param {number} all
 */
export function bar(done, all) {
  const full = Math.floor((20 * done) / all);
  return `${"█".repeat(full)}${"░".repeat(20 - full)} ${(done / 1e6).toFixed(1)} of ${(all / 1e6).toFixed(1)} MB`;
}
