// Files in MNIST's format, made by hand, for the ways in which they can be broken; and how they get into the page.
import { gzipSync } from "node:zlib";
import type { LabPage } from "./lab.js";

export interface MadeFile {
  name: string;
  bytes: Buffer;
}

/** The four names, in which the page recognises the files. */
export const NAMES = {
  trainImages: "train-images-idx3-ubyte.gz",
  trainLabels: "train-labels-idx1-ubyte.gz",
  testImages: "t10k-images-idx3-ubyte.gz",
  testLabels: "t10k-labels-idx1-ubyte.gz",
} as const;

function header(...words: number[]): Buffer {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => bytes.writeUInt32BE(word, 4 * i));
  return bytes;
}

/** `promised` images in the header, `count` in the body. */
export function images(count: number, promised = count): Buffer {
  const body = Buffer.from(Array.from({ length: count * 784 }, (_, i) => (i * 7919) % 251));
  return Buffer.concat([header(0x803, promised, 28, 28), body]);
}

export function labels(count: number, last = 9): Buffer {
  const body = Buffer.from(Array.from({ length: count }, (_, i) => (i === count - 1 ? last : i % 10)));
  return Buffer.concat([header(0x801, count), body]);
}

/** Four files that belong together, packed, with others in the place of some. */
export function fourFiles(others: Partial<Record<keyof typeof NAMES, Buffer>> = {}): MadeFile[] {
  const whole = {
    trainImages: gzipSync(images(40)),
    trainLabels: gzipSync(labels(40)),
    testImages: gzipSync(images(20)),
    testLabels: gzipSync(labels(20)),
    ...others,
  };
  return Object.entries(NAMES).map(([key, name]) => ({ name, bytes: whole[key as keyof typeof NAMES] }));
}

/** Drops files on the page, as a hand does that drags them there. */
export async function drop(lab: LabPage, files: readonly MadeFile[]): Promise<void> {
  const packed = files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") }));
  await lab.page.getByRole("main").evaluate((main, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, base64 } of dropped) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    const happen = (type: string) =>
      main.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    happen("dragover");
    // Not prevented, the browser would open the file in place of the page.
    if (happen("drop")) throw new Error("the page let the browser open the files");
  }, packed);
}
