// The buffers that the page lends and the worker fills.
import type { Opened } from "../generated/brainbow_wasm.js";

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
