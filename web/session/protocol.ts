// What page and worker say to each other: types with a contract, not method calls.
//
// The page lends buffers; the worker trains for a moment, fills them and gives them back. Nothing is
// sent that was not asked for. To pause, do not lend.
import type {
  Among,
  Baseline,
  CifarError,
  DataSpec,
  Dialect,
  Excites,
  Experiment,
  ExperimentError,
  Fits,
  Found,
  Health,
  IdxError,
  Opened,
  Order,
  RateFrom,
  Ranking,
  RunState,
  Seeded,
  Shares,
  Stop,
  TableError,
  TableFacts,
  Why,
} from "../generated/brainbow_wasm.js";

/** Buffers that the page lends; each is filled whole. */
export interface Loan {
  /** First dense layer: inputs × units, and units biases. */
  weights: Float32Array;
  biases: Float32Array;
  /** The dense layer above it: units × outputs, and outputs biases; empty where there is none. */
  outgoing: Float32Array;
  outgoingBiases: Float32Array;
  /** 1 for every input that a sample learned from so far has inked. */
  inked: Uint8Array;
  /** classes × classes, rows actual. */
  confusion: Uint32Array;
  /** For each cell of the matrix, the sample read with the greatest confidence, or −1. */
  mostConfident: Int32Array;
  /** Precision, recall, F1: 3 × classes, NaN where there is none. */
  scores: Float64Array;
  /** Samples that made each unit of the first hidden layer active; empty where there is none. */
  active: Uint32Array;
}

/** A cell of the confusion matrix. */
export interface Cell {
  actual: number;
  predicted: number;
}

/** What the page wants to know of every new evaluation. */
export interface Questions {
  card: { cell: Cell; order: Order; most: number } | null;
  mistakes: { among: Among; order: Order; most: number };
  /** What is made of this sample, and why it is not read as another class (chosen by the engine where it is null). */
  sample: { id: number; against: number | null } | null;
  /** What excites this unit of a dense layer (both from 0); of a later layer's, what its units are made of too. */
  neuron: { layer: number; unit: number } | null;
  /** Whether what is made of every single held-out sample is of interest. */
  readings: boolean;
  /** The edges that matter. */
  diagram: DiagramAsked | null;
  /** Whether one colour scale is wanted for the weights of all layers. */
  scale: boolean;
  /** Of numbers: how many of the curve's terms are wanted one by one, along which input the curve is, and of which values of
   *  another input there is one each. */
  fit: { terms: number; along: number; group: { column: number; values: number[] } | null } | null;
  /** Of a table: what is told of these inputs, as they are before any scaling. */
  whatIf: number[] | null;
}

/** What a network diagram shows. */
export interface DiagramAsked {
  /** Edges into a unit and out of it. */
  most: number;
  /** An edge is as strong as its weight, or as what it carries of `Questions.sample`. */
  by: "weight" | "contribution";
  /** The unit of the first layer whose weights are shown one by one. */
  unit: number;
}

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

/** What a view wants to know of the run that is open, once: each is an answer of its own. */
export type Want =
  | { kind: "labels" | "means" | "places" | "plane" | "simpler" | "spread" }
  /** Along one input, and with another beside. */
  | { kind: "points"; along: number; group: number | null }
  | { kind: "rows"; ids: number[] };

/** The answers. */
export interface Wanted {
  /** The classes of all samples, by their ids: positions among those that are learned, 255 where one is left out. */
  labels: Uint8Array;
  /** The mean image of every class. */
  means: ImageData[];
  /** Where samples lie in two dimensions, and what the last whole evaluation's network makes of the plane around them. */
  places: Places;
  plane: PlaneFacts;
  /** Where samples lie of which a number is told. */
  points: Points;
  /** How well simpler models of the same samples do. */
  simpler: Baseline[];
  /** The same experiment under other seeds: those that have come to their ends. */
  spread: Seeded[];
  /** Of a table, as text: of each id as many cells as there are columns. */
  rows: { ids: number[]; cells: string[] };
}

/** An image's way through the network, and the terms of the lead of what it is read as over another class. */
export interface WhyFacts extends Why {
  /** The input as the network sees it, then what every layer says: as long as `widths` together. */
  values: Float32Array;
  /** For each input of the last layer, its weight in the lead. */
  outgoing: Float32Array;
  /** The same for each pixel; meaningful where there is a `constant`. */
  slopes: Float32Array;
}

/** The same of a sample, with the question beside the answer. */
export interface SampleFacts extends WhyFacts {
  asked: NonNullable<Questions["sample"]>;
}

/** What is made of every held-out sample, by their ids: position i of each array is the same sample. */
export interface Readings {
  ids: Uint32Array;
  actual: Uint8Array;
  predicted: Uint8Array;
  /** Of what it is taken for. */
  probability: Float32Array;
  /** 1 where it excites the unit that was watched: makes its sum greater than zero. */
  excites: Uint8Array;
}

/** The units of a later dense layer. */
export interface LaterFacts {
  layer: number;
  /** The filters below each unit, weighted and summed: inputs × units. */
  pictures: Float32Array;
  biases: Float32Array;
  /** Units of the layer below × units. */
  incoming: Float32Array;
  /** Units × units of the layer above. */
  outgoing: Float32Array;
  /** Samples that made each unit active; empty where no activation tells. */
  active: Uint32Array;
}

