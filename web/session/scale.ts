// The range of a colour scale: symmetric about zero, clamped at a high percentile of |w|.

/** The share of weights that lie within the scale; the few beyond are painted in the full colour. */
export const PERCENTILE = 0.995;

/** |w| below which `PERCENTILE` of the values lie. One pass for the largest, one for a histogram: exact to
 *  a thousandth of the largest, and fast enough for a hundred thousand weights in every frame. */
export function scaleOf(values: Float32Array, stride = 1, start = 0): number {
  let largest = 0;
  for (let i = start; i < values.length; i += stride) {
    const size = Math.abs(values[i]!);
    if (size > largest && size < Infinity) largest = size;
  }
  if (largest === 0) return 0;
  const bins = new Uint32Array(1001);
  let count = 0;
  for (let i = start; i < values.length; i += stride) {
    const size = Math.abs(values[i]!);
    if (!(size < Infinity) || size === 0) continue;
    bins[Math.floor((size / largest) * 1000)]!++;
    count++;
  }
  let left = count * (1 - PERCENTILE);
  for (let bin = 1000; bin > 0; bin--) {
    left -= bins[bin]!;
    if (left < 0) return (Math.min(bin + 1, 1000) / 1000) * largest;
  }
  return largest;
}
