// The run in the worker: what a slice of time is used for, its epoch's sums, and when to evaluate.
import {
  Session,
  type Found,
  type Opened,
  type Progress,
  type RunState,
} from "../generated/brainbow_wasm.js";
import { Answers } from "./answers.js";
import type {
  Command,
  EpochFacts,
  EvaluationFacts,
  Frame,
  Questions,
  SamplePicture,
  Wanted,
} from "./protocol.js";
import { wantedOf } from "./wanted.js";

/** At least so long from one evaluation in the middle of an epoch to the next; less at first, when most happens. */
const EVALUATE_EVERY_MS = { least: 15, most: 120 };
/** Of the time since the run began. */
const EVALUATE_EVERY_SHARE = 0.15;
/** What an evaluation in the middle of an epoch may take of a slice. */
const EVALUATION_SHARE = 0.4;

/** What a search among the training images may take at once. */
const SEARCH_MS = 5;

/** The sums over an epoch before its first step. */
const NOTHING = { loss: 0, correct: 0, squares: 0, samples: 0 };

/** What a slice of time has brought. */
interface Slice extends Record<keyof typeof NOTHING, number> {
  steps: number;
  /** The sum of the steps' losses, each the mean of its batch. */
  mean: number;
  epochs: EpochFacts[];
  step: number;
  state: RunState;
}

/** Nothing has been evaluated since what is looked at has changed. */
const UNKNOWN = "unknown";
const NOBODY = "nobody";
/** A unit's name; `NOBODY`, where none is asked about. */
const nameOf = ({ neuron }: Questions) => (neuron ? `${neuron.layer}:${neuron.unit}` : NOBODY);

type Train = Extract<Command, { type: "train" }>;

export class Learner {
  readonly session = new Session();
  #opened: Opened | null = null;
  #run = -1;
  /** Sums over the epoch under way, for the history. */
  #epoch = { ...NOTHING, whole: true };
  /** An epoch that has ended and waits for its evaluation. */
  #ended: Omit<EpochFacts, "valLoss" | "valScore" | "snapshot"> | null = null;
  #evaluating = false;
  #evaluatedAt = -Infinity;
  /** How many have been whole. */
  #evaluations = 0;
  /** The unit that the evaluation under way watches, and the one that the last whole one has watched. */
  #watching = NOBODY;
  #watched = UNKNOWN;
  /** Whether a step of the past is looked at, and what is to be looked at next. */
  #past = false;
  #turnTo: { step: number | null; look: number } | null = null;
  #look = 0;
  #kept: Uint32Array = new Uint32Array();
  #openedAt = 0;
  readonly #answers = new Answers(this.session);
  #doneAt = performance.now();

