// Data sets on their way to the worker: where each can be had, which the worker has, and which one it is getting.
import type { Message, Model } from "./model.js";
import { comesInFiles } from "./experiment.js";
import { generatedExamples, type Experiment } from "./session/engine.js";
import type { Player } from "./session/player.js";
import { firstImages } from "./session/preview.js";
import type { Refusal, SetName, Source } from "./session/protocol.js";
import { sortFiles, type Sources } from "./session/sets.js";

type Kind = Experiment["data"]["kind"];

/** Samples shown of a set that is not learned. */
const FEW = 10;

export class Supply {
  /** Where sets came from, or can be had without a press of a button. */
  sources: Sources = {};
  readonly #model: Model;
  readonly #player: () => Player | null;
  readonly #here = new Set<SetName>();
  #coming: SetName | null = null;

  constructor(model: Model, player: () => Player | null) {
    this.#model = model;
    this.#player = player;
  }

  /** A new worker has nothing yet. */
  begin(): void {
    this.#here.clear();
    this.#coming = null;
  }

  /** Whether the worker has this data. */
  has(kind: Kind): boolean {
    return !comesInFiles(kind) || this.#here.has(kind);
  }

  /** Gets a set that the worker does not have, where it can be had without asking; whether it can. */
  get(set: SetName): boolean {
    const sources = this.sources[set];
    if (this.#coming !== set && sources) this.load(set, sources);
    return this.#coming === set;
  }

  load(set: SetName, sources: Source[]): void {
    const { message, loading } = this.#model;
    this.sources[set] = sources;
    this.#coming = set;
    if (message.value?.kind === "dataMissing" || message.value?.kind === "refused") message.value = null;
    loading.value = { file: sources[0]!.name, received: 0, total: null };
    this.#player()?.load(set, sources);
  }

  cancel(): void {
    if (this.#coming) this.#player()?.cancelLoad();
  }

  /** Dropped files; gives what is wrong with them. */
  take(files: readonly File[], wish: Kind | undefined): Refusal | null {
    const awaited = wish === undefined || !comesInFiles(wish) || this.has(wish) ? null : wish;
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
  refused(refusal: Refusal, wish: Kind | undefined): Message | null {
    const set = this.#coming;
    const isCancelled = refusal.code === "cancelled";
    this.#coming = null;
    if (set && !isCancelled) delete this.sources[set];
    // The page still waits for this data: the ways to have it stay in sight.
    if (wish !== undefined && comesInFiles(wish) && !this.has(wish))
      return { kind: "dataMissing", set: wish, refusal: isCancelled ? null : refusal };
    return isCancelled ? null : { kind: "refused", refusal };
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
