// What the worker's tests stand on: the real wasm, the real player and the real server in one thread of Node, joined
// by a MessageChannel; and a second engine beside them, to compare with.
import { readFileSync } from "node:fs";
import {
  initSync,
  parseLink,
  Session,
  type Experiment,
  type Opened,
} from "../../web/generated/brainbow_wasm.js";
import { Player, type Line, type Listener, type Loss } from "../../web/session/player.js";
import type {
  Answer,
  Command,
  EpochFacts,
  Frame,
  Loan,
  Port,
  Questions,
  Refusal,
} from "../../web/session/protocol.js";
import { serve } from "../../web/session/serve.js";

/** Node has none; this one keeps what it is given. */
class NodeImageData {
  readonly colorSpace = "srgb";
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
Object.assign(globalThis, { ImageData: NodeImageData });

export const wasm = new WebAssembly.Module(
  readFileSync(new URL("../../web/generated/brainbow_wasm_bg.wasm", import.meta.url)),
);
initSync({ module: wasm });

/** The experiment of a link on generated digits, unless it names others. */
export function experimentOf(link: string): Experiment {
  const { experiment, notices } = parseLink(link.includes("data=") ? link : `data=generated&${link}`);
  if (notices.length > 0) throw new Error(`${link}: ${JSON.stringify(notices)}`);
  return experiment;
}

/** Waits until something holds that messages bring about. */
export async function until(holds: () => boolean, what = String(holds), ms = 45_000): Promise<void> {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`in vain: ${what}`);
    await turn();
  }
}

/** Lets every message that is under way arrive. */
export async function turn(times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await new Promise((done) => setImmediate(done));
}

/** Whether a promise settles soon. */
export async function settles(promise: Promise<unknown>, ms = 2000): Promise<boolean> {
  const late = new Promise<boolean>((done) => setTimeout(() => done(false), ms));
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, late]);
}

/** What the page hears, kept; loans are given back at once. */
export class Ear implements Listener {
  player: Player | null = null;
  readonly opens: Opened[] = [];
  readonly frames: Frame[] = [];
  readonly epochs: EpochFacts[] = [];
  readonly evaluations: (NonNullable<Frame["evaluation"]> & { loan: Loan })[] = [];
  readonly images_: Extract<Answer, { type: "images" }>["images"] = [];
  readonly progress: { file: string; received: number; total: number | null }[] = [];
  readonly refusals: { what: Command["type"]; refusal: Refusal }[] = [];
  readonly losses: Loss[] = [];
  rates: Experiment["learningRate"] | null = null;
  loads = 0;
  /** Called with every frame, before its loan is given back. */
  each: ((frame: Frame) => void) | null = null;

  /** Forgets what was heard. */
  clear(): void {
    for (const list of [this.opens, this.frames, this.epochs, this.evaluations, this.images_, this.progress])
      list.length = 0;
    this.refusals.length = this.losses.length = this.loads = 0;
    this.rates = this.each = null;
  }
  get last(): Frame {
    return this.frames.at(-1)!;
  }
  opened(opened: Opened): void {
    this.opens.push(opened);
  }
  frame(frame: Frame): void {
    this.frames.push(frame);
    this.epochs.push(...frame.epochs);
    if (frame.evaluation) this.evaluations.push({ ...frame.evaluation, loan: copyOf(frame.loan) });
    this.each?.(frame);
    this.player?.giveBack(frame.loan, frame.run);
  }
  tuned(learningRate: Experiment["learningRate"]): void {
    this.rates = learningRate;
  }
  images(images: Extract<Answer, { type: "images" }>["images"]): void {
    this.images_.push(...images);
  }
  loading(file: string, received: number, total: number | null): void {
    this.progress.push({ file, received, total });
  }
  loaded(): void {
    this.loads++;
  }
  refused(what: Command["type"], refusal: Refusal): void {
    this.refusals.push({ what, refusal });
  }
  lost(loss: Loss): void {
    this.losses.push(loss);
  }
}

function copyOf(loan: Loan): Loan {
  return Object.fromEntries(
    Object.entries(loan).map(([name, array]) => [name, array.slice()]),
  ) as unknown as Loan;
}

export interface Rig {
  player: Player;
  /** May change a command on its way, or swallow it (null). */
  edit: (command: Command) => Command | null;
  ear: Ear;
  /** Commands that have left the page, by type. */
  sent: Record<string, number>;
  memoryBytes(): number;
  /** The line as the player has it. */
  line: Line;
  /** Ends the worker without a word. */
  cut(): void;
  close(): void;
}

