// Each shape in an engine of its own that has never seen another, to show what the company of others costs: V8
// compiles the kernel anew by what it has been used for, and can be led into a slow state that a page cannot leave.
import { HIDDEN, nameOf } from "./shapes.mjs";
import { median } from "./statistics.mjs";

/**
 * @param {import("./desk.mjs").Desk} desk
 * @param {{ start: (apart: number) => object, mnist: boolean, rounds: number, ms: number, say: (doing: string) => void }} options
 * @returns {Promise<Map<number, { rate: number, limit: number, share: number }>>} samples a second, the limit beside
 *   it, and the median of their ratios in samples per GFLOP, by hidden units
 */
export async function measureApart(desk, { start, mnist, rounds, ms, say }) {
  const found = new Map();
  for (const [place, hidden] of HIDDEN.entries()) {
    say(`${nameOf(hidden)} alone`);
    await desk.start("apart", "brainbow");
    await desk.ask("apart", "start", start(place));
    await desk.ask("apart", "load", mnist);
    const run = { hidden, optimizer: "sgd", more: "" };
    await desk.ask("apart", "open", run);
    const slices = [];
    for (let i = 0; i < rounds; i++) slices.push(await desk.ask("apart", "train", { run, ms }));
    await desk.stop("apart");
    const rates = slices.map(({ samples, ms: took }) => (samples / took) * 1000);
    const limits = slices.map(({ limit }) => limit);
    const share = median(rates.map((rate, i) => rate / limits[i] / 1e9));
    found.set(hidden, { rate: median(rates), limit: median(limits), share });
  }
  return found;
}
