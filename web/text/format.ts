// Numbers as the language writes them.

export interface Format {
  /** 0.913 → 91.3 % */
  percent(share: number, digits?: number): string;
  /** 60000 → 60,000 */
  count(value: number): string;
  /** 1 → 1 row, 60000 → 60,000 rows */
  counted(value: number, one: string, many: string): string;
  /** 0.15000001 → 0.15 */
  number(value: number, significant?: number): string;
  fixed(value: number, digits: number): string;
  /** As many digits behind the point as tell places of such a span from one another, two at least. */
  within(span: number, value: number): string;
  /** In five digits, as far as they are behind the point: 27.239, 4.9606 */
  five(value: number): string;
  /** Short, beside an axis: 300000 → 300k */
  tick(value: number): string;
  /** A difference, with its sign: 3 → +3 */
  signed(value: number, digits?: number): string;
  /** 612345 → 612k, 1234567 → 1.23M */
  rate(value: number): string;
}

/** Significant digits of a tick: as many as tell 2,007 from 2,007.5. */
const TICK = 6;

export function formatFor(language: string): Format {
  const cache = new Map<string, Intl.NumberFormat>();
  const format = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    let found = cache.get(key);
    if (!found) cache.set(key, (found = new Intl.NumberFormat(language, options)));
    return found;
  };
  /** With a minus sign, not a hyphen. */
  const write = (value: number, options: Intl.NumberFormatOptions) =>
    format(options).format(value).replace("-", "−");
  const fixed = (value: number, digits: number) => {
    if (!Number.isFinite(value)) return "–";
    // A network that runs away has weights of billions: their digits would burst the page.
    const size = Math.abs(value);
    if (digits > 0 && size >= 1e8) return write(value, { notation: "scientific", maximumFractionDigits: 2 });
    const shown = size >= 1e5 ? 0 : digits;
    return write(value, {
      minimumFractionDigits: shown,
      maximumFractionDigits: shown,
      useGrouping: "always",
    });
  };
  const number = (value: number, significant = 4) =>
    !Number.isFinite(value)
      ? "–"
      : value !== 0 && Math.abs(value) < 1e-3
        ? write(value, { notation: "scientific", maximumSignificantDigits: significant })
        : write(value, { maximumSignificantDigits: significant, useGrouping: "always" });
  return {
    percent: (share, digits = 1) => (Number.isFinite(share) ? `${fixed(share * 100, digits)} %` : "–"),
    count: (value) => fixed(value, 0),
    counted: (value, one, many) => `${fixed(value, 0)} ${value === 1 ? one : many}`,
    number,
    fixed,
    within: (span, value) => fixed(value, Math.min(8, Math.max(2, 2 - Math.floor(Math.log10(span))))),
    five: (value) => fixed(value, Math.max(0, 4 - Math.floor(Math.log10(Math.max(1, Math.abs(value)))))),
    tick: (value) => {
      const size = Math.abs(value);
      if (size >= 1e9) return write(value, { notation: "scientific", maximumSignificantDigits: 2 });
      if (size >= 1e6) return `${number(value / 1e6, TICK)}M`;
      return size >= 1e4 ? `${number(value / 1e3, TICK)}k` : number(value, TICK);
    },
    signed: (value, digits = 0) => `${value > 0 && Number.isFinite(value) ? "+" : ""}${fixed(value, digits)}`,
    rate: (value) =>
      value >= 999_500
        ? `${fixed(value / 1e6, 2)}M`
        : value >= 10_000
          ? `${fixed(value / 1000, 0)}k`
          : fixed(value, 0),
  };
}
