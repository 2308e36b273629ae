// <brainbow-lab>: the only file that knows everybody. It reads the address, runs the player, and hands
// its views the model and what they may ask for.
import { batch, effect } from "@preact/signals-core";
import { fromTheStart } from "./experiment.js";
import { Address } from "./address.js";
import { Frames } from "./frames.js";
import { Model, type Actions, type Cell, type Evaluated, type Message, type Picture } from "./model.js";
import {
  formatLink,
  loadEngine,
  missing,
  type Experiment,
  type Opened,
  type RateFrom,
} from "./session/engine.js";
import { Curves, emptyHistory, withEpoch, type History } from "./session/history.js";
import { findMnist, MIRROR, sortFiles, sourcesAt } from "./session/mnist.js";
import { Player, type Line, type Listener, type Pace } from "./session/player.js";
import type { Command, Frame, Questions, Refusal, Source } from "./session/protocol.js";
import { LANGUAGES, textFor } from "./text/languages.js";
import { View } from "./views/view.js";
import "./views/all.js";

/** Pictures kept at most; the oldest go first. */
const MOST_PICTURES = 6000;

export class Lab extends HTMLElement {
  readonly model = new Model();
  readonly #address = new Address();
  #wasm: WebAssembly.Module | null = null;
  #player: Player | null = null;
  #frame: Frame | null = null;
  readonly #frames = new Frames(() => this.#commit());
  #wanted = new Set<number>();
  #picturesOf = "";
  /** The last epoch's snapshot, for a worker that dies. */
  #snapshot: { bytes: Uint8Array; epoch: number } | null = null;
  /** A snapshot to go on from, if the same run is opened. */
  #resume: { link: string; bytes: Uint8Array } | null = null;
  /** Where the loaded data came from, for a worker that dies. */
  #sources: Source[] | null = null;
  /** The folder that has MNIST without a press of a button. */
  #mnistAt: string | null = null;
  #wish: Experiment | null = null;
  #speed = { samples: 0, ms: 0, since: 0 };
  #stops: (() => void)[] = [];
  #isReady!: () => void;
  /** Whether there is a player to speak to. */
  readonly #ready = new Promise<void>((resolve) => (this.#isReady = resolve));
  /** What the worker has of MNIST. */
  #mnist: { here: boolean; coming: boolean } = { here: false, coming: false };

