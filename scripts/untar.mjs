// The files of a tar stream, one after the other: a header of 512 bytes, the bytes, zeros up to the next 512.

const BLOCK = 512;

/**
 * Each body is to be read, or left, before the next file is asked for.
 * @param {AsyncIterable<Buffer>} stream
 */
export async function* filesOfTar(stream) {
  const pieces = stream[Symbol.asyncIterator]();
  /** @type {Buffer} */
  let rest = Buffer.alloc(0);

  /**
   * Up to `most` bytes; nothing at the stream's end.
   * @param {number} most
   */
  const take = async (most) => {
    while (rest.length === 0) {
      const { done, value } = await pieces.next();
      if (done) return undefined;
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  };
  /** @param {number} left */
  async function* bytes(left) {
    while (left > 0) {
      const piece = await take(left);
      if (!piece) throw new Error("the archive ends inside a file");
      left -= piece.length;
      yield piece;
    }
  }

  for (;;) {
    const header = await headerFrom(take);
    // Two empty blocks end an archive; one is enough of a sign.
    if (header.every((byte) => byte === 0)) return;
    if (header.length < BLOCK) throw new Error("the archive ends inside a header");
    const name = text(header.subarray(0, 100));
    const size = Number.parseInt(text(header.subarray(124, 136)).trim() || "0", 8);
    if (!Number.isSafeInteger(size)) throw new Error("that is no archive");
    const isFile = header[156] === 0 || header[156] === 0x30;
    const body = bytes(size);
    if (isFile) yield { name, size, body };
    for await (const _ of body);
    for await (const _ of bytes(-size & (BLOCK - 1)));
  }
}

/**
 * A header's bytes, fewer at the stream's end.
 * @param {(most: number) => Promise<Buffer | undefined>} take
 */
async function headerFrom(take) {
  let header = Buffer.alloc(0);
  while (header.length < BLOCK) {
    const piece = await take(BLOCK - header.length);
    if (!piece) break;
    header = Buffer.concat([header, piece]);
  }
  return header;
}

/** @param {Buffer} field */
const text = (field) => field.toString("latin1").split("\0", 1)[0] ?? "";
