import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, test } from "node:test";
import { createGunzip, gzipSync } from "node:zlib";
import { getPairs } from "./data.mjs";
import { getCifar } from "./cifar.mjs";
import { bar } from "./download.mjs";
import { findPairs, flaw, MNIST } from "./sets.mjs";
import { filesOfTar } from "./untar.mjs";

const IMAGES = Buffer.alloc(5000, 7);
const LABELS = Buffer.from([1, 2, 3]);
const files = [
  { name: "images.gz", bytes: IMAGES.length, sha256: sha256(IMAGES) },
  { name: "labels.gz", bytes: LABELS.length, sha256: sha256(LABELS) },
];
/** @type {Record<string, Buffer>} */
const WHOLE = { "/images.gz": IMAGES, "/labels.gz": LABELS };

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @type {string} */
let folder;
/** @type {import("node:http").Server[]} */
let servers = [];
const silent = () => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "brainbow-data-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  servers = [];
});

/**
 * A mirror of our own.
 * @param {(path: string, response: import("node:http").ServerResponse) => void} answer
 * @returns {Promise<string>} its address
 */
function mirror(answer) {
  return new Promise((resolve) => {
    const server = createServer((request, response) => answer(request.url ?? "", response));
    servers.push(server);
    server.listen(0, "127.0.0.1", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      resolve(`http://127.0.0.1:${address.port}/`);
    });
  });
}

const whole = () => mirror((path, response) => response.end(WHOLE[path]));

/** What was put there. */
const got = () => readdirSync(join(folder, "mnist")).toSorted();

test("the files come from the first mirror that has them, whole and with the right sum", async () => {
  const told = await getPairs(MNIST, silent, { into: folder, mirrors: [await whole()], files });
  assert.match(told, /^downloaded 0\.0 MB from 127\.0\.0\.1:\d+, checked$/);
  assert.deepEqual(got(), ["images.gz", "labels.gz"]);
  assert.deepEqual(readFileSync(join(folder, "mnist", "images.gz")), IMAGES);
  // What is there is kept: no mirror is asked.
  assert.equal(await getPairs(MNIST, silent, { into: folder, mirrors: [], files }), "four files, checked");
});

test("a mirror that fails is passed over, however it fails, and what is wrong with it is said", async () => {
  const other = Buffer.from(IMAGES);
  other[17] = 8;
  const refusing = await mirror((_, response) => response.writeHead(403).end());
  const wrong = await mirror((_, response) => response.end(other));
  const long = await mirror((_, response) => response.end(Buffer.alloc(6000)));
  const short = await mirror((_, response) => response.end(IMAGES.subarray(0, 4000)));
  const cut = await mirror((_, response) => {
    response.writeHead(200, { "Content-Length": IMAGES.length });
    response.write(IMAGES.subarray(0, 4000), () => response.destroy());
  });
  const stuck = await mirror((_, response) => void response.write(IMAGES.subarray(0, 4000)));
  const mute = await mirror(() => {});
  const closed = "http://127.0.0.1:9/";
  const mirrors = [refusing, wrong, long, short, cut, stuck, mute, closed];
  await assert.rejects(getPairs(MNIST, silent, { into: folder, mirrors, files, silence: 200 }), (error) => {
    const { message, output } = /** @type {import("./steps.mjs").Failure} */ (error);
    assert.equal(message, "no mirror could send MNIST.");
    const reasons = output.split("\n");
    const expected = [
      /: it answers 403 Forbidden$/,
      /: it sends another file \(SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}\)$/,
      /: it sends more than 5000 bytes$/,
      /: it sent 4000 of 5000 bytes$/,
      /: (it closed the connection|terminated|.*closed.*)$/,
      /: no answer for 0\.2 s$/,
      /: no answer for 0\.2 s$/,
      /: /,
    ];
    assert.equal(reasons.length, expected.length, output);
    expected.forEach((pattern, i) => assert.match(reasons[i] ?? "", pattern));
    return true;
  });
  assert.deepEqual(got(), [], "nothing half is left");
  await getPairs(MNIST, silent, { into: folder, mirrors: [...mirrors, await whole()], files, silence: 200 });
  assert.deepEqual(got(), ["images.gz", "labels.gz"]);
});

test("a file that is cut or has another sum is fetched anew, and only that one", async () => {
  mkdirSync(join(folder, "mnist"));
  writeFileSync(join(folder, "mnist", "images.gz"), IMAGES.subarray(1));
  writeFileSync(join(folder, "mnist", "labels.gz"), LABELS);
  /** @type {string[]} */
  const asked = [];
  const site = await mirror((path, response) => {
    asked.push(path);
    response.end(WHOLE[path]);
  });
  await getPairs(MNIST, silent, { into: folder, mirrors: [site], files });
  assert.deepEqual(asked, ["/images.gz"]);
  assert.deepEqual(readFileSync(join(folder, "mnist", "images.gz")), IMAGES);
});

