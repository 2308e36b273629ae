// The files of a data set: fetched or dropped, unpacked while they arrive, kept for the next visit.
import type { Refusal, Source } from "./protocol.js";

/** The cache that holds the files for the next visit. */
export const CACHE = "brainbow-data-1";

/** Thrown with facts; the page has the words. */
export class FileRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Told of every piece that arrives, packed as it is. */
export type Heard = (received: number, total: number | null) => void;

/** The whole file, unpacked where it is gzip; `unpacked` is told how much there is so far, and may throw. */
export async function readFile(
  source: Source,
  heard: Heard,
  signal?: AbortSignal,
  unpacked: (bytes: number) => void = () => undefined,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of readPieces(source, heard, signal)) {
    unpacked((bytes += piece.byteLength));
    pieces.push(piece);
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/** The file piece by piece, unpacked where it is gzip: nobody has to hold all of it. */
export async function* readPieces(
  source: Source,
  heard: Heard,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { body, total } = "url" in source ? await fetched(source, signal) : dropped(source.file);
  let received = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, out) {
        received += piece.byteLength;
        heard(received, total);
        out.enqueue(piece);
      },
    }),
  );
  const failed = (error: unknown) => {
    if (signal?.aborted) return new FileRefused({ code: "cancelled" });
    return new FileRefused({ code: "fetchFailed", file: source.name, message: String(error) });
  };
  const [first, rest] = await peek(counted).catch((error: unknown) => {
    throw failed(error);
  });
  const zipped = first[0] === 0x1f && first[1] === 0x8b;
  const unpacked = zipped
    ? rest.pipeThrough(new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>)
    : rest;
  const reader = unpacked.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        if (zipped && !signal?.aborted)
          throw new FileRefused({ code: "gzipCut", file: source.name, received });
        throw failed(error);
      });
      if (done) return;
      if (signal?.aborted) throw new FileRefused({ code: "cancelled" });
      yield value;
    }
  } finally {
    // Not waited for: a source that hangs would hang here, too.
    reader.cancel().catch(() => undefined);
  }
}

type Body = { body: ReadableStream<Uint8Array>; total: number | null };

function dropped(file: Blob): Body {
  return { body: file.stream(), total: file.size };
}

async function fetched(source: { name: string; url: string }, signal?: AbortSignal): Promise<Body> {
  // What lies beside the page is not kept a second time. No Cache API over plain http: then the file is fetched again at
  // the next visit.
  const isOwn = new URL(source.url).origin === globalThis.location?.origin;
  const cache = isOwn ? null : await openCache();
  const kept = await cache?.match(source.url);
  const response = kept ?? (await ask(source, signal));
  if (!response.ok || !response.body) {
    throw new FileRefused({ code: "fetchStatus", file: source.name, status: response.status });
  }
  // Not waited for: it takes as long as the file takes to come.
  if (cache && !kept)
    keeping.set(
      source.url,
      cache.put(source.url, response.clone()).catch(() => undefined),
    );
  // A server that unpacks on the way says the packed length: no total is better than a wrong one.
  const length = response.headers.get("content-encoding") ? null : response.headers.get("content-length");
  return { body: response.body, total: length === null ? null : Number(length) };
}

/** Files on their way into the cache. */
const keeping = new Map<string, Promise<void>>();

/** Forgets files that turned out to be none. */
export async function forget(sources: readonly Source[]): Promise<void> {
  const cache = await openCache();
  for (const source of sources) {
    if (!("url" in source)) continue;
    await keeping.get(source.url);
    await cache?.delete(source.url);
  }
}

async function openCache(): Promise<Cache | null> {
  return typeof caches === "undefined" ? null : caches.open(CACHE).catch(() => null);
}

async function ask(source: { name: string; url: string }, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(source.url, signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw new FileRefused({ code: "cancelled" });
    throw new FileRefused({ code: "fetchFailed", file: source.name, message: String(error) });
  }
}

/** The first bytes, and the stream as if nobody had looked. */
async function peek(stream: ReadableStream<Uint8Array>): Promise<[Uint8Array, ReadableStream<Uint8Array>]> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let first = new Uint8Array();
  while (first.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    first = Uint8Array.from([...first, ...value.subarray(0, 2)]);
  }
  const rest = new ReadableStream<Uint8Array>({
    async pull(out) {
      const waiting = pieces.shift();
      if (waiting) return out.enqueue(waiting);
      const { done, value } = await reader.read();
      if (done) out.close();
      else out.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return [first, rest];
}
