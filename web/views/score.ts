// How well a network does, in one number: the share read correctly, or how far off the numbers are that it tells.
import { kindOf } from "../kinds.js";
import type { Model } from "../model.js";

export interface Score {
  name: string;
  /** On the held-out samples. */
  ofHeldOut: string;
  /** What stands behind it where there is room for a word at most. */
  brief: string;
  /** As it stands alone, and where it is compared. */
  short(score: number): string;
  exact(score: number): string;
  difference(ours: number, theirs: number): string;
}

/** What the run that is open is judged by. */
export function scoreOf({ opened, text }: Model): Score {
  const { accuracy, testAccuracy, format, fit } = text.value;
  if (!opened.value || kindOf(opened.value) !== "numbers") {
    return {
      name: accuracy,
      ofHeldOut: testAccuracy,
      brief: "",
      short: (share) => format.percent(share),
      exact: (share) => format.percent(share, 2),
      difference: (ours, theirs) => format.signed((ours - theirs) * 100, 2),
    };
  }
  return {
    name: fit.rmse,
    ofHeldOut: fit.testRmse,
    brief: fit.rmse,
    short: format.five,
    exact: format.five,
    difference: (ours, theirs) => format.signed(ours - theirs, 4),
  };
}
