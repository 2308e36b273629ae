// From the worker's frames to the model: what adds up is kept at once, what is shown waits for the next picture.
import { batch } from "@preact/signals-core";
import { splitOf } from "./experiment.js";
import { Frames } from "./frames.js";
import { NO_ROWS, type Evaluated, type Model } from "./model.js";
import { Proposal } from "./proposal.js";
import type { Opened, RunState } from "./session/engine.js";
import { Curves, emptyHistory, lastOf, upTo, withEpochs } from "./session/history.js";
import type { DrawingRead, EpochFacts, EvaluationFacts, Frame, Loan } from "./session/protocol.js";

/** While it learns, evaluations are shown so often: numbers that change quicker cannot be read. */
const EVALUATED_EVERY_MS = 125;
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
  readonly #proposal: Proposal;
  /** The newest, as long as it has not been drawn. */
  #frame: Frame | null = null;
  /** The same, with what its own frame's loan held. */
  #evaluation: Evaluated | null = null;
  /** No other frame follows by itself. */
  #rests = false;
  /** Somebody waits for what has been answered. */
  #isAnswered = false;
  #evaluatedAt = -Infinity;
  /** An evaluation has been shown, and the weights of its frame have not. */
  #owesWeights = false;
  /** The curves have points that have not been drawn. */
  #hasPoints = false;
  /** The steps that can be looked at again, if they have become others. */
  #kept: Uint32Array | null = null;
  #speed = { samples: 0, since: 0 };

  constructor(model: Model, behind: Behind) {
    this.model = model;
    this.#behind = behind;
    this.#proposal = new Proposal(model);
  }

  /** A run has been opened, or goes on after an epoch. */
  begin(opened: Opened, after: number | null): void {
    const { model } = this;
    this.#frame = this.#evaluation = this.#kept = null;
    this.#evaluatedAt = -Infinity;
    this.#owesWeights = this.#hasPoints = this.#isAnswered = false;
    batch(() => {
      // What is pinned stays so as long as it is the same.
      if (isOther(opened, model.opened.value)) {
        if (model.opened.value) this.#forgetCells();
        model.sample.value = null;
        // Points have no neurons to look at.
        if (!opened.images) model.neuron.value = model.pinnedNeuron.value = null;
        model.labels.value = model.means.value = model.places.value = model.plane.value = null;
        model.points.value = model.simpler.value = null;
        model.rows.value = NO_ROWS;
      }
      // The same samples may be split in another way.
      if (model.opened.value && splitOf(opened.experiment) !== splitOf(model.opened.value.experiment))
        model.places.value = model.points.value = model.simpler.value = null;
      const units = opened.weightShapes[model.layer.value]?.[1] ?? 0;
      if ((model.pinnedNeuron.value ?? 0) >= units) model.pinnedNeuron.value = null;
      model.opened.value = opened;
      // Another experiment has another spread.
      if (after === null) model.spread.value = null;
      model.state.value = { kind: "learning" };
      model.shown.value = null;
      model.looking.value = null;
      model.curvesDrawn.value++;
      if (after !== null) return model.curves.value.cutAfter(after);
      if (model.curves.value.loss.x.length > 1) model.ghost.value = model.curves.value;
      model.curves.value = new Curves();
      model.curves.value.isOfClasses = opened.classes > 0;
      model.curves.value.mark(opened.experiment.learningRate, opened.stepsPerEpoch);
      model.history.value = emptyHistory();
      model.lastEpoch.value = null;
      model.step.value = 0;
      model.kept.value = new Uint32Array();
      model.evaluated.value = model.read.value = null;
    });
  }

  /** Other classes have other cells. */
  #forgetCells(): void {
    const { cell, pinnedCell, pinnedClass, card } = this.model;
    cell.value = pinnedCell.value = pinnedClass.value = card.value = null;
  }

  /** @param rests no other frame follows by itself */
  take(frame: Frame, rests: boolean): void {
    const { model } = this;
    if (frame.trained) {
      this.#extendTraining(frame, frame.trained);
      this.#speed.samples += frame.trained.samples;
    }
    if (frame.evaluation) this.#evaluation = { ...frame.evaluation, ...bulkOf(frame.loan) };
    // A step of the past has its point already.
    if (!frame.past) this.#extendCurves(frame);
    this.#hasPoints ||= frame.trained !== null || frame.epochs.length > 0;
    this.#kept = frame.kept ?? this.#kept;
    if (frame.epochs.length > 0) this.#endEpochs(frame.epochs);
    const older = this.#frame;
    this.#frame = frame;
    this.#rests = rests;
    if (older) this.#behind.giveBack(older.loan, older.run);
    // Of a new network nothing is shown yet.
    this.#frames.ask(this.#isAwaited(frame.evaluation) || model.shown.value === null);
  }

  /** Answers to new questions: of the evaluation that is shown they are shown at once, of the next one with it. */
  answer(facts: EvaluationFacts): void {
    const shown = this.model.evaluated.value;
    if (this.#evaluation?.step === facts.step) {
      this.#evaluation = { ...this.#evaluation, ...facts };
      this.#isAnswered = true;
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
    if (this.#proposal.holds) return false;
    const shown = this.model.evaluated.value?.card?.asked;
    return evaluation !== null && JSON.stringify(evaluation.card?.asked) !== JSON.stringify(shown);
  }

  #isDue(): boolean {
    if (this.#rests || this.#isAnswered || this.#isAwaited(this.#evaluation)) return true;
    return performance.now() - this.#evaluatedAt >= EVALUATED_EVERY_MS;
  }

  /** Shows the newest evaluation, and with the next picture of the screen the newest weights: each is work enough. Where
   *  every picture brings an evaluation, the weights have their turn all the same. */
  #draw(): void {
    const isDue = this.#isDue();
    const isSplit = this.#evaluation !== null && this.#frame !== null && !this.#owesWeights;
    if (!isDue || !isSplit || this.#frames.isStill) return this.#show(isDue);
    this.#owesWeights = true;
    batch(() => {
      this.model.step.value = this.#frame!.step;
      this.#showEvaluation();
    });
    this.#frames.ask();
  }

  /** Shows all that has come. */
  commit(): void {
    this.#show(true);
  }

  #show(withEvaluation: boolean): void {
    const frame = this.#frame;
    this.#frame = null;
    this.#owesWeights = false;
    const { model } = this;
    const before = model.shown.value;
    batch(() => {
      if (withEvaluation) this.#showEvaluation();
      if (this.#hasPoints) model.curvesDrawn.value++;
      this.#hasPoints = false;
      model.kept.value = this.#kept ?? model.kept.value;
      this.#kept = null;
      if (model.history.value.loss.length !== model.lastEpoch.value?.epoch)
        model.lastEpoch.value = lastOf(model.history.value);
      if (!frame) return;
      model.step.value = frame.step;
      model.shown.value = { step: frame.step, loan: frame.loan };
      // A look back changes nothing about how the run has ended.
      if (!frame.past) this.#showState(frame.state);
      this.#showSpeed();
    });
    if (frame && before) this.#behind.giveBack(before.loan, frame.run);
  }

  /** The run goes on from a step of its past. */
  fork(step: number): void {
    const { model } = this;
    const epoch = step / model.opened.value!.stepsPerEpoch;
    const epochs = Math.floor(epoch);
    batch(() => {
      model.ghost.value = model.curves.value.copy();
      model.curves.value.cutAfter(epoch);
      model.history.value = upTo(model.history.value, epochs);
      model.lastEpoch.value = lastOf(model.history.value);
      model.looking.value = null;
      model.state.value = { kind: "learning" };
      model.curvesDrawn.value++;
    });
  }

  stop(): void {
    this.#frames.stop();
  }

  #endEpochs(epochs: EpochFacts[]): void {
    this.#proposal.endEpoch();
    this.model.history.value = withEpochs(this.model.history.value, epochs);
    for (const facts of epochs) this.#behind.epochEnded(facts);
  }

  #showEvaluation(): void {
    const evaluation = this.#evaluation;
    const { model } = this;
    if (!evaluation) return;
    this.#evaluation = null;
    this.#isAnswered = false;
    this.#evaluatedAt = performance.now();
    model.evaluated.value = evaluation;
    model.read.value = evaluation.drawing;
    this.#proposal.renew(evaluation.confusion, model.opened.value!.classes, this.#rests);
  }

  /** Every epoch has its point, and every other evaluation. */
  #extendCurves({ epochs, evaluation }: Frame): void {
    for (const { step, valLoss, valScore } of epochs)
      if (step !== evaluation?.step) this.#extendValidation({ step, loss: valLoss, score: valScore });
    if (!evaluation || !this.#extendValidation(evaluation)) return;
    this.model.curves.value.health.push(evaluation.step / this.#stepsPerEpoch(), evaluation.health);
  }

  /** The mean since the last point; where several epochs have passed, each has its own. */
  #extendTraining({ step, epochs }: Frame, trained: Pick<EpochFacts, "loss" | "score">): void {
    const { loss, score } = this.model.curves.value;
    const own = epochs.filter((epoch) => Number.isFinite(epoch.loss));
    const points = own.length > 1 ? own : [{ step, ...trained }];
    for (const point of points) {
      const epoch = point.step / this.#stepsPerEpoch();
      loss.push(epoch, point.loss);
      score.push(epoch, point.score);
    }
  }

  /** Whether there was no point so late yet. */
  #extendValidation({ step, loss, score }: Pick<EvaluationFacts, "step" | "loss" | "score">): boolean {
    const { valLoss, valScore } = this.model.curves.value;
    const epoch = step / this.#stepsPerEpoch();
    if (epoch <= (valLoss.x.at(-1) ?? -1)) return false;
    this.#hasPoints = true;
    valLoss.push(epoch, loss);
    valScore.push(epoch, score);
    return true;
  }

  #stepsPerEpoch(): number {
    return this.model.opened.value!.stepsPerEpoch;
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

/** The loan goes back; what an evaluation has in it, stays. */
function bulkOf({ confusion, mostConfident, scores, active }: Loan) {
  return {
    confusion: confusion.slice(),
    mostConfident: mostConfident.slice(),
    scores: scores.slice(),
    active: active.slice(),
  };
}