  open(command: Extract<Command, { type: "open" }>): Opened {
    const opened = this.session.open(command.experiment);
    if (command.snapshot) this.session.restore(command.snapshot);
    this.#opened = opened;
    this.#run = command.run;
    this.#epoch = {
      ...NOTHING,
      whole: this.session.step() % opened.stepsPerEpoch === 0,
    };
    this.#ended = null;
    this.#evaluating = false;
    this.#watched = UNKNOWN;
    this.#past = false;
    this.#turnTo = null;
    this.#look = 0;
    this.#kept = new Uint32Array();
    this.#evaluatedAt = -Infinity;
    this.#openedAt = performance.now();
    this.#answers.begin(opened);
    return opened;
  }

  tune(command: Extract<Command, { type: "tune" }>) {
    if (command.run === this.#run) this.session.tune(command.learningRate);
    return this.session.experiment().learningRate;
  }

  until({ run, epochs, stop }: Extract<Command, { type: "until" }>): void {
    if (run !== this.#run) return;
    this.session.setStop(stop);
    this.session.setEpochs(epochs);
  }

  /** Of another run's samples there are none. */
  images({ run, ids }: Extract<Command, { type: "images" }>): SamplePicture[] {
    return run === this.#run ? this.#answers.images(ids) : [];
  }

  /** Turns to a step of the past, or to the present, once the epoch that has ended has been evaluated. */
  look({ run, step, look }: Extract<Command, { type: "look" }>): void {
    if (run === this.#run) this.#turnTo = { step, look };
  }

  fork({ run }: Extract<Command, { type: "fork" }>): void {
    if (run !== this.#run || !this.#opened) return;
    this.#turn();
    this.session.fork();
    this.#past = false;
    // An epoch of the branch that is left is none of this one.
    this.#ended = null;
    const whole = this.session.step() % this.#opened.stepsPerEpoch === 0;
    this.#epoch = { ...NOTHING, whole };
  }

  #turn(): void {
    if (!this.#turnTo) return;
    const { step, look } = this.#turnTo;
    this.#look = look;
    this.#turnTo = null;
    this.session.look(step ?? undefined);
    this.#past = step !== null;
    this.#evaluating = false;
    this.#watched = UNKNOWN;
  }

  #newlyKept(): Uint32Array | null {
    const kept = this.session.kept();
    if (kept.length === this.#kept.length && kept.at(-1) === this.#kept.at(-1)) return null;
    this.#kept = kept;
    return kept;
  }

  /** Takes a drawing, or forgets it; gives what the network sees. */
  draw({ run, ink, columns }: Extract<Command, { type: "draw" }>) {
    if (run !== this.#run) return { image: null, read: null };
    const image = ink ? this.session.draw(ink, columns) : null;
    if (!ink) this.session.erase();
    return { image, read: this.#answers.drawing() };
  }

  /** What somebody wants to know, as far as it can be found in a moment; nothing of another run, or where there is none. */
  want({
    run,
    want,
  }: Extract<Command, { type: "want" }>): { found: Partial<Wanted>; isWhole: boolean } | null {
    return run === this.#run && this.#opened ? wantedOf(this.session, this.#opened, want) : null;
  }

  search({ run }: Extract<Command, { type: "search" }>): Found | null {
    return run === this.#run ? (this.session.search(SEARCH_MS) ?? null) : null;
  }

  /** What the last whole evaluation says to these questions. */
  answer({ run, questions }: Extract<Command, { type: "ask" }>): EvaluationFacts | null {
    return run === this.#run ? this.#answers.of(questions) : null;
  }

  train(command: Train): Frame {
    const { run, loan, ms } = command;
    if (!this.#opened || run !== this.#run) {
      return {
        type: "frame",
        run,
        step: 0,
        state: { kind: "learning" },
        loan,
        trained: null,
        evaluation: null,
        epochs: [],
        kept: null,
        past: false,
        look: 0,
        idleMs: 0,
        settled: false,
      };
    }
    if (!this.#ended) this.#turn();
    const start = performance.now();
    const idleMs = start - this.#doneAt;
    const left = () => ms - (performance.now() - start);
    const slice: Slice = { ...NOTHING, steps: 0, mean: 0, epochs: [], step: 0, state: { kind: "learning" } };
    // Of few samples several epochs fit into a slice.
    while (this.#pass(command, left, slice) && left() > 0 && slice.steps < command.steps);
    this.#fill(command);
    const settled = this.#isSettled(command, slice.step) && !this.#ended;
    const isLast = settled || slice.state.kind !== "learning";
    const evaluation = this.#answers.news(command.questions, this.#evaluations, isLast);
    this.#doneAt = performance.now();
    return {
      type: "frame",
      run,
      step: slice.step,
      state: slice.state,
      loan,
      trained:
        slice.steps === 0
          ? null
          : {
              steps: slice.steps,
              samples: slice.samples,
              loss: slice.mean / slice.steps,
              score: this.#scoreOf(slice),
              ms: performance.now() - start,
            },
      evaluation,
      epochs: slice.epochs,
      kept: this.#newlyKept(),
      past: this.#past,
      look: this.#look,
      idleMs,
      settled,
    };
  }

  /** Goes on with an evaluation, learns to the end of the epoch at most, evaluates where there is reason to; whether that
   *  was the end of an epoch, and the next one may begin. */
  #pass(command: Train, left: () => number, slice: Slice): boolean {
    const ended = slice.epochs.length;
    if (this.#evaluating) {
      // The end of an epoch is evaluated before anything else is learned; other evaluations share the slice.
      const alone = this.#ended !== null || command.steps === 0;
      if (this.#evaluate(alone ? left() : left() * EVALUATION_SHARE)) slice.epochs.push(...this.#endEpoch());
    }
    const steps = command.steps - slice.steps;
    const mayTrain = !this.#ended && !this.#past && steps > 0 && left() > 0;
    const progress = this.session.train(mayTrain ? left() : 0, mayTrain ? steps : 0);
    this.#count(progress);
    slice.step = progress.step;
    slice.steps += progress.steps;
    slice.mean += progress.lossSum;
    slice.samples += progress.samples;
    slice.correct += progress.correct;
    slice.squares += progress.squares;
    if (!this.#evaluating && this.#shouldEvaluate(command, progress.step)) {
      const { neuron } = command.questions;
      this.#watching = nameOf(command.questions);
      this.session.beginEvaluation(neuron?.layer, neuron?.unit);
      this.#evaluating = true;
      // Small networks are evaluated at once.
      if (left() > 0 && this.#evaluate(left())) slice.epochs.push(...this.#endEpoch());
    }
    const hasEnded = slice.epochs.length > ended;
    // The epoch's evaluation may have ended the run.
    slice.state = hasEnded ? this.session.train(0, 0).state : progress.state;
    return hasEnded && !this.#evaluating && !this.#ended && slice.state.kind === "learning";
  }

  #evaluate(ms: number): boolean {
    if (!this.session.evaluate(Math.max(ms, 1))) return false;
    this.#evaluating = false;
    this.#watched = this.#watching;
    this.#evaluations++;
    this.#evaluatedAt = performance.now();
    return true;
  }

  #shouldEvaluate(command: Train, step: number): boolean {
    if (this.#ended) return true;
    if (this.#isSettled(command, step)) return false;
    if (command.steps === 0 || this.#past) return true;
    const now = performance.now();
    const { least, most } = EVALUATE_EVERY_MS;
    const wait = Math.min(Math.max((now - this.#openedAt) * EVALUATE_EVERY_SHARE, least), most);
    // Somebody who looks at another neuron waits for it.
    return now - this.#evaluatedAt > (nameOf(command.questions) === this.#watched ? wait : least);
  }

  /** Whether the last evaluation is of this very step, and has watched what is asked for. */
  #isSettled({ questions }: Train, step: number): boolean {
    return this.session.evaluatedStep() === step && this.#watched === nameOf(questions);
  }

  #count(progress: ReturnType<Session["train"]>): void {
    this.#epoch.loss += progress.sampleLossSum;
    this.#epoch.correct += progress.correct;
    this.#epoch.squares += progress.squares;
    this.#epoch.samples += progress.samples;
    if (!progress.endedEpoch || !this.#opened) return;
    const { loss, correct, squares, samples, whole } = this.#epoch;
    this.#epoch = { ...NOTHING, whole: true };
    // An evaluation under way is of an earlier step: the epoch's own comes first.
    this.#evaluating = false;
    this.#ended = {
      epoch: progress.step / this.#opened.stepsPerEpoch,
      step: progress.step,
      loss: whole ? loss / samples : NaN,
      score: whole ? this.#scoreOf({ correct, squares, samples }) : NaN,
      fingerprint: this.session.fingerprint() ?? null,
    };
  }

  /** See `EvaluationFacts.score`. */
  #scoreOf({ correct, squares, samples }: Pick<Progress, "correct" | "squares" | "samples">): number {
    return this.#opened!.classes > 0 ? correct / samples : Math.sqrt(squares / samples);
  }

  /** The epoch that has been evaluated; none where the evaluation was of a step in the middle. */
  #endEpoch(): EpochFacts[] {
    const ended = this.#ended;
    if (!ended) return [];
    this.#ended = null;
    const facts = {
      ...ended,
      valLoss: this.session.evaluatedLoss(),
      valScore: this.#answers.score(),
      // Only now: it holds what the stop conditions have heard.
      snapshot: this.session.snapshot(),
    };
    return [facts];
  }

  #fill({ loan }: Train): void {
    this.session.copyParameters(0, loan.weights, loan.biases);
    if (loan.outgoing.length > 0) this.session.copyParameters(1, loan.outgoing, loan.outgoingBiases);
    this.session.copyInked(loan.inked);
    // Before anything has been learned no pixel is known never to be inked.
    if (!loan.inked.includes(1)) loan.inked.fill(1);
    if (this.session.evaluatedStep() === undefined) return;
    this.session.copyConfusion(loan.confusion, loan.mostConfident);
    this.session.copyScores(loan.scores);
    if (loan.active.length > 0) this.session.copyActive(loan.active);
  }
}
