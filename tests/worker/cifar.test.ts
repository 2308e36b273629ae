// CIFAR-10's batches on their way to the engine: piece by piece, plain, gzipped or in the archive.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Refusal, Source } from "../../web/session/protocol.js";
import { open, rest, rig, until } from "./rig.js";

const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

type Bytes = Uint8Array<ArrayBuffer>;
const RECORD = 3073;
const RECORDS = 10_000;

/** Values that tell batch, record and place; every class. */
function batch(number: number): Bytes {
  const bytes = new Uint8Array(RECORD * RECORDS);
  for (let record = 0; record < RECORDS; record++) {
    const start = record * RECORD;
    bytes[start] = (number + record) % 10;
    for (let plane = 0; plane < 3; plane++) {
      const first = start + 1 + 1024 * plane;
      bytes.fill((number * 31 + record + 80 * plane) % 251, first, first + 500);
      bytes.fill((number * 17 + record + 40 * plane) % 251, first + 500, first + 1024);
      bytes[first + 31] = (record + plane) % 256;
    }
  }
  return bytes;
}
const zipped = (bytes: Bytes): Bytes => new Uint8Array(gzipSync(bytes, { level: 1 }));
const source = (name: string, bytes: Bytes): Source => ({ name, file: new Blob([bytes]) });

