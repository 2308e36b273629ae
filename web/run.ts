// The run: which experiment is learned, on what data, by which worker, and what happens when one of them fails.
import { batch, type Signal } from "@preact/signals-core";
import { Drawing } from "./drawing.js";
import { fitsTable, isMeant, withData, withTableAgain } from "./experiment.js";
import type { Message, Model } from "./model.js";
import { Pictures } from "./pictures.js";
import { Screen } from "./screen.js";
import { mistakesOf } from "./selection.js";
import {
  formatLink,
  type Experiment,
  type Found,
  type Opened,
  type RateFrom,
  type TableFacts,
} from "./session/engine.js";
import { Player, type Line, type Listener, type Loss, type Pace } from "./session/player.js";
import {
  SEEDS,
  type Command,
  type DrawingRead,
  type EvaluationFacts,
  type Refusal,
  type SamplePicture,
  type SetName,
  type Want,
  type Wanted,
} from "./session/protocol.js";
import type { Sources, Tables } from "./session/sets.js";
import { Supply } from "./supply.js";
import { factsOf } from "./tables.js";

/** Epochs that a finished run is given when it is to learn on. */
const MORE_EPOCHS = 30;
const MOST_EPOCHS = 10_000;
/** Changes of the learning rate are at least so far from one another. */
const TUNE_EVERY_MS = 150;

/** A step of a run: what it takes to come there again. */
export interface Place {
  experiment: Experiment;
  /** The last end of an epoch before it. */
  snapshot: { bytes: Uint8Array; epoch: number } | null;
  /** Steps from there. */
  steps: number;
}

/** Something to tell scripts: `progress` at the end of an epoch, `error` when something went wrong. */
export type Tell = (event: "progress" | "error", detail: object) => void;

export class Run implements Listener {
  readonly #model: Model;
  readonly #tell: Tell;
  readonly #screen: Screen;
  readonly pictures: Pictures;
  readonly drawing: Drawing;
  readonly supply: Supply;
  #startWorker: (() => Player) | null = null;
  #player: Player | null = null;
  /** The experiment of the run that is open, as it was when another was asked for. */
  #before: Experiment | null = null;
  /** The last epoch's snapshot, for a worker that dies. */
  #snapshot: { bytes: Uint8Array; epoch: number } | null = null;
  /** A snapshot to go on from, if the same run is opened. */
  #resume: { link: string; bytes: Uint8Array } | null = null;
  /** A learning rate of which the worker has not said yet from which step on it holds. */
  #asked: number | null = null;
  #tunedAt = -Infinity;
  #tuneLater: ReturnType<typeof setTimeout> | undefined;

  constructor(model: Model, tell: Tell) {
    this.#model = model;
    this.#tell = tell;
    this.pictures = new Pictures(model, (ids) => this.#player?.images(ids));
    this.drawing = new Drawing(model, {
      draw: (ink, columns) => this.#player?.draw(ink, columns),
      search: () => this.#player?.search(),
    });
    this.supply = new Supply(model, () => this.#player);
    this.#screen = new Screen(model, {
      giveBack: (loan, run) => this.#player?.giveBack(loan, run),
      epochEnded: ({ snapshot, score, valScore, ...facts }) => {
        this.#snapshot = { bytes: snapshot, epoch: facts.epoch };
        const isOfClasses = model.opened.value!.classes > 0;
        const scores = isOfClasses
          ? { accuracy: score, valAccuracy: valScore }
          : { rootMeanSquaredError: score, valRootMeanSquaredError: valScore };
        tell("progress", { ...facts, ...scores });
      },
      ended: (state) => {
        model.message.value = { ...state };
        if (state.kind === "diverged") tell("error", { code: "diverged", ...state });
      },
    });
  }

