// The task that everybody is given: 160 points of a sine, 1-3-3-1 with tanh, Adam, batches of 32, mean squared error.
export const POINTS = 160;
export const BATCH = 32;
export const WIDTHS = [1, 3, 3, 1] as const;
export const RATE = 0.01;
/** The same as a link of Brainbow's. */
export const LINK = `data=function&points=200&val=0.2&hidden=3,3&act=tanh&opt=adam&lr=${RATE}&batch=${BATCH}&epochs=10000`;

export interface SineSlice {
  steps: number;
  ms: number;
  loss: number;
}

/** x and sin x, in a random order. */
export function points(): { x: Float32Array; y: Float32Array } {
  const x = Float32Array.from({ length: POINTS }, () => (Math.random() * 2 - 1) * 3.2);
  return { x, y: x.map(Math.sin) };
}
