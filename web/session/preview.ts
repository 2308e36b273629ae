// The first images of a set that is here but has not been loaded: no more of its file is read than they take.
import { readPieces } from "./files.js";
import type { SetName, Source } from "./protocol.js";
import { isArchive } from "./sets.js";

/** What stands before the first image, and what an image takes with what stands before it. */
interface Form {
  header: number;
  label: number;
  side: number;
  channels: 1 | 3;
}
const IDX: Form = { header: 16, label: 0, side: 28, channels: 1 };
const FORMS: Record<SetName, Form> = {
  mnist: IDX,
  fashion: IDX,
  cifar10: { header: 0, label: 1, side: 32, channels: 3 },
};

/** Nothing where the file can't be read, which whoever loads it will be told. */
export async function firstImages(
  set: SetName,
  [first]: readonly Source[],
  count: number,
): Promise<ImageData[]> {
  const form = FORMS[set];
  const size = form.label + form.channels * form.side ** 2;
  // In an archive the images are not what stands first.
  if (isArchive(first!.name)) return [];
  try {
    const bytes = await firstBytes(first!, form.header + count * size);
    return Array.from({ length: count }, (_, i) =>
      imageOf(bytes.subarray(form.header + i * size + form.label), form),
    );
  } catch {
    return [];
  }
}

async function firstBytes(source: Source, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let at = 0;
  for await (const piece of readPieces(source, () => undefined)) {
    bytes.set(piece.subarray(0, count - at), at);
    at += piece.byteLength;
    if (at >= count) return bytes;
  }
  throw new RangeError(`${source.name} ends after ${at} bytes`);
}

/** A photograph, plane by plane, or dark ink on white paper. */
function imageOf(bytes: Uint8Array, { side, channels }: Form): ImageData {
  const image = new ImageData(side, side);
  const plane = side ** 2;
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      image.data[4 * pixel + channel] =
        channels === 3 ? bytes[channel * plane + pixel]! : 255 - bytes[pixel]!;
    image.data[4 * pixel + 3] = 255;
  }
  return image;
}
