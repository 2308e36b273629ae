// MNIST's four files on their way to the engine: taken, or refused with a code and the file's name.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Refusal, Source } from "../../web/session/protocol.js";
import { FILES } from "../../web/session/sets.js";
import { open, rest, rig, until } from "./rig.js";

const it = rig();
afterEach(() => rest(it));
afterAll(() => it.close());

type Bytes = Uint8Array<ArrayBuffer>;

/** IDX: magic, lengths, bytes. */
function idx(magic: number, lengths: number[], body: ArrayLike<number>): Bytes {
  const bytes = new Uint8Array(4 * (1 + lengths.length) + body.length);
  [magic, ...lengths].forEach((word, place) => new DataView(bytes.buffer).setUint32(4 * place, word));
  bytes.set(body, 4 * (1 + lengths.length));
  return bytes;
}

/** Pixels that tell sample and place. */
const images = (count: number, first = 0) =>
  idx(
    0x803,
    [count, 28, 28],
    Array.from({ length: count * 784 }, (_, at) => (first + 7 * Math.floor(at / 784) + at) % 256),
  );
const labels = (count: number, first = 0) =>
  idx(
    0x801,
    [count],
    Array.from({ length: count }, (_, at) => (first + at) % 10),
  );

const small = (): Bytes[] => [images(30), labels(30), images(12, 99), labels(12, 5)];
const sources = (files: Bytes[]): Source[] =>
  files.map((bytes, place) => ({ name: `${FILES[place]!}.gz`, file: new Blob([bytes]) }));
const zipped = (bytes: Bytes): Bytes => new Uint8Array(gzipSync(bytes));

async function load(from: Source[]): Promise<Refusal | null> {
  const { loads } = it.ear;
  it.player.load("mnist", from);
  await until(() => it.ear.loads > loads || it.ear.refusals.length > 0);
  return it.ear.refusals[0]?.refusal ?? null;
}

test.each([
  ["plain", (bytes: Bytes): Bytes => bytes],
  ["gzip", zipped],
])("four %s files are taken, and their samples have one id each", async (_, pack) => {
  expect(await load(sources(small().map((bytes) => pack(bytes))))).toBeNull();
  expect(it.ear.progress.map(({ file }) => file)).toEqual(FILES.map((file) => `${file}.gz`));
  for (const { received, total } of it.ear.progress) expect(received).toBe(total);
  const opened = await open(it, "data=mnist&hidden=3&batch=7");
  expect(opened).toMatchObject({ trainSamples: 30, heldOutSamples: 12, stepsPerEpoch: 5 });
  it.player.images([0, 29, 30, 41]);
  await until(() => it.ear.images_.length === 4);
  const raw = small();
  for (const { id, label, image } of it.ear.images_) {
    const [file, place] = id < 30 ? [0, id] : [2, id - 30];
    expect(label).toBe(raw[file! + 1]![8 + place!]);
    expect([image.width, image.height]).toEqual([28, 28]);
    const expected = [...raw[file!]!.subarray(16 + 784 * place!, 16 + 784 * (place! + 1))];
    expect([...image.data]).toEqual(expected.flatMap((ink) => [255 - ink, 255 - ink, 255 - ink, 255]));
  }
});

const [, , testImages, testLabels] = FILES.map((file) => `${file}.gz`);
const trainImages = `${FILES[0]}.gz`;
const trainLabels = `${FILES[1]}.gz`;
const half = (bytes: Bytes) => bytes.slice(0, bytes.length >> 1);

