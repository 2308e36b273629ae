// Who trains what: every line of the benchmark's tables, as data.

/** @typedef {"sgd" | "adam"} Optimizer */

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} worker which worker of desk.ts
 * @property {Optimizer} optimizer
 * @property {boolean} [dense] the first layer multiplies with the zeros too, for Brainbow alone
 * @property {boolean} [apart] each shape has an engine of its own that has never seen another
 */

/**
 * Brainbow itself: as a page has it, with a first layer that skips zero inputs, and densely, which alone a share of the
 * machine's limit can be expected of. The bits are the same.
 * @type {readonly Contender[]}
 */
export const OURS = [
  { name: "Brainbow", worker: "brainbow", optimizer: "sgd" },
  { name: "Brainbow, Adam", worker: "brainbow", optimizer: "adam" },
  { name: "Brainbow, dense", worker: "brainbow", optimizer: "sgd", dense: true },
  { name: "Brainbow, dense, Adam", worker: "brainbow", optimizer: "adam", dense: true },
];

/**
 * What the company of other shapes costs: V8 compiles the kernel anew by what it has been used for, and can be led
 * into a slow state that a page cannot leave.
 * @type {Contender}
 */
export const APART = {
  name: "Brainbow, alone in its engine",
  worker: "brainbow",
  optimizer: "sgd",
  apart: true,
};

/** @type {readonly Contender[]} */
export const PEERS = [
  { name: "TensorFlow.js wasm, loop", worker: "tensorflow-wasm loop", optimizer: "sgd" },
  { name: "TensorFlow.js wasm, fit", worker: "tensorflow-wasm fit", optimizer: "sgd" },
  { name: "TensorFlow.js wasm, loop, Adam", worker: "tensorflow-wasm loop", optimizer: "adam" },
  { name: "TensorFlow.js cpu, loop", worker: "tensorflow-cpu loop", optimizer: "sgd" },
  { name: "ConvNetJS", worker: "convnet", optimizer: "sgd" },
  { name: "plain loops", worker: "plain", optimizer: "sgd" },
];

/** The line that the others are compared with: the same optimizer. */
export const rivalOf = (/** @type {Contender} */ { optimizer }) =>
  /** @type {Contender} */ (OURS.find((ours) => ours.optimizer === optimizer));
