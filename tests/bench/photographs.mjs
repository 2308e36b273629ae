// Training on photographs, 3072-128-10 on CIFAR-10: Brainbow alone, in an engine of its own, round after round.
import { OURS } from "./contenders.mjs";
import { shuffled } from "./statistics.mjs";
import { learn } from "./training.mjs";

export const PHOTOGRAPHS = [3072, 128, 10];
const HIDDEN = 128;
const WORKER = "brainbow for photographs";

/**
 * @param {import("./desk.mjs").Desk} desk
 * @param {{ limit: object, batches: readonly string[], apart: number, rounds: number, ms: number,
 *   say: (doing: string) => void }} options
 */
export async function measurePhotographs(desk, { limit, batches, apart, rounds, ms, say }) {
  if (batches.length === 0) return [];
  say("photographs");
  await desk.start(WORKER, "brainbow");
  await desk.ask(WORKER, "start", { limit, apart });
  await desk.ask(WORKER, "loadPhotographs", batches);
  /** @type {import("./training.mjs").Series[]} */
  const series = OURS.map((contender) => ({
    contender,
    hidden: HIDDEN,
    rates: [],
    limits: [],
    loss: [NaN, NaN],
  }));
  for (const one of series) {
    const { optimizer, dense = false } = one.contender;
    const opened = await desk.ask(WORKER, "open", { hidden: HIDDEN, optimizer, dense });
    one.loss[0] = opened.loss;
  }
  for (let round = 0; round < rounds; round++) {
    for (const one of shuffled(series, round)) {
      say(`round ${round + 1} of ${rounds}, ${PHOTOGRAPHS.join("-")}: ${one.contender.name}`);
      await learn(desk, one, ms, WORKER);
    }
  }
  await desk.stop(WORKER);
  return series;
}