/** The strongest edges of a dense layer, unit by unit, strongest first. */
export interface LayerEdges {
  biases: Float32Array;
  /** Edges into each unit: units × `into` places where they begin, and their weights. */
  into: number;
  from: Uint32Array;
  weights: Float32Array;
  /** Edges out of each unit below, units below × `outOf`; empty for the pixels. */
  outOf: number;
  to: Uint32Array;
  outgoing: Float32Array;
}

export interface DiagramFacts {
  asked: DiagramAsked;
  layers: LayerEdges[];
  /** All weights into `asked.unit`. */
  filter: Float32Array;
}

/** What a network makes of the plane, in so many squares across and down. */
export interface PlaneFacts {
  step: number;
  side: number;
  span: Places["span"];
  /** side × side × classes, row by row from the top. */
  answers: Float32Array;
}

/** Where samples in two dimensions lie: all of them, or some at equal distances where they are very many. */
export interface Places {
  /** From where to where the plane goes, along x and along y. */
  span: readonly [left: number, right: number, bottom: number, top: number];
  ids: Uint32Array;
  /** x and y of each. */
  at: Float32Array;
  /** 0 learned from, 1 held out, 2 neither. */
  parts: Uint8Array;
  /** Positions among the classes; 255 where a class is left out. */
  labels: Uint8Array;
}

/** Samples of which a number is told, or some at equal distances among them where they are very many: one input, another
 *  one, that number, and the part each belongs to. */
export interface Points {
  along: number;
  group: number | null;
  /** The different values of that other input; none where they are many. */
  values: number[];
  x: Float32Array;
  /** 0 where no other input was asked for. */
  z: Float32Array;
  y: Float32Array;
  /** 0 learned from, 1 held out. */
  parts: Uint8Array;
  /** The ends of the curves. */
  from: number;
  to: number;
}

/** What a network tells along an input. */
export interface FitFacts {
  asked: NonNullable<Questions["fit"]>;
  /** At equal distances, ends included; with several inputs the mean over the samples learned from. */
  curve: Float32Array;
  /** The same for each value of the group. */
  groups: Float32Array[];
  /** What is told of each of the `Points`; empty where there is one input, and the curve says it. */
  told: Float32Array;
  /** What the curve is the sum of, where terms were asked for: those of `units` one by one (units × places), those of all
   *  others together, and a constant. */
  units: number[];
  terms: Float32Array;
  others: Float32Array;
  constant: number;
  fits: Fits;
}

/** What the last whole evaluation said; its numbers in bulk are in the loan. */
export interface EvaluationFacts {
  step: number;
  loss: number;
  /** The share of held-out samples read correctly; where numbers are told, the root of their mean squared error. */
  score: number;
  /** The questions, beside their answers: what was asked may have changed meanwhile. */
  card: { asked: NonNullable<Questions["card"]>; ranking: Ranking } | null;
  mistakes: { asked: Questions["mistakes"]; ranking: Ranking };
  sample: SampleFacts | null;
  /** What excites the unit that was watched; it may not be the one that is asked for yet. */
  neuron: Excites | null;
  /** What the units of that unit's layer are made of, where it is a later one. */
  later: LaterFacts | null;
  diagram: DiagramFacts | null;
  /** The size from which weights of any layer have the full colour, where it was asked for. */
  scale: number | null;
  /** What is made of the visitor's drawing, where there is one. */
  drawing: WhyFacts | null;
  /** Where they were asked for. */
  readings: Readings | null;
  fit: FitFacts | null;
  /** The number that is told, or the probability of each class. */
  whatIf: { asked: number[]; answers: Float32Array } | null;
  /** Of classes of what is no image: which share is told right. */
  shares: Shares | null;
  /** How the layers fare at this step, and how long a recent step was. */
  health: Health;
  /** Of the samples named above, those that have not been sent before in this run. */
  pictures: SamplePicture[];
}

/** What the network of the last whole evaluation makes of a drawing. */
export interface DrawingRead {
  step: number;
  drawing: WhyFacts | null;
}

/** The end of an epoch, evaluated at exactly that step. */
export interface EpochFacts {
  epoch: number;
  step: number;
  loss: number;
  /** See `EvaluationFacts.score`. */
  score: number;
  valLoss: number;
  valScore: number;
  fingerprint: string | null;
  snapshot: Uint8Array;
}

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

/** A sample as a photograph, or as dark ink on white paper; its label is a position among the learned classes. */
export interface SamplePicture {
  id: number;
  label: number;
  image: ImageData;
}

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

/** The buffers of a loan, to be transferred rather than copied. */
export function buffersOf(loan: Loan): ArrayBuffer[] {
  return Object.values(loan).map((array: ArrayBufferView) => array.buffer as ArrayBuffer);
}

/** Buffers of the right sizes for a run. */
export function newLoan(opened: Opened): Loan {
  const [inputs, units] = opened.weightShapes[0] ?? [0, 0];
  const outputs = opened.weightShapes[1]?.[1] ?? 0;
  const hasHidden = opened.weightShapes.length > 1;
  const { classes } = opened;
  return {
    weights: new Float32Array(inputs * units),
    biases: new Float32Array(units),
    outgoing: new Float32Array(hasHidden ? units * outputs : 0),
    outgoingBiases: new Float32Array(outputs),
    inked: new Uint8Array(inputs),
    confusion: new Uint32Array(classes * classes),
    mostConfident: new Int32Array(classes * classes),
    scores: new Float64Array(3 * classes),
    active: new Uint32Array(hasHidden ? units : 0),
  };
}
