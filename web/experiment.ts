// Edits of an experiment: pure functions from one to another. What is allowed is the engine's to say.
import {
  parseLink,
  type Activation,
  type Experiment,
  type Init,
  type LayerSpec,
  type TableFacts,
} from "./session/engine.js";
import type { SetName } from "./session/protocol.js";

type Data = Experiment["data"];

/** Whether a data set is one of the image sets that have to be fetched or dropped. */
export function comesInFiles(kind: Data["kind"]): kind is SetName {
  return kind !== "generated" && kind !== "toy" && kind !== "function" && kind !== "table";
}

/** Classes of a whole data set; none where numbers are told. */
export function classesOf(data: Data): number {
  if (data.kind === "function") return 0;
  if (data.kind === "table") return data.target.categories;
  if (data.kind !== "toy") return 10;
  return data.shape === "blobs" ? 3 : 2;
}

/** Which samples are held out of a data set: its own test samples (""), or some that the seed draws. */
export function splitOf({ data, validationSplit, seed }: Experiment): string {
  // A table has no test samples.
  return validationSplit || data.kind === "table" ? `${validationSplit ?? ""} ${seed}` : "";
}

export interface Hidden {
  units: number;
  activation: Activation;
  /** The share that is silenced while it learns. */
  dropout: number;
}

/** An initial draw by its name; the normal one has a deviation of its own. */
export type InitName = Exclude<Init, object> | "normal";

/** The hidden layers, each with the activation and the dropout behind it. */
export function hiddenOf({ layers }: Pick<Experiment, "layers">): Hidden[] {
  const hidden: Hidden[] = [];
  for (const layer of layers.slice(0, -1)) {
    if (layer.kind === "dense") hidden.push({ units: layer.units, activation: "linear", dropout: 0 });
    else if (hidden.length === 0) continue;
    else if (layer.kind === "activation") hidden.at(-1)!.activation = layer.function;
    else hidden.at(-1)!.dropout = layer.rate;
  }
  return hidden;
}

/** The initial weights that all layers share, or null where they are the usual ones or mixed. */
export function initOf({ layers }: Experiment): Init | "usual" {
  const inits = layers.flatMap((layer) => (layer.kind === "dense" ? [layer.init ?? "heUniform"] : []));
  const usual = usualInits(hiddenOf({ layers }));
  if (inits.every((init, i) => JSON.stringify(init) === JSON.stringify(usual[i]))) return "usual";
  return inits[0]!;
}

/** The same experiment with other hidden layers; the usual initial weights unless others were chosen. */
export function withHidden(experiment: Experiment, hidden: Hidden[], init = initOf(experiment)): Experiment {
  const inits = init === "usual" ? usualInits(hidden) : Array<Init>(hidden.length + 1).fill(init);
  const layers: LayerSpec[] = hidden.flatMap(({ units, activation, dropout }, i): LayerSpec[] => [
    { kind: "dense", units, init: inits[i]! },
    { kind: "activation", function: activation },
    ...(dropout > 0 ? [{ kind: "dropout" as const, rate: dropout }] : []),
  ]);
  layers.push({ kind: "dense", units: outputsOf(experiment), init: inits.at(-1)! });
  return fromTheStart({ ...experiment, layers });
}

/** Values of one sample: those of 28 × 28 pixels, three each of 32 × 32, a place in the plane, a number, or those of a row. */
export function inputsOf({ data }: Pick<Experiment, "data">): number {
  if (data.kind === "function") return 1;
  if (data.kind === "table")
    return data.inputs.reduce((sum, { categories }) => sum + Math.max(1, categories), 0);
  if (data.kind === "toy") return 2;
  return data.kind === "cifar10" ? 32 * 32 * 3 : 28 * 28;
}

/** Outputs that tell the learned classes apart: two need only one where each output answers a question of its own. */
export function outputsOf({ data, classes, loss }: Pick<Experiment, "data" | "classes" | "loss">): number {
  const count = classes?.length || classesOf(data);
  if (count === 0) return 1;
  return count === 2 && (loss ?? "softmaxCrossEntropy") !== "softmaxCrossEntropy" ? 1 : count;
}

