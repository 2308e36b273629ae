// What page and worker say to each other: types with a contract, not method calls.
//
// The page lends buffers; the worker trains for a moment, fills them and gives them back. Nothing is
// sent that was not asked for. To pause, do not lend.
import type {
  CifarError,
  DataSpec,
  Dialect,
  Experiment,
  ExperimentError,
  Found,
  IdxError,
  Opened,
  RateFrom,
  RunState,
  Stop,
  TableError,
  TableFacts,
} from "../generated/brainbow_wasm.js";
import type { Questions, EvaluationFacts, DrawingRead, EpochFacts, SamplePicture } from "./facts.js";
import type { Loan } from "./loan.js";
import type { Want, Wanted } from "./wants.js";

export type * from "./facts.js";
export type { Loan } from "./loan.js";
export type { Want, Wanted } from "./wants.js";

/** An image set that comes in files. */
export type SetName = Exclude<DataSpec["kind"], "generated" | "toy" | "function" | "table">;

/** A file of a data set: from the page's own origin or a mirror, or dropped by the visitor. */
export type Source = { name: string; url: string } | { name: string; file: Blob };

export type Command =
  | { type: "start"; wasm: WebAssembly.Module }
  /** Answers `loading` while it goes on, then `loaded` or `refused`. Ends a load that is under way. */
  | { type: "load"; load: number; set: SetName; sources: Source[] }
  /** Ends the load that is under way: it is `refused` as `cancelled`. */
  | { type: "cancel" }
  /** Answers `opened` or `refused`. */
  | { type: "open"; run: number; experiment: Experiment; snapshot: Uint8Array | null }
  | { type: "tune"; run: number; learningRate: number }
  /** When to end; a run that has ended learns on where there is more to do. */
  | { type: "until"; run: number; epochs: number; stop: Stop }
  /** Trains for at most `ms` and `steps`, evaluates where there is reason to; answers `frame`. */
  | { type: "train"; run: number; ms: number; steps: number; loan: Loan; questions: Questions }
  /** Answers `pong`: a worker that waits for the network is not a dead one. */
  | { type: "ping" }
  /** Answers `answered` between two slices, where there is an evaluation: somebody is waiting. */
  | { type: "ask"; run: number; questions: Questions }
  /** A drawing (ink row by row, 0 paper), or none any more; answers `drawn`. */
  | { type: "draw"; run: number; ink: Uint8Array | null; columns: number }
  /** Looks a little further for what the drawing is like; answers `found`. */
  | { type: "search"; run: number }
  /** Looks at a step of the past, or (null) at the present again; while the past is looked at nothing is learned. */
  | { type: "look"; run: number; step: number | null; look: number }
  /** Goes on from the step that is looked at. */
  | { type: "fork"; run: number }
  /** Answers `images`. */
  | { type: "images"; run: number; ids: number[] }
  /** Answers `wanted`. */
  | { type: "want"; run: number; want: Want }
  /** A table from a file, as it seems to be written or as `dialect` says; answers `loading`, then `table` or `refused`. */
  | { type: "table"; load: number; name: string; source: Source; dialect: Dialect | null };

export interface Frame {
  type: "frame";
  run: number;
  step: number;
  state: RunState;
  loan: Loan;
  /** The steps taken since the last frame: mean loss over the batches, and how well their samples were told. */
  trained: { steps: number; samples: number; loss: number; score: number; ms: number } | null;
  /** A new evaluation, or new answers about the last one. */
  evaluation: EvaluationFacts | null;
  /** The epochs that have ended since the last frame. */
  epochs: EpochFacts[];
  /** The steps that can be looked at again, where they have changed. */
  kept: Uint32Array | null;
  /** Whether all this is of a step of the past. */
  past: boolean;
  /** The `look` that has been carried out last, or 0. */
  look: number;
  /** How long the worker had nothing to do before. */
  idleMs: number;
  /** Whether the last evaluation is of this very step. */
  settled: boolean;
}

/** What can go wrong on a file's way to the engine. */
export type FileError =
  | { code: "gzipCut"; file: string; received: number }
  | { code: "fetchStatus"; file: string; status: number }
  | { code: "fetchFailed"; file: string; message: string }
  | { code: "archiveCut"; file: string }
  | { code: "cancelled" }
  | { code: "wrongFiles"; missing: string }
  | { code: "tableTooLarge"; file: string; bytes: number; most: number };

/** What the boundary refuses. */
export type SessionError =
  | { code: "dataMissing"; data: DataSpec }
  | { code: "snapshot"; message: string }
  | { code: "nothingOpen" }
  | { code: "malformed"; message: string };

/** Why something was not done: a code and facts; the page has the words. */
export type Refusal = IdxError | CifarError | TableError | FileError | ExperimentError | SessionError;

export type Answer =
  | { type: "started" }
  | { type: "loading"; load: number; file: string; received: number; total: number | null }
  | { type: "loaded"; load: number; set: SetName }
  | { type: "pong" }
  | { type: "opened"; run: number; opened: Opened; step: number }
  | { type: "tuned"; run: number; learningRate: RateFrom[] }
  | { type: "answered"; run: number; evaluation: EvaluationFacts }
  /** `image` is what the network sees. */
  | { type: "drawn"; run: number; image: ImageData | null; read: DrawingRead | null }
  | { type: "found"; run: number; found: Found | null }
  | { type: "images"; run: number; images: SamplePicture[] }
  /** As far as it has been found; `isWhole` says whether there is no more. */
  | { type: "wanted"; run: number; want: Want; found: Partial<Wanted>; isWhole: boolean }
  | { type: "table"; load: number; table: TableFacts }
  | { type: "refused"; what: Command["type"]; run: number | null; load: number | null; refusal: Refusal }
  /** The instance is not to be trusted any more. */
  | { type: "crashed"; message: string }
  | Frame;

/** Seeds that an experiment is run with for its spread. */
export const SEEDS = 5;

/** One end of a line to a worker; in tests, one end of a MessageChannel. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}
