// The worker's side: one engine at the end of a port. Knows neither page nor pictures.
import { initSync, Session, type Opened } from "../generated/brainbow_wasm.js";
import { FileRefused, forget, readFile } from "./files.js";
import type {
  Answer,
  Command,
  EpochFacts,
  EvaluationFacts,
  Frame,
  Port,
  Questions,
  Refusal,
  SamplePicture,
  Source,
} from "./protocol.js";
import { buffersOf } from "./protocol.js";

/** At least so long from one evaluation in the middle of an epoch to the next. */
const EVALUATE_EVERY_MS = 120;
/** What an evaluation in the middle of an epoch may take of a slice. */
const EVALUATION_SHARE = 0.4;

type Train = Extract<Command, { type: "train" }>;

/** Answers the commands that come in through the port; gives the memory's length, for tests. */
export function serve(port: Port): { memoryBytes(): number } {
  let engine: Engine | null = null;
  let memory: WebAssembly.Memory | null = null;
  const answer = (message: Answer, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  /** Facts go back as a refusal; anything else means that the instance can't be trusted. */
  const failed = (command: Command, error: unknown) => {
    if (error instanceof FileRefused) return refuse(command, error.refusal);
    if (typeof error === "object" && error !== null && "code" in error && !(error instanceof Error)) {
      return refuse(command, error as Refusal);
    }
    engine = null;
    answer({ type: "crashed", message: error instanceof Error ? error.message : String(error) });
  };
  const refuse = (command: Command, refusal: Refusal) =>
    answer({ type: "refused", what: command.type, run: "run" in command ? command.run : null, refusal });

  const act = (command: Command): void | Promise<void> => {
    if (command.type === "start") {
      memory = initSync({ module: command.wasm }).memory;
      engine = new Engine();
      return answer({ type: "started" });
    }
    if (command.type === "ping") return answer({ type: "pong" });
    if (!engine) return;
    switch (command.type) {
      case "load":
        return load(engine, command, answer);
      case "open":
        return answer({
          type: "opened",
          run: command.run,
          opened: engine.open(command),
          step: engine.session.step(),
        });
      case "tune":
        return answer({ type: "tuned", run: command.run, learningRate: engine.tune(command) });
      case "extend":
        return engine.extend(command);
      case "train": {
        const frame = engine.train(command);
        return answer(frame, buffersOf(frame.loan));
      }
      case "ask": {
        const evaluation = engine.answer(command);
        if (evaluation) answer({ type: "answered", run: command.run, evaluation });
        return;
      }
      case "images":
        return answer({ type: "images", run: command.run, images: engine.images(command.ids) });
    }
  };

  port.onmessage = ({ data }: MessageEvent<Command>) => {
    try {
      const pending = act(data);
      if (pending instanceof Promise) pending.catch((error: unknown) => failed(data, error));
    } catch (error) {
      failed(data, error);
    }
  };
  return { memoryBytes: () => memory?.buffer.byteLength ?? 0 };
}

async function load(
  engine: Engine,
  command: Extract<Command, { type: "load" }>,
  answer: (message: Answer) => void,
): Promise<void> {
  try {
    engine.session.loadMnist(...(await readAll(command.sources, answer)));
  } catch (error) {
    await forget(command.sources);
    throw error;
  }
  answer({ type: "loaded" });
}

/** Names and contents of all files, said while they arrive. */
async function readAll(
  sources: Source[],
  answer: (message: Answer) => void,
): Promise<[string[], Uint8Array[]]> {
  const names: string[] = [];
  const files: Uint8Array[] = [];
  for (const source of sources) {
    let said = 0;
    const heard = (received: number, total: number | null) => {
      // A few messages for each file are enough for a progress bar, and show that the worker lives.
      if (received - said < 100_000 && received !== total) return;
      said = received;
      answer({ type: "loading", file: source.name, received, total });
    };
    names.push(source.name);
    files.push(await readFile(source, heard));
  }
  return [names, files];
}

/** One run, its epoch's sums, and when to evaluate. */
class Engine {
  readonly session = new Session();
  #opened: Opened | null = null;
  #run = -1;
  /** Sums over the epoch under way, for the history. */
  #epoch = { loss: 0, correct: 0, samples: 0, whole: true };
  /** An epoch that has ended and waits for its evaluation. */
  #ended: Omit<EpochFacts, "valLoss" | "valAccuracy"> | null = null;
  #evaluating = false;
  #evaluatedAt = -Infinity;
  #asked = "";
  #lastAnswered = -1;
  /** Samples whose pictures the page has been sent in this run. */
  readonly #sent = new Set<number>();
  #doneAt = performance.now();

  open(command: Extract<Command, { type: "open" }>): Opened {
    const opened = this.session.open(command.experiment);
    if (command.snapshot) this.session.restore(command.snapshot);
    this.#opened = opened;
    this.#run = command.run;
    this.#epoch = {
      loss: 0,
      correct: 0,
      samples: 0,
      whole: this.session.step() % opened.stepsPerEpoch === 0,
    };
    this.#ended = null;
    this.#sent.clear();
    this.#evaluating = false;
    this.#evaluatedAt = -Infinity;
    this.#lastAnswered = -1;
    return opened;
  }

  tune(command: Extract<Command, { type: "tune" }>) {
    if (command.run === this.#run) this.session.tune(command.learningRate);
    return this.session.experiment().learningRate;
  }

  extend(command: Extract<Command, { type: "extend" }>): void {
    if (command.run === this.#run) this.session.setEpochs(command.epochs);
  }

  images(ids: number[]): SamplePicture[] {
    for (const id of ids) this.#sent.add(id);
    return ids.map((id) => ({ id, label: this.session.label(id), image: this.session.image(id) }));
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
        epoch: null,
        idleMs: 0,
        settled: false,
      };
    }
    const start = performance.now();
    const idleMs = start - this.#doneAt;
    const left = () => ms - (performance.now() - start);
    let fresh = false;
    let epoch: EpochFacts | null = null;
    if (this.#evaluating) {
      // The end of an epoch is evaluated before anything else is learned; other evaluations share the slice.
      const alone = this.#ended !== null || command.steps === 0;
      fresh = this.#evaluate(alone ? ms : ms * EVALUATION_SHARE);
      if (fresh) epoch = this.#endEpoch();
    }
    const mayTrain = !this.#ended && command.steps > 0 && left() > 0;
    const progress = this.session.train(mayTrain ? left() : 0, mayTrain ? command.steps : 0);
    this.#count(progress);
    if (!this.#evaluating && this.#shouldEvaluate(command, progress.step)) {
      this.session.beginEvaluation();
      this.#evaluating = true;
      // Small networks are evaluated at once.
      if (left() > 0 && !fresh) {
        fresh = this.#evaluate(left());
        if (fresh) epoch = this.#endEpoch();
      }
    }
    this.#fill(command);
    const evaluation = this.#answers(command.questions);
    this.#doneAt = performance.now();
    return {
      type: "frame",
      run,
      step: progress.step,
      state: progress.state,
      loan,
      trained:
        progress.steps === 0
          ? null
          : {
              steps: progress.steps,
              samples: progress.samples,
              loss: progress.lossSum / progress.steps,
              accuracy: progress.correct / progress.samples,
              ms: performance.now() - start,
            },
      evaluation,
      epoch,
      idleMs,
      settled: this.session.evaluatedStep() === progress.step && !this.#ended,
    };
  }

  /** What the last whole evaluation says to these questions. */
  answer({ run, questions }: Extract<Command, { type: "ask" }>): EvaluationFacts | null {
    const step = this.session.evaluatedStep();
    return run === this.#run && step !== undefined ? this.#facts(step, questions) : null;
  }

  #evaluate(ms: number): boolean {
    if (!this.session.evaluate(Math.max(ms, 1))) return false;
    this.#evaluating = false;
    this.#evaluatedAt = performance.now();
    return true;
  }

  #shouldEvaluate(command: Train, step: number): boolean {
    if (this.#ended) return true;
    if (this.session.evaluatedStep() === step) return false;
    return command.steps === 0 || performance.now() - this.#evaluatedAt > EVALUATE_EVERY_MS;
  }

  #count(progress: ReturnType<Session["train"]>): void {
    this.#epoch.loss += progress.sampleLossSum;
    this.#epoch.correct += progress.correct;
    this.#epoch.samples += progress.samples;
    if (!progress.endedEpoch || !this.#opened) return;
    const { loss, correct, samples, whole } = this.#epoch;
    this.#epoch = { loss: 0, correct: 0, samples: 0, whole: true };
    // An evaluation under way is of an earlier step: the epoch's own comes first.
    this.#evaluating = false;
    this.#ended = {
      epoch: progress.step / this.#opened.stepsPerEpoch,
      step: progress.step,
      loss: whole ? loss / samples : NaN,
      accuracy: whole ? correct / samples : NaN,
      fingerprint: this.session.fingerprint() ?? null,
      snapshot: this.session.snapshot(),
    };
  }

  #endEpoch(): EpochFacts | null {
    const ended = this.#ended;
    if (!ended) return null;
    this.#ended = null;
    return { ...ended, valLoss: this.session.evaluatedLoss(), valAccuracy: this.#accuracy() };
  }

  #accuracy(): number {
    const { classes, heldOutSamples } = this.#opened!;
    const counts = new Uint32Array(classes * classes);
    this.session.copyConfusion(counts, new Int32Array(classes * classes));
    let correct = 0;
    for (let i = 0; i < classes; i++) correct += counts[i * classes + i]!;
    return correct / heldOutSamples;
  }

  #fill({ loan }: Train): void {
    this.session.copyParameters(0, loan.weights, loan.biases);
    if (loan.outgoing.length > 0) this.session.copyParameters(1, loan.outgoing, loan.outgoingBiases);
    this.session.copyInked(loan.inked);
    if (this.session.evaluatedStep() === undefined) return;
    this.session.copyConfusion(loan.confusion, loan.mostConfident);
    this.session.copyScores(loan.scores);
    if (loan.active.length > 0) this.session.copyActive(loan.active);
  }

  /** Everything that was asked, of one evaluation; nothing where neither it nor the questions are new. */
  #answers(questions: Questions): EvaluationFacts | null {
    const step = this.session.evaluatedStep();
    if (step === undefined) return null;
    const asked = JSON.stringify(questions);
    if (step === this.#lastAnswered && asked === this.#asked) return null;
    this.#lastAnswered = step;
    this.#asked = asked;
    return this.#facts(step, questions);
  }

  #facts(step: number, { card, mistakes, sample }: Questions): EvaluationFacts {
    const cell = card && this.session.ranked({ kind: "cell", ...card.cell }, card.order, card.most);
    const worst = this.session.ranked({ kind: "mistakes" }, mistakes.order, mistakes.most);
    const named = [...(cell?.samples ?? []), ...worst.samples].map(({ id }) => id);
    return {
      step,
      loss: this.session.evaluatedLoss(),
      accuracy: this.#accuracy(),
      card: card && cell && { asked: card, ranking: cell },
      mistakes: { asked: mistakes, ranking: worst },
      sample: sample === null ? null : this.#sample(sample),
      pictures: this.images([...new Set(named)].filter((id) => !this.#sent.has(id))),
    };
  }

  #sample(id: number): EvaluationFacts["sample"] {
    const probabilities = new Float32Array(this.#opened!.classes);
    return this.session.copyProbabilities(id, probabilities)
      ? { id, probabilities: [...probabilities] }
      : null;
  }
}
