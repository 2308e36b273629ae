// English: tables.
import { formatFor } from "../format.js";

const f = formatFor("en");

export const tables = {
  table: "Table",
  /** Tables that everybody may have. */
  known: {
    points: "Your own points",
    howell: "Howell census",
    penguins: "Penguins",
  } as Record<string, string>,
  target: "Tell",
  toldAs: "as",
  toldChoices: { number: "a number", classes: "one of several" },
  inputs: "From",
  /** Of a column of few numbers: whether they are more and less, or names. */
  typeOf: (column: string) => `${column} as`,
  types: { number: "a number", category: "a category" },
  rows: "Rows",
  allRows: "all",
  rowsHelp: "A condition such as age >= 18; several are joined by “and”.",
  missingValues: "Missing values",
  missingChoices: { drop: "drop the row", median: "take median" },
  left: (dropped: number, filled: number) =>
    [
      ...(dropped > 0
        ? [`${f.counted(dropped, "row is", "rows are")} left out, because something is missing.`]
        : []),
      ...(filled > 0 ? [`${f.counted(filled, "missing value is", "missing values are")} filled in.`] : []),
    ].join(" "),
  file: "The file",
  size: (rows: number, columns: number) =>
    `${f.counted(rows, "row", "rows")}, ${f.counted(columns, "column", "columns")}`,
  separator: "Between fields",
  separators: { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as Record<string, string>,
  decimalComma: "Decimal comma",
  header: "First line names columns",
  yesOrNo: { yes: "yes", no: "no" },
  fifth: "on a fifth of the rows",
  howToBring: "Drop any table (CSV) on this page; it stays in this browser.",
  missing: (name: string) =>
    `This link is about the table ${name}, which is not here. Drop its file on this page, or learn on generated digits instead.`,
};

export const rows = {
  title: "Rows behind the cell",
  hint: "Point at a cell of the matrix to see the rows behind it; press it to keep them.",
  row: "row",
  probability: "probability",
  save: "Save as CSV",
};

export const columns = {
  title: "What the first layer makes of each column",
  short: (shown: number, all: number) =>
    shown < all
      ? `the first ${f.count(shown)} of ${f.count(all)} neurons`
      : f.counted(all, "neuron", "neurons"),
  bias: "bias",
  help: "Bars to the right push a neuron up where the column is large, bars to the left push it down. Columns that are scaled are weighed as they go in.",
};

export const whatIf = {
  title: "What if",
  told: (target: string) => `What is told of ${target}`,
  usual: "The usual row",
  beyond: (value: string) => `${value}, beyond all rows`,
  help: "Move a column, and read what the network tells of such a row. Where the slider is hatched there are no rows: there it guesses.",
};

export const roc = {
  title: "ROC curve",
  short: "what another threshold would find",
  area: (area: string) => `area ${area}`,
  plot: (first: string, second: string) =>
    `For every threshold the share of ${second} that is found, against the share of ${first} that is taken for it`,
  found: (second: string) => `${second}, found`,
  alarms: (first: string, second: string) => `${first}, taken for ${second}`,
  threshold: "Threshold",
  at: (second: string, threshold: string, found: string, first: string, alarms: string) =>
    `Taken for ${second} from ${threshold} on: ${found} of ${second} are found, and ${alarms} of ${first} are taken for it.`,
  help: (second: string, first: string) =>
    `The area is how often one of ${second} is read as more probable than one of ${first}: 0.5 is a guess, 1 tells all of them apart.`,
};
