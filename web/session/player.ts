// The page's side of the worker: lends, gets back, lends again; to pause is not to lend.
import type {
  Dialect,
  Experiment,
  Found,
  Opened,
  RateFrom,
  Stop,
  TableFacts,
} from "../generated/brainbow_wasm.js";
import type {
  Answer,
  Command,
  DrawingRead,
  EvaluationFacts,
  Frame,
  Loan,
  Questions,
  Refusal,
  SamplePicture,
  SetName,
  Source,
  Want,
  Wanted,
} from "./protocol.js";
import { buffersOf, newLoan } from "./loan.js";
import { Watch } from "./watch.js";

/** How long one slice lasts: two of them pass before a change of the learning rate is heard. Where the page
 *  is too slow to lend again in time, slices grow, so that the worker does not wait for it. */
const SLICE_MS = { least: 7, most: 24 };
/** Loans under way at once. */
const UNDER_WAY = 2;

/** How fast it goes: as fast as it can, or one batch and then a wait. */
export type Pace = "full" | "frame" | "slow";
const WAIT_MS: Record<Exclude<Pace, "full">, number> = { frame: 16, slow: 250 };

export type Loss = { kind: "crashed"; message: string } | { kind: "silent" };

type IsOpen = Extract<Answer, { type: "opened" }>;

/** What the page hears. */
export interface Listener {
  opened(opened: Opened): void;
  /** The loan belongs to the listener until it calls `giveBack`; `rests` when no other frame follows by itself. */
  frame(frame: Frame, rests: boolean): void;
  tuned(learningRate: RateFrom[]): void;
  images(images: SamplePicture[]): void;
  /** What somebody has wanted to know, as far as it has been found. */
  wanted?(found: Partial<Wanted>): void;
  /** Answers to questions just asked, of the last evaluation that a frame brought. */
  answered?(evaluation: EvaluationFacts): void;
  /** What the network sees of the drawing, and what it makes of it. */
  drawn?(image: ImageData | null, read: DrawingRead | null): void;
  /** What the drawing is like, as far as it has been looked for. */
  found?(found: Found | null): void;
  loading(file: string, received: number, total: number | null): void;
  loaded(set: SetName): void;
  table?(table: TableFacts): void;
  refused(what: Command["type"], refusal: Refusal): void;
  lost(loss: Loss): void;
}

/** A worker, or what stands in for one. */
export interface Line {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  onerror?: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export class Player {
  readonly #listener: Listener;
  readonly #line: Line;
  /** The run that was asked for last, and the one that is open. */
  #run = 0;
  #openRun = -1;
  /** The run that the worker has: of one that was replaced before it had opened nobody has heard. */
  #latest: IsOpen | null = null;
  /** What was said of the run that is open while another was asked for: heard if that one is refused. */
  #meanwhile: (() => void)[] = [];
  #opening: { experiment: Experiment; snapshot: Uint8Array | null } | null = null;
  #next: { experiment: Experiment; snapshot: Uint8Array | null } | null = null;
  #isOpen = false;
  #isResting = false;
  #pool: Loan[] = [];
  #underWay = 0;
  #playing = false;
  #pace: Pace = "full";
  #nextStepAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** As the run's opening or its last frame told it. */
  #step = 0;
  #learning = true;
  #settled = false;
  /** Counts the steps that were looked at in the run that is open. */
  #look = 0;
  /** A step of the past is looked at: nothing is learned. */
  #isPast = false;
  /** Whole steps still to take; from where is known once the run is open. */
  #goal: { steps: number; end: number | null; reached: () => void } | null = null;
  #questions: Questions = {
    card: null,
    mistakes: { among: { kind: "mistakes" }, order: "mostConfident", most: 12 },
    sample: null,
    neuron: null,
    readings: false,
    diagram: null,
    scale: false,
    fit: null,
    whatIf: null,
    roc: false,
  };
  #answered = false;
  #slice = SLICE_MS.least;
  #loadsUnderWay = 0;
  /** The load that was asked for last; of those before it nobody hears. */
  #load = 0;
  #imagesUnderWay = 0;
  #closed = false;
  readonly #watch: Watch;

