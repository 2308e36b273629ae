// The run beside: B, kept to compare with. It learns in a worker of its own, and what it shows is a model of its own.
//
// Nothing is copied out of the first worker: the same experiment gives the same bits, so B goes on from the last
// epoch's snapshot and comes to the step that was shown by learning.
import { effect } from "@preact/signals-core";
import { Model, type Wants } from "./model.js";
import { Run } from "./run.js";
import { followLooked } from "./selection.js";

export class Beside {
  readonly #model: Model;
  readonly #run: Run;
  readonly #wasm: WebAssembly.Module;
  #b: { run: Run; stops: (() => void)[] } | null = null;
  /** What views of B may ask of it. */
  readonly wants: Wants = {
    wantPictures: (ids) => this.#b?.run.pictures.want(ids),
    want: (want) => this.#b?.run.want(want),
  };

  constructor(model: Model, run: Run, wasm: WebAssembly.Module) {
    this.#model = model;
    this.#run = run;
    this.#wasm = wasm;
  }

  /** Keeps the run as it is shown; another one that was kept before is let go. */
  keep(): void {
    const place = this.#run.place();
    if (!place) return;
    this.#end();
    const model = new Model(this.#model);
    // Nobody looks at its images.
    model.cardMost.value = model.mistakesMost.value = 0;
    model.curves.value = this.#model.curves.value.copy();
    model.history.value = this.#model.history.value;
    const run = new Run(model, () => {});
    run.start(this.#wasm, this.#run.supply.sources, this.#run.supply.tables);
    this.#model.other.value = model;
    const stops = [effect(() => run.ask()), effect(() => this.#follow(model, run)), followLooked(model)];
    this.#b = { run, stops };
    void run.comeTo(place);
  }

  letGo(): void {
    const { other, learnsAlong, cells } = this.#model;
    this.#end();
    other.value = null;
    learnsAlong.value = false;
    if (cells.value === "difference") cells.value = "count";
  }

  #end(): void {
    for (const stop of this.#b?.stops ?? []) stop();
    this.#b?.run.close();
    this.#b = null;
  }

  /** B from the beginning, and from now on whenever the first one learns. */
  together(): void {
    if (!this.#b) return;
    this.#model.learnsAlong.value = true;
    this.#b.run.change({ ...this.#model.other.value!.experiment.value! });
  }

  /** Takes the steps that the first one takes, if it learns along. */
  async step(n: number): Promise<void> {
    if (this.#model.learnsAlong.value) await this.#b?.run.step(n);
  }

  /** Learns when the first one does (to its own end), as fast; says what it makes of every sample where that is compared. */
  #follow(model: Model, run: Run): void {
    const { learnsAlong, running, pace, cells } = this.#model;
    model.cells.value = cells.value;
    run.setPace(pace.value);
    run.play(learnsAlong.value && running.value);
  }
}
