// The networks that are measured, and what their arithmetic comes to.

export const INPUTS = 784;
export const CLASSES = 10;
export const BATCH_SIZE = 64;
/** Units of the one hidden layer; 0: none. H=0 comes first: it is what a kernel must not be spoilt by. */
export const HIDDEN = [0, 10, 30, 128, 512];

/**
 * Of every layer's output, the input's first.
 * @param {number} hidden
 */
export function widthsOf(hidden) {
  return hidden === 0 ? [INPUTS, CLASSES] : [INPUTS, hidden, CLASSES];
}

/** @param {number} hidden */
export function nameOf(hidden) {
  return widthsOf(hidden).join("-");
}

/**
 * The useful arithmetic of one training step per sample, in floating-point operations: each product of matrices costs
 * a multiplication and an addition for every weight, and there are three of them, forward (x·W), the gradient of W
 * (xᵀ·dy) and the gradient of x (dy·Wᵀ), which the first layer does not need. Bias, activation, loss and update are
 * not counted, and neither does skipping zeros make it less: both lower or raise the share of the limit.
 * @param {readonly number[]} widths
 */
export function usefulFlops(widths) {
  let flops = 0;
  for (let layer = 0; layer + 1 < widths.length; layer++) {
    const product = 2 * Number(widths[layer]) * Number(widths[layer + 1]);
    flops += layer === 0 ? 2 * product : 3 * product;
  }
  return flops;
}
