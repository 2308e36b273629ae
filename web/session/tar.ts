// The files of a tar stream, one after the other: a header of 512 bytes, the bytes, zeros up to the next 512.

const BLOCK = 512;

/** A file of an archive. What is left unread of its pieces is passed over when the next file is asked for. */
export interface Packed {
  name: string;
  size: number;
  pieces: AsyncIterable<Uint8Array>;
}

/** The archive ends in the middle of something, or is none. */
export class NoArchive extends Error {}

export async function* filesOfTar(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Packed> {
  const source = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();

  /** Up to `most` bytes; nothing at the stream's end. */
  const take = async (most: number): Promise<Uint8Array | null> => {
    while (rest.length === 0) {
      const { done, value } = await source.next();
      if (done) return null;
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  };
  async function* bytes(left: number): AsyncGenerator<Uint8Array> {
    while (left > 0) {
      const piece = await take(left);
      if (!piece) throw new NoArchive();
      left -= piece.length;
      yield piece;
    }
  }

  try {
    for (;;) {
      const header = new Uint8Array(BLOCK);
      let length = 0;
      while (length < BLOCK) {
        const piece = await take(BLOCK - length);
        if (!piece) break;
        header.set(piece, length);
        length += piece.length;
      }
      // Two empty blocks end an archive; one is enough of a sign.
      if (length === 0 || header.every((byte) => byte === 0)) return;
      const size = parseInt(text(header, 124, 136).trim() || "0", 8);
      if (length < BLOCK || !Number.isSafeInteger(size)) throw new NoArchive();
      let left = size;
      async function* body(): AsyncGenerator<Uint8Array> {
        while (left > 0) {
          const piece = await take(left);
          if (!piece) throw new NoArchive();
          left -= piece.length;
          yield piece;
        }
      }
      const isFile = header[156] === 0 || header[156] === 0x30;
      if (isFile) yield { name: text(header, 0, 100), size, pieces: body() };
      for await (const _ of bytes(left + (-size & (BLOCK - 1))));
    }
  } finally {
    await source.return?.();
  }
}

/** A field of the header: up to its first zero. */
function text(header: Uint8Array, from: number, to: number): string {
  return new TextDecoder("latin1").decode(header.subarray(from, to)).split("\0", 1)[0]!;
}
