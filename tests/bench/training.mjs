// Training, all contenders in one run: round after round each learns for a moment, the shapes in another order every
// time, and whoever is compared is compared within the round.
import { APART, OURS, PEERS } from "./contenders.mjs";
import { HIDDEN, nameOf } from "./shapes.mjs";
import { shuffled } from "./statistics.mjs";

/**
 * @typedef {object} Series what was measured of one contender on one shape
 * @property {import("./contenders.mjs").Contender} contender
 * @property {number} hidden
 * @property {number[]} rates samples a second, round by round
 * @property {number[]} limits GFLOP/s of the machine's limit beside them, for Brainbow alone
 * @property {[number, number]} loss before the first and after the last round
 */

/**
 * @param {import("./desk.mjs").Desk} desk
 * @param {{ rounds: number, ms: number, say: (doing: string) => void }} options
 */
export async function measureTraining(desk, { rounds, ms, say }) {
  const all = [...OURS, APART, ...PEERS];
  /** @type {Series[]} */
  const series = HIDDEN.flatMap((hidden) =>
    all.map((contender) => ({ contender, hidden, rates: [], limits: [], loss: [NaN, NaN] })),
  );
  // The first visit goes by rising width: H = 0 is what the engine's code is first used and compiled for.
  for (const one of series) {
    say(`${nameOf(one.hidden)}: ${one.contender.name} begins`);
    const opened = await desk.ask(workerOf(one), "open", taskOf(one));
    one.loss[0] = typeof opened === "number" ? opened : opened.loss;
    await learn(desk, one, ms);
  }
  for (let round = 1; round < rounds; round++) {
    for (const hidden of shuffled(HIDDEN, round)) {
      const here = series.filter((one) => one.hidden === hidden);
      for (const one of shuffled(here, round)) {
        say(`round ${round + 1} of ${rounds}, ${nameOf(hidden)}: ${one.contender.name}`);
        await learn(desk, one, ms);
      }
    }
  }
  for (const one of series.filter(({ contender }) => contender.worker !== "brainbow")) {
    one.loss[1] = await desk.ask(workerOf(one), "loss", taskOf(one));
  }
  return series;
}

/**
 * One slice of one contender.
 * @param {import("./desk.mjs").Desk} desk
 * @param {Series} one
 * @param {number} ms
 */
export async function learn(desk, one, ms, worker = workerOf(one)) {
  const task = taskOf(one);
  const ours = one.contender.worker === "brainbow";
  const slice = await desk.ask(worker, "train", ours ? { run: task, ms } : { ...task, ms });
  one.rates.push((slice.samples / slice.ms) * 1000);
  if (!ours) return;
  one.limits.push(slice.limit);
  one.loss[1] = slice.loss;
}

/**
 * The worker's name on the desk.
 * @param {Pick<Series, "contender" | "hidden">} one
 */
export function workerOf({ contender: { apart, worker }, hidden }) {
  return apart ? `${worker} for H = ${hidden}` : worker;
}

/** @param {Pick<Series, "contender" | "hidden">} one */
export function taskOf({ contender: { optimizer, dense = false }, hidden }) {
  return { hidden, optimizer, dense };
}

/**
 * Those who have not learned: whose rate says nothing.
 * @param {readonly Series[]} series
 */
export function unlearned(series) {
  return series.filter(({ loss: [first, last] }) => !(last < 0.9 * first));
}
