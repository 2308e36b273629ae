// From the worker's frames to the model: what adds up is kept at once, what is shown waits for the next picture.
import { batch } from "@preact/signals-core";
import { Frames } from "./frames.js";
import type { Cell, Model } from "./model.js";
import type { Opened, RunState } from "./session/engine.js";
import { Curves, emptyHistory, upTo, withEpoch } from "./session/history.js";
import type { DrawingRead, EpochFacts, EvaluationFacts, Frame, Loan } from "./session/protocol.js";

/** While it learns, evaluations are shown so often: numbers that change quicker cannot be read. */
const EVALUATED_EVERY_MS = 125;
/** Where the visitor's system asks for less motion, pictures change so often while it learns. */
const STILL_MS = 250;
/** A card that nobody has chosen is about the same cell for so long, however short the epochs are. */
const PROPOSED_MS = 3000;
/** The speed shown is that of the last half second; after a longer rest there is none. */
const SPEED_MS = { least: 500, most: 5000 };

export interface Behind {
  giveBack(loan: Loan, run: number): void;
  epochEnded(facts: EpochFacts): void;
  /** It has come to an end that needs a word. */
  ended(state: Extract<RunState, { kind: "diverged" | "stopped" }>): void;
}

export class Screen {
  private readonly model: Model;
  readonly #behind: Behind;
  readonly #frames = new Frames(() => this.#draw());
  #frame: Frame | null = null;
  #rests = false;
  #evaluation: EvaluationFacts | null = null;
  #evaluatedAt = -Infinity;
  /** An evaluation has been shown, and the weights of its frame have not. */
  #owesWeights = false;
  /** The curves have points that have not been drawn. */
  #hasPoints = false;
  #shownAt = -Infinity;
  readonly #lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
  #speed = { samples: 0, since: 0 };
  /** The cell that the card is about until somebody looks at another. */
  #proposed: Cell | null = null;
  #proposedAt = -Infinity;
  /** Whether an epoch has ended since it was proposed. */
  #isOld = false;

  constructor(model: Model, behind: Behind) {
    this.model = model;
    this.#behind = behind;
  }

  /** A run has been opened, or goes on after an epoch. */
  begin(opened: Opened, after: number | null): void {
    const { model } = this;
    this.#frame = null;
    this.#evaluation = null;
    this.#evaluatedAt = -Infinity;
    this.#owesWeights = this.#hasPoints = false;
    batch(() => {
      // What is pinned stays so as long as it is the same.
      if (isOther(opened, model.opened.value)) {
        if (model.opened.value) this.#forgetCells();
        model.sample.value = null;
        model.labels.value = model.means.value = null;
      }
      const units = opened.weightShapes[model.layer.value]?.[1] ?? 0;
      if ((model.pinnedNeuron.value ?? 0) >= units) model.pinnedNeuron.value = null;
      model.opened.value = opened;
      model.state.value = { kind: "learning" };
      model.shown.value = null;
      model.curvesDrawn.value++;
      if (after !== null) return model.curves.value.cutAfter(after);
      if (model.curves.value.loss.x.length > 1) model.ghost.value = model.curves.value;
      model.curves.value = new Curves();
      model.history.value = emptyHistory();
      model.fingerprint.value = null;
      model.step.value = 0;
      model.kept.value = new Uint32Array();
      model.looking.value = null;
      model.evaluated.value = model.read.value = null;
    });
  }