test("a named folder is used, with the files in it or in its mnist, and no mirror is asked", async () => {
  for (const [i, inside] of ["", "mnist"].entries()) {
    const from = join(folder, `from-${i}`);
    const into = join(folder, `into-${i}`);
    mkdirSync(join(from, inside), { recursive: true });
    writeFileSync(join(from, inside, "images.gz"), IMAGES);
    writeFileSync(join(from, inside, "labels.gz"), LABELS);
    const source = findPairs(from, { ...MNIST, files });
    assert.equal(source, join(from, inside));
    const told = await getPairs(MNIST, silent, { from, into, mirrors: [], files });
    assert.equal(told, `copied from ${source}, checked`);
    assert.deepEqual(readFileSync(join(into, "mnist", "labels.gz")), LABELS);
  }
});

test("a named folder without the right files is told, and nothing is taken from it", async () => {
  const from = join(folder, "from");
  mkdirSync(join(from, "mnist"), { recursive: true });
  writeFileSync(join(from, "mnist", "images.gz"), IMAGES);
  const path = join(from, "mnist", "labels.gz");
  const get = () => getPairs(MNIST, silent, { from, into: folder, mirrors: [], files });
  await assert.rejects(get, { message: `${path}: it is missing.` });
  writeFileSync(path, LABELS.subarray(1));
  await assert.rejects(get, { message: `${path}: it has 2 bytes instead of 3.` });
  writeFileSync(path, Buffer.from([3, 2, 1]));
  await assert.rejects(get, /its SHA-256 is [0-9a-f]{64} instead of [0-9a-f]{64}\.$/);
  assert.deepEqual(got(), []);
});

test("a missing file is a flaw, a whole one is none", () => {
  const [images] = files;
  assert.ok(images);
  assert.equal(flaw(join(folder, "images.gz"), images), "it is missing");
  writeFileSync(join(folder, "images.gz"), IMAGES);
  assert.equal(flaw(join(folder, "images.gz"), images), undefined);
});

/** A tar of these files, with one header and padded body each, and what else an archive has. */
function tar(/** @type {Record<string, Buffer>} */ contents) {
  const parts = Object.entries(contents).flatMap(([name, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(bytes.length.toString(8).padStart(11, "0"), 124);
    header.write(name.endsWith("/") ? "5" : "0", 156);
    return [header, bytes, Buffer.alloc(-bytes.length & 511)];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

test("batches are unpacked from the published archive, whatever else is in it", async () => {
  const stream = () => Readable.from([tar({ "c/": Buffer.alloc(0), "c/a.bin": IMAGES, "c/b.txt": LABELS })]);
  const found = [];
  for await (const { name, size, body } of filesOfTar(stream().pipe(createGunzip()))) {
    const bytes = [];
    // One is left unread.
    if (name === "c/a.bin") for await (const piece of body) bytes.push(piece);
    found.push([name, size, Buffer.concat(bytes).equals(IMAGES)]);
  }
  assert.deepEqual(found, [
    ["c/a.bin", 5000, true],
    ["c/b.txt", 3, false],
  ]);
});

test("a batch with another sum is not copied, and an archive without batches is told", async () => {
  const from = join(folder, "from");
  mkdirSync(join(from, "cifar10"), { recursive: true });
  const get = () => getCifar(silent, { from, into: folder, mirrors: [] });
  await assert.rejects(get, /There are no batches of CIFAR-10 in/);
  writeFileSync(join(from, "cifar-10-binary.tar.gz"), tar({ "c/b.txt": LABELS }));
  await assert.rejects(get, /has 0 batches of CIFAR-10; two are needed/);
  writeFileSync(join(from, "cifar-10-binary.tar.gz"), tar({ "c/data_batch_1.bin": IMAGES }));
  await assert.rejects(get, /data_batch_1\.bin in .*: it has 5,000 bytes instead of 30,730,000\.$/);
  for (const number of [1, 2]) {
    writeFileSync(join(from, "cifar10", `data_batch_${number}.bin.gz`), gzipSync(IMAGES));
  }
  await assert.rejects(get, /data_batch_1\.bin\.gz: the SHA-256 of its contents is/);
  assert.deepEqual(readdirSync(join(folder, "cifar10")), []);
});

test("the progress bar fills from the left", () => {
  assert.equal(bar(0, 10e6), "░░░░░░░░░░░░░░░░░░░░ 0.0 of 10.0 MB");
  assert.equal(bar(2_600_000, 10e6), "█████░░░░░░░░░░░░░░░ 2.6 of 10.0 MB");
  assert.equal(bar(10e6, 10e6), "████████████████████ 10.0 of 10.0 MB");
});
