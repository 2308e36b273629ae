// What views want to know of a run once, and the answers.
import type { Baseline, Seeded } from "../generated/brainbow_wasm.js";
import type { PlaneFacts, Places, Points } from "./facts.js";

/** What a view wants to know of the run that is open, once: each is an answer of its own. */
export type Want =
  | { kind: "labels" | "means" | "places" | "plane" | "simpler" | "spread" }
  /** Along one input, and with another beside. */
  | { kind: "points"; along: number; group: number | null }
  | { kind: "rows"; ids: number[] };

/** The answers. */
export interface Wanted {
  /** The classes of all samples, by their ids: positions among those that are learned, 255 where one is left out. */
  labels: Uint8Array;
  /** The mean image of every class. */
  means: ImageData[];
  /** Where samples lie in two dimensions, and what the last whole evaluation's network makes of the plane around them. */
  places: Places;
  plane: PlaneFacts;
  /** Where samples lie of which a number is told. */
  points: Points;
  /** How well simpler models of the same samples do. */
  simpler: Baseline[];
  /** The same experiment under other seeds: those that have come to their ends. */
  spread: Seeded[];
  /** Of a table, as text: of each id as many cells as there are columns. */
  rows: { ids: number[]; cells: string[] };
}
