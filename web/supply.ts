// Data sets on their way to the worker: where each can be had, which the worker has, and which one it is getting.
import type { Message, Model } from "./model.js";
import { comesInFiles, type TableData } from "./experiment.js";
import { generatedExamples, type Dialect, type Experiment, type TableFacts } from "./session/engine.js";
import type { Player } from "./session/player.js";
import { firstImages } from "./session/preview.js";
import type { Refusal, SetName, Source } from "./session/protocol.js";
import { sortFiles, tableIn, type Sources, type Tables } from "./session/sets.js";

type Data = Experiment["data"];

/** Samples shown of a set that is not learned. */
const FEW = 10;

export class Supply {
  /** Where sets came from, or can be had without a press of a button. */
  sources: Sources = {};
  readonly #model: Model;
  readonly #player: () => Player | null;
  readonly #here = new Set<SetName>();
  #coming: SetName | null = null;
  /** Tables by their names: where each can be had, which the worker has, which one it is getting, and how somebody has said
   *  that one is written. */
  tables: Tables = {};
  readonly #tables = new Set<string>();
  #comingTable: string | null = null;
  /** The data that the page named when it was begun to be got. */
  #since = "";
  readonly #dialects = new Map<string, Dialect>();

  constructor(model: Model, player: () => Player | null) {
    this.#model = model;
    this.#player = player;
  }

  /** A new worker has nothing yet. */
  begin(): void {
    this.#here.clear();
    this.#tables.clear();
    this.#coming = this.#comingTable = null;
  }

  /** Whether the worker has this data. */
  has(data: Data): boolean {
    if (data.kind === "table") return Boolean(data.csv) || this.#tables.has(data.table);
    return !comesInFiles(data.kind) || this.#here.has(data.kind);
  }

  /** Keeps a table that is a part of an experiment: another may be chosen, and this one again. */
  keep(data: Data): void {
    const { ownTables } = this.#model;
    if (data.kind !== "table" || !data.csv || ownTables.peek().get(data.table) === data.csv) return;
    ownTables.value = new Map(ownTables.peek()).set(data.table, data.csv);
  }

  /** Whether what has come was got for this data, or while it was shown: else something else has been chosen meanwhile. */
  wasFor(data: Data): boolean {
    return nameOf(data) === this.#since;
  }

  /** Gets data that the worker does not have, where it can be had without asking; whether it can. */
  get({ kind, ...data }: Data): boolean {
    if (kind === "table") return this.#getTable((data as TableData).table);
    const set = kind as SetName;
    const sources = this.sources[set];
    if (this.#coming !== set && sources) this.load(set, sources);
    return this.#coming === set;
  }

  #getTable(name: string): boolean {
    const source = this.#sourceOf(name);
    if (this.#comingTable !== name && source) this.readTable(name, this.#dialects.get(name) ?? null);
    return this.#comingTable === name;
  }

  /** Names are somebody's own: `constructor` may be one. */
  #sourceOf(name: string): Source | undefined {
    return Object.hasOwn(this.tables, name) ? this.tables[name] : undefined;
  }

  /** Reads a table whose file is known, as it seems to be written or as somebody says. */
  readTable(name: string, dialect: Dialect | null): void {
    const source = this.#sourceOf(name);
    if (!source) return;
    const { message } = this.#model;
    if (message.value?.kind === "tableMissing" || message.value?.kind === "refused") message.value = null;
    this.#comingTable = name;
    this.#coming = null;
    this.#begun();
    if (dialect) this.#dialects.set(name, dialect);
    this.#model.loading.value = { file: source.name, received: 0, total: null };
    this.#player()?.table(name, source, dialect);
  }

