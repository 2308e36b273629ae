// TensorFlow.js, in one of its backends: a loop of one's own around `minimize`, and the library's `model.fit`.
import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential, type LayersModel } from "@tensorflow/tfjs-layers";
import { BATCH_SIZE, CLASSES, INPUTS, widthsOf } from "../shapes.mjs";
import { byBatches, contend, RATES, type Contender, type Slice, type Task } from "./contender.js";
import { Batches, firstOf, heUniform, PROBE, type Digits } from "./digits.js";
import { BATCH, points, POINTS, RATE, WIDTHS, type SineSlice } from "./sine.js";

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
  const create = async (task: Task, digits: Digits) => {
    await ready;
    return kind === "loop" ? new Loop(task, digits) : new Fit(task, digits);
  };
  let sine: ((ms: number) => SineSlice) | null = null;
  contend(create, {
    sine: async (ms: number) => {
      await ready;
      return (sine ??= sineLoop())(ms);
    },
  });
}

/** See sine.ts: the fastest loop of one's own that we know, its batches made before. */
function sineLoop(): (ms: number) => SineSlice {
  const { x, y } = points();
  const batches = Array.from({ length: POINTS / BATCH }, (_, i) => {
    const cut = (of: Float32Array) => tf.tensor2d(of.slice(i * BATCH, (i + 1) * BATCH), [BATCH, 1]);
    return [cut(x), cut(y)] as const;
  });
  const params = WIDTHS.slice(1).map((width, i) => [
    tf.variable(tf.randomUniform([WIDTHS[i]!, width], -1, 1)),
    tf.variable(tf.zeros([width])),
  ]);
  const optimizer = tf.train.adam(RATE);
  const lossOf = ([given, wanted]: readonly [tf.Tensor2D, tf.Tensor2D]) => {
    let out: Tensor = given;
    for (const [place, [w, b]] of params.entries()) {
      out = tf.add(tf.matMul(out as tf.Tensor2D, w as unknown as tf.Tensor2D), b!);
      if (place + 1 < params.length) out = tf.tanh(out);
    }
    return tf.losses.meanSquaredError(wanted, out) as tf.Scalar;
  };
  return (ms) => {
    const began = performance.now();
    let steps = 0;
    do {
      const batch = batches[steps++ % batches.length]!;
      tf.tidy(() => void optimizer.minimize(() => lossOf(batch)));
    } while (performance.now() - began < ms);
    return { steps, ms: performance.now() - began, loss: tf.tidy(() => lossOf(batches[0]!).dataSync()[0]!) };
  };
}
