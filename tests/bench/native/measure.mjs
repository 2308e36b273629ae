// The native engine and its peers, each in a process of its own, alternated: one learns, the others wait.
import { Failure } from "../../../scripts/steps.mjs";
import { HIDDEN, nameOf } from "../shapes.mjs";
import { median, pairedRatio, rounded, shuffled } from "../statistics.mjs";

/** @typedef {{ name: string, optimizer: "sgd" | "adam", peer?: string }} Line */

/** @type {Line[]} */
export const OURS = [
  { name: "Brainbow", optimizer: "sgd" },
  { name: "Brainbow, Adam", optimizer: "adam" },
];

/** @type {Line[]} */
export const PEERS = [
  { name: "PyTorch", optimizer: "sgd", peer: "torch" },
  { name: "PyTorch, Adam", optimizer: "adam", peer: "torch" },
  { name: "NumPy", optimizer: "sgd", peer: "numpy" },
];

/**
 * @param {import("./answering.mjs").Answering} engine
 * @param {{ program: import("./answering.mjs").Answering, there: Record<string, string | null> } | null} python
 * @param {{ rounds: number, ms: number, say: (doing: string) => void }} options
 */
export async function measureNative(engine, python, { rounds, ms, say }) {
  const lines = [...OURS, ...PEERS.filter(({ peer }) => python?.there[String(peer)])];
  const series = HIDDEN.flatMap((hidden) =>
    lines.map((line) => ({ ...line, hidden, rates: /** @type {number[]} */ ([]), loss: NaN })),
  );
  for (let round = 0; round < rounds; round++) {
    for (const hidden of shuffled(HIDDEN, round)) {
      for (const one of shuffled(
        series.filter((it) => it.hidden === hidden),
        round,
      )) {
        say(`round ${round + 1} of ${rounds}, ${nameOf(hidden)}: ${one.name}`);
        const { peer, optimizer } = one;
        const program =
          peer === undefined ? engine : /** @type {NonNullable<typeof python>} */ (python).program;
        const slice = await program.ask({ peer, hidden, optimizer, ms });
        one.rates.push((slice.samples / slice.ms) * 1000);
        one.loss = slice.loss;
      }
    }
  }
  // Who guesses among ten classes has a loss of ln 10; a rate without learning says nothing.
  const stuck = series.filter(({ loss }) => !(loss < 0.9 * Math.log(10)));
  if (stuck.length > 0) {
    const names = stuck.map(({ name, hidden, loss }) => `${name} with H = ${hidden} (loss ${loss})`);
    throw new Failure(`Who does not learn is not measured: ${names.join("; ")}.`);
  }
  return Object.fromEntries(HIDDEN.map((hidden) => [nameOf(hidden), figures(series, hidden)]));
}

/**
 * @param {(Line & { hidden: number, rates: number[], loss: number })[]} series
 * @param {number} hidden
 * @returns {Record<string, { brainbowTimes?: number | null, samplesPerSecond: number | null, loss: number | null }>}
 */
function figures(series, hidden) {
  const here = series.filter((one) => one.hidden === hidden);
  const entries = here.map((one) => {
    const ours = here.find(({ peer, optimizer }) => peer === undefined && optimizer === one.optimizer);
    const brainbowTimes = rounded(pairedRatio(ours?.rates ?? [], one.rates), 3);
    const rest = { samplesPerSecond: rounded(median(one.rates)), loss: rounded(one.loss, 3) };
    return [one.name, one.peer === undefined ? rest : { brainbowTimes, ...rest }];
  });
  return Object.fromEntries(entries);
}