test.each<[string, (files: Bytes[]) => Bytes[], Partial<Refusal> & { code: string }]>([
  [
    "a gzip that is cut off",
    ([a, b, c, d]) => [zipped(a!), zipped(b!), half(zipped(c!)), zipped(d!)],
    { code: "gzipCut", file: testImages! },
  ],
  [
    "a gzip with damage inside",
    ([a, ...rest]) => [zipped(a!).fill(77, 40, 60), ...rest],
    { code: "gzipCut", file: trainImages },
  ],
  [
    "nothing but gzip's first bytes",
    ([a, b, c]) => [a!, b!, c!, Uint8Array.of(0x1f, 0x8b)],
    { code: "gzipCut", file: testLabels! },
  ],
  [
    "neither gzip nor IDX",
    ([a, , c, d]) => [a!, new TextEncoder().encode("<!doctype html>") as Bytes, c!, d!],
    { code: "wrongMagic", file: trainLabels, expected: 0x801, found: 0x3c21646f },
  ],
  [
    "images and labels swapped",
    ([a, b, c, d]) => [b!, a!, c!, d!],
    { code: "wrongMagic", file: trainImages, expected: 0x803, found: 0x801 },
  ],
  [
    "labels of the other part",
    ([a, b, c, d]) => [a!, d!, c!, b!],
    { code: "countsDiffer", images: trainImages, labels: trainLabels, imageCount: 30, labelCount: 12 },
  ],
  [
    "a file that is cut off",
    ([a, b, c, d]) => [a!.slice(0, -785), b!, c!, d!],
    { code: "wrongLength", file: trainImages, expected: 30, found: 28 },
  ],
  [
    "a file that is too long",
    ([a, b, c, d]) => [a!, b!, c!, new Uint8Array([...d!, 1])],
    { code: "wrongLength", file: testLabels!, expected: 12, found: 13 },
  ],
  [
    "an empty file",
    ([a, b, , d]) => [a!, b!, new Uint8Array(), d!],
    { code: "shortHeader", file: testImages!, expected: 16, found: 0 },
  ],
  [
    "a header that promises terabytes",
    ([, b, c, d]) => [idx(0x803, [0xffffffff, 0xffffffff, 0xffffffff], []), b!, c!, d!],
    { code: "absurd", file: trainImages },
  ],
  [
    "images of another size",
    ([, b, c, d]) => [idx(0x803, [30, 14, 56], new Uint8Array(30 * 784)), b!, c!, d!],
    { code: "wrongShape", file: trainImages, expected: [28, 28], found: [14, 56] },
  ],
  [
    "a label that is no digit",
    ([a, b, c, d]) => [a!, b!.fill(10, 20, 21), c!, d!],
    { code: "labelOutOfRange", file: trainLabels, place: 12, found: 10, most: 9 },
  ],
])("%s is refused with facts, and the run goes on", async (_, spoil, expected) => {
  await open(it, "data=generated&hidden=3");
  it.player.play();
  await until(() => it.ear.frames.length > 2);
  expect(await load(sources(spoil(small())))).toMatchObject(expected);
  expect(it.ear.refusals.map(({ what }) => what)).toEqual(["load"]);
  const { step } = it.ear.last;
  await until(() => it.ear.last.step > step + 10, "the run goes on");
  expect(it.ear.losses).toEqual([]);
});

test("what can't be fetched is refused with the file's name", async () => {
  const nowhere = sources(small());
  nowhere[2] = { name: testImages!, url: "http://127.0.0.1:9/nothing-listens-here" };
  expect(await load(nowhere)).toMatchObject({ code: "fetchFailed", file: testImages });
});

// ---- the real files ----------------------------------------------------------------------------------

const folder = process.env["BRAINBOW_DATA"] && join(process.env["BRAINBOW_DATA"], "mnist");
const withMnist = test.skipIf(!folder || !existsSync(join(folder, `${FILES[0]}.gz`)));
const file = (name: string) => new Uint8Array(readFileSync(join(folder!, `${name}.gz`)));

withMnist(
  "real MNIST: ten templates read more than 88 % of the test digits after one epoch",
  async () => {
    expect(await load(sources(FILES.map(file)))).toBeNull();
    expect(await open(it, "data=mnist&hidden=0")).toMatchObject({
      trainSamples: 60_000,
      heldOutSamples: 10_000,
      stepsPerEpoch: 938,
    });
    await it.player.step(938);
    expect(it.ear.epochs).toMatchObject([{ epoch: 1, step: 938 }]);
    expect(it.ear.epochs[0]!.valScore).toBeGreaterThan(0.88);
    expect(it.ear.evaluations.at(-1)!.loan.confusion.reduce((sum, count) => sum + count)).toBe(10_000);
  },
  30_000,
);

withMnist(
  "real MNIST: an image is 255 less its file's bytes, and test image i has id 60,000 + i",
  async () => {
    expect(await load(sources(FILES.map(file)))).toBeNull();
    await open(it, "data=mnist&hidden=0");
    const ids = [0, 1, 59_999, 60_000, 60_001, 61_014, 69_999];
    it.player.images(ids);
    await until(() => it.ear.images_.length === ids.length);
    expect(it.ear.images_.map(({ id }) => id)).toEqual(ids);
    const raw = FILES.map((name) => gunzipSync(file(name)));
    for (const { id, label, image } of it.ear.images_) {
      const [part, place] = id < 60_000 ? [0, id] : [2, id - 60_000];
      expect(label).toBe(raw[part! + 1]![8 + place!]);
      const ink = raw[part!]!.subarray(16 + 784 * place!, 16 + 784 * (place! + 1));
      expect(image.data.filter((_, at) => at % 4 === 0)).toEqual(
        new Uint8ClampedArray(ink.map((value) => 255 - value)),
      );
      expect(image.data.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    }
  },
);
