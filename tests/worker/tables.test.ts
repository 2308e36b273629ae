// Tables through the real worker: read as they are written, refused with their lines, and learned.
import { afterAll, afterEach, expect, test } from "vitest";
import type { TableFacts } from "../../web/generated/brainbow_wasm.js";
import { experimentOf, rest, rig, until } from "./rig.js";

const it = rig();
let facts: TableFacts | null = null;
Object.assign(it.ear, { table: (found: TableFacts) => (facts = found) });
afterEach(() => rest(it));
afterAll(() => it.close());

const file = (text: string) => ({ name: "t.csv", file: new Blob([text]) });

async function read(text: string, dialect: TableFacts["dialect"] | null = null): Promise<TableFacts> {
  facts = null;
  it.player.table("t", file(text), dialect);
  await until(() => facts !== null);
  return facts!;
}

const ROWS = Array.from(
  { length: 60 },
  (_, i) => `${i % 12};${["a", "b", "c"][i % 3]};${3 * (i % 12) + (i % 3)}`,
);
const TEXT = ["x;kind;y", ...ROWS].join("\n");

test("a table's columns are told, and it is learned", async () => {
  const found = await read(TEXT);
  expect(found).toMatchObject({
    name: "t",
    rows: 60,
    dialect: { separator: ";", decimalComma: false, header: true },
  });
  expect(found.columns).toEqual([
    { name: "x", numbers: true, distinct: 12, missing: 0 },
    { name: "kind", numbers: false, distinct: 3, missing: 0 },
    { name: "y", numbers: true, distinct: 12, missing: 0 },
  ]);
  const link =
    "data=table&table=t&target=y&inputs=x,kind:3&hidden=0&opt=adam&lr=0.05&batch=8&scale=standard&epochs=200";
  it.player.open(experimentOf(link));
  await until(() => it.ear.opens.length > 0);
  const opened = it.ear.opens.at(-1)!;
  expect(opened).toMatchObject({
    inputNames: ["x", "kind=a", "kind=b", "kind=c"],
    trainSamples: 48,
    heldOutSamples: 12,
    dropped: 0,
  });
  it.player.play();
  await until(() => it.ear.frames.length > 0 && it.ear.last.state.kind === "finished");
  expect(it.ear.epochs.at(-1)!.valScore).toBeLessThan(0.1);
});

test("it can be said how a file is written, and then it is read so", async () => {
  const text = ROWS.join("\n");
  expect(await read(text)).toMatchObject({ rows: 60, dialect: { header: false } });
  const { rows, columns } = await read(text, { separator: ";", decimalComma: false, header: true });
  expect([rows, columns.map(({ name }) => name)]).toEqual([59, ["0", "a", "0 2"]]);
});

test("what is no table is refused with its line, and the one that was there stays", async () => {
  await read(TEXT);
  it.player.table("t", file("a,b\n1,2\n3\n"), null);
  await until(() => it.ear.refusals.length > 0);
  expect(it.ear.refusals[0]).toEqual({
    what: "table",
    refusal: { code: "tableFields", line: 3, found: 1, expected: 2 },
  });
  it.player.open(experimentOf("data=table&table=t&target=y&inputs=x&hidden=2"));
  await until(() => it.ear.opens.length > 0);
  expect(it.ear.opens.at(-1)!.trainSamples).toBe(48);
});

test("a table that is not there, or has other columns, is said", async () => {
  const refusedAs = async (link: string) => {
    it.ear.refusals.length = 0;
    it.player.open(experimentOf(link));
    await until(() => it.ear.refusals.length > 0);
    return it.ear.refusals[0]!.refusal;
  };
  await read(TEXT);
  expect(await refusedAs("data=table&table=other&target=y&inputs=x")).toMatchObject({ code: "dataMissing" });
  expect(await refusedAs("data=table&table=t&target=y&inputs=z")).toEqual({
    code: "rows",
    problem: { code: "rowsNoColumn", column: "z" },
  });
  expect(await refusedAs("data=table&table=t&target=kind:4&inputs=x")).toEqual({
    code: "rows",
    problem: { code: "rowsCategories", column: "kind", expected: 4, found: 3 },
  });
});
