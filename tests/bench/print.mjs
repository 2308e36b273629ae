// What a run found, for people: ratios first, absolutes behind.
import { APART, OURS, PEERS } from "./contenders.mjs";
import { figure, percent, table, times } from "./table.mjs";

/** @param {import("./report.mjs").Report} found */
export function print(found) {
  const { machine, limit } = found;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.system}; Chromium ${machine.chromium}`,
    `${found.data}, batch 64, bytes in; one worker at a time, medians of ${found.rounds} rounds`,
    `The machine's limit in wasm: ${figure(limit.gflops)} GFLOP/s (best ${figure(limit.best)}), four lanes multiplied, then added, in registers`,
    ...(machine.load > machine.cores / 2
      ? [
          `Other work kept the machine busy (load ${figure(machine.load)}): take a quieter hour before you trust a tenth.`,
        ]
      : []),
    "",
    "How many times as fast as each peer Brainbow learns (same optimizer)",
    ratios(found),
    "",
    "Brainbow's share of the limit, over the useful arithmetic of the whole step",
    shares(found),
    "",
    ...photographs(found),
    "",
    ...sine(found),
    "",
    "Samples a second",
    rates(found),
    "",
    "The page's other work",
    chores(found),
    "",
    "The page itself while it learns",
    thePage(found),
  ].join("\n");
}

/** @param {import("./report.mjs").Report} found */
function ratios({ peers }) {
  const shapes = Object.keys(peers);
  return table(
    ["", ...shapes],
    PEERS.map(({ name }) => [name, ...shapes.map((shape) => times(peers[shape]?.[name]?.brainbowTimes))]),
  );
}

/** @param {import("./report.mjs").Report} found */
function shares({ training }) {
  const shapes = Object.keys(training);
  const all = Object.values(training);
  /** @param {string} title @param {(shape: Record<string, any>) => string} cell */
  const row = (title, cell) => [title, ...all.map(cell)];
  const rows = [...OURS, APART].flatMap(({ name }) => [
    row(name, (shape) => percent(shape[name]?.ofLimit)),
    row("  on the first visit", (shape) => percent(shape[name]?.first)),
    row("  later, in changing order", (shape) => percent(shape[name]?.later)),
    row("  best round of best limit", (shape) => percent(shape[name]?.best)),
    row("  GFLOP/s", (shape) => figure(shape[name]?.gflops)),
  ]);
  return table(["", ...shapes], rows);
}

/** @param {import("./report.mjs").Report} found */
function photographs({ photographs }) {
  return Object.entries(photographs).map(([network, found]) => {
    const rows = Object.entries(found).map(([name, { ofLimit, best, samplesPerSecond }]) => [
      name,
      percent(ofLimit),
      percent(best),
      figure(samplesPerSecond),
    ]);
    return rows.length === 0
      ? `${network} is not measured: CIFAR-10 is not here (npm run data -- cifar10 brings it).`
      : table([`${network} on CIFAR-10`, "of the limit", "best of best", "samples a second"], rows);
  });
}

/** @param {import("./report.mjs").Report} found */
function sine({ sine }) {
  return Object.entries(sine).map(
    ([network, { brainbowTimes, stepsPerSecond, tensorflowStepsPerSecond }]) =>
      `${network} on a sine: ${times(brainbowTimes)} TensorFlow.js wasm, ${figure(stepsPerSecond)} steps a second beside ${figure(tensorflowStepsPerSecond)}`,
  );
}

/** @param {import("./report.mjs").Report} found */
function rates({ training, peers }) {
  const shapes = Object.keys(training);
  const rows = [...OURS, APART, ...PEERS].map(({ name }) => [
    name,
    ...shapes.map((shape) => figure((training[shape]?.[name] ?? peers[shape]?.[name])?.samplesPerSecond)),
  ]);
  return table(["", ...shapes], rows);
}

/** @param {import("./report.mjs").Report} found */
function chores({ evaluation, heatmaps, unpacking, bytes }) {
  const ms = (/** @type {number | null} */ value) => `${figure(value)} ms`;
  const rows = Object.entries(evaluation).map(([shape, { timesTraining, ms: took, samples }]) => [
    `evaluation of ${figure(samples)} held-out digits, matrix and rankings, ${shape}`,
    `${times(timesTraining)} the training rate`,
    ms(took),
  ]);
  rows.push([`${heatmaps.tiles} heatmaps to RGBA`, "", ms(heatmaps.ms)]);
  rows.push(["the same enlarged on one sheet, with bars", "", ms(heatmaps.sheetMs)]);
  if (unpacking.digits > 0) {
    rows.push([`gunzip of ${figure(unpacking.digits)} digits`, "", ms(unpacking.gunzipMs)]);
    rows.push(["parsing of those and the held-out ones", "", ms(unpacking.parseAllMs)]);
  }
  for (const [name, { raw, gzip, brotli }] of Object.entries(bytes)) {
    rows.push([`bytes of the ${name}: gzip (brotli; raw)`, kB(gzip), `${kB(brotli)}; ${kB(raw)}`]);
  }
  return table(["", "beside", "takes"], rows);
}

/** @param {import("./report.mjs").Report} found */
function thePage({ page }) {
  const shapes = Object.keys(page);
  const names = Object.keys(Object.values(page)[0] ?? {});
  /** @param {any} value */
  const cell = (value) => (typeof value === "number" ? figure(value) : String(value));
  return table(
    ["", ...shapes],
    names.map((name) => [name, ...shapes.map((shape) => cell(/** @type {any} */ (page[shape])[name]))]),
  );
}

const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
