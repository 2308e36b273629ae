// Brainbow's own engine, the built module, in a worker as the page has it: one session, whose runs come and go.
import {
  initSync,
  parseLink,
  Session,
  type Experiment,
  type Opened,
} from "../../../web/generated/brainbow_wasm.js";
import wasmUrl from "../../../web/generated/brainbow_wasm_bg.wasm?url";
import { RATES, type Optimizer, type Slice } from "./contender.js";
import type { Digits } from "./digits.js";
import { PROBE } from "./digits.js";
import { INPUTS } from "../shapes.mjs";
import { LINK, type SineSlice } from "./sine.js";

/** A slice is cut as the page cuts it: no call lasts longer. */
const CALL_MS = 10;

export interface Run {
  hidden: number;
  optimizer: Optimizer;
  /** Whether the first layer multiplies with the zeros too. */
  dense: boolean;
}

/** MNIST's four files, unpacked, in the engine's order. */
export function takeMnist(session: Session, names: readonly string[], files: readonly Uint8Array[]): void {
  files.forEach((bytes, place) => {
    session.beginFile(names[place]!, bytes.length);
    session.append(bytes);
  });
  session.take({ kind: "mnist" });
}

export class Engine {
  readonly session = new Session();
  private data: "generated" | "mnist" | "cifar10" = "generated";
  private readonly snapshots = new Map<string, Uint8Array>();
  private now: { name: string; opened: Opened } | null = null;

  /**
   * `apart`: V8 keeps one compiled code, with what it has learned of how it is used, for all modules of the same
   * bytes. A module with one byte more begins anew.
   */
  static async load(apart: number | null): Promise<Engine> {
    const bytes = new Uint8Array(await (await fetch(wasmUrl)).arrayBuffer());
    // A section of its own kind (0): its length, the length of its name, its name.
    const section = apart === null ? [] : [0, 2, 1, 97 + apart];
    initSync({ module: new WebAssembly.Module(Uint8Array.from([...bytes, ...section])) });
    return new Engine();
  }

  /** Gives MNIST's four files to the session: runs are on them from now on. */
  takeMnist(names: readonly string[], files: readonly Uint8Array[]): void {
    takeMnist(this.session, names, files);
    this.data = "mnist";
  }

  /** Gives a batch of CIFAR-10 to the session; with the last one runs are on all of them. */
  takePhotographs(name: string, bytes: Uint8Array, isLast: boolean): void {
    this.session.beginFile(name, bytes.length);
    this.session.append(bytes);
    if (!isLast) return;
    this.session.take({ kind: "cifar10" });
    this.data = "cifar10";
  }

  /** Puts a run where it was left, or at its start. */
  open(run: Run): Opened {
    const name = `${run.hidden} ${run.optimizer} ${run.dense}`;
    if (this.now?.name === name) return this.now.opened;
    if (this.now) this.snapshots.set(this.now.name, this.session.snapshot());
    const opened = this.session.open(this.experiment(run));
    const kept = this.snapshots.get(name);
    if (kept) this.session.restore(kept);
    this.session.skipZeros(!run.dense);
    this.now = { name, opened };
    return opened;
  }

  /** Learns for about so long, without a look at anything; `losses` are the steps'. */
  train(ms: number): Slice & { loss: number } {
    const began = performance.now();
    let [samples, steps, losses, now] = [0, 0, 0, began];
    do {
      const progress = this.session.train(Math.min(began + ms - now, CALL_MS), 2 ** 32 - 1);
      if (progress.state.kind !== "learning") throw new Error(`the run is ${progress.state.kind}`);
      samples += progress.samples;
      steps += progress.steps;
      losses += progress.lossSum;
      now = performance.now();
    } while (now - began < ms);
    return { samples, ms: now - began, loss: losses / steps };
  }

  /** See sine.ts; a run that has come to its end begins again. */
  sine(ms: number): SineSlice {
    if (this.now) this.snapshots.set(this.now.name, this.session.snapshot());
    this.now = null;
    const { experiment } = parseLink(LINK);
    this.session.open(experiment);
    const began = performance.now();
    let [steps, loss] = [0, NaN];
    do {
      const progress = this.session.train(CALL_MS, 2 ** 32 - 1);
      steps += progress.steps;
      if (progress.steps > 0) loss = progress.lossSum / progress.steps;
      if (progress.state.kind === "finished") this.session.open(experiment);
    } while (performance.now() - began < ms);
    return { steps, ms: performance.now() - began, loss };
  }

  /** The mean loss of the first steps, in all as many samples as the others' probe. */
  firstLoss(): number {
    const { lossSum, steps } = this.session.train(1000, PROBE / 64);
    return lossSum / steps;
  }

  /** One whole pass, at most so long: in it, pixels that were inked are still being noted. */
  finishEpoch(ms: number): void {
    const end = performance.now() + ms;
    while (performance.now() < end && !this.session.train(CALL_MS, 2 ** 32 - 1).endedEpoch);
  }

  /** All training samples, as the engine has them. */
  digits({ trainSamples }: Opened): Digits {
    const pixels = new Uint8Array(trainSamples * INPUTS);
    const labels = new Uint8Array(trainSamples);
    for (let id = 0; id < trainSamples; id++) {
      const { data } = this.session.image(id);
      for (let i = 0; i < INPUTS; i++) pixels[id * INPUTS + i] = 255 - data[4 * i]!;
      labels[id] = this.session.label(id)!;
    }
    return { pixels, labels };
  }

  private experiment({ hidden, optimizer }: Run): Experiment {
    // Photographs, which are not scaled here, take smaller steps.
    const rate = this.data === "cifar10" ? `&lr=${RATES[optimizer] / 5}` : "";
    const link = `data=${this.data}&hidden=${hidden}&opt=${optimizer}${rate}&epochs=10000`;
    const { experiment, notices } = parseLink(link);
    if (notices.length > 0) throw new Error(`${link}: ${JSON.stringify(notices)}`);
    return experiment;
  }
}
