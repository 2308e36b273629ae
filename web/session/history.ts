// What a run has shown so far: Keras's history by epoch, and the curves, thinned as they grow.
import type { EpochFacts } from "./protocol.js";

/** Keras's names; one number for each epoch. */
export interface History {
  loss: number[];
  accuracy: number[];
  val_loss: number[];
  val_accuracy: number[];
  fingerprint: (string | null)[];
}

export function emptyHistory(): History {
  return { loss: [], accuracy: [], val_loss: [], val_accuracy: [], fingerprint: [] };
}

/** The history with an epoch in its place; a run that went on from a snapshot may see an epoch again. */
export function withEpoch(history: History, facts: EpochFacts): History {
  const put = <T>(values: T[], value: T) => [...values.slice(0, facts.epoch - 1), value];
  return {
    loss: put(history.loss, facts.loss),
    accuracy: put(history.accuracy, facts.accuracy),
    val_loss: put(history.val_loss, facts.valLoss),
    val_accuracy: put(history.val_accuracy, facts.valAccuracy),
    fingerprint: put(history.fingerprint, facts.fingerprint),
  };
}

/** The history of the first epochs alone. */
export function upTo(history: History, epochs: number): History {
  return {
    loss: history.loss.slice(0, epochs),
    accuracy: history.accuracy.slice(0, epochs),
    val_loss: history.val_loss.slice(0, epochs),
    val_accuracy: history.val_accuracy.slice(0, epochs),
    fingerprint: history.fingerprint.slice(0, epochs),
  };
}

/** A curve that never holds more than `most` points: when full, every four neighbours leave their least
 *  and their greatest, so what is drawn on a screen of fewer pixels stays the same. */
export class Curve {
  x: number[] = [];
  y: number[] = [];
  readonly #most: number;

  constructor(most = 2400) {
    this.#most = most;
  }

  push(x: number, y: number): void {
    this.x.push(x);
    this.y.push(y);
    if (this.x.length > this.#most) this.#thin();
  }

  /** Forgets what lies after `x`: a run went back to a snapshot. */
  cutAfter(x: number): void {
    const end = this.x.findIndex((value) => value > x);
    if (end >= 0) this.x.length = this.y.length = end;
  }

  #thin(): void {
    const x: number[] = [];
    const y: number[] = [];
    // The last points stay as they are, so that what has just been drawn does not change.
    const end = this.x.length - (this.x.length % 4) - 4;
    for (let i = 0; i < end; i += 4) {
      let least = i;
      let greatest = i;
      for (let j = i + 1; j < i + 4; j++) {
        if (this.y[j]! < this.y[least]!) least = j;
        if (this.y[j]! > this.y[greatest]!) greatest = j;
      }
      for (const place of new Set([Math.min(least, greatest), Math.max(least, greatest)])) {
        x.push(this.x[place]!);
        y.push(this.y[place]!);
      }
    }
    this.x = x.concat(this.x.slice(end));
    this.y = y.concat(this.y.slice(end));
  }
}

/** The four curves of a run, by epoch. */
export class Curves {
  loss = new Curve();
  accuracy = new Curve();
  valLoss = new Curve();
  valAccuracy = new Curve();
  /** Where the learning rate was changed, by epoch. */
  changes: { epoch: number; rate: number }[] = [];

  copy(): Curves {
    const copy = new Curves();
    for (const name of ["loss", "accuracy", "valLoss", "valAccuracy"] as const) {
      copy[name].x = [...this[name].x];
      copy[name].y = [...this[name].y];
    }
    return copy;
  }

  cutAfter(epoch: number): void {
    for (const curve of [this.loss, this.accuracy, this.valLoss, this.valAccuracy]) curve.cutAfter(epoch);
  }
}
