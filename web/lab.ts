// <brainbow-lab>: the only file that knows everybody. It reads the address, starts the run, hands its views the
// model and what they may ask for, and is what scripts speak to.
import { effect } from "@preact/signals-core";
import { Address } from "./address.js";
import type { Beside } from "./beside.js";
import { fromTheStart, withData } from "./experiment.js";
import { Model, type Actions, type SetName } from "./model.js";
import { Run } from "./run.js";
import { check, loadEngine, missing, type Experiment } from "./session/engine.js";
import { kerasNames, type KerasHistory } from "./session/history.js";
import { followLooked, followPins } from "./selection.js";
import { findSets, mirrorSources } from "./session/sets.js";
import { textFor } from "./text/languages.js";
import { View } from "./views/view.js";
import { later } from "./views/all.js";

export class Lab extends HTMLElement {
  readonly model = new Model();
  readonly #address = new Address();
  readonly #run = new Run(this.model, (event, detail) =>
    this.dispatchEvent(new CustomEvent(event, { detail })),
  );
  /** Comes with the views that are about it, a moment later. */
  #beside: Beside | null = null;
  #wasm: WebAssembly.Module | null = null;
  #stops: (() => void)[] = [];
  #isReady!: () => void;
  /** Whether there is a worker to speak to. */
  readonly #ready = new Promise<void>((resolve) => (this.#isReady = resolve));

  async connectedCallback(): Promise<void> {
    const { model } = this;
    model.text.value = await textFor(this.#address.language ? [this.#address.language] : navigator.languages);
    if (!this.isConnected) return;
    this.#connect();
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#run.takeFiles([...(event.dataTransfer?.files ?? [])]);
    });
    this.#followBrowser();
    this.#stops.push(
      ...followPins(model),
      effect(() => this.#run.ask()),
      effect(() => {
        document.documentElement.lang = model.text.value.language;
        document.title = model.text.value.title;
      }),
      effect(() => {
        document.documentElement.dataset["theme"] = model.theme.value;
      }),
      effect(() => {
        const about = model.cell.value ?? model.pinnedCell.value;
        if (about) model.card.value = about;
      }),
      followLooked(model),
      effect(() => {
        if (model.experiment.value) this.#address.write(model.experiment.value);
      }),
    );
    await this.#begin();
    // What has come can be used, whatever became of the rest.
    await Promise.all([later(), this.#compare()]).catch(
      () => (model.message.value = { kind: "partMissing" }),
    );
    this.#connect();
  }

  disconnectedCallback(): void {
    this.#beside?.letGo();
    this.#run.close();
    for (const stop of this.#stops.splice(0)) stop();
  }

  // ---- usable from a script ------------------------------------------------------------------------

  /** The experiment; setting it starts a new run, and throws where it can't be built. */
  get experiment(): Experiment {
    return structuredClone(this.model.experiment.value!);
  }
  set experiment(experiment: Experiment) {
    try {
      check(experiment);
    } catch (error) {
      throw Object.assign(new Error((error as { code: string }).code), error);
    }
    this.#run.change(structuredClone(experiment));
  }
  train(): void {
    this.#run.play(true);
  }
  pause(): void {
    this.#run.play(false);
  }
  /** Takes n steps; resolves when the views show that step. */
  async step(n = 1): Promise<void> {
    await this.#ready;
    await Promise.all([this.#run.step(n), this.#beside?.step(n)]);
    await Promise.all(this.#views().map((view) => view.updateComplete));
    if (!document.hidden) await new Promise(requestAnimationFrame);
  }
  /** The same run again, changes made while learning included. */
  restart(): void {
    this.#run.change({ ...this.model.experiment.value! });
  }
  /** Keras's names, one number for each epoch: `accuracy`, or `root_mean_squared_error` where numbers are told. */
  get history(): KerasHistory {
    const { score, val_score, ...rest } = structuredClone(this.model.history.value);
    const keras = kerasNames(this.model.opened.value?.classes ?? 1);
    return { ...rest, [keras.score]: score, [keras.val_score]: val_score };
  }
  /** The last evaluation's confusion matrix, rows actual, and its step; null where numbers are told. */
  get confusion(): { step: number; counts: number[][] } | null {
    const evaluated = this.model.evaluated.value;
    if (!evaluated || evaluated.confusion.length === 0) return null;
    const classes = this.model.opened.value!.classes;
    const row = (i: number) => [...evaluated.confusion.subarray(i * classes, (i + 1) * classes)];
    return { step: evaluated.step, counts: Array.from({ length: classes }, (_, i) => row(i)) };
  }
  /** Samples learned from in a second, on the clock on the wall; null while nothing is learned. */
  get samplesPerSecond(): number | null {
    return this.model.samplesPerSecond.value;
  }
  /** The weights' short name at the end of the last epoch. */
  get fingerprint(): string | null {
    return this.model.history.value.fingerprint.at(-1) ?? null;
  }

  // ---- what views may ask for ----------------------------------------------------------------------

  readonly #actions: Actions = {
    toggle: () => this.#run.toggle(),
    step: (n) => this.step(n),
    restart: () => this.restart(),
    newSeed: () => {
      const seed = crypto.getRandomValues(new Uint16Array(1))[0]!;
      this.#run.change({ ...fromTheStart(this.model.experiment.value!), seed });
    },
    setPace: (pace) => this.#run.setPace(pace),
    change: (experiment) => this.#run.change(experiment),
    tune: (rate) => this.#run.tune(rate),
    until: (change) => this.#run.until(change),
    chooseData: (kind) => {
      this.#run.supply.cancel();
      this.#run.change(withData(this.model.experiment.value!, kind));
    },
    fetchMnist: () => this.#run.supply.load("mnist", mirrorSources()),
    cancelLoad: () => this.#run.supply.cancel(),
    loadAgain: () => this.#run.change(this.model.experiment.value!),
    takeFiles: (files) => this.#run.takeFiles(files),
    look: (step) => this.#run.look(step),
    fork: () => this.#run.fork(),
    draw: (ink, columns) => this.#run.drawing.draw(ink, columns),
    wantPictures: (ids) => this.#run.pictures.want(ids),
    wantPreviews: () => void this.#run.supply.preview(),
    want: (want) => this.#run.want(want),
    readTable: (name, dialect) => this.#run.supply.readTable(name, dialect),
    revive: () => this.#run.revive(),
    dismiss: () => (this.model.message.value = null),
    setLanguage: async (language) => {
      this.#address.language = language;
      const text = await textFor([language]);
      // Somebody may have chosen another one meanwhile.
      if (this.#address.language !== language) return;
      this.model.text.value = text;
      this.#address.language = text.language;
      if (this.model.experiment.value) this.#address.write(this.model.experiment.value);
    },
    setTheme: (theme) => (this.model.theme.value = theme),
    keep: () => this.#beside?.keep(),
    letGo: () => this.#beside?.letGo(),
    together: () => {
      this.#beside?.together();
      this.restart();
      this.train();
    },
    beside: () => this.#beside!.wants,
  };

  // ---- beginning -----------------------------------------------------------------------------------

  async #begin(): Promise<void> {
    const text = this.model.text.value;
    const lacking = missing();
    if (lacking) return this.#say(text.missing[lacking]);
    const engine = loadEngine().catch((error: unknown) => String(error));
    const [wasm, { sources, tables }] = await Promise.all([engine, findSets()]);
    if (typeof wasm === "string") return this.#say(text.failedToLoad(wasm));
    this.model.setsHere.value = Object.keys(sources) as SetName[];
    this.model.tablesHere.value = Object.keys(tables);
    this.#run.start(wasm, sources, tables);
    this.#wasm = wasm;
    this.#isReady();
    this.#open();
  }

  async #compare(): Promise<void> {
    const { Beside } = await import("./beside.js");
    if (this.#wasm) this.#beside = new Beside(this.model, this.#run, this.#wasm);
  }

  /** Begins the run that the address asks for; one that names no data gets MNIST where it is. */
  #open(): void {
    const { experiment, namesData, notices } = this.#address.read();
    this.model.message.value = notices.length > 0 ? { kind: "notices", notices } : null;
    const choose = !namesData && this.model.setsHere.value.includes("mnist");
    this.#run.change(choose ? { ...experiment, data: { kind: "mnist" } } : experiment);
  }

  /** A sentence instead of the page. */
  #say(sentence: string): void {
    const said = document.createElement("p");
    said.className = "sorry";
    said.setAttribute("role", "alert");
    said.textContent = sentence;
    this.replaceChildren(said);
  }

  /** The system's theme, and a link that is put into the address bar of the open page. */
  #followBrowser(): void {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const theme = () => (this.model.systemDark.value = query.matches);
    const address = () => {
      if (!this.model.experiment.value) return;
      const { language } = new Address();
      if (language) void this.#actions.setLanguage(language);
      this.#open();
    };
    theme();
    query.addEventListener("change", theme);
    addEventListener("hashchange", address);
    this.#stops.push(
      () => query.removeEventListener("change", theme),
      () => removeEventListener("hashchange", address),
    );
  }

  /** Every view that is there and has not been connected gets the model. */
  #connect(): void {
    for (const view of this.#views()) if (!view.model) view.connect(this.model, this.#actions);
  }

  #views(): View[] {
    return [...this.querySelectorAll("*")].filter((element) => element instanceof View);
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
    if (event.key === " " && target.closest("button, summary")) return;
    if (event.key === " ") this.#run.toggle();
    else if (event.key === ".") void this.step(1);
    else if (event.key === "r" || event.key === "R") this.restart();
    else return;
    event.preventDefault();
  }
}
customElements.define("brainbow-lab", Lab);

declare global {
  interface HTMLElementTagNameMap {
    "brainbow-lab": Lab;
  }
}
