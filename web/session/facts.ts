// What the page asks of every evaluation, and what the worker says: facts of one and the same step.
import type {
  Among,
  Excites,
  Fits,
  Health,
  Order,
  Ranking,
  Roc,
  Shares,
  Why,
} from "../generated/brainbow_wasm.js";

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
  /** Whether the curve of two classes is wanted. */
  roc: boolean;
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
  /** None where there are not two classes. */
  roc: Roc | null;
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

/** A sample as a photograph, or as dark ink on white paper; its label is a position among the learned classes. */
export interface SamplePicture {
  id: number;
  label: number;
  image: ImageData;
}
