// Tables: found where they lie, copied whole or not at all, and listed beside the image sets.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findTable, getTable, listOf, tablesIn } from "./tables.mjs";

const folder = mkdtempSync(join(tmpdir(), "brainbow-tables-"));
after(() => rmSync(folder, { recursive: true }));

const TEXT = "a;b\n1;2\n";
const table = {
  name: "little",
  title: "Little",
  places: ["little/little.csv", "little.csv"],
  file: {
    name: "little.csv",
    bytes: TEXT.length,
    sha256: createHash("sha256").update(TEXT).digest("hex"),
  },
  address: "http://127.0.0.1:59999/little.csv",
};

test("a table is found in its own folder or beside the others, and copied", async () => {
  const [from, into] = ["from", "into"].map((name) => join(folder, name));
  mkdirSync(String(from));
  writeFileSync(join(String(from), "little.csv"), TEXT);
  assert.equal(findTable(String(from), table), "little.csv");
  const told = await getTable(table, () => {}, { from, into: String(into) });
  assert.match(told, /copied from .*little\.csv, checked/);
  assert.equal(readFileSync(join(String(into), "little/little.csv"), "utf8"), TEXT);
  assert.equal(await getTable(table, () => {}, { into: String(into) }), "there, checked");
});

test("another file, or none, is refused, and nothing is left", async () => {
  const [from, into] = ["broken", "nothing"].map((name) => join(folder, name));
  mkdirSync(String(from));
  const get = () => getTable(table, () => {}, { from, into: String(into) });
  await assert.rejects(get, /little\.csv in .*broken: it is missing/);
  writeFileSync(join(String(from), "little.csv"), "a;b\n1;3\n");
  await assert.rejects(get, /its SHA-256 is/);
  assert.ok(!existsSync(join(String(into), "little/little.csv")));
  await assert.rejects(
    getTable(table, () => {}, { into: String(into) }),
    /ECONNREFUSED|refused|connect/i,
  );
});

test("the list beside the page has the tables that are there, by where they lie", () => {
  assert.deepEqual(listOf(null), { sets: [] });
  const data = join(folder, "data");
  mkdirSync(join(data, "howell"), { recursive: true });
  assert.deepEqual(listOf(data), { sets: [] });
  writeFileSync(join(data, "howell", "Howell1.csv"), "any");
  writeFileSync(join(data, "penguins.csv"), "any");
  assert.deepEqual(tablesIn(data), { howell: "howell/Howell1.csv", penguins: "penguins.csv" });
  assert.deepEqual(listOf(data), { sets: [], tables: tablesIn(data) });
});