/** The same with the outputs that its classes and its loss need. */
export function withOutputs(experiment: Experiment): Experiment {
  return withHidden(experiment, hiddenOf(experiment));
}

/** Only some classes, or all of them. */
export function withClasses(experiment: Experiment, classes: readonly number[]): Experiment {
  const { classes: _, ...rest } = experiment;
  return withOutputs(classes.length === classesOf(rest.data) ? rest : { ...rest, classes: [...classes] });
}

/** Another data set. What suits photographs, digits do not need: such settings come and go with them. */
export function withData(experiment: Experiment, kind: Data["kind"]): Experiment {
  const { classes, ...rest } = experiment;
  const before = experiment.data.kind;
  // A choice of classes is one among ten.
  const ofTen = (data: Data["kind"]) => data !== "toy" && data !== "function" && data !== "table";
  const kept = classes && ofTen(kind) && ofTen(before) ? { classes } : {};
  const moved = { ...rest, ...kept, data: dataOf(kind) };
  if (kind === before) return withOutputs(moved);
  const left = Object.keys(SUITS[before] ?? {}) as (keyof typeof DRAWINGS)[];
  const drawn = Object.fromEntries(left.map((key) => [key, DRAWINGS[key]]));
  return withOutputs({ ...moved, ...drawn, ...SUITS[kind] });
}

function dataOf(kind: Data["kind"]): Data {
  switch (kind) {
    case "generated":
      return { kind, seed: 1 };
    case "toy":
      return usualToy("moons");
    case "function":
    case "table":
      return parseLink(`data=${kind}`).experiment.data;
    default:
      return { kind };
  }
}

type Toy = Extract<Data, { kind: "toy" }>;

/** As many points as show a shape, as far astray as leaves it visible. */
function usualToy(shape: Toy["shape"]): Toy {
  return parseLink(`data=${shape}`).experiment.data as Toy;
}

/** Other points: more of them, further astray, drawn again; another shape has its own usual noise, and its own classes. */
export function withPoints(experiment: Experiment, change: Partial<Toy>): Experiment {
  const { data, ...rest } = experiment;
  if (data.kind !== "toy") return experiment;
  if (change.shape === undefined || change.shape === data.shape)
    return fromTheStart({ ...rest, data: { ...data, ...change } });
  const { classes: _, ...all } = rest;
  const { points, seed } = data;
  return withOutputs({ ...all, data: { ...usualToy(change.shape), points, seed, ...change } });
}

/** Columns of words with more values than this are no inputs by themselves. */
const FEW = 12;

/** What an experiment says of a table besides its name: all of it where it is small, else what tells it from others. */
function contentOf({ known, csv, fingerprint }: TableFacts): Pick<TableData, "csv" | "fingerprint"> {
  if (known) return {};
  return csv ? { csv } : { fingerprint };
}

/** Rows of a table: its last column of numbers is told from all others, as long as nobody has chosen. */
export function withTable(experiment: Experiment, facts: TableFacts): Experiment {
  const { name, columns } = facts;
  const varied = columns.filter(({ distinct }) => distinct > 1);
  const target = varied.findLast(({ numbers }) => numbers) ?? varied.at(-1) ?? columns[0]!;
  // Of a table without any, the engine says what is wrong.
  const inputs = (varied.length > 0 ? varied : columns)
    .filter((column) => column !== target && (column.numbers || column.distinct <= FEW))
    .map((column) => ({ column: column.name, categories: column.numbers ? 0 : column.distinct }));
  const moved = withData(experiment, "table");
  // A number is told now; what told numbers before may go on with its own loss.
  const toldClasses = experiment.data.kind === "table" && experiment.data.target.categories > 0;
  return withRows(toldClasses ? { ...moved, loss: "meanSquaredError" } : moved, {
    table: name,
    target: { column: target.name, categories: 0 },
    inputs,
    rows: "",
    missing: "drop",
    ...contentOf(facts),
  });
}

/** The same columns of a table that has other rows now. */
export function withContent(
  experiment: Experiment,
  content: Pick<TableData, "csv" | "fingerprint">,
): Experiment {
  if (experiment.data.kind !== "table") return experiment;
  const { csv: _, fingerprint: __, ...data } = experiment.data;
  return fromTheStart({ ...experiment, data: { ...data, ...content } });
}

