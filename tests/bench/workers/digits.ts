// The samples that every contender learns from: bytes, as they lie in the data files.
import { BATCH_SIZE, INPUTS } from "../shapes.mjs";

export interface Digits {
  /** samples × inputs, 0 is paper and 255 is ink. */
  pixels: Uint8Array;
  labels: Uint8Array;
}

/** How many samples a contender's loss is taken over, the first ones. */
export const PROBE = 512;

/** Batches in shuffled order, pass by pass, in buffers that stay. */
export class Batches {
  readonly size = BATCH_SIZE;
  /** size × inputs, from 0 to 1. */
  readonly inputs = new Float32Array(BATCH_SIZE * INPUTS);
  readonly labels = new Uint8Array(BATCH_SIZE);
  private readonly digits: Digits;
  private readonly order: Uint32Array;
  private at = Infinity;

  constructor(digits: Digits) {
    this.digits = digits;
    this.order = Uint32Array.from(digits.labels, (_, i) => i);
  }

  /** The next batch, in `inputs` and `labels`. */
  next(): this {
    if (this.at + this.size > this.order.length) this.shuffle();
    for (let row = 0; row < this.size; row++) copySample(this.digits, this.order[this.at++]!, this, row);
    return this;
  }

  private shuffle(): void {
    const { order } = this;
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    this.at = 0;
  }
}

/** One sample as numbers from 0 to 1 into a row. */
export function copySample(
  digits: Digits,
  id: number,
  { inputs, labels }: { inputs: Float32Array; labels: Uint8Array },
  row: number,
): void {
  const from = id * INPUTS;
  const to = row * INPUTS;
  for (let i = 0; i < INPUTS; i++) inputs[to + i] = digits.pixels[from + i]! / 255;
  labels[row] = digits.labels[id]!;
}

/** The first samples, as numbers. */
export function firstOf(digits: Digits, count: number): { inputs: Float32Array; labels: Uint8Array } {
  const first = { inputs: new Float32Array(count * INPUTS), labels: new Uint8Array(count) };
  for (let row = 0; row < count; row++) copySample(digits, row, first, row);
  return first;
}

/** A weight matrix as He et al. (2015) start it, uniformly. */
export function heUniform(inputs: number, outputs: number): Float32Array {
  const limit = Math.sqrt(6 / inputs);
  return Float32Array.from({ length: inputs * outputs }, () => (Math.random() * 2 - 1) * limit);
}
