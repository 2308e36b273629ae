// A set's files on their way into the engine, one load after the other: a new one ends the one before.
import type { Session } from "../generated/brainbow_wasm.js";
import { FileRefused, forget, readFile, readPieces } from "./files.js";
import type { Answer, Command, Refusal, SetName, Source } from "./protocol.js";
import { filesOfTar, NoArchive } from "./tar.js";

type Load = Extract<Command, { type: "load" }>;

/** A table of 200,000 rows and 100 columns is shorter. */
const MOST_BYTES = 200_000_000;
/** A table is read for so long at once. */
const READ_MS = 20;
const tooLarge = (file: string, bytes: number) =>
  new FileRefused({ code: "tableTooLarge", file, bytes, most: MOST_BYTES });

/** Refusals that say nothing of what a file holds. */
const ON_THE_WAY: readonly Refusal["code"][] = ["cancelled", "fetchFailed", "fetchStatus"];

/** Bytes of a batch of CIFAR-10. */
const BATCH = 30_730_000;
const IN_ARCHIVE = /(^|\/)(data_batch_[1-5]|test_batch)\.bin$/;

export class Loader {
  readonly #answer: (message: Answer) => void;
  #abort: AbortController | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(answer: (message: Answer) => void) {
    this.#answer = answer;
  }

  cancel(): void {
    this.#abort?.abort();
  }

  load(session: Session, command: Load): Promise<void> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    const done = this.#last.then(() => this.#load(session, command, abort));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** A table, after what is under way. */
  table(
    session: Session,
    { load, name, source, dialect }: Extract<Command, { type: "table" }>,
  ): Promise<void> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    const done = this.#last.then(async () => {
      const size = "file" in source ? source.file.size : 0;
      if (size > MOST_BYTES) throw tooLarge(source.name, size);
      const heard = (received: number, total: number | null) => {
        if (received > MOST_BYTES) throw tooLarge(source.name, received);
        this.#answer({ type: "loading", load, file: source.name, received, total });
      };
      const unpacked = (bytes: number) => {
        if (bytes > MOST_BYTES) throw tooLarge(source.name, bytes);
      };
      const bytes = await readFile(source, heard, abort.signal, unpacked);
      if (abort.signal.aborted) throw new FileRefused({ code: "cancelled" });
      session.forgetFiles();
      session.beginFile(source.name, bytes.length);
      session.append(bytes);
      session.beginTable(name, dialect ?? undefined);
      let table;
      while (!(table = session.readTable(READ_MS))) {
        // Whatever else has come meanwhile has its turn.
        await new Promise((done) => setTimeout(done));
        if (abort.signal.aborted) throw new FileRefused({ code: "cancelled" });
      }
      this.#answer({ type: "table", load, table });
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #load(session: Session, { load, set, sources }: Load, abort: AbortController): Promise<void> {
    try {
      for (const source of sources) await this.#take(session, load, set, source, abort.signal);
      if (abort.signal.aborted) throw new FileRefused({ code: "cancelled" });
      session.take({ kind: set });
    } catch (error) {
      session.forgetFiles();
      // Nobody needs the rest of a file that is refused.
      abort.abort();
      if (!(error instanceof FileRefused && ON_THE_WAY.includes(error.refusal.code))) await forget(sources);
      throw error;
    }
    this.#answer({ type: "loaded", load, set });
  }

  async #take(session: Session, load: number, set: SetName, source: Source, signal: AbortSignal) {
    let said = 0;
    const heard = (received: number, total: number | null) => {
      // A few messages for each file are enough for a progress bar, and show that the worker lives.
      if (received - said < 100_000 && received !== total) return;
      said = received;
      this.#answer({ type: "loading", load, file: source.name, received, total });
    };
    if (set !== "cifar10") {
      const bytes = await readFile(source, heard, signal);
      session.beginFile(source.name, bytes.length);
      return session.append(bytes);
    }
    const pieces = readPieces(source, heard, signal);
    if (!/\.(tar|tar\.gz|tgz)$/.test(source.name)) return this.#stream(session, source.name, pieces);
    try {
      for await (const file of filesOfTar(pieces)) {
        if (IN_ARCHIVE.test(file.name)) await this.#stream(session, file.name, file.pieces);
      }
    } catch (error) {
      if (error instanceof NoArchive) throw new FileRefused({ code: "archiveCut", file: source.name });
      throw error;
    }
  }

  async #stream(session: Session, name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    session.beginFile(name, BATCH);
    for await (const piece of pieces) session.append(piece);
  }
}
