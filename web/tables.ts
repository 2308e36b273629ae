// What is known of tables: those that have come in files, and those that are a part of an experiment.
import { ownTable, type Experiment, type TableFacts } from "./session/engine.js";

type Data = Experiment["data"];

/** Tables by their names. Names are somebody's own: `constructor` may be one. */
export type TablesHere = ReadonlyMap<string, TableFacts>;

let last: { name: string; csv: string; facts: TableFacts } | null = null;

/** What is known of the table that an experiment is about; nothing before its file has come. */
export function factsOf(data: Data, here: TablesHere): TableFacts | undefined {
  if (data.kind !== "table") return undefined;
  const { table: name, csv } = data;
  const known = here.get(name);
  if (!csv || known?.csv === csv) return known;
  if (last?.name !== name || last.csv !== csv) last = { name, csv, facts: ownTable(name, csv) };
  return last.facts;
}
