// What somebody asks of the page while something else is under way, with the real worker: nothing of it is lost, and
// nothing comes that nobody asks for any more.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Model } from "../../web/model.js";
import { Run } from "../../web/run.js";
import type { Source } from "../../web/session/protocol.js";
import { experimentOf, turn, until, wasm, worker } from "./rig.js";

let model: Model;
let run: Run;

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  vi.stubGlobal("document", { hidden: false, addEventListener: () => {}, removeEventListener: () => {} });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw));
  vi.stubGlobal("cancelAnimationFrame", (request: never) => clearTimeout(request));
  vi.stubGlobal(
    "Worker",
    class {
      constructor() {
        return worker().line;
      }
    },
  );
  model = new Model();
  model.running.value = false;
  run = new Run(model, () => undefined);
});
afterEach(() => {
  run.close();
  vi.unstubAllGlobals();
});

const ROWS = Array.from({ length: 60 }, (_, i) => `${i},${2 * i}`);
const TABLE = "data=table&table=mine&target=y&inputs=x&hidden=2&batch=60&epochs=30";
const POINTS = "data=moons&points=50&hidden=2&batch=50&epochs=30";

/** A table whose bytes come when they are told to. */
function slow(): { source: Source; come: () => void } {
  let come = (): void => undefined;
  const told = new Promise<void>((resolve) => (come = resolve));
  vi.stubGlobal("fetch", () => told.then(() => new Response(["x,y", ...ROWS].join("\n"))));
  return { source: { name: "mine.csv", url: "https://page.example/mine.csv" }, come };
}

const start = (tables: Record<string, Source> = {}) => run.start(wasm, {}, tables);
const isOpen = () => model.opened.value !== null && !model.awaited.value;

async function opens(link: string): Promise<void> {
  run.change(experimentOf(link));
  await until(
    () => isOpen() && model.opened.value!.experiment.epochs === model.experiment.value!.epochs,
    link,
  );
}

/** Learns to the end; the epochs that it took. */
async function learned(): Promise<number> {
  run.play(true);
  await until(() => model.state.value.kind === "finished" && model.lastEpoch.value !== null);
  return model.history.value.loss.length;
}

test("how long to learn, changed while a run is being opened, holds for it", async () => {
  start();
  await opens(POINTS);
  run.change(experimentOf(`${POINTS}&seed=7`));
  run.until({ epochs: 4 });
  await until(isOpen);
  expect(model.experiment.value!.epochs).toBe(4);
  expect(await learned()).toBe(4);
});

test("how long to learn, changed while data is on its way, holds when it has come", async () => {
  const { source, come } = slow();
  start({ mine: source });
  run.change(experimentOf(TABLE));
  run.until({ epochs: 4 });
  await turn(20);
  come();
  await until(isOpen);
  expect(model.experiment.value!.epochs).toBe(4);
  expect(await learned()).toBe(4);
});

test("after an experiment that is refused the run goes on as it was, with every change made while it learned", async () => {
  start();
  await opens(POINTS);
  await run.step(3);
  run.tune(0.25);
  await until(() => model.experiment.value!.learningRate.length === 2);
  run.until({ epochs: 50 });
  const before = model.experiment.value!;
  run.change({ ...before, batchSize: 5_000_000 });
  await until(() => model.message.value?.kind === "refused");
  expect(model.experiment.value).toEqual(before);
  expect(await learned()).toBe(50);
});

test("data that comes late does not take the page away from what has been chosen meanwhile", async () => {
  const { source, come } = slow();
  start({ mine: source });
  run.change(experimentOf(TABLE));
  await turn(20);
  run.change(experimentOf(POINTS));
  await until(isOpen);
  come();
  await until(() => model.tablesHere.value.includes("mine"));
  await turn(20);
  expect(model.experiment.value!.data.kind).toBe("toy");
  expect(model.opened.value!.experiment.data.kind).toBe("toy");
  // It is here now.
  await opens(TABLE);
  expect(model.opened.value!.experiment.data.kind).toBe("table");
});

test("a table that somebody brings while something else is shown is what the page turns to", async () => {
  const { source, come } = slow();
  start();
  await opens(POINTS);
  run.supply.tables = { mine: source };
  run.supply.readTable("mine", null);
  // Another network of the same data is no other choice.
  run.change(experimentOf(`${POINTS}&seed=9`));
  come();
  await until(() => model.opened.value?.experiment.data.kind === "table");
});

test("a worker that is lost leaves no other seeds hanging", () => {
  model.spread.value = [{ seed: 0, fits: null, shares: null } as never];
  run.lost({ kind: "silent" });
  expect(model.spread.value).toBeNull();
});

test("how long to learn, changed while the past is looked at, holds for the branch that begins there", async () => {
  start();
  await opens(POINTS);
  expect(await learned()).toBe(30);
  run.look(10);
  await until(() => model.shown.value?.step === 10);
  run.until({ epochs: 40 });
  run.fork();
  await until(() => model.state.value.kind === "finished" && model.step.value > 10);
  expect(model.history.value.loss.length).toBe(40);
});
