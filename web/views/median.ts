// The middle of some numbers.

/** The middle one of some numbers in rising order, or the mean of the two in the middle; undefined of none. */
export function medianOf(sorted: readonly number[]): number | undefined {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 || sorted.length === 0
    ? sorted[middle]
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