/** An experiment about a table that has come again: about its rows as they are now. */
export function withTableAgain(experiment: Experiment, facts: TableFacts): Experiment {
  return fitsTable(experiment, facts)
    ? withContent(experiment, contentOf(facts))
    : withTable(experiment, facts);
}

/** Whether a table has what an experiment asks of it. */
export function fitsTable({ data }: Experiment, { name, columns }: TableFacts): boolean {
  if (data.kind !== "table" || data.table !== name) return false;
  return [data.target, ...data.inputs].every(({ column, categories }) => {
    const found = columns.find((other) => other.name === column);
    return found !== undefined && (categories === 0 ? found.numbers : found.distinct === categories);
  });
}

/** Whether an experiment is about a table of this name, and one that has a fingerprint: this very one, or none. */
export function isMeant({ data }: Experiment, { name }: TableFacts): boolean {
  return data.kind === "table" && data.table === name && Boolean(data.fingerprint);
}

/** Something else is told of the rows, or from something else; the loss and the outputs follow. */
export function withRows(experiment: Experiment, change: Partial<TableData>): Experiment {
  const { data, classes: _, ...rest } = experiment;
  if (data.kind !== "table") return experiment;
  const changed = { ...data, ...change };
  const wasNumber = data.target.categories === 0;
  const isNumber = changed.target.categories === 0;
  const loss = isNumber ? "meanSquaredError" : "softmaxCrossEntropy";
  return withOutputs({ ...rest, data: changed, ...(wasNumber === isNumber ? {} : { loss }) });
}

export type TableData = Extract<Data, { kind: "table" }>;

/** Another function, other points of it. */
export function withFunction(experiment: Experiment, change: Partial<FunctionData>): Experiment {
  const { data } = experiment;
  if (data.kind !== "function") return experiment;
  return fromTheStart({ ...experiment, data: { ...data, ...change } });
}

export type FunctionData = Extract<Data, { kind: "function" }>;

const ADAM = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
/** What suits drawings does not suit everything. Without the mean taken off, or with a rate as for digits, dense networks on
 *  photographs get stuck; few points need many epochs. */
const SUITS: Partial<Record<Data["kind"], Partial<Experiment>>> = {
  cifar10: { scaling: "mean", optimizer: ADAM, learningRate: [{ step: 0, rate: 3e-4 }] },
  toy: { optimizer: ADAM, learningRate: [{ step: 0, rate: 0.01 }], batchSize: 16, epochs: 1000 },
  function: {
    loss: "meanSquaredError",
    scaling: "standard",
    optimizer: ADAM,
    learningRate: [{ step: 0, rate: 0.01 }],
    batchSize: 32,
    epochs: 1000,
  },
};
/** What suits rows suits other numbers, too. */
SUITS.table = SUITS.function!;
const DRAWINGS = {
  loss: "softmaxCrossEntropy",
  scaling: "none",
  optimizer: { kind: "sgd" },
  learningRate: [{ step: 0, rate: 0.1 }],
  batchSize: 64,
  epochs: 30,
} satisfies Partial<Experiment>;

/** Another optimizer, with the learning rate that suits it: those of `usual`. */
export function withOptimizer(experiment: Experiment, usual: Experiment): Experiment {
  const { optimizer, learningRate } = usual;
  return { ...experiment, optimizer, learningRate };
}

/** The learning rate that holds now. */
export function rateOf(experiment: Experiment): number {
  return experiment.learningRate.at(-1)!.rate;
}

/** The same with the present learning rate from the first step on: another network has other steps. */
export function fromTheStart(experiment: Experiment): Experiment {
  return { ...experiment, learningRate: [{ step: 0, rate: rateOf(experiment) }] };
}

const LIKE_RELU: readonly Activation[] = ["relu", "leakyRelu", "softplus", "gelu"];

/** As the engine fills them in for a link that does not name them. */
function usualInits(hidden: Hidden[]): Init[] {
  const inits = hidden.map(({ activation }): Init =>
    LIKE_RELU.includes(activation) ? "heUniform" : "glorotUniform",
  );
  return [...inits, hidden.length === 0 ? "zero" : "glorotUniform"];
}
