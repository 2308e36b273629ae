// The worker of Brainbow's engine: training beside the machine's limit, and all else that the page does with it.
import { readFile } from "../../../web/session/files.js";
import { FILES } from "../../../web/session/sets.js";
import { answer } from "./answer.js";
import { Engine, type Run } from "./engine.js";
import { evaluate, paintHeatmaps, unpack } from "./chores.js";
import { Limit, type LimitModule } from "./limit.js";

/** How long the limit is measured before and after each slice. */
const LIMIT_MS = 10;

let engine: Engine;
let limit: Limit;

/** MNIST from the server, packed, or nothing. */
let files: { name: string; file: Blob }[] = [];

answer({
  async start({ limit: module, apart }: { limit: LimitModule; apart: number | null }) {
    limit = new Limit(module);
    engine = await Engine.load(apart);
  },

  async load(mnist: boolean) {
    if (!mnist) return;
    // The worker's script lies in assets/, beside data/.
    const fetched = async (name: string) => (await fetch(`../data/mnist/${name}.gz`)).blob();
    files = await Promise.all(FILES.map(async (name) => ({ name, file: await fetched(name) })));
    const unpacked = await Promise.all(files.map((source) => readFile(source, () => {})));
    engine.takeMnist(FILES, unpacked);
  },

  /** CIFAR-10's batches from the server, one after the other. */
  async loadPhotographs(batches: string[]) {
    for (const [place, name] of batches.entries()) {
      const file = await (await fetch(`../data/cifar10/${name}`)).blob();
      const bytes = await readFile({ name, file }, () => {});
      engine.takePhotographs(name.replace(/\.gz$/, ""), bytes, place === batches.length - 1);
    }
  },

  /** Begins a run: its first loss, and what it is. */
  open(run: Run) {
    const opened = engine.open(run);
    const loss = engine.firstLoss();
    engine.finishEpoch(8000);
    return { loss, trainSamples: opened.trainSamples, heldOutSamples: opened.heldOutSamples };
  },

  train({ run, ms }: { run: Run; ms: number }) {
    engine.open(run);
    const before = limit.gflops(LIMIT_MS);
    const slice = engine.train(ms);
    return { ...slice, limit: (before + limit.gflops(LIMIT_MS)) / 2 };
  },

  sine: (ms: number) => engine.sine(ms),
  digits: (run: Run) => engine.digits(engine.open(run)),
  evaluate: (run: Run) => evaluate(engine, run),
  heatmaps: (run: Run) => paintHeatmaps(engine, run),
  unpack: () => unpack(engine, files),
});