  constructor(line: Line, wasm: WebAssembly.Module, listener: Listener) {
    this.#line = line;
    this.#listener = listener;
    line.onmessage = ({ data }) => this.#hear(data);
    line.onerror = (event) => {
      event.preventDefault?.();
      this.#lose({ kind: "crashed", message: event.message ?? "" });
    };
    this.#watch = new Watch({
      owes: () => this.#underWay + this.#loadsUnderWay + this.#imagesUnderWay > 0 || this.#opening !== null,
      ping: () => this.#send({ type: "ping" }),
      giveUp: () => this.#lose({ kind: "silent" }),
    });
    this.#send({ type: "start", wasm });
  }

  /** Puts a new run in place of the old one. Only the last of many quick calls is carried out. */
  open(experiment: Experiment, snapshot: Uint8Array | null = null): void {
    if (this.#closed) return;
    this.#isOpen = false;
    this.#isResting = false;
    this.#settled = false;
    // Steps that were asked for while nothing was open are of the run to come.
    if (this.#goal && this.#goal.end !== null) this.#reachGoal();
    if (this.#opening) {
      this.#next = { experiment, snapshot };
      return;
    }
    this.#opening = { experiment, snapshot };
    this.#run++;
    this.#send({ type: "open", run: this.#run, experiment, snapshot });
  }

  /** Nothing of the run that is open or being opened is of interest any more. */
  rest(): void {
    this.#isOpen = false;
    this.#isResting = true;
    this.#next = null;
  }

  load(set: SetName, sources: Source[]): void {
    this.#loadsUnderWay++;
    this.#send({ type: "load", load: ++this.#load, set, sources });
  }

  /** A table, as it seems to be written or as somebody says. */
  table(name: string, source: Source, dialect: Dialect | null): void {
    this.#loadsUnderWay++;
    this.#send({ type: "table", load: ++this.#load, name, source, dialect });
  }

  cancelLoad(): void {
    this.#send({ type: "cancel" });
  }

  play(): void {
    this.#playing = true;
    this.#lend();
  }

  pause(): void {
    if (!this.#playing) return;
    this.#playing = false;
    // One more frame, which rests.
    this.#settled = false;
    this.#lend();
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#nextStepAt = 0;
    this.#lend();
  }

  /** Takes `n` steps; resolves when they are taken and evaluated, or when there are none left. */
  step(n: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const before = this.#goal;
    return new Promise((reached) => {
      // Steps that were asked for before are taken first.
      if (before && before.end === null) this.#goal = { steps: before.steps + n, end: null, reached };
      else this.#goal = { steps: n, end: before ? before.end! + n : null, reached };
      before?.reached();
      this.#settleGoal();
      this.#settled = false;
      this.#lend();
    });
  }

  ask(questions: Questions): void {
    this.#questions = questions;
    this.#answered = false;
    if (this.#isOpen) this.#send({ type: "ask", run: this.#openRun, questions });
    this.#lend();
  }

  tune(learningRate: number): void {
    this.#send({ type: "tune", run: this.#openRun, learningRate });
    this.#learnOn();
    this.#lend();
  }

  until(epochs: number, stop: Stop): void {
    this.#send({ type: "until", run: this.#openRun, epochs, stop });
    this.#learnOn();
  }

  /** A drawing, or none any more: of the run that is open. */
  draw(ink: Uint8Array | null, columns: number): void {
    this.#send({ type: "draw", run: this.#openRun, ink, columns });
  }

  /** Looks at a step of the past (the newest kept that is not later), or at the present again. */
  look(step: number | null): void {
    this.#send({ type: "look", run: this.#openRun, step, look: ++this.#look });
    this.#isPast = step !== null;
    this.#settled = false;
    this.#lend();
  }

  /** Goes on from the step that is looked at. */
  fork(step: number): void {
    this.#send({ type: "fork", run: this.#openRun });
    this.#isPast = false;
    this.#step = step;
    this.#learnOn();
  }

  search(): void {
    this.#send({ type: "search", run: this.#openRun });
  }

  images(ids: number[]): void {
    if (!this.#latest) return;
    this.#imagesUnderWay++;
    this.#send({ type: "images", run: this.#openRun, ids });
  }

  /** Asks until all of it has been found. */
  want(want: Want): void {
    this.#send({ type: "want", run: this.#openRun, want });
  }

  /** A frame's loan that is not shown any more. */
  giveBack(loan: Loan, run: number): void {
    if (run !== this.#openRun) return;
    this.#pool.push(loan);
    this.#lend();
  }

  close(): void {
    this.#closed = true;
    this.#watch.stop();
    clearTimeout(this.#timer);
    this.#isOpen = false;
    this.#line.onmessage = null;
    this.#line.onerror = null;
    this.#line.terminate();
    this.#reachGoal();
  }

  #send(command: Command, transfer: Transferable[] = []): void {
    if (!this.#closed) this.#line.postMessage(command, transfer);
  }

  #hear(answer: Answer): void {
    this.#watch.heard();
    switch (answer.type) {
      case "started":
      case "pong":
        return;
      case "loading":
        if (answer.load !== this.#load) return;
        return this.#listener.loading(answer.file, answer.received, answer.total);
      case "loaded":
        this.#loadsUnderWay--;
        if (answer.load !== this.#load) return;
        return this.#listener.loaded(answer.set);
      case "table":
        this.#loadsUnderWay--;
        if (answer.load !== this.#load) return;
        return this.#listener.table?.(answer.table);
      case "opened":
        this.#latest = answer;
        if (!this.#openNext() && !this.#isResting) this.#show(answer);
        return;
      case "tuned":
        return this.#ofRun(answer.run, () => this.#listener.tuned(answer.learningRate));
      case "images":
        this.#imagesUnderWay--;
        return this.#ofRun(answer.run, () => this.#listener.images(answer.images));
      case "wanted":
        return this.#ofRun(answer.run, () => {
          this.#listener.wanted?.(answer.found);
          if (!answer.isWhole) this.want(answer.want);
        });
      case "answered":
        return this.#ofRun(answer.run, () => this.#listener.answered?.(answer.evaluation));
      case "drawn":
        // Also while another run is asked for: it may be refused, and this one goes on.
        if (answer.run === this.#openRun) this.#listener.drawn?.(answer.image, answer.read);
        return;
      case "found":
        if (answer.run === this.#openRun) this.#listener.found?.(answer.found);
        return;
      case "refused":
        if (answer.what === "load" || answer.what === "table") {
          this.#loadsUnderWay--;
          if (answer.load !== this.#load) return;
        }
        if (answer.what === "images") this.#imagesUnderWay--;
        if (answer.what === "open") {
          // Where something else is awaited meanwhile nobody asks for this any more.
          if (this.#openNext() || this.#isResting) return;
          this.#listener.refused(answer.what, answer.refusal);
          return this.#goOn();
        }
        return this.#listener.refused(answer.what, answer.refusal);
      case "crashed":
        return this.#lose({ kind: "crashed", message: answer.message });
      case "frame":
        if (answer.run === this.#openRun) this.#underWay--;
        return this.#ofRun(answer.run, () => this.#frame(answer));
    }
  }

  #ofRun(run: number, hear: () => void): void {
    if (run !== this.#openRun) return;
    if (this.#isOpen) hear();
    else this.#meanwhile.push(hear);
  }

  /** Whether another run had been asked for meanwhile. */
  #openNext(): boolean {
    const next = this.#next;
    this.#opening = null;
    this.#next = null;
    if (next) this.open(next.experiment, next.snapshot);
    return next !== null;
  }

  /** The run that the worker has becomes the one that is open. */
  #show({ run, opened, step }: IsOpen): void {
    this.#openRun = run;
    this.#meanwhile = [];
    this.#look = 0;
    this.#isPast = false;
    this.#listener.opened(opened);
    // Nothing is under way: what was lent to an earlier run never comes back. One is shown while two are under way.
    this.#pool = Array.from({ length: UNDER_WAY + 1 }, () => newLoan(opened));
    this.#underWay = 0;
    this.#step = step;
    if (this.#goal) this.#goal.end ??= step + this.#goal.steps;
    this.#learning = true;
    this.#settled = false;
    this.#answered = false;
    this.#isOpen = true;
    this.#lend();
  }

  /** What was asked for is refused: the run that the worker has goes on as if nothing had been asked. */
  #goOn(): void {
    if (!this.#latest) return this.#reachGoal();
    if (this.#latest.run !== this.#openRun) return this.#show(this.#latest);
    this.#isOpen = true;
    this.#settled = this.#answered = false;
    for (const hear of this.#meanwhile.splice(0)) hear();
    this.#settleGoal();
    this.#lend();
  }

  #learnOn(): void {
    this.#learning = true;
    this.#settled = false;
    this.#lend();
  }

  #frame(frame: Frame): void {
    // The worker stood idle before this slice: the next ones shall last longer.
    const grow = frame.idleMs > 0.15 * this.#slice ? 1.25 : 0.9;
    this.#slice = Math.min(Math.max(this.#slice * grow, SLICE_MS.least), SLICE_MS.most);
    if (!frame.past) this.#step = frame.step;
    this.#learning = frame.state.kind === "learning";
    // A frame that was under way when somebody looked elsewhere says nothing about that.
    this.#settled = frame.settled && frame.look === this.#look;
    this.#settleGoal();
    const isLast = this.#settled && this.#underWay === 0 && !this.#isPast;
    const isReached = isLast && this.#goal !== null && (!this.#learning || this.#step >= this.#goal.end!);
    this.#listener.frame(frame, this.#rests(isReached));
    if (isReached) this.#reachGoal();
    this.#lend();
  }

  /** Where the steps that were asked for end, once nothing is under way that was lent before. */
  #settleGoal(): void {
    if (this.#goal && this.#isOpen && this.#underWay === 0) this.#goal.end ??= this.#step + this.#goal.steps;
  }

  /** Whether no other frame follows by itself, or not for a while. */
  #rests(isReached: boolean): boolean {
    if (!this.#settled || !this.#answered || this.#underWay > 0) return false;
    if (!this.#learning || this.#isPast || isReached) return true;
    return this.#goal === null && (!this.#playing || this.#pace === "slow");
  }

  #reachGoal(): void {
    const goal = this.#goal;
    this.#goal = null;
    goal?.reached();
  }

  #lend(): void {
    while (this.#isOpen && this.#pool.length > 0) {
      const wish = this.#wish();
      if (!wish || this.#underWay >= wish.atOnce) return;
      const loan = this.#pool.pop()!;
      this.#underWay++;
      this.#answered = true;
      if (wish.steps > 0 && this.#pace !== "full") this.#nextStepAt = performance.now() + WAIT_MS[this.#pace];
      this.#send(
        {
          type: "train",
          run: this.#openRun,
          ms: this.#slice,
          steps: wish.steps,
          loan,
          questions: this.#questions,
        },
        buffersOf(loan),
      );
    }
  }

  /** What to lend for, if for anything. */
  #wish(): { steps: number; atOnce: number } | null {
    const learns = this.#learning && !this.#isPast;
    const end = this.#goal?.end ?? 0;
    if (learns && this.#step < end) return { steps: end - this.#step, atOnce: 1 };
    if (learns && !this.#goal && this.#playing) {
      if (this.#pace === "full") return { steps: 0xffff_ffff, atOnce: UNDER_WAY };
      const wait = this.#nextStepAt - performance.now();
      if (wait <= 0) return { steps: 1, atOnce: 1 };
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#lend(), wait);
    }
    return this.#settled && this.#answered ? null : { steps: 0, atOnce: 1 };
  }

  #lose(loss: Loss): void {
    this.close();
    this.#listener.lost(loss);
  }
}
