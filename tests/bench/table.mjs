// Rows of cells as lines of text: the first column to the left, the others to the right.

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? "")].length)));
  const lines = all.map((row) =>
    widths.map((width, column) => pad(row[column] ?? "", width, column === 0)).join("  "),
  );
  lines.splice(1, 0, widths.map((width) => "─".repeat(width)).join("  "));
  return lines.map((line) => `  ${line.trimEnd()}`).join("\n");
}

/**
 * @param {string} text
 * @param {number} width
 * @param {boolean} left
 */
function pad(text, width, left) {
  const space = " ".repeat(width - [...text].length);
  return left ? text + space : space + text;
}

/**
 * A ratio, such as `12.3 ×`.
 * @param {number | null | undefined} value
 */
export function times(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ×`;
}

/** @param {number | null | undefined} share */
export function percent(share) {
  return share === null || share === undefined || !Number.isFinite(share)
    ? "–"
    : `${(share * 100).toFixed(0)} %`;
}

/**
 * A number of a thousand or more with separators, a smaller one to three digits.
 * @param {number | null | undefined} value
 */
export function figure(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return value >= 1000
    ? Number(value.toPrecision(3)).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}
