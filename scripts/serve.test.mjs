import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { MNIST } from "./sets.mjs";
import { networkAddresses, serve } from "./serve.mjs";

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serve>>} */
let site;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "brainbow-serve-"));
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  mkdirSync(join(folder, "dist", "data", "mnist"), { recursive: true });
  mkdirSync(join(folder, "sets", "mnist"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "dist", "index.html"), "<title>page</title>");
  writeFileSync(join(folder, "dist", "engine.wasm"), Buffer.from([0, 97, 115, 109]));
  writeFileSync(join(folder, "dist", "assets", "lab-Ab12_x9Z.js"), "export {};");
  writeFileSync(join(folder, "dist", "data", "mnist", "labels.gz"), "beside the page");
  writeFileSync(join(folder, "sets", "mnist", "labels.gz"), Buffer.from([0x1f, 0x8b, 8, 0]));
  symlinkSync(join(folder, "secret.txt"), join(folder, "dist", "link.txt"));
  site = await serve({ root: join(folder, "dist"), data: join(folder, "sets") });
});

after(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

/**
 * Sends a path as it is: fetch would tidy it up.
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<string>} the whole answer
 */
function ask(path, method = "GET", port = site.port) {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
    );
    socket.setEncoding("latin1");
    socket.on("data", (text) => (answer += text)).on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

/** @param {string} answer */
const status = (answer) => Number(answer.split(" ")[1]);

test("files come with their type, and the folder's index for its address", async () => {
  const page = await fetch(site.url);
  assert.equal(page.status, 200);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(page.headers.get("cache-control"), "no-cache");
  assert.equal(await page.text(), "<title>page</title>");
  const wasm = await fetch(`${site.url}engine.wasm?v=1`);
  assert.equal(wasm.headers.get("content-type"), "application/wasm");
  const hashed = await fetch(`${site.url}assets/lab-Ab12_x9Z.js`);
  assert.match(hashed.headers.get("cache-control") ?? "", /immutable/);
});

test("gzipped data is sent as it is, without a transfer encoding", async () => {
  const answer = await ask("/data/mnist/labels.gz");
  assert.equal(status(answer), 200);
  assert.match(answer, /content-type: application\/gzip/i);
  assert.doesNotMatch(answer, /content-encoding/i);
  assert.ok(answer.endsWith("\x1f\x8b\x08\x00"), "the data folder's bytes, not those beside the page");
});

test("the list of data sets is always there, and names those that are whole", async () => {
  const list = async (address = site.url) => (await fetch(`${address}data.json`)).json();
  assert.deepEqual(await list(), { sets: [] });
  for (const { name, bytes } of MNIST.files) {
    writeFileSync(join(folder, "sets", "mnist", name), "");
    truncateSync(join(folder, "sets", "mnist", name), bytes);
  }
  assert.deepEqual(await list(), { sets: ["mnist"] });
  truncateSync(join(folder, "sets", "mnist", String(MNIST.files[0]?.name)), 17);
  assert.deepEqual(await list(), { sets: [] });
  const without = await serve({ root: join(folder, "dist"), data: null });
  assert.deepEqual(await list(without.url), { sets: [] });
  await without.close();
});

test("HEAD tells the length and sends nothing", async () => {
  const answer = await ask("/index.html", "HEAD");
  assert.equal(status(answer), 200);
  assert.match(answer, /content-length: 19/i);
  assert.ok(answer.endsWith("\r\n\r\n"));
});

test("a file that has not changed is not sent again", async () => {
  const etag = (await fetch(site.url)).headers.get("etag") ?? "";
  const again = await fetch(site.url, { headers: { "If-None-Match": etag } });
  assert.equal(again.status, 304);
});

test("what is not there is 404, and other methods are 405", async () => {
  for (const path of ["/nothing.js", "/assets/", "/data", "/data/", "/data/mnist", "/%", "/index.html/"]) {
    const expected = path === "/data/mnist" ? 301 : 404;
    assert.equal(status(await ask(path)), expected, path);
  }
  assert.equal(status(await ask("/index.html", "POST")), 405);
});

test("no path leads out of the folder, plain or encoded, and no link does", async () => {
  const paths = [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/%252e%252e/secret.txt",
    "/data/../../secret.txt",
    "/data/%2e%2e/secret.txt",
    "/data/..%2f..%2fsecret.txt",
    `/${join(folder, "secret.txt")}`,
    `/%2f${join(folder, "secret.txt")}`,
    "/index.html%00.txt",
    "/link.txt",
    "http://localhost/../secret.txt",
  ];
  for (const path of paths) {
    const answer = await ask(path);
    assert.ok([400, 404].includes(status(answer)), `${path}: ${answer.split("\r\n")[0]}`);
    assert.doesNotMatch(answer, /secret$/);
  }
});

test("a redirect stays on this host", async () => {
  assert.match(await ask("/assets?x=1"), /location: \.\/assets\/\?x=1\r/i);
  assert.equal(status(await ask("//assets")), 404);
});

describe("under a sub-path", () => {
  test("the page lies there and only there", async () => {
    const below = await serve({ root: join(folder, "dist"), data: null, base: "/course/week-3/" });
    try {
      assert.equal((await fetch(below.url)).status, 200);
      assert.equal((await fetch(`http://127.0.0.1:${below.port}/course/week-3`)).url, below.url);
      assert.equal((await fetch(`http://127.0.0.1:${below.port}/`)).status, 404);
      assert.equal(
        (await fetch(`${below.url}data/mnist/labels.gz`)).status,
        404,
        "data: null hides dist/data",
      );
    } finally {
      await below.close();
    }
  });
});

test("a taken port is a sentence, or the next one", async () => {
  const wanted = { root: join(folder, "dist"), port: site.port };
  await assert.rejects(serve(wanted), {
    message: `Port ${site.port} is in use; choose another with --port N.`,
  });
  const next = await serve({ ...wanted, ports: 20 });
  assert.ok(next.port > site.port);
  await next.close();
});

test("the classroom's addresses are those of the networks, not the machine's own", () => {
  const common = { netmask: "255.255.255.0", mac: "00:00:00:00:00:00", cidr: null };
  const interfaces = {
    lo: [{ ...common, address: "127.0.0.1", family: /** @type {const} */ ("IPv4"), internal: true }],
    wlan0: [
      { ...common, address: "fe80::1", family: /** @type {const} */ ("IPv6"), internal: false, scopeid: 2 },
      { ...common, address: "192.168.7.20", family: /** @type {const} */ ("IPv4"), internal: false },
    ],
  };
  assert.deepEqual(networkAddresses(interfaces), ["192.168.7.20"]);
});