  /** Begins: from now on there is a worker. `sources`: the sets that can be had at once. */
  start(wasm: WebAssembly.Module, sources: Sources, tables: Tables): void {
    this.supply.sources = { ...sources };
    this.supply.tables = { ...tables };
    this.#startWorker = () => {
      const worker = new Worker(new URL("./session/worker.ts", import.meta.url), { type: "module" });
      return new Player(worker as Line, wasm, this);
    };
    this.#work();
  }

  close(): void {
    clearTimeout(this.#tuneLater);
    this.#startWorker = null;
    this.#player?.close();
    this.#player = null;
    this.#screen.stop();
  }

  /** A new network: learns at once, if learning is on; what it needs of data comes first. */
  change(experiment: Experiment): void {
    this.#resume = null;
    this.#wishFor(experiment);
  }

  #wishFor(experiment: Experiment): void {
    const { message, awaited } = this.#model;
    if (!awaited.value) this.#before = this.#model.experiment.value;
    clearTimeout(this.#tuneLater);
    this.#asked = null;
    // One that is lost is not waited for.
    if (!this.#player && this.#startWorker) this.#work();
    batch(() => {
      this.#model.experiment.value = experiment;
      awaited.value = true;
      // What was said of a link or a file still holds; of a run that is over, it does not.
      if (message.value && message.value.kind !== "notices" && message.value.kind !== "refused")
        message.value = null;
    });
    const { data } = experiment;
    this.supply.keep(data);
    if (this.supply.has(data)) return this.#open(experiment);
    // Meanwhile nothing is learned from other data than the page names.
    this.#screen.commit();
    this.#player?.rest();
    this.#model.samplesPerSecond.value = null;
    if (this.supply.get(data)) return;
    message.value =
      data.kind === "table"
        ? { kind: "tableMissing", name: data.table, refusal: null }
        : { kind: "dataMissing", set: data.kind as SetName, refusal: null };
  }

  play(running: boolean): void {
    if (running) this.look(null);
    this.#model.running.value = running;
    if (running) this.#player?.play();
    else this.#player?.pause();
  }

  /** Runs or pauses; a run that is over learns on, and the link says for how long. */
  toggle(): void {
    const { state, running, experiment } = this.#model;
    if (!this.#player) return this.revive();
    if (state.value.kind === "diverged") return;
    if (this.#model.looking.value !== null) return this.play(true);
    const { epochs } = experiment.value!;
    if (state.value.kind === "finished") this.until({ epochs: Math.min(epochs + MORE_EPOCHS, MOST_EPOCHS) });
    else if (state.value.kind === "stopped") this.until({ stop: {} });
    else return this.play(!running.value);
    this.play(true);
  }

  /** Takes n steps; resolves when the model shows them. */
  async step(n: number): Promise<void> {
    this.play(false);
    this.look(null);
    await this.#player?.step(n);
    this.#screen.commit();
  }

  /** The step that is shown; nothing as long as nothing is. */
  place(): Place | null {
    const { experiment, opened, awaited } = this.#model;
    if (awaited.value || !opened.value) return null;
    const { stepsPerEpoch } = opened.value;
    const step = this.#model.step.value;
    const snapshot = this.#snapshot && this.#snapshot.epoch * stepsPerEpoch <= step ? this.#snapshot : null;
    const steps = step - (snapshot?.epoch ?? 0) * stepsPerEpoch;
    return { experiment: experiment.value!, snapshot, steps };
  }

  /** Comes to a step of a run, and rests there; whatever the model holds of its curves stays. */
  async comeTo({ experiment, snapshot, steps }: Place): Promise<void> {
    this.#goOn(experiment, snapshot);
    await this.step(steps);
  }

  /** Looks at a step of the past, or (null) at the present again; nothing is learned meanwhile. */
  look(step: number | null): void {
    if (this.#model.looking.value === step) return;
    this.#model.looking.value = step;
    if (step !== null) this.play(false);
    this.#player?.look(step);
  }

  /** Goes on from the step that is looked at: the curves beyond it stay as a ghost. */
  fork(): void {
    const { looking, opened } = this.#model;
    if (looking.value === null) return;
    // What was kept of the branch that is left is not this one's.
    const { stepsPerEpoch } = opened.value!;
    if (this.#snapshot && this.#snapshot.epoch * stepsPerEpoch > looking.value) this.#snapshot = null;
    this.#player?.fork(looking.value);
    this.#screen.fork(looking.value);
    this.play(true);
  }

  setPace(pace: Pace): void {
    this.#model.pace.value = pace;
    this.#player?.setPace(pace);
  }

  /** Learns on with another rate. While a slider is dragged not every place of it becomes one of the run. */
  tune(rate: number): void {
    const wait = this.#tunedAt + TUNE_EVERY_MS - performance.now();
    clearTimeout(this.#tuneLater);
    if (wait > 0) this.#tuneLater = setTimeout(() => this.#tune(rate), wait);
    else this.#tune(rate);
  }

  #tune(rate: number): void {
    this.#tunedAt = performance.now();
    const { experiment, step, opened, state, looking, awaited } = this.#model;
    const isFresh = looking.value === null && step.value === 0;
    const isDiverged = state.value.kind === "diverged";
    if (isFresh || isDiverged || awaited.value || !opened.value) {
      // Nothing has been learned with the old one, or nothing of use.
      this.change({ ...experiment.value!, learningRate: [{ step: 0, rate }] });
      if (isDiverged) this.play(true);
      return;
    }
    // The past has been learned: it is the present that learns on.
    this.look(null);
    // From which step on it holds the worker says: until then the address would name another run.
    this.#asked = rate;
    if (this.#player) this.#player.tune(rate);
    else this.#takeAsked();
  }

  /** No worker says from which step on: from the last that is shown. */
  #takeAsked(): void {
    if (this.#asked === null) return;
    const { experiment, step } = this.#model;
    const now = experiment.value!;
    const before = now.learningRate.filter((from) => from.step < step.value);
    experiment.value = { ...now, learningRate: [...before, { step: step.value, rate: this.#asked }] };
    this.#asked = null;
  }

  /** When to end, without a restart. */
  until(change: Partial<Pick<Experiment, "epochs" | "stop">>): void {
    const experiment = { ...this.#model.experiment.value!, ...change };
    this.#model.experiment.value = experiment;
    this.#model.state.value = { kind: "learning" };
    if (this.#model.message.value?.kind === "stopped") this.#model.message.value = null;
    // A run that is awaited hears of it once it is open.
    if (!this.#model.awaited.value) this.#player?.until(experiment.epochs, experiment.stop ?? {});
  }

  takeFiles(files: readonly File[]): void {
    const refusal = this.supply.take(files, this.#model.experiment.value?.data);
    if (refusal) this.refused("load", refusal);
  }

  /** What a view wants to know once. */
  want(want: Want): void {
    this.#player?.want(want);
  }

  /** A new worker in place of one that is lost; the same run goes on from its last epoch. */
  revive(): void {
    const experiment = this.#model.experiment.value!;
    this.#model.message.value = null;
    this.#work();
    this.#goOn(experiment, this.#snapshot);
  }

  /** The questions of every new evaluation; to be called again when one of the signals read here changes. */
  ask(): void {
    const { card, cardOrder, cardMost, mistakesOrder, mistakesMost, sample, against, looked } = this.#model;
    const { cells, selection, onlyThese } = this.#model;
    const among = mistakesOf(onlyThese.value ? selection.value : null);
    const { layer, diagram, scope, fit, whatIf, roc } = this.#model;
    const questions = {
      card: card.value && { cell: card.value, order: cardOrder.value, most: cardMost.value },
      mistakes: { among, order: mistakesOrder.value, most: mistakesMost.value },
      sample: sample.value === null ? null : { id: sample.value, against: against.value },
      neuron: { layer: layer.value, unit: looked.value },
      readings: cells.value === "difference" || selection.value !== null,
      diagram: diagram.value,
      scale: scope.value === "all",
      fit: fit.value,
      whatIf: whatIf.value,
      roc: roc.value,
    };
    this.#player?.ask(questions);
  }

  #goOn(experiment: Experiment, snapshot: Place["snapshot"]): void {
    this.#snapshot = snapshot;
    this.#resume = snapshot && { link: formatLink(experiment), bytes: snapshot.bytes };
    this.#wishFor(experiment);
  }

  #work(): void {
    this.supply.begin();
    this.#player = this.#startWorker!();
    this.#player.setPace(this.#model.pace.value);
    this.ask();
  }

  #open(experiment: Experiment): void {
    const goesOn = this.#resume?.link === formatLink(experiment) ? this.#resume.bytes : null;
    this.#resume = null;
    if (!goesOn) this.#snapshot = null;
    this.#player?.open(experiment, goesOn);
    if (this.#model.running.value) this.#player?.play();
  }

  // ---- what the player hears -----------------------------------------------------------------------

  opened(opened: Opened): void {
    const { awaited, experiment } = this.#model;
    awaited.value = false;
    this.#before = null;
    this.#screen.begin(opened, this.#snapshot?.epoch ?? null);
    const { epochs, stop = {} } = experiment.value!;
    const link = formatLink(experiment.value!);
    // When it ends may have been changed while it was awaited; else what was asked for behind it has been refused.
    if (formatLink({ ...opened.experiment, epochs, stop }) !== link) experiment.value = opened.experiment;
    else if (formatLink(opened.experiment) !== link) this.#player?.until(epochs, stop);
    this.pictures.begin(opened);
    this.drawing.begin(opened);
  }

  frame(...[frame, rests]: Parameters<Listener["frame"]>): void {
    if (frame.evaluation) this.pictures.take(frame.evaluation.pictures);
    this.#screen.take(frame, rests);
  }

  tuned(rates: RateFrom[]): void {
    const { experiment, curves, curvesDrawn, opened, awaited } = this.#model;
    if (awaited.value) return;
    if (rates.at(-1)?.rate === Math.fround(this.#asked ?? NaN)) this.#asked = null;
    experiment.value = { ...experiment.value!, learningRate: rates };
    curves.value.mark(rates, opened.value!.stepsPerEpoch);
    curvesDrawn.value++;
  }

  answered(evaluation: EvaluationFacts): void {
    this.pictures.take(evaluation.pictures);
    this.#screen.answer(evaluation);
  }

  drawn(image: ImageData | null, read: DrawingRead | null): void {
    if (read) this.#screen.read(read);
    this.drawing.drawn(image);
  }

  found(found: Found | null): void {
    this.drawing.found(found);
  }

  images(images: SamplePicture[]): void {
    this.pictures.take(images);
  }

  wanted({ rows, spread, ...found }: Partial<Wanted>): void {
    const model = this.#model;
    batch(() => {
      for (const [name, value] of Object.entries(found))
        (model[name as keyof typeof found] as Signal<unknown>).value = value;
      if (spread && spread.length !== model.spread.peek()?.length) model.spread.value = spread;
      if (rows) this.#putRows(rows);
    });
  }

  #putRows({ ids, cells }: Wanted["rows"]): void {
    const { rows, opened, tables } = this.#model;
    const { data } = opened.value!.experiment;
    const columns = factsOf(data, tables.value)?.columns.map(({ name }) => name) ?? [];
    const all = new Map(rows.value.cells);
    ids.forEach((id, i) => all.set(id, cells.slice(i * columns.length, (i + 1) * columns.length)));
    rows.value = { columns, cells: all };
  }

  loading(file: string, received: number, total: number | null): void {
    this.#model.loading.value = { file, received, total };
  }

  loaded(set: SetName): void {
    this.supply.loaded(set);
    const wish = this.#model.experiment.value!;
    if (wish.data.kind === set) return this.#wishFor(wish);
    // Dropped or fetched while something else was shown: that is what it was for.
    if (this.supply.wasFor(wish.data)) this.#wishFor(withData(wish, set));
  }

  /** Somebody's own table, or the one that was waited for. */
  table(table: TableFacts): void {
    const wish = this.#model.experiment.value!;
    const isAgain = this.supply.has(wish.data);
    this.supply.tabled(table);
    if (!this.supply.wasFor(wish.data)) return;
    // What a link waits for has to be the very table that it is about.
    if (!isAgain && (fitsTable(wish, table) || isMeant(wish, table))) return this.#wishFor(wish);
    this.#wishFor(withTableAgain(wish, table));
  }

  refused(what: Command["type"], refusal: Refusal): void {
    this.#model.loading.value = null;
    if (what === "open") this.#stay();
    if (what === "tune") this.#asked = null;
    const message: Message | null =
      what === "load" || what === "table"
        ? this.supply.refused(refusal, this.#model.experiment.value?.data)
        : (this.#nothingElse(what, refusal) ?? { kind: "refused", refusal });
    if (!message) return;
    this.#model.message.value = message;
    this.#tell("error", refusal);
  }

  /** A link to a table that is another one, where nothing has been learned before: the ways to have it stay in sight. */
  #nothingElse(what: Command["type"], refusal: Refusal): Message | null {
    const data = this.#model.experiment.value?.data;
    const isWaiting = what === "open" && !this.#model.opened.value && data?.kind === "table" && !data.csv;
    return isWaiting ? { kind: "tableMissing", name: data.table, refusal } : null;
  }

  /** What was asked for can't be: the run that is open goes on, and the page says so. */
  #stay(): void {
    const { opened, experiment, awaited } = this.#model;
    if (!opened.value) return;
    batch(() => {
      experiment.value = this.#before ?? opened.value!.experiment;
      awaited.value = false;
    });
  }

  lost(loss: Loss): void {
    this.#player = null;
    // Nothing comes after what came last.
    this.#screen.commit();
    this.#takeAsked();
    // The other seeds that were under way have gone with it, and can be asked for again.
    const { spread, loading } = this.#model;
    if (spread.value && spread.value.length < SEEDS) spread.value = null;
    loading.value = null;
    this.#model.message.value = { kind: "lost", loss, epoch: this.#snapshot?.epoch ?? null };
    this.#tell("error", { code: loss.kind, ...loss });
  }
}
