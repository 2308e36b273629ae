// One whole run of the benchmark: figures in, nothing printed but what it is busy with.
import { setsIn } from "../../scripts/sets.mjs";
import { dataFolder, DIST } from "../../scripts/places.mjs";
import { serve } from "../../scripts/serve.mjs";
import { Failure } from "../../scripts/steps.mjs";
import { openChromium } from "./chromium.mjs";
import { APART, OURS, PEERS } from "./contenders.mjs";
import { openDesk } from "./desk.mjs";
import { assemble, FLOPS_PER_TURN } from "./machine-limit.mjs";
import { describeMachine } from "./machine.mjs";
import { measurePage } from "./page.mjs";
import { measurePhotographs } from "./photographs.mjs";
import { measureSizes } from "./sizes.mjs";
import { HIDDEN } from "./shapes.mjs";
import { measureSine } from "./sine.mjs";
import { median } from "./statistics.mjs";
import { measureTraining, taskOf, unlearned, workerOf } from "./training.mjs";

/**
 * @typedef {object} Effort
 * @property {number} rounds of everything that is measured beside others, at least nine
 * @property {number} ms of a contender's slice
 * @property {number} seconds of watching each page
 */

/** @type {{ quick: Effort, full: Effort }} */
export const EFFORTS = {
  quick: { rounds: 9, ms: 80, seconds: 8 },
  full: { rounds: 15, ms: 400, seconds: 30 },
};

/**
 * @param {Effort} effort
 * @param {(doing: string) => void} say
 */
export async function measure({ rounds, ms, seconds }, say) {
  const { sets, batches = [] } = setsIn(dataFolder());
  const mnist = sets.includes("mnist");
  const browser = await openChromium();
  const machine = describeMachine(browser.version()); // before we make it busy ourselves
  try {
    const desk = await openDesk(browser);
    const limit = { bytes: [...assemble()], flopsPerTurn: FLOPS_PER_TURN };
    await startAll(desk, limit, mnist, say);
    const training = await measureTraining(desk, { rounds, ms, say });
    const apart = HIDDEN.length + 1;
    const photographs = await measurePhotographs(desk, { limit, batches, apart, rounds, ms, say });
    const sine = await measureSine(desk, { rounds, ms, say });
    const stuck = unlearned([...training, ...photographs]).map(
      ({ contender, hidden, loss }) => `${contender.name} with H = ${hidden} (loss ${loss.join(" → ")})`,
    );
    if (stuck.length > 0) throw new Failure(`Who does not learn is not measured: ${stuck.join("; ")}.`);
    say("evaluation, heatmaps, unpacking");
    const chores = await measureChores(desk, rounds);
    await desk.close();
    say("the page itself");
    const site = await serve({ root: DIST, data: dataFolder() });
    const page = await measurePage(browser, site.url, { seconds }).finally(() => site.close());
    return {
      machine,
      data: mnist ? "MNIST" : "generated digits",
      rounds,
      training,
      photographs,
      sine,
      chores,
      sizes: measureSizes(DIST),
      page,
    };
  } finally {
    await browser.close();
  }
}
/** @typedef {Awaited<ReturnType<typeof measure>>} Figures */

/**
 * @param {import("./desk.mjs").Desk} desk
 * @param {object} limit
 * @param {boolean} mnist
 * @param {(doing: string) => void} say
 */
async function startAll(desk, limit, mnist, say) {
  say("the data, for everybody");
  const apart = HIDDEN.map((hidden) => workerOf({ contender: APART, hidden }));
  for (const [place, name] of ["brainbow", ...apart].entries()) {
    await desk.start(name, "brainbow");
    await desk.ask(name, "start", { limit, apart: place === 0 ? null : place });
    await desk.ask(name, "load", mnist);
  }
  const peers = [...new Set(PEERS.map(({ worker }) => worker))];
  for (const name of peers) await desk.start(name, name);
  await desk.share("brainbow", { hidden: 0, optimizer: "sgd", dense: false }, peers);
}

/**
 * What the page does beside training, on networks that have learned.
 * @param {import("./desk.mjs").Desk} desk
 * @param {number} rounds
 */
async function measureChores(desk, rounds) {
  const ours = /** @type {import("./contenders.mjs").Contender} */ (OURS[0]);
  const run = (/** @type {number} */ hidden) => taskOf({ contender: ours, hidden });
  /** @type {Record<number, { evaluation: number[], training: number[] }>} */
  const evaluation = { 10: { evaluation: [], training: [] }, 128: { evaluation: [], training: [] } };
  /** @type {{ tiles: number[], sheet: number[], gunzip: number[], parse: number[], digits: number }} */
  const rest = { tiles: [], sheet: [], gunzip: [], parse: [], digits: 0 };
  let heldOut = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [hidden, both] of Object.entries(evaluation)) {
      const trained = await desk.ask("brainbow", "train", { run: run(Number(hidden)), ms: 50 });
      const read = await desk.ask("brainbow", "evaluate", run(Number(hidden)));
      both.training.push((trained.samples / trained.ms) * 1000);
      both.evaluation.push((read.samples / read.ms) * 1000);
      heldOut = read.samples;
    }
    const painted = await desk.ask("brainbow", "heatmaps", run(128));
    rest.tiles.push(painted.tilesMs);
    rest.sheet.push(painted.sheetMs);
    const unpacked = await desk.ask("brainbow", "unpack");
    if (!unpacked) continue;
    rest.gunzip.push(unpacked.gunzipMs);
    rest.parse.push(unpacked.parseMs);
    rest.digits = unpacked.digits;
  }
  return {
    evaluation,
    heldOut,
    tilesMs: median(rest.tiles),
    sheetMs: median(rest.sheet),
    unpacked: rest.digits,
    gunzipMs: median(rest.gunzip),
    parseMs: median(rest.parse),
  };
}
