// The page of the benchmark: starts workers and hands questions to them. What is asked when, Node decides.
import type { Digits } from "./workers/digits.js";
import type { Question, Reply } from "./workers/answer.js";

/** Every worker is written out, so that the bundler finds it. */
const KINDS = {
  brainbow: () => new Worker(new URL("./workers/brainbow.ts", import.meta.url), { type: "module" }),
  plain: () => new Worker(new URL("./workers/plain.ts", import.meta.url), { type: "module" }),
  convnet: () => new Worker(new URL("./workers/convnet.ts", import.meta.url), { type: "module" }),
  "tensorflow-wasm loop": () =>
    new Worker(new URL("./workers/tensorflow-wasm.ts", import.meta.url), { type: "module", name: "loop" }),
  "tensorflow-wasm fit": () =>
    new Worker(new URL("./workers/tensorflow-wasm.ts", import.meta.url), { type: "module", name: "fit" }),
  "tensorflow-cpu loop": () =>
    new Worker(new URL("./workers/tensorflow-cpu.ts", import.meta.url), { type: "module", name: "loop" }),
};
export type Kind = keyof typeof KINDS;

const workers = new Map<string, Worker>();
let asked = 0;

const desk = {
  start(name: string, kind: Kind): void {
    workers.set(name, KINDS[kind]());
  },

  ask(name: string, method: string, argument: unknown): Promise<unknown> {
    const worker = workers.get(name)!;
    const id = asked++;
    return new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(`${name}: ${event.message}`));
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if (data.id !== id) return;
        if ("error" in data) reject(new Error(`${name} ${method}: ${data.error}`));
        else resolve(data.value);
      };
      worker.postMessage({ id, method, argument } satisfies Question);
    });
  },

  /** Gives every other worker a copy of the samples that one of them holds. */
  async share(from: string, run: unknown, to: string[]): Promise<number> {
    const digits = (await desk.ask(from, "digits", run)) as Digits;
    for (const name of to) await desk.ask(name, "take", digits);
    return digits.labels.length;
  },

  stop(name: string): void {
    workers.get(name)?.terminate();
    workers.delete(name);
  },
};
export type Desk = typeof desk;

Object.assign(globalThis, { desk });
