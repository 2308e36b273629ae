// What is told of repeated measurements.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  if (sorted.length % 2 === 1) return Number(sorted[middle]);
  return (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2;
}

/**
 * The median of the ratios round by round: what slows a whole round down, such as a neighbour on the machine, is in
 * both and falls out.
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 */
export function pairedRatio(ours, theirs) {
  return median(ours.slice(0, theirs.length).map((value, round) => value / Number(theirs[round])));
}

/**
 * The same list in another order for every round, and in the same order at every run.
 * @template T
 * @param {readonly T[]} list
 * @param {number} round
 */
export function shuffled(list, round) {
  const copy = [...list];
  let state = Math.imul(round + 1, 2_654_435_761) >>> 0;
  for (let i = copy.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [copy[i], copy[j]] = [/** @type {T} */ (copy[j]), /** @type {T} */ (copy[i])];
  }
  return copy;
}

/**
 * To so many significant digits.
 * @param {number} value
 * @param {number} [digits]
 */
export function rounded(value, digits = 4) {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}