/** An archive with these files behind each other. */
function tar(files: Record<string, Bytes>): Bytes {
  const parts = Object.entries(files).flatMap(([name, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(bytes.length.toString(8).padStart(11, "0"), 124);
    header.write(name.endsWith("/") ? "5" : "0", 156);
    return [header, bytes, Buffer.alloc(-bytes.length & 511)];
  });
  return new Uint8Array(Buffer.concat([...parts, Buffer.alloc(1024)]));
}

async function load(from: Source[]): Promise<Refusal | null> {
  const { loads } = it.ear;
  it.player.load("cifar10", from);
  await until(() => it.ear.loads > loads || it.ear.refusals.length > 0, "loaded or refused", 30_000);
  return it.ear.refusals[0]?.refusal ?? null;
}

async function pixelsAre(ids: readonly number[], raw: (id: number) => Uint8Array): Promise<void> {
  it.player.images([...ids]);
  await until(() => it.ear.images_.length === ids.length, "images");
  for (const { id, label, image } of it.ear.images_) {
    const record = raw(id);
    expect([label, image.width, image.height]).toEqual([record[0], 32, 32]);
    for (const at of [0, 1, 31, 32, 500, 1023]) {
      const expected = [0, 1, 2].map((plane) => record[1 + 1024 * plane + at]);
      expect(Array.from(image.data.subarray(4 * at, 4 * at + 4))).toEqual([...expected, 255]);
    }
  }
}

test("batches in any order, plain or gzipped, are numbered in their own order; the last is held out", async () => {
  const parts = { 1: batch(1), 2: batch(2), 5: batch(5) };
  const sources = [
    source("data_batch_5.bin", parts[5]),
    source("data_batch_1.bin.gz", zipped(parts[1])),
    source("data_batch_2.bin", parts[2]),
  ];
  expect(await load(sources)).toBeNull();
  expect(await open(it, "data=cifar10&hidden=3&classes=3,5,9&scale=mean")).toMatchObject({
    shape: { height: 32, width: 32, channels: 3 },
    classes: 3,
    classNumbers: [3, 5, 9],
    trainSamples: 6000,
    heldOutSamples: 3000,
    heldOutBatch: "data_batch_5",
  });
  await open(it, "data=cifar10&hidden=0");
  await pixelsAre([0, 9_999, 10_000, 19_999, 20_000, 29_999], (id) => {
    const part = [parts[1], parts[2], parts[5]][Math.floor(id / RECORDS)]!;
    return part.subarray((id % RECORDS) * RECORD, ((id % RECORDS) + 1) * RECORD);
  });
});

test("of an archive the batches are taken, whatever else is in it, and the test batch is held out", async () => {
  const parts = { 3: batch(3), test: batch(8) };
  const archive = zipped(
    tar({
      "cifar-10-batches-bin/": new Uint8Array(),
      "cifar-10-batches-bin/test_batch.bin": parts.test,
      "cifar-10-batches-bin/readme.html": new Uint8Array(700).fill(65),
      "cifar-10-batches-bin/data_batch_3.bin": parts[3],
    }),
  );
  expect(await load([source("cifar-10-binary.tar.gz", archive)])).toBeNull();
  expect(await open(it, "data=cifar10&hidden=0")).toMatchObject({
    trainSamples: 10_000,
    heldOutSamples: 10_000,
    heldOutBatch: "test_batch",
  });
  await pixelsAre([7, 10_007], (id) => parts[id < RECORDS ? 3 : "test"].subarray(7 * RECORD, 8 * RECORD));
});

const good = source("data_batch_2.bin", batch(2));
test.each<[string, () => Source[], Partial<Refusal> & { code: string }]>([
  [
    "a batch that is cut off",
    () => [good, source("data_batch_1.bin", batch(1).slice(0, -1))],
    {
      code: "batchLength",
      file: "data_batch_1.bin",
      expected: 30_730_000,
      found: 30_729_999,
    },
  ],
  [
    "a batch that never ends",
    () => [good, source("data_batch_1.bin", new Uint8Array(90_000_000))],
    { code: "batchLength", file: "data_batch_1.bin", expected: 30_730_000 },
  ],
  [
    "a gzip that is cut off",
    () => [good, source("data_batch_1.bin.gz", zipped(batch(1)).slice(0, 4000))],
    { code: "gzipCut", file: "data_batch_1.bin.gz" },
  ],
  [
    "a label that is no class",
    () => [good, source("data_batch_1.bin", batch(1).fill(10, RECORD * 12, RECORD * 12 + 1))],
    { code: "batchLabel", file: "data_batch_1.bin", place: 12, found: 10, most: 9 },
  ],
  ["one batch alone", () => [good], { code: "tooFewBatches", found: 1 }],
  [
    "the same batch twice",
    // What it is packed with is known by its bytes, not by its name.
    () => [good, source("data_batch_2.bin.gz", batch(2))],
    { code: "batchTwice", first: "data_batch_2.bin", second: "data_batch_2.bin.gz" },
  ],
  [
    "an archive that ends too early",
    () => [source("c.tar.gz", zipped(tar({ "data_batch_1.bin": batch(1) }).slice(0, 5000)))],
    { code: "archiveCut", file: "c.tar.gz" },
  ],
  [
    "something else that calls itself an archive",
    () => [source("c.tar", new Uint8Array(4000).fill(66))],
    { code: "archiveCut", file: "c.tar" },
  ],
])("%s is refused with facts, and the run goes on", async (_, sources, expected) => {
  await open(it, "data=generated&hidden=3&epochs=10000");
  it.player.play();
  expect(await load(sources())).toMatchObject(expected);
  const step = it.ear.last?.step ?? 0;
  await until(() => (it.ear.last?.step ?? 0) > step + 10, "the run goes on");
  expect(it.ear.losses).toEqual([]);
});

test("a load can be cancelled, and of one that another replaces nobody hears", async () => {
  // It sends the beginning of a batch and then nothing more.
  const server = createServer((_, response) => void response.write(batch(1).subarray(0, 200_000)));
  await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
  const { port } = server.address() as AddressInfo;
  const slow: Source = { name: "data_batch_1.bin", url: `http://127.0.0.1:${port}/` };
  const begun = () => until(() => it.ear.progress.length > 0, "the load begins");

  it.player.load("cifar10", [good, slow]);
  await begun();
  it.player.cancelLoad();
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals).toEqual([{ what: "load", refusal: { code: "cancelled" } }]);

  it.ear.clear();
  it.player.load("cifar10", [slow]);
  await begun();
  it.player.load("cifar10", [good, source("data_batch_1.bin", batch(1))]);
  await until(() => it.ear.loads > 0);
  expect(it.ear.refusals).toEqual([]);
  server.closeAllConnections();
  server.close();
});

// ---- the real files ----------------------------------------------------------------------------------

const folder = process.env["BRAINBOW_DATA"] && join(process.env["BRAINBOW_DATA"], "cifar10");
const NAMES = [1, 2, 5].map((number) => `data_batch_${number}.bin.gz`);
const withCifar = test.skipIf(!folder || !NAMES.every((name) => existsSync(join(folder, name))));
const packed = (name: string) => new Uint8Array(readFileSync(join(folder!, name)));

withCifar(
  "real CIFAR-10: pixels are the file's bytes, and one epoch recognises more than guessing does",
  async () => {
    expect(await load(NAMES.map((name) => source(name, packed(name))))).toBeNull();
    await open(it, "data=cifar10&hidden=0&opt=adam&lr=0.0003&scale=mean");
    await pixelsAre([0, 10_001, 29_999], (id) => {
      const raw = gunzipSync(packed(NAMES[Math.floor(id / RECORDS)]!));
      return raw.subarray((id % RECORDS) * RECORD, ((id % RECORDS) + 1) * RECORD);
    });
    await it.player.step(313);
    expect(it.ear.epochs[0]!.valScore).toBeGreaterThan(0.28);
  },
  60_000,
);
