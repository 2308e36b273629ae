// Plain loops over typed arrays, a batch at a time: what one writes without a library.
import { BATCH_SIZE } from "../shapes.mjs";
import { widthsOf } from "../shapes.mjs";
import { byBatches, contend, RATES, type Contender, type Task } from "./contender.js";
import { Batches, firstOf, heUniform, PROBE, type Digits } from "./digits.js";

/** A fully connected layer with its buffers. w: inputs × outputs, y and dy: rows × outputs. */
class Dense {
  readonly w: Float32Array;
  readonly b: Float32Array;
  readonly dw: Float32Array;
  readonly db: Float32Array;
  readonly y: Float32Array;
  readonly dy: Float32Array;
  readonly inputs: number;
  readonly outputs: number;

  constructor(inputs: number, outputs: number, rows: number) {
    [this.inputs, this.outputs] = [inputs, outputs];
    this.w = heUniform(inputs, outputs);
    this.dw = new Float32Array(inputs * outputs);
    this.b = new Float32Array(outputs);
    this.db = new Float32Array(outputs);
    this.y = new Float32Array(rows * outputs);
    this.dy = new Float32Array(rows * outputs);
  }

  /** y = x·W + b, row by row of W, so that memory is read in its order. */
  forward(x: Float32Array, rows: number): void {
    const { w, b, y, inputs, outputs } = this;
    for (let row = 0; row < rows; row++) {
      const out = row * outputs;
      for (let j = 0; j < outputs; j++) y[out + j] = b[j]!;
      for (let i = 0; i < inputs; i++) {
        const value = x[row * inputs + i]!;
        const from = i * outputs;
        for (let j = 0; j < outputs; j++) y[out + j]! += value * w[from + j]!;
      }
    }
  }

  /** dW = xᵀ·dy, db = the sum of dy's rows, and dx = dy·Wᵀ where somebody below needs it. */
  backward(x: Float32Array, dx: Float32Array | null, rows: number): void {
    const { w, dw, db, dy, inputs, outputs } = this;
    dw.fill(0);
    db.fill(0);
    for (let row = 0; row < rows; row++) {
      const out = row * outputs;
      for (let j = 0; j < outputs; j++) db[j]! += dy[out + j]!;
      for (let i = 0; i < inputs; i++) {
        const value = x[row * inputs + i]!;
        const to = i * outputs;
        for (let j = 0; j < outputs; j++) dw[to + j]! += value * dy[out + j]!;
      }
      for (let i = 0; dx && i < inputs; i++) {
        let sum = 0;
        for (let j = 0; j < outputs; j++) sum += dy[out + j]! * w[i * outputs + j]!;
        dx[row * inputs + i] = sum;
      }
    }
  }

  update(rate: number): void {
    const { w, dw, b, db } = this;
    for (let i = 0; i < w.length; i++) w[i]! -= rate * dw[i]!;
    for (let j = 0; j < b.length; j++) b[j]! -= rate * db[j]!;
  }
}

class Plain implements Contender {
  private readonly layers: Dense[];
  private readonly batches: Batches;
  private readonly probe: { inputs: Float32Array; labels: Uint8Array };

  constructor({ hidden }: Task, digits: Digits) {
    const widths = widthsOf(hidden);
    this.layers = widths.slice(1).map((width, i) => new Dense(widths[i]!, width, PROBE));
    this.batches = new Batches(digits);
    this.probe = firstOf(digits, PROBE);
  }

  train(ms: number) {
    return byBatches(ms, () => this.step());
  }

  loss(): number {
    return this.read(this.probe.inputs, this.probe.labels, PROBE);
  }

  private step(): void {
    const { inputs, labels } = this.batches.next();
    this.read(inputs, labels, BATCH_SIZE);
    for (let place = this.layers.length - 1; place >= 0; place--) {
      const below = this.layers[place - 1];
      this.layers[place]!.backward(below?.y ?? inputs, below?.dy ?? null, BATCH_SIZE);
      // The derivative of ReLU, by what came out of it.
      if (below) for (let i = 0; i < BATCH_SIZE * below.outputs; i++) if (below.y[i] === 0) below.dy[i] = 0;
    }
    for (const layer of this.layers) layer.update(RATES.sgd);
  }

  /** Forward with ReLU between the layers; the mean cross-entropy, its slope in the last layer's dy. */
  private read(x: Float32Array, labels: Uint8Array, rows: number): number {
    for (const [place, layer] of this.layers.entries()) {
      layer.forward(x, rows);
      x = layer.y;
      if (place + 1 === this.layers.length) break;
      for (let i = 0; i < rows * layer.outputs; i++) if (x[i]! < 0) x[i] = 0;
    }
    const { y, dy, outputs } = this.layers.at(-1)!;
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const from = row * outputs;
      let most = -Infinity;
      for (let j = 0; j < outputs; j++) most = Math.max(most, y[from + j]!);
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += dy[from + j] = Math.exp(y[from + j]! - most);
      const label = from + labels[row]!;
      loss -= Math.log(dy[label]! / sum);
      for (let j = from; j < from + outputs; j++) dy[j] = (dy[j]! / sum - (j === label ? 1 : 0)) / rows;
    }
    return loss / rows;
  }
}

contend((task, digits) => new Plain(task, digits));
