// What a run has shown so far: Keras's history by epoch, and the curves.
import { Curve } from "./curve.js";
import { HealthCourse } from "./health.js";
import type { RateFrom } from "./engine.js";
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

/** The end of a run's last epoch. */
export interface LastEpoch {
  epoch: number;
  valAccuracy: number;
  fingerprint: string | null;
}

/** @returns null as long as none has ended */
export function lastOf({ val_accuracy, fingerprint }: History): LastEpoch | null {
  const last = val_accuracy.at(-1);
  return last === undefined
    ? null
    : { epoch: val_accuracy.length, valAccuracy: last, fingerprint: fingerprint.at(-1) ?? null };
}

/** The four curves of a run, by epoch. */
export class Curves {
  loss = new Curve();
  accuracy = new Curve();
  valLoss = new Curve();
  valAccuracy = new Curve();
  readonly health = new HealthCourse();
  /** Where the learning rate was changed, by epoch. */
  changes: { epoch: number; rate: number }[] = [];

  /** Marks where a run's learning rate changes. */
  mark(rates: readonly RateFrom[], stepsPerEpoch: number): void {
    this.changes = rates.slice(1).map(({ step, rate }) => ({ epoch: step / stepsPerEpoch, rate }));
  }

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
    this.health.cutAfter(epoch);
  }
}
