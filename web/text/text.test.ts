import { describe, expect, test } from "vitest";
import type { Notice } from "../session/engine.js";
import type { Refusal } from "../session/protocol.js";
import { en, type Text } from "./en.js";
import { es } from "./es.js";
import { LANGUAGES, textFor } from "./languages.js";

type Leaf = [path: string, value: unknown];

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

const NOTICE: Notice = { kind: "clamped", key: "lr", found: "9999", used: "1000", why: undefined };

/** One of each; the compiler says when one is missing. */
const REFUSALS: { [Code in Refusal["code"]]: Extract<Refusal, { code: Code }> } = {
  wrongMagic: { code: "wrongMagic", file: "a.gz", expected: 2051, found: 2049 },
  shortHeader: { code: "shortHeader", file: "a.gz", expected: 16, found: 5 },
  wrongLength: { code: "wrongLength", file: "a.gz", expected: 60_000, found: 41_203 },
  absurd: { code: "absurd", file: "a.gz", count: 4e9, height: 4e9, width: 4e9 },
  wrongShape: { code: "wrongShape", file: "a.gz", expected: [28, 28], found: [14, 56] },
  labelOutOfRange: { code: "labelOutOfRange", file: "a.gz", place: 12, found: 10, most: 9 },
  countsDiffer: {
    code: "countsDiffer",
    images: "a.gz",
    labels: "b.gz",
    imageCount: 60_000,
    labelCount: 10_000,
  },
  batchLength: { code: "batchLength", file: "a.gz", expected: 30_730_000, found: 3073 },
  batchLabel: { code: "batchLabel", file: "a.gz", place: 12, found: 10, most: 9 },
  batchName: { code: "batchName", file: "a.gz" },
  batchTwice: { code: "batchTwice", first: "a.gz", second: "b.gz" },
  tooFewBatches: { code: "tooFewBatches", found: 1 },
  archiveCut: { code: "archiveCut", file: "a.gz" },
  cancelled: { code: "cancelled" },
  classes: { code: "classes", most: 9 },
  tooFewSamples: { code: "tooFewSamples" },
  gzipCut: { code: "gzipCut", file: "a.gz", received: 12_345 },
  fetchStatus: { code: "fetchStatus", file: "a.gz", status: 404 },
  fetchFailed: { code: "fetchFailed", file: "a.gz", message: "TypeError" },
  wrongFiles: { code: "wrongFiles", missing: "b.gz" },
  outOfRange: { code: "outOfRange", setting: "batchSize", found: 5000, least: 1, most: 1024 },
  notDense: { code: "notDense" },
  layerOrder: { code: "layerOrder" },
  formula: { code: "formula", problem: { code: "formulaUnexpected", position: 3, found: "y" } },
  emptyRange: { code: "emptyRange" },
  rows: { code: "rows", problem: { code: "rowsTooFew", found: 3, least: 10 } },
  tableNotUtf8: { code: "tableNotUtf8", line: 17 },
  tableNul: { code: "tableNul", line: 17 },
  tableFields: { code: "tableFields", line: 17, found: 5, expected: 4 },
  tableRows: { code: "tableRows", most: 200_000 },
  tableColumns: { code: "tableColumns", found: 101, most: 100 },
  tableTooSmall: { code: "tableTooSmall", rows: 1, columns: 3 },
  tableNoNumbers: { code: "tableNoNumbers" },
  tableTooLarge: { code: "tableTooLarge", file: "a.gz", bytes: 300_000_000, most: 200_000_000 },
  noValues: { code: "noValues" },
  lossOfClasses: { code: "lossOfClasses" },
  outputUnits: { code: "outputUnits", expected: 10, found: 9 },
  rateOrder: { code: "rateOrder" },
  dataMissing: { code: "dataMissing", data: { kind: "mnist" } },
  snapshot: { code: "snapshot", message: "these bytes are no snapshot" },
  nothingOpen: { code: "nothingOpen" },
  malformed: { code: "malformed", message: "missing field" },
};

/** Where texts take a kind of data: the words differ. */
const KIND_AT: Partial<Record<string, number>> = {
  scoreOf: 2,
  perSecond: 0,
  spoken: 2,
  templates: 0,
  cardTitle: 2,
  "why.readAs": 1,
};
const KINDS = Object.keys(en.dataSets);

/** What a text gives for arguments that it may be given. */
function said(path: string, value: unknown): string[] {
  if (typeof value === "string") return [value];
  const say = value as (...args: unknown[]) => string;
  if (path.startsWith("notices.")) return [say(NOTICE), say({ ...NOTICE, used: "" })];
  if (path === "refusal") return Object.values(REFUSALS).map((refusal) => say(refusal));
  if (path === "loadingFile") return [say("a.gz", 1e6, null), say("a.gz", 0, 3e6)];
  if (path === "revive") return [say(null), say(3)];
  const at = KIND_AT[path];
  if (at !== undefined)
    return KINDS.flatMap((kind) => [
      say(...[3, 7, 5].with(at, kind as never)),
      say(...[1, 1, 1].with(at, kind as never)),
    ]);
  return [say(3, 7, 5, 2, 4, 6), say(1, 0, 1, 1, 0, 1), say(7, "test", 3, 1, 5, 2)];
}

const texts = await Promise.all(LANGUAGES.map(({ text }) => text()));

test("the languages are English and Spanish", () => {
  expect(LANGUAGES.map(({ language }) => language)).toEqual(["en", "es"]);
  const names = ({ language, languageName }: Pick<Text, "language" | "languageName">) => [
    language,
    languageName,
  ];
  expect(LANGUAGES.map(names)).toEqual(texts.map(names));
});

