// TensorFlow.js, in one of its backends: a loop of one's own around `minimize`, and the library's `model.fit`.
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential, type LayersModel } from "@tensorflow/tfjs-layers";
import { BATCH_SIZE, CLASSES, INPUTS, widthsOf } from "../shapes.mjs";
import { byBatches, contend, RATES, type Contender, type Slice, type Task } from "./contender.js";
import { Batches, firstOf, heUniform, PROBE, type Digits } from "./digits.js";

/** How many samples `fit` is given at most in one call, as one tensor made before. */
const POOL = 8192;

const optimizerOf = ({ optimizer }: Task) =>
  optimizer === "adam" ? tf.train.adam(RATES.adam, 0.9, 0.999, 1e-8) : tf.train.sgd(RATES.sgd);

/** Labels as the loss takes them; by hand, since the wasm backend's own `oneHot` gives integers whatever it is asked. */
function oneHot(labels: Uint8Array): tf.Tensor2D {
  const rows = new Float32Array(labels.length * CLASSES);
  for (const [row, label] of labels.entries()) rows[row * CLASSES + label] = 1;
  return tf.tensor2d(rows, [labels.length, CLASSES]);
}

/** Bytes become numbers batch by batch. */
class Loop implements Contender {
  private readonly params: [Variable, Variable][];
  private readonly optimizer: tf.Optimizer;
  private readonly batches: Batches;
  private readonly digits: Digits;

  constructor(task: Task, digits: Digits) {
    const widths = widthsOf(task.hidden);
    this.params = widths
      .slice(1)
      .map((width, i) => [
        tf.variable(tf.tensor2d(heUniform(widths[i]!, width), [widths[i]!, width])),
        tf.variable(tf.zeros([width])),
      ]);
    this.optimizer = optimizerOf(task);
    this.batches = new Batches(digits);
    this.digits = digits;
  }

  train(ms: number) {
    return byBatches(ms, () => {
      const { inputs, labels } = this.batches.next();
      tf.tidy(() => void this.optimizer.minimize(() => this.read(inputs, labels)));
    });
  }

  loss(): number {
    const { inputs, labels } = firstOf(this.digits, PROBE);
    return tf.tidy(() => this.read(inputs, labels).dataSync()[0]!);
  }

  private read(inputs: Float32Array, labels: Uint8Array): tf.Scalar {
    let x: Tensor = tf.tensor2d(inputs, [labels.length, INPUTS]);
    for (const [place, [w, b]] of this.params.entries()) {
      x = tf.add(tf.matMul(x, w), b);
      if (place + 1 < this.params.length) x = tf.relu(x);
    }
    return tf.losses.softmaxCrossEntropy(oneHot(labels), x) as tf.Scalar;
  }
}

/** The samples are numbers from the start, and the library cuts them into batches. */
class Fit implements Contender {
  private readonly model: LayersModel;
  private readonly xs: tf.Tensor2D;
  private readonly ys: Tensor;
  private readonly most: number;
  /** Samples a millisecond, as far as is known. */
  private pace = 0;

  constructor(task: Task, digits: Digits) {
    const widths = widthsOf(task.hidden);
    this.model = sequential({
      layers: widths.slice(1).map((units, place) =>
        layers.dense({
          units,
          ...(place === 0 ? { inputShape: [INPUTS] } : {}),
          activation: place + 2 === widths.length ? "softmax" : "relu",
          kernelInitializer: "heUniform",
        }),
      ),
    });
    this.model.compile({ optimizer: optimizerOf(task), loss: "categoricalCrossentropy" });
    this.most = Math.min(POOL, digits.labels.length - (digits.labels.length % BATCH_SIZE));
    const { inputs, labels } = firstOf(digits, this.most);
    this.xs = tf.tensor2d(inputs, [this.most, INPUTS]);
    this.ys = oneHot(labels);
  }

  /** One call that lasts about as long as is wanted: as many passes over as many samples as that takes. */
  async train(ms: number): Promise<Slice> {
    const wanted = Math.max(this.pace * ms, BATCH_SIZE);
    const count = Math.min(Math.round(wanted / BATCH_SIZE) * BATCH_SIZE, this.most);
    const epochs = Math.max(1, Math.round(wanted / count));
    const [xs, ys] = [tf.slice(this.xs, [0, 0], [count, -1]), tf.slice(this.ys, [0, 0], [count, -1])];
    const began = performance.now();
    await this.model.fit(xs, ys, {
      batchSize: BATCH_SIZE,
      epochs,
      shuffle: true,
      verbose: 0,
      yieldEvery: "never",
    });
    const took = performance.now() - began;
    tf.dispose([xs, ys]);
    const samples = count * epochs;
    this.pace = samples / took;
    return { samples, ms: took };
  }

  loss(): number {
    return tf.tidy(() => {
      const given = tf.slice(this.xs, [0, 0], [PROBE, -1]);
      const loss = this.model.evaluate(given, tf.slice(this.ys, [0, 0], [PROBE, -1]), { verbose: 0 });
      return (loss as tf.Scalar).dataSync()[0]!;
    });
  }
}

/** The backend must have been chosen and be ready. */
export function contendBy(kind: "loop" | "fit", ready: Promise<unknown>): void {
  contend(async (task, digits) => {
    await ready;
    return kind === "loop" ? new Loop(task, digits) : new Fit(task, digits);
  });
}
