// How the layers have fared so far: by epoch, the lengths of gradients and steps, and the share of units that are stuck.
import type { Health } from "../generated/brainbow_wasm.js";
import { Curve } from "./curve.js";

/** Points kept of each curve: they are drawn small. */
const MOST = 240;
/** The first layer's gradient beside the last one's, as a share; below this it all but vanishes on its way. */
const VANISHED = 0.01;
/** A gradient so many times as long as it usually was explodes, if it is long at all. */
const EXPLODED = 100;
const LONG = 10;
/** It takes so many points to say what is usual. */
const USUAL = 8;

/** A layer's way through the run; a layer that learns has lengths, one of units has those that are stuck. */
export interface LayerCourse {
  gradient: Curve;
  update: Curve;
  /** Share of its units that are dead or saturated. */
  stuck: Curve;
}

/** What has gone wrong with the gradient, and in which layer of those that learn (from 0). */
export type Trouble =
  { kind: "vanishing"; layer: number; share: number } | { kind: "exploding"; layer: number; times: number };

export class HealthCourse {
  /** By the layer's place in the network. */
  readonly layers = new Map<number, LayerCourse>();

  push(epoch: number, { activity, norms }: Health): void {
    for (const { place, gradient, update } of norms) {
      this.#of(place).gradient.push(epoch, gradient);
      this.#of(place).update.push(epoch, update);
    }
    for (const { place, dead, saturated, units } of activity)
      this.#of(place).stuck.push(epoch, (dead + saturated) / units);
  }

  cutAfter(epoch: number): void {
    for (const course of this.layers.values())
      for (const curve of [course.gradient, course.update, course.stuck]) curve.cutAfter(epoch);
  }

  /** What is wrong with the gradient now, the worst first; nothing where all is well. */
  trouble(): Trouble | null {
    const courses = [...this.layers.values()].filter(({ gradient }) => gradient.y.length > 0);
    const now = courses.map(({ gradient }) => gradient.y.at(-1)!);
    for (const [layer, { gradient }] of courses.entries()) {
      const usual = median(gradient.y);
      const times = now[layer]! / usual;
      const isLong = !(now[layer]! <= LONG) && !(times <= EXPLODED);
      if (gradient.y.length > USUAL && isLong) return { kind: "exploding", layer, times };
    }
    // A gradient of nothing at all is that of dead units.
    const share = now[0]! / now.at(-1)!;
    return now.length > 1 && share > 0 && share < VANISHED ? { kind: "vanishing", layer: 0, share } : null;
  }

  #of(place: number): LayerCourse {
    let course = this.layers.get(place);
    if (!course) {
      course = { gradient: new Curve(MOST), update: new Curve(MOST), stuck: new Curve(MOST) };
      this.layers.set(place, course);
    }
    return course;
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