  connectedCallback(): void {
    this.model.text.value = textFor(this.#address.language ? [this.#address.language] : navigator.languages);
    this.#followSystem();
    customElements.upgrade(this);
    for (const view of this.querySelectorAll<View>("*"))
      if (view instanceof View) view.connect(this.model, this.#actions);
    this.addEventListener("keydown", (event) => this.#key(event));
    const follow = () => this.#followAddress();
    addEventListener("hashchange", follow);
    this.#stops.push(() => removeEventListener("hashchange", follow));
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => this.#drop(event));
    this.#stops.push(
      effect(() => this.#questionsChanged()),
      effect(() => {
        document.documentElement.lang = this.model.text.value.language;
        document.title = this.model.text.value.title;
      }),
      effect(() => {
        document.documentElement.dataset["theme"] = this.model.theme.value;
      }),
      effect(() => {
        const { cell, pinnedCell, card } = this.model;
        const about = cell.value ?? pinnedCell.value;
        if (about) card.value = about;
      }),
    );
    void this.#begin();
  }

  disconnectedCallback(): void {
    this.#player?.close();
    this.#player = null;
    for (const stop of this.#stops.splice(0)) stop();
    this.#frames.stop();
  }

  // ---- usable from a script ------------------------------------------------------------------------

  /** The experiment; setting it starts a new run, and throws where it can't be built. */
  get experiment(): Experiment {
    return structuredClone(this.model.experiment.value!);
  }
  set experiment(experiment: Experiment) {
    formatLink(experiment);
    this.#change(structuredClone(experiment));
  }
  train(): void {
    this.#run(true);
  }
  pause(): void {
    this.#run(false);
  }
  /** Takes n steps; resolves when the views show that step. */
  async step(n = 1): Promise<void> {
    this.#run(false);
    await this.#ready;
    await this.#player?.step(n);
    this.#commit();
    await this.#drawn();
  }
  restart(): void {
    this.#change(fromTheBeginning(this.model.experiment.value!));
  }
  /** Keras's names, one number for each epoch. */
  get history(): History {
    return structuredClone(this.model.history.value);
  }
  /** The last evaluation's confusion matrix, rows actual, and its step. */
  get confusion(): { step: number; counts: number[][] } | null {
    const evaluated = this.model.evaluated.value;
    if (!evaluated) return null;
    const classes = this.model.opened.value!.classes;
    const rows = Array.from({ length: classes }, (_, i) => [
      ...evaluated.confusion.subarray(i * classes, (i + 1) * classes),
    ]);
    return { step: evaluated.step, counts: rows };
  }
  /** Samples learned from in a second, on the clock on the wall; null while nothing is learned. */
  get samplesPerSecond(): number | null {
    return this.model.samplesPerSecond.value;
  }
  /** The weights' short name at the end of the last epoch. */
  get fingerprint(): string | null {
    return this.model.fingerprint.value?.value ?? null;
  }

  // ---- beginning -----------------------------------------------------------------------------------

  async #begin(): Promise<void> {
    const text = this.model.text.value;
    const lacking = missing();
    if (lacking) return this.#say(text.missing[lacking]);
    const [wasm, mnist] = await Promise.all([
      loadEngine().catch((error: unknown) => String(error)),
      findMnist(),
    ]);
    if (typeof wasm === "string") return this.#say(text.failedToLoad(wasm));
    this.#wasm = wasm;
    this.#mnistAt = mnist;
    this.model.mnistHere.value = mnist !== null;
    const link = this.#address.read();
    const experiment =
      link.namesData || !mnist ? link.experiment : { ...link.experiment, data: { kind: "mnist" } as const };
    if (link.notices.length > 0) this.model.message.value = { kind: "notices", notices: link.notices };
    this.#listen();
    this.#change(experiment);
    this.#isReady();
  }

  /** Somebody has put another link into the address bar of the open page. */
  #followAddress(): void {
    if (!this.#wasm) return;
    const { experiment, notices } = this.#address.read();
    this.model.message.value = notices.length > 0 ? { kind: "notices", notices } : null;
    this.#change(experiment);
  }

  #listen(): void {
    const worker = new Worker(new URL("./session/worker.ts", import.meta.url), { type: "module" });
    this.#player = new Player(worker as Line, this.#wasm!, this.#listener);
    this.#player.setPace(this.model.pace.value);
    this.#questionsChanged();
    this.#mnist = { here: false, coming: false };
  }

  /** A sentence instead of the page. */
  #say(sentence: string): void {
    const said = document.createElement("p");
    said.className = "sorry";
    said.setAttribute("role", "alert");
    said.textContent = sentence;
    this.replaceChildren(said);
  }

  #followSystem(): void {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => (this.model.systemDark.value = query.matches);
    follow();
    query.addEventListener("change", follow);
    this.#stops.push(() => query.removeEventListener("change", follow));
  }

  // ---- what views may ask for ----------------------------------------------------------------------

