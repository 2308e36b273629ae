// Somebody who trains networks: what is asked of each of them.
import { answer } from "./answer.js";
import { BATCH_SIZE } from "../shapes.mjs";
import type { Digits } from "./digits.js";

export type Optimizer = "sgd" | "adam";
/** Rates at which all of them learn this data. */
export const RATES: Record<Optimizer, number> = { sgd: 0.1, adam: 0.001 };

export interface Task {
  hidden: number;
  optimizer: Optimizer;
}

export interface Slice {
  samples: number;
  ms: number;
}

/** One network in training. */
export interface Contender {
  /** Learns for about so many milliseconds. */
  train(ms: number): Slice | Promise<Slice>;
  /** The mean loss over the probe, in nats. */
  loss(): number;
}

/** Batch after batch until the time is over; at least one. */
export function byBatches(ms: number, step: () => void): Slice {
  const began = performance.now();
  let samples = 0;
  let now: number;
  do {
    step();
    samples += BATCH_SIZE;
    now = performance.now();
  } while (now - began < ms);
  return { samples, ms: now - began };
}

/** A worker that keeps one contender for every task. */
export function contend(
  create: (task: Task, digits: Digits) => Contender | Promise<Contender>,
  more: Record<string, (argument: never) => unknown> = {},
): void {
  let digits: Digits | null = null;
  const open = new Map<string, Contender>();
  const find = ({ hidden, optimizer }: Task) => open.get(`${hidden} ${optimizer}`)!;
  answer({
    take: (given: Digits) => void (digits = given),
    open: async (task: Task) => {
      open.set(`${task.hidden} ${task.optimizer}`, await create(task, digits!));
      return find(task).loss();
    },
    train: (task: Task & { ms: number }) => find(task).train(task.ms),
    loss: (task: Task) => find(task).loss(),
    ...more,
  });
}
