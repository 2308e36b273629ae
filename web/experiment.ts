// Edits of an experiment: pure functions from one to another. What is allowed is the engine's to say.
import type { Activation, Experiment, Init, LayerSpec, OptimizerSpec } from "./session/engine.js";

/** Classes of every data set there is. */
const CLASSES = 10;

export interface Hidden {
  units: number;
  activation: Activation;
}

/** The hidden layers, each with the activation behind it. */
export function hiddenOf({ layers }: Experiment): Hidden[] {
  const hidden: Hidden[] = [];
  for (const layer of layers.slice(0, -1)) {
    if (layer.kind === "dense") hidden.push({ units: layer.units, activation: "linear" });
    else if (hidden.length > 0) hidden.at(-1)!.activation = layer.function;
  }
  return hidden;
}

/** The initial weights that all layers share, or null where they are the usual ones or mixed. */
export function initOf({ layers }: Experiment): Init | "usual" {
  const inits = layers.flatMap((layer) => (layer.kind === "dense" ? [layer.init ?? "heUniform"] : []));
  const usual = usualInits(hiddenOf({ layers } as Experiment));
  if (inits.every((init, i) => init === usual[i])) return "usual";
  return inits[0]!;
}

/** The same experiment with other hidden layers; the usual initial weights unless others were chosen. */
export function withHidden(experiment: Experiment, hidden: Hidden[], init = initOf(experiment)): Experiment {
  const inits = init === "usual" ? usualInits(hidden) : Array<Init>(hidden.length + 1).fill(init);
  const layers: LayerSpec[] = hidden.flatMap(({ units, activation }, i): LayerSpec[] => [
    { kind: "dense", units, init: inits[i]! },
    { kind: "activation", function: activation },
  ]);
  layers.push({ kind: "dense", units: CLASSES, init: inits.at(-1)! });
  return fromTheStart({ ...experiment, layers });
}

/** Another optimizer, with the learning rate that suits it. */
export function withOptimizer(experiment: Experiment, kind: OptimizerSpec["kind"]): Experiment {
  const [optimizer, rate] = OPTIMIZERS[kind];
  return { ...experiment, optimizer, learningRate: [{ step: 0, rate }] };
}

/** The learning rate that holds now. */
export function rateOf(experiment: Experiment): number {
  return experiment.learningRate.at(-1)!.rate;
}

/** The same with the present learning rate from the first step on: another network has other steps. */
export function fromTheStart(experiment: Experiment): Experiment {
  return { ...experiment, learningRate: [{ step: 0, rate: rateOf(experiment) }] };
}

const OPTIMIZERS: Record<OptimizerSpec["kind"], [OptimizerSpec, number]> = {
  sgd: [{ kind: "sgd" }, 0.1],
  momentum: [{ kind: "momentum", momentum: 0.9 }, 0.02],
  adam: [{ kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, 0.001],
};

/** As the engine fills them in for a link that does not name them. */
function usualInits(hidden: Hidden[]): Init[] {
  const inits = hidden.map(({ activation }): Init =>
    activation === "relu" || activation === "leakyRelu" ? "heUniform" : "glorotUniform",
  );
  return [...inits, hidden.length === 0 ? "zero" : "glorotUniform"];
}