  readonly #actions: Actions = {
    toggle: () => this.#toggle(),
    step: (n) => this.step(n),
    restart: () => this.restart(),
    newSeed: () => {
      const seed = crypto.getRandomValues(new Uint16Array(1))[0]!;
      this.#change({ ...fromTheStart(this.model.experiment.value!), seed });
    },
    setPace: (pace: Pace) => {
      this.model.pace.value = pace;
      this.#player?.setPace(pace);
    },
    change: (experiment) => this.#change(experiment),
    tune: (rate) => this.#tune(rate),
    extend: (epochs) => this.#extend(epochs),
    chooseData: (kind) =>
      this.#change({
        ...fromTheStart(this.model.experiment.value!),
        data: kind === "mnist" ? { kind } : { kind, seed: 1 },
      }),
    fetchMnist: () => this.#fetchMnist(sourcesAt(MIRROR)),
    takeFiles: (files) => this.#takeFiles(files),
    wantPictures: (ids) => this.#wantPictures(ids),
    revive: () => this.#revive(),
    dismiss: () => (this.model.message.value = null),
    setLanguage: (language) => {
      this.model.text.value = LANGUAGES.find((text) => text.language === language) ?? this.model.text.value;
      this.#address.language = language;
      this.#writeAddress();
    },
    setTheme: (theme) => (this.model.theme.value = theme),
  };

  #toggle(): void {
    const { model } = this;
    if (model.state.value.kind === "finished") {
      // Learning on is another run: twice as long, and the link says so.
      this.#extend(Math.min(model.experiment.value!.epochs + 30, 10_000));
      this.#run(true);
    } else this.#run(!model.running.value);
  }

  #run(running: boolean): void {
    this.model.running.value = running;
    if (running) this.#player?.play();
    else this.#player?.pause();
  }

  #change(experiment: Experiment): void {
    const { model } = this;
    batch(() => {
      model.experiment.value = experiment;
      if (
        model.message.value &&
        model.message.value.kind !== "notices" &&
        model.message.value.kind !== "refused"
      )
        model.message.value = null;
    });
    this.#wish = experiment;
    this.#writeAddress();
    if (experiment.data.kind === "mnist" && !this.#mnist.here) {
      if (this.#mnist.coming) return;
      if (this.#sources) this.#fetchMnist(this.#sources);
      else if (this.#mnistAt) this.#fetchMnist(sourcesAt(this.#mnistAt));
      else {
        this.#player?.pause();
        model.message.value = { kind: "dataMissing", refusal: null };
      }
      return;
    }
    this.#open(experiment);
  }

  #open(experiment: Experiment): void {
    if (!this.#player) return;
    const goesOn = this.#resume?.link === formatLink(experiment) ? this.#resume.bytes : null;
    this.#resume = null;
    if (!goesOn) this.#snapshot = null;
    this.#player.open(experiment, goesOn);
    if (this.model.running.value) this.#player.play();
  }

  #tune(rate: number): void {
    const experiment = this.model.experiment.value!;
    if (
      this.model.step.value === 0 ||
      !this.model.opened.value ||
      this.model.state.value.kind === "diverged"
    ) {
      // Nothing has been learned with the old one, or nothing of use.
      this.#change({ ...experiment, learningRate: [{ step: 0, rate }] });
      return;
    }
    this.model.experiment.value = {
      ...experiment,
      learningRate: [...experiment.learningRate, { step: this.model.step.value, rate }],
    };
    this.#player?.tune(rate);
  }

  #extend(epochs: number): void {
    this.model.experiment.value = { ...this.model.experiment.value!, epochs };
    this.model.state.value = { kind: "learning" };
    this.#player?.extend(epochs);
    this.#writeAddress();
  }

  #writeAddress(): void {
    if (this.model.experiment.value) this.#address.write(this.model.experiment.value);
  }

  // ---- data ----------------------------------------------------------------------------------------

  #fetchMnist(sources: Source[]): void {
    this.#sources = sources;
    this.#mnist.coming = true;
    const said = this.model.message.value?.kind;
    if (said === "dataMissing" || said === "refused") this.model.message.value = null;
    this.model.loading.value = { file: sources[0]!.name, received: 0, total: null };
    this.#player?.load(sources);
  }

  #takeFiles(files: File[]): void {
    const sorted = sortFiles(files);
    if ("missing" in sorted) {
      this.model.message.value = {
        kind: "refused",
        refusal: { code: "wrongFiles", missing: sorted.missing },
      };
      return;
    }
    this.#fetchMnist(sorted.sources);
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    this.#takeFiles([...(event.dataTransfer?.files ?? [])]);
  }

  // ---- what the player hears -----------------------------------------------------------------------

  readonly #listener: Listener = {
    opened: (opened) => this.#opened(opened),
    frame: (frame) => this.#take(frame),
    tuned: (rates) => this.#tuned(rates),
    images: (images) => {
      const pictures = new Map<number, Picture>(this.model.pictures.value);
      for (const { id, label, image } of images) {
        this.#wanted.delete(id);
        pictures.set(id, { label, image });
      }
      for (const id of pictures.keys()) {
        if (pictures.size <= MOST_PICTURES) break;
        pictures.delete(id);
      }
      this.model.pictures.value = pictures;
    },
    loading: (file, received, total) => (this.model.loading.value = { file, received, total }),
    loaded: () => {
      this.model.loading.value = null;
      this.#mnist = { here: true, coming: false };
      const wish = this.#wish!;
      // Dropped or fetched while something else was shown: that is what it was for.
      this.#change(wish.data.kind === "mnist" ? wish : { ...fromTheStart(wish), data: { kind: "mnist" } });
    },
    refused: (what, refusal) => this.#refused(what, refusal),
    lost: (loss) => {
      this.#player = null;
      this.model.loading.value = null;
      this.model.message.value = { kind: "lost", loss, epoch: this.#snapshot?.epoch ?? null };
      this.dispatchEvent(new CustomEvent("error", { detail: { code: loss.kind, ...loss } }));
    },
  };

  #opened(opened: Opened): void {
    const { model } = this;
    const data = JSON.stringify(opened.experiment.data);
    if (data !== this.#picturesOf) {
      this.#picturesOf = data;
      this.#wanted.clear();
      model.pictures.value = new Map();
    }
    this.#frame = null;
    const goesOn = this.#snapshot !== null;
    batch(() => {
      model.opened.value = opened;
      model.state.value = { kind: "learning" };
      model.shown.value = null;
      if (goesOn) {
        const epoch = this.#snapshot!.epoch;
        model.curves.value.cutAfter(epoch);
        return;
      }
      if (model.curves.value.loss.x.length > 1) model.ghost.value = model.curves.value;
      model.curves.value = new Curves();
      model.curvesDrawn.value++;
      model.history.value = emptyHistory();
      model.fingerprint.value = null;
      model.step.value = 0;
      model.evaluated.value = null;
      model.sample.value = null;
    });
    this.#wantPictures(opened.examples);
  }

  #tuned(rates: RateFrom[]): void {
    const { model } = this;
    model.experiment.value = { ...model.experiment.value!, learningRate: rates };
    this.#wish = model.experiment.value;
    const epochs = model.opened.value!.stepsPerEpoch;
    model.curves.value.changes = rates.slice(1).map(({ step, rate }) => ({ epoch: step / epochs, rate }));
    model.curvesDrawn.value++;
    this.#writeAddress();
  }

  #refused(what: Command["type"], refusal: Refusal): void {
    this.model.loading.value = null;
    let message: Message = { kind: "refused", refusal };
    if (what === "load") {
      this.#mnist.coming = false;
      this.#sources = null;
      // The page still waits for this data: the ways to have it stay in sight.
      if (this.#wish?.data.kind === "mnist" && !this.#mnist.here) message = { kind: "dataMissing", refusal };
    }
    this.model.message.value = message;
    this.dispatchEvent(new CustomEvent("error", { detail: refusal }));
  }

  /** A frame has arrived: what it adds is kept at once, what it shows is drawn with the next picture. */
  #take(frame: Frame): void {
    const { model } = this;
    if (frame.trained) {
      const curves = model.curves.value;
      const epoch = frame.step / model.opened.value!.stepsPerEpoch;
      curves.loss.push(epoch, frame.trained.loss);
      curves.accuracy.push(epoch, frame.trained.accuracy);
      this.#speed.samples += frame.trained.samples;
    }
    if (frame.evaluation) this.#pendingEvaluation = frame.evaluation;
    if (frame.epoch) this.#endEpoch(frame);
    const old = this.#frame;
    this.#frame = frame;
    if (old) this.#player?.giveBack(old.loan, old.run);
    this.#frames.ask();
  }

  #pendingEvaluation: Frame["evaluation"] = null;

  #endEpoch(frame: Frame): void {
    const facts = frame.epoch!;
    const { model } = this;
    model.history.value = withEpoch(model.history.value, facts);
    model.fingerprint.value = { epoch: facts.epoch, value: facts.fingerprint };
    this.#snapshot = { bytes: facts.snapshot, epoch: facts.epoch };
    this.dispatchEvent(new CustomEvent("progress", { detail: { ...facts, snapshot: undefined } }));
  }

  /** Shows the newest frame. */
  #commit(): void {
    const frame = this.#frame;
    if (!frame) return;
    this.#frame = null;
    const { model } = this;
    const before = model.shown.value;
    batch(() => {
      model.step.value = frame.step;
      model.shown.value = { step: frame.step, loan: frame.loan };
      this.#showEvaluation(frame);
      this.#showState(frame);
      this.#showSpeed();
      if (frame.trained || frame.epoch) model.curvesDrawn.value++;
    });
    if (before) this.#player?.giveBack(before.loan, frame.run);
  }

  #showEvaluation({ loan }: Frame): void {
    const facts = this.#pendingEvaluation;
    const { model } = this;
    if (!facts) return;
    this.#pendingEvaluation = null;
    if (facts.step !== model.evaluated.value?.step) {
      const curves = model.curves.value;
      const epoch = facts.step / model.opened.value!.stepsPerEpoch;
      if (epoch >= (curves.valLoss.x.at(-1) ?? 0)) {
        curves.valLoss.push(epoch, facts.loss);
        curves.valAccuracy.push(epoch, facts.accuracy);
      }
    }
    const evaluated: Evaluated = {
      ...facts,
      confusion: loan.confusion.slice(),
      mostConfident: loan.mostConfident.slice(),
      scores: loan.scores.slice(),
      active: loan.active.slice(),
    };
    model.evaluated.value = evaluated;
    model.card.value ??= largestError(evaluated.confusion, model.opened.value!.classes);
  }

  #showState(frame: Frame): void {
    const { model } = this;
    const state = frame.state;
    if (state.kind === model.state.value.kind) return;
    model.state.value = state;
    if (state.kind !== "diverged") return;
    model.message.value = { kind: "diverged", step: state.step, rate: state.rate };
    this.dispatchEvent(new CustomEvent("error", { detail: { code: "diverged", ...state } }));
  }

  /** Samples a second over the last half second of the clock on the wall. */
  #showSpeed(): void {
    const now = performance.now();
    const ms = now - this.#speed.since;
    if (ms < 500) return;
    const { samples } = this.#speed;
    if (ms < 5000) this.model.samplesPerSecond.value = samples === 0 ? null : (samples / ms) * 1000;
    this.#speed = { samples: 0, ms: 0, since: now };
  }

  /** When all views have drawn what the model says. */
  async #drawn(): Promise<void> {
    const views = [...this.querySelectorAll<View>("*")].filter((view) => view instanceof View);
    await Promise.all(views.map((view) => view.updateComplete));
    if (!document.hidden) await new Promise(requestAnimationFrame);
  }

  #questionsChanged(): void {
    const { card, cardOrder, cardMost, mistakesOrder, mistakesMost, sample } = this.model;
    const questions: Questions = {
      card: card.value && { cell: card.value, order: cardOrder.value, most: cardMost.value },
      mistakes: { order: mistakesOrder.value, most: mistakesMost.value },
      sample: sample.value,
    };
    this.#player?.ask(questions);
  }

  #wantPictures(ids: readonly number[]): void {
    const { pictures } = this.model;
    const missing = ids.filter((id) => !pictures.peek().has(id) && !this.#wanted.has(id));
    if (missing.length === 0) return;
    missing.forEach((id) => this.#wanted.add(id));
    this.#player?.images(missing);
  }

  #revive(): void {
    this.#wanted.clear();
    this.model.message.value = null;
    this.#listen();
    const experiment = this.model.experiment.value!;
    // The data may have to come first; the same run then goes on from its snapshot.
    if (this.#snapshot) this.#resume = { link: formatLink(experiment), bytes: this.#snapshot.bytes };
    this.#change(experiment);
  }

  // ---- keys ----------------------------------------------------------------------------------------

  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, select, textarea, button, summary") && event.key === " ") return;
    if (target.closest("input, select, textarea")) return;
    if (event.key === " ") this.#toggle();
    else if (event.key === ".") void this.step(1);
    else if (event.key === "r" || event.key === "R") this.restart();
    else return;
    event.preventDefault();
  }
}

/** The cell that the card is about until somebody looks at another. */
function largestError(confusion: Uint32Array, classes: number): Cell {
  let largest = 1;
  confusion.forEach((count, place) => {
    if (place % (classes + 1) !== 0 && count > confusion[largest]!) largest = place;
  });
  return { actual: Math.floor(largest / classes), predicted: largest % classes };
}

/** The same run again: the changes made while learning are part of it. */
function fromTheBeginning(experiment: Experiment): Experiment {
  return { ...experiment };
}

customElements.define("brainbow-lab", Lab);

declare global {
  interface HTMLElementTagNameMap {
    "brainbow-lab": Lab;
  }
}