  /** Other classes have other cells. */
  #forgetCells(): void {
    const { cell, pinnedCell, pinnedClass, card } = this.model;
    cell.value = pinnedCell.value = pinnedClass.value = card.value = this.#proposed = null;
  }

  /** @param rests no other frame follows by itself */
  take(frame: Frame, rests: boolean): void {
    const { model } = this;
    if (frame.trained) {
      const epoch = frame.step / model.opened.value!.stepsPerEpoch;
      model.curves.value.loss.push(epoch, frame.trained.loss);
      model.curves.value.accuracy.push(epoch, frame.trained.accuracy);
      this.#speed.samples += frame.trained.samples;
    }
    if (frame.evaluation) this.#evaluation = frame.evaluation;
    this.#hasPoints ||= frame.trained !== null || frame.epoch !== null;
    if (frame.kept) model.kept.value = frame.kept;
    if (frame.epoch) this.#endEpoch(frame.epoch);
    const older = this.#frame;
    this.#frame = frame;
    this.#rests = rests;
    if (older) this.#behind.giveBack(older.loan, older.run);
    const isAwaited = this.#isAwaited(frame.evaluation);
    const isStill = this.#lessMotion.matches && performance.now() - this.#shownAt < STILL_MS;
    // While it learns the next frame is not far.
    if (isAwaited || rests || !isStill) this.#frames.ask(isAwaited);
  }

  /** Answers to new questions: of the evaluation that is shown they are shown at once, of the next one with it. */
  answer(facts: EvaluationFacts): void {
    const shown = this.model.evaluated.value;
    if (this.#evaluation?.step === facts.step) {
      this.#evaluation = facts;
      this.#frames.ask(true);
    } else if (shown?.step === facts.step) {
      this.model.evaluated.value = { ...shown, ...facts };
      this.model.read.value = facts.drawing;
    }
  }

  /** What is made of a drawing: with the evaluation that it belongs to, and of the one that is shown at once. */
  read({ step, drawing }: DrawingRead): void {
    if (this.#evaluation?.step === step) this.#evaluation = { ...this.#evaluation, drawing };
    if (this.model.evaluated.value?.step === step) this.model.read.value = drawing;
  }

  /** Whether somebody waits for this evaluation: the card is about a cell they chose, which has not been answered yet. */
  #isAwaited(evaluation: EvaluationFacts | null): boolean {
    if (this.model.card.value === this.#proposed) return false;
    const shown = this.model.evaluated.value?.card?.asked;
    return evaluation !== null && JSON.stringify(evaluation.card?.asked) !== JSON.stringify(shown);
  }

  /** Shows the newest evaluation, and with the next picture of the screen the newest weights: each is work enough. Where
   *  every picture brings an evaluation, the weights have their turn all the same. */
  #draw(): void {
    const frame = this.#frame;
    if (!frame) return;
    const waits = performance.now() - this.#evaluatedAt < EVALUATED_EVERY_MS;
    const isDue = !waits || this.#rests || this.#isAwaited(this.#evaluation);
    if (!isDue || !this.#evaluation || this.#owesWeights) return this.#show(frame, isDue);
    this.#owesWeights = true;
    batch(() => {
      this.model.step.value = frame.step;
      this.#showEvaluation(frame.loan);
    });
    this.#frames.ask();
  }

  /** Shows all of the newest frame. */
  commit(): void {
    if (this.#frame) this.#show(this.#frame, true);
  }

  #show(frame: Frame, withEvaluation: boolean): void {
    this.#frame = null;
    this.#owesWeights = false;
    const { model } = this;
    const before = model.shown.value;
    this.#shownAt = performance.now();
    batch(() => {
      model.step.value = frame.step;
      model.shown.value = { step: frame.step, loan: frame.loan };
      if (withEvaluation) this.#showEvaluation(frame.loan);
      this.#showState(frame.state);
      this.#showSpeed();
      if (this.#hasPoints) model.curvesDrawn.value++;
      this.#hasPoints = false;
    });
    if (before) this.#behind.giveBack(before.loan, frame.run);
  }

  /** The run goes on from the step that is shown. */
  fork(): void {
    const { model } = this;
    const epoch = model.step.value / model.opened.value!.stepsPerEpoch;
    const epochs = Math.floor(epoch);
    batch(() => {
      model.ghost.value = model.curves.value.copy();
      model.curves.value.cutAfter(epoch);
      model.history.value = upTo(model.history.value, epochs);
      const value = model.history.value.fingerprint.at(-1);
      model.fingerprint.value = value === undefined ? null : { epoch: epochs, value };
      model.looking.value = null;
      model.state.value = { kind: "learning" };
      model.curvesDrawn.value++;
    });
  }

  stop(): void {
    this.#frames.stop();
  }

  #endEpoch(facts: EpochFacts): void {
    this.#isOld = true;
    this.model.history.value = withEpoch(this.model.history.value, facts);
    this.model.fingerprint.value = { epoch: facts.epoch, value: facts.fingerprint };
    this.#behind.epochEnded(facts);
  }

  #showEvaluation(loan: Loan): void {
    const facts = this.#evaluation;
    const { model } = this;
    if (!facts) return;
    this.#evaluation = null;
    this.#evaluatedAt = performance.now();
    if (facts.step !== model.evaluated.value?.step) this.#extendValidation(facts);
    model.evaluated.value = {
      ...facts,
      confusion: loan.confusion.slice(),
      mostConfident: loan.mostConfident.slice(),
      scores: loan.scores.slice(),
      active: loan.active.slice(),
    };
    model.read.value = facts.drawing;
    this.#propose(loan.confusion, model.opened.value!.classes);
  }

  /** The largest error, as long as nobody has looked at a cell: anew after every epoch, and when it has none left. */
  #propose(confusion: Uint32Array, classes: number): void {
    const { card } = this.model;
    if (card.value !== this.#proposed) return;
    const count = card.value && confusion[card.value.actual * classes + card.value.predicted];
    const now = performance.now();
    if (count && !(this.#isOld && now - this.#proposedAt >= PROPOSED_MS)) return;
    this.#isOld = false;
    this.#proposedAt = now;
    card.value = this.#proposed = largestError(confusion, classes);
  }

  #extendValidation({ step, loss, accuracy, health }: EvaluationFacts): void {
    const { valLoss, valAccuracy, health: course } = this.model.curves.value;
    // A step of the past has its point already.
    if (this.model.looking.value !== null) return;
    const epoch = step / this.model.opened.value!.stepsPerEpoch;
    if (epoch < (valLoss.x.at(-1) ?? 0)) return;
    this.#hasPoints = true;
    valLoss.push(epoch, loss);
    valAccuracy.push(epoch, accuracy);
    course.push(epoch, health);
  }

  #showState(state: RunState): void {
    if (state.kind === this.model.state.value.kind) return;
    this.model.state.value = state;
    if (state.kind === "diverged" || state.kind === "stopped") this.#behind.ended(state);
  }

  #showSpeed(): void {
    const now = performance.now();
    const ms = now - this.#speed.since;
    if (ms < SPEED_MS.least) return;
    const { samples } = this.#speed;
    if (ms < SPEED_MS.most) this.model.samplesPerSecond.value = samples === 0 ? null : (samples / ms) * 1000;
    this.#speed = { samples: 0, since: now };
  }
}

/** Whether a run has other samples or other classes than the one before. */
function isOther({ experiment: now }: Opened, before: Opened | null): boolean {
  const of = ({ data, classes }: Opened["experiment"]) => JSON.stringify([data, classes]);
  return before === null || of(now) !== of(before.experiment);
}

function largestError(confusion: Uint32Array, classes: number): Cell {
  let largest = 1;
  confusion.forEach((count, place) => {
    if (place % (classes + 1) !== 0 && count > confusion[largest]!) largest = place;
  });
  return { actual: Math.floor(largest / classes), predicted: largest % classes };
}
