// What a run found, as numbers for programs: medians, ratios within the rounds, shares of the limit.
import { APART, OURS, PEERS, rivalOf } from "./contenders.mjs";
import { PHOTOGRAPHS } from "./photographs.mjs";
import { SINE } from "./sine.mjs";
import { HIDDEN, nameOf, usefulFlops, widthsOf } from "./shapes.mjs";
import { median, pairedRatio, rounded } from "./statistics.mjs";

/** @param {import("./run.mjs").Figures} figures */
export function report({ machine, data, rounds, training, photographs, sine, chores, sizes, page }) {
  /** @param {number} hidden @param {import("./contenders.mjs").Contender} contender */
  const find = (hidden, contender) =>
    training.find((one) => one.hidden === hidden && one.contender === contender);
  const limits = training.flatMap(({ limits: found }) => found);
  return {
    machine,
    data,
    rounds,
    limit: { gflops: rounded(median(limits)), best: rounded(Math.max(...limits)) },
    training: byShape((hidden) =>
      named([...OURS, APART], (ours) => {
        const one = find(hidden, ours);
        return one && ourFigures(one, widthsOf(hidden));
      }),
    ),
    photographs: {
      [PHOTOGRAPHS.join("-")]: named(OURS, (ours) => {
        const one = photographs.find(({ contender }) => contender === ours);
        return one && ourFigures(one, PHOTOGRAPHS);
      }),
    },
    peers: byShape((hidden) =>
      named(PEERS, (peer) => {
        const [one, rival] = [find(hidden, peer), find(hidden, rivalOf(peer))];
        return one && rival && peerFigures(one, rival);
      }),
    ),
    evaluation: Object.fromEntries(
      Object.entries(chores.evaluation).map(([hidden, both]) => [
        nameOf(Number(hidden)),
        {
          timesTraining: rounded(pairedRatio(both.evaluation, both.training)),
          samplesPerSecond: rounded(median(both.evaluation)),
          ms: rounded((chores.heldOut / median(both.evaluation)) * 1000),
          samples: chores.heldOut,
        },
      ]),
    ),
    sine: {
      [SINE]: {
        brainbowTimes: rounded(pairedRatio(sine.ours, sine.theirs), 3),
        stepsPerSecond: rounded(median(sine.ours)),
        tensorflowStepsPerSecond: rounded(median(sine.theirs)),
        loss: [rounded(sine.losses.ours, 3), rounded(sine.losses.theirs, 3)],
      },
    },
    heatmaps: { tiles: 128, ms: rounded(chores.tilesMs), sheetMs: rounded(chores.sheetMs) },
    unpacking: {
      digits: chores.unpacked,
      gunzipMs: rounded(chores.gunzipMs),
      parseAllMs: rounded(chores.parseMs),
    },
    bytes: sizes,
    page,
  };
}
/** @typedef {ReturnType<typeof report>} Report */

/**
 * @param {import("./training.mjs").Series} one
 * @param {readonly number[]} widths
 */
function ourFigures({ rates, limits, loss }, widths) {
  const flops = usefulFlops(widths);
  const shares = rates.map((rate, round) => (rate * flops) / 1e9 / Number(limits[round]));
  const later = median(shares.slice(1));
  return {
    ofLimit: rounded(median(shares)),
    // The best round of each is next to what an idle machine would show.
    best: rounded((Math.max(...rates) * flops) / 1e9 / Math.max(...limits)),
    samplesPerSecond: rounded(median(rates)),
    gflops: rounded((median(rates) * flops) / 1e9),
    // Medians hide a slow state that comes late or goes: the first visit, and all later ones.
    first: rounded(Number(shares[0])),
    later: rounded(later),
    loss: loss.map((value) => rounded(value, 3)),
  };
}

/**
 * @param {import("./training.mjs").Series} one
 * @param {import("./training.mjs").Series} rival
 */
function peerFigures(one, rival) {
  return {
    brainbowTimes: rounded(pairedRatio(rival.rates, one.rates), 3),
    best: rounded(Math.max(...rival.rates) / Math.max(...one.rates), 3),
    samplesPerSecond: rounded(median(one.rates)),
    loss: one.loss.map((value) => rounded(value, 3)),
  };
}

/**
 * @template T
 * @param {(hidden: number) => T} find
 * @returns {Record<string, T>}
 */
function byShape(find) {
  return Object.fromEntries(HIDDEN.map((hidden) => [nameOf(hidden), find(hidden)]));
}

/**
 * @template T
 * @param {readonly import("./contenders.mjs").Contender[]} contenders
 * @param {(contender: import("./contenders.mjs").Contender) => T | undefined} find
 * @returns {Record<string, T>}
 */
function named(contenders, find) {
  return Object.fromEntries(
    contenders.flatMap((contender) => {
      const found = find(contender);
      return found === undefined ? [] : [[contender.name, found]];
    }),
  );
}
