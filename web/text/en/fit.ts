// English: numbers that are told instead of classes.
import type { Baseline } from "../../session/engine.js";
import { formatFor } from "../format.js";

const f = formatFor("en");

export const functions = {
  choose: "Function",
  formulas: {
    "sin(x)": "sin x",
    "x^2": "x²",
    "x/abs(x)": "a step",
    "exp(-x^2)*cos(3*x)": "a wave that dies away",
    "abs(x)": "a bend",
  } as Record<string, string>,
  formula: "Formula",
  formulaHelp: "In x, with + − × ÷ ^, parentheses, sin, cos, tan, exp, log, sqrt, abs, tanh, pi and e.",
  from: "x from",
  to: "x to",
  own: "points of your own",
  ownHelp:
    "Click into the plot to place a point; click a point, or place one with its numbers, to take it away. All of them are in the link.",
};

export const ownPoints = {
  x: "x of a point",
  y: "y of a point",
  place: "Place",
  takeBack: "Take the last one back",
};

export const fit = {
  title: "The fit",
  rmse: "RMSE",
  testRmse: "Test RMSE",
  learned: "learned from",
  heldOut: "held out",
  network: "network",
  residuals: "What is left: how far the points lie above the curve",
  place: "Place on the curve",
  hint: "Point at the curve, or move the slider, to read what the network tells there.",
  tells: (input: string, x: string, y: string) => `${input} ${x}: ${y}`,
  /** Of several inputs. */
  along: "Along",
  colouredBy: "Coloured by",
  noGroup: "nothing",
  meanHelp:
    "The curve is what the network tells on average of the rows it learns from (128 of them at most), as if this column were the same in all of them.",
  drawn: (drawn: number, all: number) =>
    `${f.count(drawn)} of ${f.count(all)} rows are drawn, at equal distances.`,
  tooMany: (name: string) => `${name} has too many values for colours`,
  against: (target: string) => `What is told of ${target}, against what it is`,
  apart: "What it is made of",
  apartHelp:
    "Each thin line is a neuron of the last hidden layer, times its weight to the output; the dotted one is all the others together. With the constant they add up to the curve.",
  neuron: (unit: number) => `neuron ${unit}`,
  term: (name: string, value: string) => `${name} ${value}`,
  others: (value: string) => `others ${value}`,
  constant: (value: string) => `constant ${value}`,
  table: "The curve in numbers",
  lossHelp:
    "By how far what is told is off, squared or not, in the units of what is told: the mean of all samples.",
};

export const simpler = {
  title: "Beside simpler models",
  model: "Model",
  network: "this network",
  models: {
    polynomial: (degree: number) =>
      degree === 0 ? "mean" : degree === 1 ? "linear" : `polynomial, degree ${degree}`,
    mostFrequent: () => "most frequent class",
    logistic: () => "logistic regression",
  } satisfies Record<Baseline["model"]["kind"], (degree: number) => string>,
  parts: { train: "learned", heldOut: "held out", all: "all" },
  seeds: "Five seeds",
  seedsHelp: "Runs this experiment to its end with the seeds 0 to 4: the spread that a single run hides.",
  seedsDone: (done: number, all: number) => `${f.count(done)} of ${f.count(all)} seeds are done.`,
  spread: (done: number, median: string, least: string, most: string) =>
    `Held out, of ${f.counted(done, "seed", "seeds")}: median ${median}, from ${least} to ${most}.`,
  noEnd: "diverged",
  noLogistic: "Logistic regression is left out: with so many inputs and samples it would take long.",
  waiting: "All learn from the same samples and are measured on the same ones, in the same unit.",
  networkWins: (ours: string, theirs: string, name: string, isShare: boolean) =>
    isShare
      ? `Of the samples held out the network tells ${ours} right; the best simpler model (${name}) ${theirs}. On the same samples the network does better.`
      : `On the samples held out the network is off by ${ours}; the best simpler model (${name}) by ${theirs}. Same samples, same unit: the network does better.`,
  simplerWins: (ours: string, theirs: string, name: string, parameters: number, isShare: boolean) =>
    isShare
      ? `Of the samples held out the network tells ${ours} right; a simpler model (${name}, ${f.counted(parameters, "parameter", "parameters")}) ${theirs}. On the same samples the simpler one does better.`
      : `On the samples held out the network is off by ${ours}; a simpler model (${name}, ${f.counted(parameters, "parameter", "parameters")}) only by ${theirs}. Same samples, same unit: the simpler one does better.`,
  draw: (ours: string, name: string, parameters: number, isShare: boolean) =>
    `On the samples held out the network and a simpler model (${name}, ${f.counted(parameters, "parameter", "parameters")}) do equally well: ${isShare ? `${ours} right` : `off by ${ours}`}.`,
};
