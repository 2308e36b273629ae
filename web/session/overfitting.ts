// The rule that courses give for overfitting: what is held out gets worse while what is learned still gets better.
import type { History } from "./history.js";

/** Since when what is held out gets worse. */
export interface Overfitting {
  /** The epoch that was best on what is held out, and its loss. */
  best: number;
  loss: number;
  /** Epochs since. */
  epochs: number;
}

/** At least so many epochs, and so large a share of all. */
const LEAST = { epochs: 5, share: 0.1 };
/** Losses waver from epoch to epoch: the mean over a few of the last ones is beside the best. */
const RECENT = 0.05;
/** What is held out is so much worse, what is learned so much better. */
const CLEARLY = 0.05;

/** Null where the rule does not apply. */
export function overfitting({ loss, val_loss }: Pick<History, "loss" | "val_loss">): Overfitting | null {
  const { length } = val_loss;
  let best = 0;
  val_loss.forEach((value, epoch) => (best = value < val_loss[best]! ? epoch : best));
  const epochs = length - 1 - best;
  if (epochs < Math.max(LEAST.epochs, LEAST.share * length)) return null;
  const few = Math.max(3, Math.floor(RECENT * length));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const around = (values: readonly number[]) => mean(values.slice(Math.max(0, best - few), best + 1));
  const isWorse = mean(val_loss.slice(-few)) > (1 + CLEARLY) * around(val_loss);
  const isBetter = mean(loss.slice(-few)) < (1 - CLEARLY) * around(loss);
  return isWorse && isBetter ? { best: best + 1, loss: val_loss[best]!, epochs } : null;
}
