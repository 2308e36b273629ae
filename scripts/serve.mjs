// A static file server over node:http: a folder, and beneath its `data/` the data sets. It sends files as they are,
// also the gzipped ones, whose `.gz` is part of the data and no transfer encoding.
//
// On its own: `node scripts/serve.mjs [DIR] [--data DIR | --no-data] [--base /path/] [--port N] [--host]`.
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream";
import { readArguments, readPort } from "./arguments.mjs";
import { dataFolder, DIST, fromCaller } from "./places.mjs";
import { command, Failure } from "./steps.mjs";
import { listOf } from "./tables.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Files that carry a hash of their content in their name never change. */
const HASHED = /^assets\/.*-[\w-]{8,}\.\w+$/;

/**
 * @typedef {object} Site
 * @property {string} root the folder that is served
 * @property {string | null | undefined} [data] the folder that is served as `data/`, with a list of its sets in `data.json`;
 *   null: there are none, whatever root holds
 * @property {string | undefined} [base] the path under which all that lies, such as `/course/week-3/`
 */

/**
 * Answers a request for a file.
 * @param {Site} site
 */
export function fileHandler({ root, data, base = "/" }) {
  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  return async (request, response) => {
    try {
      if (request.method !== "GET" && request.method !== "HEAD") {
        return answer(response, 405, "Only GET and HEAD.", { Allow: "GET, HEAD" });
      }
      const path = decodedPath(request.url ?? "/");
      if (path !== undefined && `${path}/` === base) return redirect(request, response);
      if (path === undefined || !path.startsWith(base)) return answer(response, 404, "Not found.");
      if (data !== undefined && path === `${base}data.json`) {
        return answer(response, 200, JSON.stringify(listOf(data)), {
          "Content-Type": String(TYPES[".json"]),
        });
      }
      const file = await locate({ root, data, base }, path.slice(base.length));
      if (file === undefined) return answer(response, 404, "Not found.");
      if (file.path === undefined) return redirect(request, response);
      send(request, response, file);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) answer(response, 500, "The server failed.");
    }
  };
}

/**
 * The request's path, decoded once; nothing if it is malformed or holds what no file name of ours has.
 * @param {string} url
 */
function decodedPath(url) {
  try {
    // Not `new URL`: it would resolve `..` before we see it.
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "");
    return /[\0\\]/.test(path) || !path.startsWith("/") ? undefined : path;
  } catch {
    return undefined;
  }
}

/**
 * The file that a path means, without a `path` if it is a folder whose address lacks its slash.
 * @param {Site} site
 * @param {string} name below the base
 */
async function locate({ root, data }, name) {
  const inData = data !== undefined && /^data(\/|$)/.test(name);
  if (inData && data === null) return undefined;
  const folder = inData ? /** @type {string} */ (data) : root;
  const parts = (inData ? name.slice("data/".length) : name).split("/");
  if (parts.some((part, i) => part === "." || part === ".." || (part === "" && i < parts.length - 1)))
    return undefined;
  const wantsFolder = parts.at(-1) === "";
  const wanted = join(folder, ...parts, ...(wantsFolder ? ["index.html"] : []));
  // A link that leads out of the folder is not followed.
  const [inside, path] = await Promise.all(
    [realpath(folder), realpath(wanted)].map((it) => it.catch(() => undefined)),
  );
  if (!inside || !path?.startsWith(inside + sep)) return undefined;
  const file = await stat(path);
  if (file.isDirectory()) return { size: 0, etag: "", name };
  if (!file.isFile()) return undefined;
  const etag = `"${file.size.toString(36)}-${Math.floor(file.mtimeMs).toString(36)}"`;
  return { path, size: file.size, etag, name };
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {{ path: string, size: number, etag: string, name: string }} file
 */
function send(request, response, { path, size, etag, name }) {
  const headers = {
    "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
    "Cache-Control": HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
    "X-Content-Type-Options": "nosniff",
    ETag: etag,
  };
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, "Content-Length": size });
  if (request.method === "HEAD") return void response.end();
  pipeline(createReadStream(path), response, () => {}); // Whoever leaves early ends both.
}

/**
 * A short answer that is no file.
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} [headers]
 */
function answer(response, status, text, headers = {}) {
  response.writeHead(status, {
    "Content-Type": String(TYPES[".txt"]),
    "Cache-Control": "no-store",
    ...headers,
  });
  response.end(`${text}\n`);
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function redirect(request, response) {
  const [path = "", query] = (request.url ?? "").split("?");
  // Only the last part, so that it cannot lead to another host.
  response.writeHead(301, {
    Location: `./${path.split("/").at(-1)}/${query === undefined ? "" : `?${query}`}`,
  });
  response.end();
}

/**
 * @param {Site & { port?: number | undefined, ports?: number, host?: boolean | undefined }} options `ports` are tried one after the other
 * @returns {Promise<{ port: number, url: string, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, ports = 1, host = false, ...site }) {
  const server = createServer(fileHandler(site));
  const taken = await listen(server, port, ports, host ? "0.0.0.0" : "127.0.0.1");
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}${site.base ?? "/"}`,
    close: async () => void (await close()),
  };
}

/**
 * @param {import("node:http").Server} server
 * @param {number} first
 * @param {number} count
 * @param {string} host
 * @returns {Promise<number>}
 */
async function listen(server, first, count, host) {
  for (let port = first; port < first + count; port++) {
    const error = await new Promise((resolve) => {
      server.once("error", resolve).listen(port, host, () => resolve(undefined));
    });
    server.removeAllListeners("error");
    const address = server.address();
    if (!error && address && typeof address === "object") return address.port;
    if (error.code === "EACCES")
      throw new Failure(`Port ${port} may not be used by this user; try --port 5173.`);
    if (error.code !== "EADDRINUSE") throw error;
  }
  const range = count === 1 ? `Port ${first} is` : `The ports ${first} to ${first + count - 1} are`;
  throw new Failure(`${range} in use; choose another with --port N.`);
}

/** The machine's addresses in its networks, for people in the same room. */
export function networkAddresses(interfaces = networkInterfaces()) {
  const all = Object.values(interfaces).flatMap((list) => list ?? []);
  return all.filter(({ family, internal }) => family === "IPv4" && !internal).map(({ address }) => address);
}

await command(import.meta.url, async () => {
  const usage = "node scripts/serve.mjs [DIR] [--data DIR | --no-data] [--base /path/] [--port N] [--host]";
  const { values, positionals } = readArguments(usage, {
    data: { type: "string" },
    "no-data": { type: "boolean" },
    base: { type: "string" },
    port: { type: "string" },
    host: { type: "boolean" },
  });
  const root = positionals[0] === undefined ? DIST : fromCaller(positionals[0]);
  const data = values["no-data"] ? null : values.data === undefined ? dataFolder() : fromCaller(values.data);
  const { url } = await serve({
    root,
    data,
    base: values.base,
    port: readPort(values.port),
    host: values.host,
  });
  console.log(`Serving ${root} at ${url}`);
});
