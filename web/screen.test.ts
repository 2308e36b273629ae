// The screen alone: frames as a worker sends them, and what the model shows after so many milliseconds.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Model } from "./model.js";
import { Screen } from "./screen.js";
import type { Opened } from "./session/engine.js";
import type { EpochFacts, EvaluationFacts, Frame, Loan } from "./session/protocol.js";

let isStill = false;
let isHidden = false;
const listeners: (() => void)[] = [];

beforeEach(() => {
  isStill = isHidden = false;
  listeners.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("matchMedia", () => ({
    get matches() {
      return isStill;
    },
  }));
  vi.stubGlobal("document", {
    get hidden() {
      return isHidden;
    },
    addEventListener: (_: string, hear: () => void) => void listeners.push(hear),
    removeEventListener: () => undefined,
  });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (isHidden ? 0 : setTimeout(draw, 16)));
  vi.stubGlobal("cancelAnimationFrame", (request: number) => clearTimeout(request));
  // Painting takes no time here.
  vi.stubGlobal(
    "MessageChannel",
    class {
      port1 = { onmessage: () => undefined, close: () => undefined };
      port2 = { postMessage: () => this.port1.onmessage() };
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const OPENED = {
  experiment: { data: { kind: "generated" }, learningRate: [{ step: 0, rate: 0.1 }] },
  classes: 2,
  weightShapes: [[4, 2]],
  stepsPerEpoch: 10,
} as unknown as Opened;

/** A loan whose matrix tells the step of its evaluation. */
const loan = (evaluated: number) =>
  ({
    confusion: Uint32Array.of(evaluated, 1, 0, 0),
    mostConfident: new Int32Array(4),
    scores: new Float64Array(6),
    active: new Uint32Array(),
  }) as unknown as Loan;

const facts = (step: number, more: Partial<EvaluationFacts> = {}): EvaluationFacts =>
  ({
    step,
    loss: 1,
    score: step / 1000,
    card: null,
    health: { norms: [], activity: [] },
    ...more,
  }) as EvaluationFacts;

function screen() {
  const model = new Model();
  const ends: Frame["state"][] = [];
  const screen = new Screen(model, {
    giveBack: () => undefined,
    epochEnded: () => undefined,
    ended: (state) => void ends.push(state),
  });
  screen.begin(OPENED, null);
  const frame = (step: number, evaluated: number | null, more: Partial<Frame> = {}) =>
    ({
      type: "frame",
      run: 1,
      step,
      state: { kind: "learning" },
      loan: loan(evaluated ?? step),
      trained: { steps: 1, samples: 4, loss: 1, score: 0.5, ms: 1 },
      evaluation: evaluated === null ? null : facts(evaluated),
      epochs: [],
      kept: null,
      past: false,
      ...more,
    }) as unknown as Frame;
  return { model, screen, frame, ends };
}

test("while it learns evaluations are shown eight times a second, weights as often as pictures come", () => {
  const { model, screen: it, frame } = screen();
  const shown = { evaluations: 0, weights: 0 };
  model.evaluated.subscribe(() => void shown.evaluations++);
  model.shown.subscribe(() => void shown.weights++);
  for (let step = 1; step <= 100; step++) {
    it.take(frame(step, step), false);
    vi.advanceTimersByTime(20);
  }
  // Two seconds; the first of each is what there was before.
  expect(shown.evaluations - 1).toBeGreaterThanOrEqual(12);
  expect(shown.evaluations - 1).toBeLessThanOrEqual(17);
  expect(shown.weights - 1).toBeGreaterThan(60);
  // Every evaluation is a point of the curves, shown or not.
  expect(model.curves.value.valLoss.x.length).toBe(100);
});

test("of several epochs in a frame each has its own point of the training curves", () => {
  const { model, screen: it, frame } = screen();
  const epoch = (epoch: number) =>
    ({
      epoch,
      step: 10 * epoch,
      loss: 5 - epoch,
      score: epoch / 10,
      valLoss: 6,
      valScore: 0.1,
    }) as EpochFacts;
  it.take(frame(7, null), false);
  it.take(frame(34, 30, { epochs: [{ ...epoch(1), loss: NaN }, epoch(2), epoch(3)] }), false);
  it.take(frame(41, 40, { epochs: [epoch(4)] }), false);
  const { loss, score } = model.curves.value;
  expect([...loss.x].map((x) => Math.round(10 * x) / 10)).toEqual([0.7, 2, 3, 4.1]);
  expect([...loss.y]).toEqual([1, 3, 2, 1]);
  expect([...score.y]).toEqual([0.5, 0.2, 0.3, 0.5]);
});

test("a matrix is of the step of its accuracy, also where the next frame's loan holds another", () => {
  const { model, screen: it, frame } = screen();
  it.take(frame(1, 1), false);
  vi.advanceTimersByTime(50);
  it.take(frame(20, 20), false);
  vi.advanceTimersByTime(20);
  // Somebody looks at the past: nothing has been evaluated there, the loan holds what it held.
  it.take({ ...frame(5, null), loan: loan(0), past: true }, false);
  vi.advanceTimersByTime(500);
  it.commit();
  expect(model.evaluated.value).toMatchObject({ step: 20, score: 0.02 });
  expect(model.evaluated.value!.confusion[0]).toBe(20);
});

test("a frame after which none follows is shown whole", () => {
  const { model, screen: it, frame } = screen();
  it.take(frame(1, 1), false);
  vi.advanceTimersByTime(40);
  it.take(frame(2, 2), true);
  vi.advanceTimersByTime(40);
  expect([model.evaluated.value?.step, model.shown.value?.step]).toEqual([2, 2]);
});

test("where nothing follows what has been drawn in part, the rest of it is shown", () => {
  const { model, screen: it, frame } = screen();
  it.take(frame(1, 1), false);
  vi.advanceTimersByTime(40);
  it.take(frame(2, 2), false);
  vi.advanceTimersByTime(20);
  expect([model.evaluated.value?.step, model.shown.value?.step]).toEqual([1, 2]);
  it.commit();
  expect(model.evaluated.value?.step).toBe(2);
});

test("an answer that somebody waits for is shown at once, whatever was shown just before", () => {
  const { model, screen: it, frame } = screen();
  const cell = { actual: 1, predicted: 0 };
  const card = { asked: { cell, order: "mostConfident", most: 1 } } as EvaluationFacts["card"];
  it.take(frame(1, 1), false);
  vi.advanceTimersByTime(40);
  it.take(frame(2, 2), false);
  vi.advanceTimersByTime(20);
  it.answer(facts(2, { card }));
  vi.advanceTimersByTime(20);
  expect(model.evaluated.value).toMatchObject({ step: 2, card });
});

test("with less motion pictures come four times a second, and none is left out for good", () => {
  isStill = true;
  const { model, screen: it, frame } = screen();
  let shown = -1;
  model.shown.subscribe(() => void shown++);
  for (let step = 1; step <= 100; step++) {
    it.take(frame(step, step), false);
    vi.advanceTimersByTime(20);
  }
  expect(shown).toBeGreaterThanOrEqual(7);
  expect(shown).toBeLessThanOrEqual(9);
  vi.advanceTimersByTime(300);
  expect([model.shown.value?.step, model.evaluated.value?.step]).toEqual([100, 100]);
});

test("ends of epochs are counted at once, and shown with the next picture, the last of them", () => {
  isStill = true;
  const { model, screen: it, frame } = screen();
  let shown = -1;
  model.lastEpoch.subscribe(() => void shown++);
  for (let epoch = 1; epoch <= 50; epoch++) {
    const ended = { epoch, valScore: epoch / 100, fingerprint: `print ${epoch}` } as EpochFacts;
    it.take(frame(10 * epoch, 10 * epoch, { epochs: [ended], kept: Uint32Array.of(epoch) }), false);
    expect(model.history.value.fingerprint.at(-1)).toBe(`print ${epoch}`);
    vi.advanceTimersByTime(20);
  }
  expect(shown).toBeLessThanOrEqual(5);
  vi.advanceTimersByTime(300);
  expect(model.lastEpoch.value).toEqual({ epoch: 50, valScore: 0.5, fingerprint: "print 50" });
  expect([...model.kept.value]).toEqual([50]);
});

test("who looks back on a run that has ended is not told once more, back at its end, that it has", () => {
  const { model, screen: it, frame, ends } = screen();
  const diverged = { kind: "diverged", step: 3, rate: 1 } as Frame["state"];
  const show = (more: Partial<Frame>) => {
    it.take(frame(3, 3, more), true);
    vi.advanceTimersByTime(200);
  };
  show({ state: diverged });
  show({ past: true });
  expect(model.state.value).toEqual(diverged);
  show({ state: diverged });
  expect(ends).toEqual([diverged]);
});

test("a hidden tab is shown now and then, and from the beginning when it is seen again", () => {
  const { model, screen: it, frame } = screen();
  const turn = (hidden: boolean) => {
    isHidden = hidden;
    listeners.forEach((hear) => hear());
  };
  it.take(frame(1, 1), false);
  turn(true);
  for (let step = 2; step <= 40; step++) {
    it.take(frame(step, step), false);
    vi.advanceTimersByTime(50);
  }
  expect(model.shown.value!.step).toBeGreaterThan(20);
  turn(false);
  it.take(frame(41, 41), true);
  vi.advanceTimersByTime(50);
  expect(model.shown.value!.step).toBe(41);
});

test("the card that nobody has chosen is about the largest error, and not another one every moment", () => {
  const { model, screen: it, frame } = screen();
  const errors = (first: number, second: number) =>
    ({ ...loan(0), confusion: Uint32Array.of(5, first, second, 5) }) as Loan;
  it.take({ ...frame(1, 1), loan: errors(3, 1) }, false);
  vi.advanceTimersByTime(40);
  expect(model.card.value).toEqual({ actual: 0, predicted: 1 });
  const epochs = [{ epoch: 1 } as EpochFacts];
  it.take({ ...frame(10, 10), loan: errors(3, 4), epochs }, false);
  vi.advanceTimersByTime(1000);
  expect(model.card.value).toEqual({ actual: 0, predicted: 1 });
  // At rest it is what it says.
  it.take({ ...frame(11, 11), loan: errors(3, 4) }, true);
  vi.advanceTimersByTime(1000);
  expect(model.card.value).toEqual({ actual: 1, predicted: 0 });
});

test("with another seed a table's rows are split in another way: what was told of the split is asked again", () => {
  const { model, screen: it } = screen();
  const opened = (seed: number) =>
    ({ ...OPENED, experiment: { ...OPENED.experiment, data: { kind: "table" }, seed } }) as unknown as Opened;
  it.begin(opened(1), null);
  model.simpler.value = [];
  it.begin(opened(1), null);
  expect(model.simpler.value).toEqual([]);
  it.begin(opened(2), null);
  expect(model.simpler.value).toBeNull();
});
