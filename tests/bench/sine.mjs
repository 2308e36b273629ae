// Training 1-3-3-1 on a sine: no arithmetic to speak of, all overhead. Steps a second, round by round, alternated.
export const SINE = "1-3-3-1";

/**
 * @param {import("./desk.mjs").Desk} desk
 * @param {{ rounds: number, ms: number, say: (doing: string) => void }} options
 */
export async function measureSine(desk, { rounds, ms, say }) {
  const workers = { ours: "brainbow", theirs: "tensorflow-wasm loop" };
  /** @type {{ ours: number[], theirs: number[], losses: { ours: number, theirs: number } }} */
  const found = { ours: [], theirs: [], losses: { ours: NaN, theirs: NaN } };
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}, ${SINE}`);
    for (const who of /** @type {const} */ (["ours", "theirs"])) {
      const slice = await desk.ask(workers[who], "sine", ms);
      found[who].push((slice.steps / slice.ms) * 1000);
      found.losses[who] = slice.loss;
    }
  }
  return found;
}