describe.each(texts.map((text): [string, Text] => [text.language, text]))("in %s", (language, text) => {
  test("there are the same texts as in English, of the same kind", () => {
    const kinds = (of: Text) =>
      leaves(of)
        .map(([path, value]) => `${path}: ${typeof value}`)
        .toSorted();
    expect(kinds(text)).toEqual(kinds(en));
  });

  test("everything is text, without holes", () => {
    for (const [path, value] of leaves(text).filter(([path]) => !path.startsWith("format."))) {
      for (const sentence of said(path, value)) {
        expect(sentence, path).toMatch(/\S/);
        expect(sentence, path).not.toMatch(/undefined|NaN|\[object|null|Infinity|function ?\(|=>/);
      }
    }
  });

  test("a file's error names the file, what was expected and what was found", () => {
    const says = (code: Refusal["code"]) => text.refusal(REFUSALS[code]);
    for (const [code, refusal] of Object.entries(REFUSALS)) {
      if ("file" in refusal) expect(says(code as Refusal["code"])).toContain("a.gz");
    }
    expect(says("countsDiffer")).toMatch(/a\.gz.*b\.gz/);
    expect(says("wrongFiles")).toContain("b.gz");
    expect(says("wrongLength")).toMatch(/41[,.]203.*60[,.]000/);
    expect(says("outOfRange")).toMatch(/\b1\b.*1[,.]?024/);
  });

  test("what is said in this language is not English", () => {
    if (language === "en") return;
    const other = leaves(text).filter(
      ([path, value]) => typeof value === "string" && value === leaves(en).find(([p]) => p === path)?.[1],
    );
    // Names and what both languages share: SGD, ReLU, Total, A − B...
    expect(other.length).toBeLessThan(30);
  });
});

describe("numbers", () => {
  const [english, spanish] = texts.map(({ format }) => format) as [Text["format"], Text["format"]];

  test("shares are percent, with the language's decimal mark", () => {
    expect(english.percent(0.913)).toMatch(/^91\.3\s%$/);
    expect(spanish.percent(0.913)).toMatch(/^91,3\s%$/);
    expect(english.percent(0.91349)).toMatch(/^91\.3\s%$/);
    expect(english.percent(1)).toMatch(/^100\.0\s%$/);
    expect(spanish.percent(0.016, 0)).toMatch(/^2\s%$/);
  });

  test("counts are grouped, also with four digits", () => {
    expect(english.count(60_000)).toBe("60,000");
    expect(spanish.count(60_000)).toBe("60.000");
    expect(english.count(7850)).toBe("7,850");
    expect(spanish.count(7850)).toBe("7.850");
    expect(english.count(71)).toBe("71");
  });

  test("numbers have as many digits as they need", () => {
    expect(english.number(Math.fround(0.15))).toBe("0.15");
    expect(spanish.number(Math.fround(0.15))).toBe("0,15");
    expect(english.number(1000)).toBe("1,000");
    expect(english.number(0)).toBe("0");
    expect(english.number(1e-6)).toMatch(/^1E[-−]6$/);
    expect(english.fixed(4, 1)).toBe("4.0");
    // As many as tell one epoch from the next, and no more than fit.
    expect([123_456.7, -213_789, 3e9].map((value) => english.fixed(value, 2))).toEqual([
      "123,457",
      "−213,789",
      "3E9",
    ]);
    expect(spanish.fixed(-4.25, 2)).toMatch(/^[-−]4,25$/);
  });

  test("what stands beside an axis is short, and what stands in a table has five digits", () => {
    expect([300_000, 2_500_000, 9999, -40_000, 0.25].map(english.tick)).toEqual([
      "300k",
      "2.5M",
      "9,999",
      "−40k",
      "0.25",
    ]);
    expect(spanish.tick(2_500_000)).toBe("2,5M");
    expect([2007, 2007.5, 2008].map(english.tick)).toEqual(["2,007", "2,007.5", "2,008"]);
    expect(english.tick(3e12)).toBe("3E12");
    expect([27.23891, 4.96061, 0.07281, 1234.5678, -12.34567].map(english.five)).toEqual([
      "27.239",
      "4.9606",
      "0.0728",
      "1,234.6",
      "−12.346",
    ]);
    expect(english.five(NaN)).toBe("–");
  });

  test("one is one, and not several", () => {
    expect(en.scoreOf(1, "split", "table", false)).toBe("RMSE on 1 held-out row");
    expect(es.scoreOf(1, "split", "table", false)).toBe("RECM en 1 fila apartada");
    expect(es.scoreOf(2, "split", "function", false)).toBe("RECM en 2 puntos apartados");
    expect(en.stopsAfter(1, {})).toBe("1 epoch");
    expect(es.stopsAfter(1, { loss: 1 })).toBe("como mucho 1 época");
    expect(en.tables.left(1, 0)).toBe("1 row is left out, because something is missing.");
    expect(en.tables.left(2, 1)).toBe(
      "2 rows are left out, because something is missing. 1 missing value is filled in.",
    );
  });

  test("samples a second are short", () => {
    expect(english.rate(612_345)).toBe("612k");
    expect(english.rate(9999)).toBe("9,999");
    expect(spanish.rate(1_234_567)).toBe("1,23M");
    expect(english.rate(999_600)).toBe("1.00M");
  });
});

describe("the language to begin with", () => {
  test.each<[string[], string]>([
    [["es-MX", "en"], "es"],
    [["fr", "ES", "en"], "es"],
    [["en-GB", "es"], "en"],
    [["fr", "de"], "en"],
    [["est"], "en"],
    [[], "en"],
  ])("%j is %s", async (wanted, language) => {
    expect((await textFor(wanted)).language).toBe(language);
  });
});