  /** A table has come. */
  tabled(table: TableFacts): void {
    const { loading, tables, tablesHere } = this.#model;
    loading.value = null;
    // Its name is what everybody calls it, where everybody may have it.
    const source = this.#sourceOf(this.#comingTable ?? table.name);
    if (source) this.tables = { ...this.tables, [table.name]: source };
    this.#comingTable = null;
    this.#tables.add(table.name);
    tables.value = new Map(tables.value).set(table.name, table);
    tablesHere.value = [...new Set([...tablesHere.value, table.name])];
  }

  load(set: SetName, sources: Source[]): void {
    const { message, loading } = this.#model;
    this.sources[set] = sources;
    this.#coming = set;
    this.#begun();
    if (message.value?.kind === "dataMissing" || message.value?.kind === "refused") message.value = null;
    loading.value = { file: sources[0]!.name, received: 0, total: null };
    this.#player()?.load(set, sources);
  }

  #begun(): void {
    const { experiment } = this.#model;
    this.#since = experiment.value ? nameOf(experiment.value.data) : "";
  }

  cancel(): void {
    if (this.#coming || this.#comingTable) this.#player()?.cancelLoad();
  }

  /** Dropped files; gives what is wrong with them. */
  take(files: readonly File[], wish: Data | undefined): Refusal | null {
    const table = tableIn(files);
    if (table) {
      this.tables = { ...this.tables, [table.name]: table.source };
      this.#dialects.delete(table.name);
      this.readTable(table.name, null);
      return null;
    }
    const kind = wish?.kind;
    const awaited = kind === undefined || !comesInFiles(kind) || this.has(wish!) ? null : kind;
    const sorted = sortFiles(files, awaited);
    if ("missing" in sorted) return { code: "wrongFiles", missing: sorted.missing };
    this.load(sorted.set, sorted.sources);
    return null;
  }

  loaded(set: SetName): void {
    const { loading, setsHere } = this.#model;
    loading.value = null;
    this.#here.add(set);
    this.#coming = null;
    setsHere.value = [...new Set([...setsHere.value, set])];
  }

  /** A load has come to nothing; gives what there is to say, if anything. */
  refused(refusal: Refusal, wish: Data | undefined): Message | null {
    if (this.#comingTable !== null) return this.#tableRefused(refusal, wish);
    const set = this.#coming;
    const isCancelled = refusal.code === "cancelled";
    this.#coming = null;
    if (set && !isCancelled) delete this.sources[set];
    // The page still waits for this data: the ways to have it stay in sight.
    if (wish !== undefined && comesInFiles(wish.kind) && !this.has(wish))
      return { kind: "dataMissing", set: wish.kind, refusal: isCancelled ? null : refusal };
    return isCancelled ? null : { kind: "refused", refusal };
  }

  #tableRefused(refusal: Refusal, wish: Data | undefined): Message | null {
    const name = this.#comingTable!;
    this.#comingTable = null;
    const { [name]: _, ...others } = this.tables;
    // One that the worker has, and could not read in another way, is still there.
    if (!this.#tables.has(name)) this.tables = others;
    if (wish?.kind === "table" && !this.has(wish)) return { kind: "tableMissing", name: wish.table, refusal };
    return refusal.code === "cancelled" ? null : { kind: "refused", refusal };
  }

  /** The first images of every set that is here, once. */
  async preview(): Promise<void> {
    const { previews } = this.#model;
    const numbered = (images: ImageData[], isPhotograph = false) =>
      images.map((image, label) => ({ image, label, isPhotograph }));
    previews.value = { generated: numbered(generatedExamples(FEW)), ...previews.value };
    for (const [set, sources] of Object.entries(this.sources) as [SetName, Source[]][]) {
      if (previews.value[set]) continue;
      const images = numbered(await firstImages(set, sources, FEW), set === "cifar10");
      if (images.length > 0) previews.value = { ...previews.value, [set]: images };
    }
  }
}

/** Points and functions have other settings, and stay the same data. */
function nameOf(data: Data): string {
  return data.kind === "table" ? `table ${data.table}` : data.kind;
}
