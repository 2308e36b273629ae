// Edits of an experiment: pure functions from one to another. What is allowed is the engine's to say.
import type { Activation, Experiment, Init, LayerSpec } from "./session/engine.js";

/** Classes of every data set there is. */
export const CLASSES = 10;

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

/** Values of one image: those of 28 × 28 pixels, or three each of 32 × 32. */
export function inputsOf({ data }: Pick<Experiment, "data">): number {
  return data.kind === "cifar10" ? 32 * 32 * 3 : 28 * 28;
}

/** Outputs that tell the learned classes apart: two need only one where each output answers a question of its own. */
export function outputsOf({ classes, loss }: Pick<Experiment, "classes" | "loss">): number {
  const count = classes?.length || CLASSES;
  return count === 2 && (loss ?? "softmaxCrossEntropy") !== "softmaxCrossEntropy" ? 1 : count;
}

/** The same with the outputs that its classes and its loss need. */
export function withOutputs(experiment: Experiment): Experiment {
  return withHidden(experiment, hiddenOf(experiment));
}

/** Only some classes, or all of them. */
export function withClasses(experiment: Experiment, classes: readonly number[]): Experiment {
  const { classes: _, ...rest } = experiment;
  return withOutputs(classes.length === CLASSES ? rest : { ...rest, classes: [...classes] });
}

/** Another data set. What suits photographs, digits do not need: such settings come and go with them. */
export function withData(experiment: Experiment, kind: Experiment["data"]["kind"]): Experiment {
  const data: Experiment["data"] = kind === "generated" ? { kind, seed: 1 } : { kind };
  const moved = fromTheStart({ ...experiment, data });
  const before = experiment.data.kind;
  if (kind === "cifar10" && before !== kind) return { ...moved, ...PHOTOGRAPHS };
  return before === "cifar10" && kind !== before ? { ...moved, ...DRAWINGS } : moved;
}

/** Without the mean taken off, or with a rate as for digits, dense networks on photographs get stuck. */
const PHOTOGRAPHS = {
  scaling: "mean",
  optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: [{ step: 0, rate: 3e-4 }],
} satisfies Partial<Experiment>;
const DRAWINGS = {
  scaling: "none",
  optimizer: { kind: "sgd" },
  learningRate: [{ step: 0, rate: 0.1 }],
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
