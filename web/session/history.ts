// What a run has shown so far: Keras's history by epoch, and the curves.
import { Curve } from "./curve.js";
import { HealthCourse } from "./health.js";
import type { RateFrom } from "./engine.js";
import type { EpochFacts } from "./protocol.js";

/** Under Keras's names; one number for each epoch. */
export interface History {
  loss: number[];
  /** See `EvaluationFacts.score`: `accuracy` or `root_mean_squared_error` for those who ask from outside. */
  score: number[];
  val_loss: number[];
  val_score: number[];
  fingerprint: (string | null)[];
}

/** A history as scripts read it. */
export interface KerasHistory {
  loss: number[];
  /** Of classes. */
  accuracy?: number[];
  /** Of numbers. */
  root_mean_squared_error?: number[];
  val_loss: number[];
  val_accuracy?: number[];
  val_root_mean_squared_error?: number[];
  fingerprint: (string | null)[];
}

/** What the scores are called by Keras, and so by the page's script interface. */
export function kerasNames(classes: number) {
  const score = classes > 0 ? "accuracy" : "root_mean_squared_error";
  return { score, val_score: `val_${score}` } as const;
}

export function emptyHistory(): History {
  return { loss: [], score: [], val_loss: [], val_score: [], fingerprint: [] };
}

/** The history with epochs in their places; a run that went on from a snapshot may see an epoch again. */
export function withEpochs(history: History, epochs: EpochFacts[]): History {
  const before = epochs[0]!.epoch - 1;
  const put = <T>(values: T[], of: (facts: EpochFacts) => T) => [
    ...values.slice(0, before),
    ...epochs.map(of),
  ];
  return {
    loss: put(history.loss, (facts) => facts.loss),
    score: put(history.score, (facts) => facts.score),
    val_loss: put(history.val_loss, (facts) => facts.valLoss),
    val_score: put(history.val_score, (facts) => facts.valScore),
    fingerprint: put(history.fingerprint, (facts) => facts.fingerprint),
  };
}

/** The history of the first epochs alone. */
export function upTo(history: History, epochs: number): History {
  return {
    loss: history.loss.slice(0, epochs),
    score: history.score.slice(0, epochs),
    val_loss: history.val_loss.slice(0, epochs),
    val_score: history.val_score.slice(0, epochs),
    fingerprint: history.fingerprint.slice(0, epochs),
  };
}

/** The end of a run's last epoch. */
export interface LastEpoch {
  epoch: number;
  valScore: number;
  fingerprint: string | null;
}

/** @returns null as long as none has ended */
export function lastOf({ val_score, fingerprint }: History): LastEpoch | null {
  const last = val_score.at(-1);
  return last === undefined
    ? null
    : { epoch: val_score.length, valScore: last, fingerprint: fingerprint.at(-1) ?? null };
}

/** The four curves of a run, by epoch. */
export class Curves {
  loss = new Curve();
  score = new Curve();
  valLoss = new Curve();
  valScore = new Curve();
  readonly health = new HealthCourse();
  /** Whether scores are shares of classes told right; else they say how far off numbers are. */
  isOfClasses = true;
  /** Where the learning rate was changed, by epoch. */
  changes: { epoch: number; rate: number }[] = [];

  /** Marks where a run's learning rate changes. */
  mark(rates: readonly RateFrom[], stepsPerEpoch: number): void {
    this.changes = rates.slice(1).map(({ step, rate }) => ({ epoch: step / stepsPerEpoch, rate }));
  }

  copy(): Curves {
    const copy = new Curves();
    copy.isOfClasses = this.isOfClasses;
    for (const name of ["loss", "score", "valLoss", "valScore"] as const) {
      copy[name].x = [...this[name].x];
      copy[name].y = [...this[name].y];
    }
    return copy;
  }

  cutAfter(epoch: number): void {
    for (const curve of [this.loss, this.score, this.valLoss, this.valScore]) curve.cutAfter(epoch);
    this.health.cutAfter(epoch);
  }
}
