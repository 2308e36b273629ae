// A small line without axes: numbers in, an SVG path out.

/** The path of values by x, within a box; `low` and `high` are its bottom and its top. What is no number is left out. */
export function sparkline(
  x: readonly number[],
  y: readonly number[],
  { width, height, low, high }: { width: number; height: number; low: number; high: number },
): string {
  const [first, last] = [x[0] ?? 0, x.at(-1) ?? 0];
  const across = (value: number) => (last > first ? ((value - first) / (last - first)) * width : width);
  const up = (value: number) => (high > low ? ((value - low) / (high - low)) * height : height / 2);
  return x
    .map((at, i) => [at, y[i]!] as const)
    .filter(([, value]) => Number.isFinite(value))
    .map(
      ([at, value], i) => `${i === 0 ? "M" : "L"}${across(at).toFixed(1)} ${(height - up(value)).toFixed(1)}`,
    )
    .join("");
}