/** The line to a worker: the real server and the real wasm, in this thread. */
export function worker(): { line: Line; memoryBytes(): number } {
  const { port1, port2 } = new MessageChannel();
  // As in a browser, posting gives nothing back; in Node it gives true.
  const port: Port = {
    postMessage: (message, transfer) => void port2.postMessage(message, transfer ?? []),
    onmessage: null,
  };
  port2.onmessage = (event) => port.onmessage?.(event as MessageEvent);
  const { memoryBytes } = serve(port);
  const line: Line = {
    postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
    onmessage: null,
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
  // One answer for each turn of Node's loop: two ports in one thread would otherwise keep it for themselves.
  port1.onmessage = (event) => void setImmediate(() => line.onmessage?.(event as MessageEvent<Answer>));
  return { line, memoryBytes };
}

/** The page's side and the worker's side of a line. An engine draws the digits it needs only once: a file's tests share one. */
export function rig(): Rig {
  const { line, memoryBytes } = worker();
  const { postMessage } = line;
  const ear = new Ear();
  const sent: Record<string, number> = {};
  line.postMessage = (message, transfer) => {
    const command = it.edit(message as Command);
    if (!command) return;
    sent[command.type] = (sent[command.type] ?? 0) + 1;
    postMessage(command, transfer);
  };
  const it = { edit: same, ear, sent, memoryBytes, line, cut: () => line.terminate() } as Rig;
  it.player = ear.player = new Player(line, wasm, ear);
  it.close = () => it.player.close();
  return it;
}

const same = (command: Command) => command;

/** Between two tests: at rest, at full pace, with nothing asked and nothing heard. */
export async function rest(it: Rig): Promise<void> {
  it.player.pause();
  it.player.setPace("full");
  it.player.ask(NOTHING_ASKED);
  it.edit = same;
  it.ear.each = null;
  await turn(20);
  it.ear.clear();
}

/** Opens and waits until it is open. */
export async function open(it: Rig, link: string, snapshot: Uint8Array | null = null): Promise<Opened> {
  const before = it.ear.opens.length;
  it.player.open(experimentOf(link), snapshot);
  await until(() => it.ear.opens.length > before, `${link} opens`);
  return it.ear.opens.at(-1)!;
}

const beside = new Session();

/** The engine trained without worker, player or slices, to compare with; one at a time. */
export class Reference {
  readonly session = beside;
  readonly opened: Opened;

  constructor(experiment: Experiment) {
    this.opened = this.session.open(experiment);
  }

  to(step: number): this {
    while (this.session.step() < step) {
      const before = this.session.step();
      this.session.train(1e9, step - before);
      if (this.session.step() === before) throw new Error(`stopped at ${before}`);
    }
    return this;
  }

  evaluate(): this {
    this.session.beginEvaluation();
    while (!this.session.evaluate(1e9));
    return this;
  }

  /** The probabilities of every held-out sample, in the order of the ids. */
  probabilities(): { id: number; actual: number; p: Float32Array }[] {
    const { trainSamples, heldOutSamples, widths, weightShapes } = this.opened;
    const values = new Float32Array(widths.reduce((sum, width) => sum + width, 0));
    const outgoing = new Float32Array(weightShapes.at(-1)![0]);
    const slopes = new Float32Array(widths[0]!);
    return Array.from({ length: heldOutSamples }, (_, i) => {
      const id = trainSamples + i;
      const { actual, probabilities } = this.session.why(id, undefined, values, outgoing, slopes)!;
      return { id, actual: actual!, p: Float32Array.from(probabilities) };
    });
  }

  confusion(): Uint32Array {
    const { classes } = this.opened;
    const counts = new Uint32Array(classes * classes);
    this.session.copyConfusion(counts, new Int32Array(classes * classes));
    return counts;
  }

  weights(place: number): { weights: Float32Array; biases: Float32Array } {
    const [inputs, units] = this.opened.weightShapes[place]!;
    const weights = new Float32Array(inputs * units);
    const biases = new Float32Array(units);
    this.session.copyParameters(place, weights, biases);
    return { weights, biases };
  }
}

/** The fingerprint at a step, learned in one go. */
export function fingerprintAt(experiment: Experiment, step: number): string | undefined {
  return new Reference(experiment).to(step).session.fingerprint();
}

export const NOTHING_ASKED: Questions = {
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
