// English, and the type that every other language satisfies.
import type { InitName } from "../experiment.js";
import type {
  Activation,
  DataSpec,
  LossSpec,
  Notice,
  OptimizerSpec,
  Order,
  ScalingSpec,
  Stop,
  StopReason,
} from "../session/engine.js";
import type { Refusal, SetName } from "../session/protocol.js";
import { fit, functions, ownPoints, simpler } from "./en/fit.js";
import { refusalText } from "./en/refusal.js";
import { columns, rows, tables, whatIf, roc } from "./en/tables.js";
import { formatFor } from "./format.js";

const f = formatFor("en");

/** What a data set's samples are called, and what is done with them. */
const SAMPLES: Record<DataSpec["kind"], { things: string; read: string }> = {
  mnist: { things: "digits", read: "read" },
  generated: { things: "digits", read: "read" },
  fashion: { things: "images", read: "recognised" },
  cifar10: { things: "photographs", read: "recognised" },
  toy: { things: "points", read: "recognised" },
  function: { things: "points", read: "told" },
  table: { things: "rows", read: "recognised" },
};
const things = (kind: DataSpec["kind"]) => SAMPLES[kind].things;
const read = (kind: DataSpec["kind"]) => SAMPLES[kind].read;

export const en = {
  language: "en",
  languageName: "English",
  format: f,
  title: "Brainbow: a neural network learns in front of you",

  train: "Train",
  pause: "Pause",
  step: "Step",
  restart: "Restart",
  restartHelp: "The same initial weights, the same order: the same run again.",
  newSeed: "New seed",
  newSeedHelp: "New initial weights and a new order of the samples; the data stays the same.",
  epoch: "Epoch",
  epochUnit: "epoch",
  testAccuracy: "Test accuracy",
  /** `isShare`: of classes; else it is how far off numbers are. */
  scoreOf: (samples: number, held: "test" | "split", kind: DataSpec["kind"], isShare: boolean) =>
    `${isShare ? "of" : "RMSE on"} ${f.count(samples)} ${held === "test" ? "test" : "held-out"} ${samples === 1 ? things(kind).slice(0, -1) : things(kind)}${read(kind) === "read" ? " read correctly" : ""}`,
  perSecond: (kind: DataSpec["kind"]) => `${kind === "cifar10" ? "images" : things(kind)} a second`,
  share: "Copy link",
  shared: "Link copied",
  shareByHand: "Copy the address of this page",
  languageLabel: "Language",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  spoken: (epoch: number, score: string, kind: DataSpec["kind"], isShare: boolean) =>
    !isShare
      ? `Epoch ${f.count(epoch)}: off by ${score} on the held-out ${things(kind)}.`
      : `Epoch ${f.count(epoch)}: ${score} of the held-out ${things(kind)} ${read(kind)} correctly.`,
  states: {
    finished: "Finished",
    loading: "Loading",
  },

  data: "Data",
  dataSet: "Data set",
  dataSets: {
    mnist: "MNIST digits",
    fashion: "Fashion-MNIST",
    cifar10: "CIFAR-10 photographs",
    generated: "Generated digits",
    toy: "Points in the plane",
    function: "A function of x",
    table: "Rows of a table",
  } satisfies Record<DataSpec["kind"], string>,
  /** Of sets whose classes are no digits. */
  classNames: {
    fashion: [
      "T-shirt",
      "trousers",
      "pullover",
      "dress",
      "coat",
      "sandal",
      "shirt",
      "sneaker",
      "bag",
      "ankle boot",
    ],
    cifar10: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  } as Partial<Record<DataSpec["kind"], string[]>>,
  /** The one output that tells two classes apart. */
  against: (cls: string, other: string) => `${cls} against ${other}`,
  classes: "Classes",
  allClasses: "all classes",
  someClasses: (names: string) => `only ${names}`,
  classesHelp:
    "Two at least. Only their samples are learned and held out, under the same ids. Two classes and a loss that asks each output by itself need a single output.",
  toLearnFrom: (samples: number) => `${f.count(samples)} to learn from`,
  notes: {
    mnist: "Handwritten digits (LeCun, Cortes and Burges), CC BY-SA 3.0.",
    fashion: "Clothing in the same form (Xiao, Rasul and Vollgraf, Zalando), MIT licence.",
    cifar10:
      "Small photographs (Krizhevsky, Nair and Hinton). A network of this kind recognises little more than a third of them: 37 % was published.",
    generated: "These digits are drawn by the program. They are not handwriting.",
    toy: "Points drawn by the program: what a straight line can and cannot part.",
    function: "Points of a formula, drawn by the program: a number is to be told, no class.",
    table: "Numbers or classes are told from the columns of a table; any CSV can be dropped on the page.",
  } satisfies Record<DataSpec["kind"], string>,
  aboutSets: "All sets",
  setsHere: (count: number) => `${f.count(count)} here`,
  sets: {
    mnist: {
      facts: "60,000 and 10,000 handwritten digits, 28 × 28, grey; 11.6 MB.",
      source: "Y. LeCun, C. Cortes, C. Burges, 1998.",
      licence: "CC BY-SA 3.0.",
    },
    fashion: {
      facts: "60,000 and 10,000 pieces of clothing, 28 × 28, grey; 30.9 MB.",
      source: "H. Xiao, K. Rasul, R. Vollgraf, 2017.",
      licence: "MIT licence (Zalando SE).",
    },
    cifar10: {
      facts: "50,000 and 10,000 photographs, 32 × 32, in colour; 170 MB.",
      source: "A. Krizhevsky, V. Nair, G. Hinton, 2009.",
      licence: "No licence is stated; its authors ask for a citation of their report.",
    },
    generated: {
      facts: "20,000 and 4,000 digits, 28 × 28, grey; nothing to fetch.",
      source: "Drawn by this program from a seed.",
      licence: "As the program: MIT or Apache 2.0.",
    },
    toy: {
      facts: "10 to 10,000 points in two or three classes; nothing to fetch.",
      source: "Drawn by this program from a seed, shapes as in scikit-learn.",
      licence: "As the program: MIT or Apache 2.0.",
    },
    function: {
      facts: "10 to 10,000 points of a formula that you type; nothing to fetch.",
      source: "Drawn by this program from a seed.",
      licence: "As the program: MIT or Apache 2.0.",
    },
    table: {
      facts: "Howell (544 people), Penguins (344), or up to 200,000 rows and 100 columns of your own.",
      source: "N. Howell, in R. McElreath's Statistical Rethinking; K. Gorman and A. Horst's palmerpenguins.",
      licence: "No licence is stated for Howell; Penguins: CC0.",
    },
  } satisfies Record<DataSpec["kind"], object>,
  points: {
    shape: "Shape",
    shapes: { moons: "Moons", circles: "Circles", spiral: "Spiral", blobs: "Blobs", xor: "Xor" },
    count: "Points to learn from",
    noise: "Noise",
    again: "Other points",
  },
  functions,
  ownPoints,
  whatIf,
  roc,
  fit,
  simpler,
  tables,
  rows,
  columns,
  plane: {
    title: "What it makes of the plane",
    cls: (name: string) => `class ${name}`,
    choose: (train: number, heldOut: number) =>
      `The plane, coloured by the likeliest class, with ${f.count(train)} points to learn from and ${f.count(heldOut)} held out: choose a place`,
    hint: "Filled points are learned from, hollow ones are held out. Point at a place to read what the network makes of it; press a point to see its way through the network.",
    rowsHint:
      "Filled rows are learned from, hollow ones are held out. Point at a place to read what the network makes of it.",
    toTheRight: (name: string, from: string, to: string) => `to the right: ${name}, ${from} to ${to}`,
    upwards: (name: string, from: string, to: string) => `upwards: ${name}, ${from} to ${to}`,
    share: (cls: string, answer: number) => `${cls}: ${f.percent(answer, 1)}`,
    reading: (x: string, y: string, shares: string) => `${x}, ${y}: ${shares}`,
    table: "The likeliest class at places of the plane",
  },
  alwaysHere: "Always here.",
  isHere: "Here: on this machine or beside this page.",
  howToBring: {
    mnist: "Not here yet: fetch it, or drop its four files on this page.",
    fashion: "Not here yet: drop its four files on this page, or run `npm run data -- fashion-mnist`.",
    cifar10:
      "Not here yet: drop its batches or cifar-10-binary.tar.gz on this page, or run `npm run data -- cifar10`.",
  } satisfies Record<SetName, string>,
  learnOn: "Learn on it",
  heldOutBatch: (batch: string, isTest: boolean) =>
    isTest
      ? `Held out: ${batch}, the set's own test images.`
      : `Held out: ${batch}, because the test batch is not here.`,
  scaled: {
    none: "Pixels go in as they are, 0 to 1.",
    mean: "The mean of the training images is taken off every pixel.",
    standard: "Every pixel has its mean taken off and is divided by its deviation.",
  } satisfies Record<ScalingSpec, string>,
  fetchMnist: "Fetch MNIST (11.6 MB)",
  fetchMnistHelp:
    "From cdn.jsdelivr.net; real handwriting by LeCun, Cortes and Burges, CC BY-SA 3.0. Or drop the four files on this page.",
  loadingFile: (file: string, received: number, total: number | null) =>
    total === null
      ? `${file}: ${f.fixed(received / 1e6, 1)} MB`
      : `${file}: ${f.fixed(received / 1e6, 1)} of ${f.fixed(total / 1e6, 1)} MB`,

  hiddenNeurons: "Hidden neurons",
  layerNeurons: (layer: number) => `Layer ${layer} neurons`,
  layerActivation: (layer: number) => `Layer ${layer} activation`,
  addLayer: "Add a hidden layer",
  removeLayer: (layer: number) => `Remove layer ${layer}`,
  learningRate: "Learning rate",
  learningRateHelp: "How far the weights move at each step. Try 1,000: don't worry, you can't break it.",
  speed: "Speed",
  speeds: { frame: "1 batch", slow: "slow", full: "full" },
  speedHelp: {
    frame: "One batch after the other, up to sixty a second",
    slow: "Four batches a second",
    full: "As fast as it goes",
  },
  preset: "Start from",
  presetNone: "Choose…",
  presets: {
    templates: "Ten templates (no hidden layer)",
    small: "10 hidden neurons",
    chapter: "The chapter's network (10 sigmoids)",
    best: "128 hidden neurons, Adam",
    deep: "Six hidden layers",
    photographs: "Photographs: ten templates",
    photographsSmall: "Photographs: 10 hidden neurons",
    sineWide: "sin x: 500 tanh (1-500-1)",
    sineDeep: "sin x: 3 and 3 tanh (1-3-3-1)",
    squareWide: "x²: 800 ReLU (1-800-1)",
    straight: "Three linear layers: a straight line",
    howellWeight: "Howell: height from weight (1-3-3-1)",
    howellAge: "Howell: height from weight and age (2-3-3-1)",
    howellAll: "Howell: height from weight, age and sex (3-3-3-1)",
    howellSex: "Howell: the sex of adults (3-3-3-2)",
  } as Record<string, string>,
  network: "Network",
  weights: (count: number) => `${f.count(count)} parameters`,
  training: "Training",
  batches: (size: number) => `batches of ${f.count(size)}`,
  optimizer: "Optimizer",
  optimizers: {
    sgd: "SGD",
    momentum: "Momentum",
    nesterov: "Nesterov",
    rmsprop: "RMSprop",
    adagrad: "Adagrad",
    adam: "Adam",
    adamw: "AdamW",
  } satisfies Record<OptimizerSpec["kind"], string>,
  settings: {
    momentum: "Momentum",
    rho: "Decay ρ",
    beta1: "Decay β₁",
    beta2: "Decay β₂",
    epsilon: "ε",
    weightDecay: "Weight decay",
  } as Record<string, string>,
  lossFunction: "What is minimised",
  losses: {
    softmaxCrossEntropy: "softmax cross-entropy",
    binaryCrossEntropy: "binary cross-entropy",
    meanSquaredError: "mean squared error",
    meanAbsoluteError: "mean absolute error",
    sigmoidAbsoluteError: "distance of a sigmoid",
  } satisfies Record<LossSpec, string>,
  lossHelp: {
    softmaxCrossEntropy: "The probabilities of all classes sum to one; wrong and sure costs most.",
    binaryCrossEntropy:
      "Each class is a question of its own, “is it a 3?”; their probabilities need not sum to one.",
    meanSquaredError:
      "The outputs should be 1 for the class and 0 for the others; they are no probabilities.",
    meanAbsoluteError: "The same by the distance itself, which learns slowly here.",
    sigmoidAbsoluteError: "|target − sigmoid|, easy to read off, and slow where the answer is quite wrong.",
  } satisfies Record<LossSpec, string>,
  l2: "L2 penalty",
  l2Help: "Adds λ/2 · Σ w² to what is minimised: weights stay small. The curves show the loss without it.",
  course: "Course",
  decay: "Learning rate falls",
  decays: { constant: "constant rate", step: "in steps", cosine: "along a cosine" },
  decayHelp: {
    constant: "It stays as it is set.",
    step: "Multiplied by the factor after every so many epochs.",
    cosine: "Slowly, then faster, then slowly to nothing.",
  },
  every: "Epochs from fall to fall",
  factor: "Factor",
  decayEpochs: "Epochs until it is zero",
  warmup: "Warm-up steps",
  warmupHelp: "The rate rises from nothing over so many batches.",
  stopsAfter: (epochs: number, stop: Stop) =>
    Object.keys(stop).length === 0
      ? f.counted(epochs, "epoch", "epochs")
      : `at most ${f.counted(epochs, "epoch", "epochs")}`,
  stopAccuracy: "Stop at accuracy (%)",
  stopLoss: "Stop at loss",
  stopPatience: "Stop after epochs without improvement",
  stopHelp: "Judged on the held-out samples after every epoch. Empty: no such condition.",
  stopped: {
    accuracy: "The accuracy you asked for is reached.",
    loss: "The loss you asked for is reached.",
    patience: "The validation loss has not come down for as long as you said.",
  } satisfies Record<StopReason, string>,
  batchSize: "Batch size",
  batchHelp: "Samples that vote on each step.",
  epochs: "Epochs",
  epochsHelp: "Passes over the training samples; then it stops.",
  validation: "Validation",
  validations: { test: "on the test set", split: (share: string) => `on ${share} of the training set` },
  start: "Start",
  seed: "Seed",
  seedValue: (seed: number) => `seed ${seed}`,
  initialWeights: "Initial weights",
  inits: {
    usual: "usual",
    heUniform: "He",
    heNormal: "He, normal",
    glorotUniform: "Glorot",
    glorotNormal: "Glorot, normal",
    lecunUniform: "LeCun",
    lecunNormal: "LeCun, normal",
    normal: "normal",
    zero: "zero",
  } satisfies Record<InitName | "usual", string>,
  sigma: "Standard deviation",
  scaling: {
    pixels: {
      name: "Pixels",
      choices: { none: "0 to 1", mean: "mean taken off", standard: "standardised" },
      help: "By the mean and the deviation that each pixel has in the training samples.",
    },
    numbers: {
      name: "Inputs",
      choices: { none: "as they are", mean: "mean taken off", standard: "standardised" },
      help: "By the mean and the deviation that each input has in the training samples; a number that is to be told, likewise.",
    },
  },
  health: "Health",
  stuck: (units: number) =>
    units === 0 ? "all units learn" : units === 1 ? "1 unit stuck" : `${f.count(units)} units stuck`,
  gradient: "Gradient",
  stepShare: "Step / weights",
  unitsStuck: (dead: number, saturated: number, units: number) =>
    dead + saturated === 0
      ? units === 1
        ? "1 unit, learns"
        : `${f.count(units)} units, all learn`
      : `${f.count(dead)} never active, ${f.count(saturated)} saturated of ${f.count(units)}`,
  gradientOverTime: "length of the gradient by epoch",
  updateOverTime: "length of a step by epoch",
  stuckOverTime: "share of stuck units by epoch",
  troubles: {
    vanishing: {
      said: (layer: number, share: number) =>
        `gradient vanishes before layer ${layer}`.concat(share > 0 ? ` (1 : ${f.count(1 / share)})` : ""),
      help: "On its way down through the layers the gradient all but vanishes: the first layer learns next to nothing. A ReLU instead of a sigmoid, fewer layers or other initial weights help.",
    },
    exploding: {
      said: (layer: number, times: number) =>
        `gradient explodes in layer ${layer}`.concat(
          Number.isFinite(times) ? ` (${f.count(times)} × the usual)` : "",
        ),
      help: "The gradient is far longer than it was for most of the run: the steps lead astray. A smaller learning rate helps.",
    },
  },
  healthHelp:
    "The gradient's length, and a step's length beside that of the weights: about 0.1 % is usual, far more or less is not.",
  takeAlong: "On your machine",
  takeAlongShort: "the same run as a command",
  takeAlongHelp:
    "In a checkout of Brainbow; with --data where MNIST is. It reads the same fingerprint after the same epoch.",
  initHelp: "Usual: He before a ReLU, Glorot elsewhere, zero without a hidden layer.",
  activations: {
    relu: "ReLU",
    leakyRelu: "leaky ReLU",
    sigmoid: "sigmoid",
    tanh: "tanh",
    linear: "linear",
    softplus: "softplus",
    gelu: "GELU",
  } satisfies Record<Activation, string>,
  colours: "Colours",
  scope: "Scale",
  scopes: { neuron: "this neuron", layer: "this layer", all: "all layers" },
  mode: "Mode",
  modes: { diverging: "blue up, orange down", classic: "classic grey" },
  modesInColour: { diverging: "red, green, blue; mid grey is zero", classic: "lowest black, highest full" },
  summaryTable: "Layers, output shapes and parameters",
  layer: "Layer",
  output: "Output",
  parameters: "Parameters",
  total: "Total",
  dense: "Dense",
  dropoutOf: (rate: number) => `Dropout ${f.percent(rate, 0)}`,
  layerDropout: (layer: number) => `Layer ${layer} dropout`,
  dropoutHelp:
    "This share of a layer's outputs is silenced, at random, in every step; none when it is tested.",

  templates: (kind: DataSpec["kind"]): string =>
    kind === "fashion" || kind === "cifar10"
      ? "What each class's template looks for"
      : "What each digit's template looks for",
  filters: "What each hidden neuron looks for",
  neuron: (index: number, cls?: string) =>
    cls === undefined ? `Neuron ${index}` : `Neuron ${index}, ${cls}`,
  laterNeuron: (layer: number, index: number) => `Layer ${layer}, neuron ${index}`,
  hiddenLayer: (layer: number) => `Layer ${layer}`,
  hiddenLayers: "Hidden layer",
  linearPicture: "A linear picture: the filters below, weighted and summed, as if no layer bent.",
  unitOf: (layer: number, unit: number) => `layer ${layer}, ${unit}`,
  incomingBars: "how it weighs the layer below",
  outgoingUnits: "what it says to the next layer",
  legend: "Colour scale of the weights",
  legendHelp: "99.5 % of the weights lie between these two; what lies beyond has the full colour.",
  lowest: "lowest",
  highest: "highest",
  page: (first: number, last: number, all: number) => `${first}–${last} of ${all}`,
  previous: "Previous",
  next: "Next",
  activeShare: (share: number) => `${f.percent(share, 0)}`,
  activeHelp: "active for this share of the held-out samples",
  neverInked: "Greyed pixels: no training sample has ink there, so their weights never move.",
  inColour:
    "Red, green and blue are the weights of the three channels, scaled together: mid grey is zero, brighter pushes up.",
  outgoingRow: (cls: string) => `Weights towards ${cls}`,
  neuronHint: "Hover a neuron to enlarge it.",
  neuronBias: (bias: string) => `bias ${bias}`,
  neuronRange: (low: string, high: string) => `weights ${low} to ${high}`,
  neuronActive: (share: number) => `active for ${f.percent(share)} of the held-out samples`,
  classMean: "the mean of its training images, which a template comes to resemble",
  isDead: ": it is dead, and learns nothing any more",
  isSaturated: ": it is saturated, and learns next to nothing",
  histogram: "how its weights are spread",
  outgoingBars: "what it says to each class",
  excitesMost: "Excite it most",
  silences: "Silence it",
  excited: (id: number, sum: number) => `sample ${id}, sum ${f.fixed(sum, 2)}`,
  pixelValue: (x: number, y: number, value: string) => `column ${x}, row ${y}: ${value}`,
  channels: (red: string, green: string, blue: string) => `red ${red}, green ${green}, blue ${blue}`,
  channelNames: ["red", "green", "blue"],
  pixelHint: "Point at a pixel to read its weight.",
  pinned: "pinned",
  showTable: "Show as table",
  hideTable: "Hide table",

  loss: "Loss",
  accuracy: "Accuracy",
  overfits: (epoch: number, loss: string, epochs: number) =>
    `Overfitting: held out it was best at epoch ${f.count(epoch)} (${loss}), and has risen for ${f.count(epochs)} epochs since, while the training loss fell.`,
  trainingCurve: "training",
  validationCurve: { test: "test", split: "held out" },
  before: "before",
  logScale: "Log scale",
  curveTable: (name: string) => `${name} by epoch`,
  fingerprint: (epoch: number) => `weights after epoch ${epoch}:`,
  fingerprintHelp: "Whoever opens the same link reads the same fingerprint after the same epoch.",
  rateChanged: (rate: string) => `lr ${rate}`,

  confusion: "Confusion matrix",
  confusionAxes: "rows: what it is · columns: what it was taken for",
  cell: (actual: string, predicted: string, value: string) =>
    `actual ${actual}, predicted ${predicted}: ${value}`,
  cellName: (actual: string, predicted: string) => `actual ${actual}, predicted ${predicted}`,
  cellModes: { count: "Counts", row: "Row %", column: "Column %", image: "Images", difference: "A − B" },
  confusedMost: "Confused most",
  pair: (actual: string, predicted: string, count: number) => `${actual} → ${predicted}: ${f.count(count)}`,
  cellMode: "Show",
  totalRow: "total",
  totalActual: "total of actual",
  totalPredicted: "total of predicted",
  precision: "precision",
  precisionShort: "prec.",
  recall: "recall",
  recallShort: "recall",
  f1: "F1",
  atStep: (step: number) => `step ${f.count(step)}`,
  cardTitle: (actual: string, predicted: string, kind: DataSpec["kind"]) =>
    actual === predicted
      ? `${actual} ${read(kind)} correctly`
      : read(kind) === "read"
        ? `${actual} read as ${predicted}`
        : `${actual} taken for ${predicted}`,
  cardCount: (count: number, whole: number) =>
    `${f.count(count)} of ${f.count(whole)} (${f.percent(whole === 0 ? 0 : count / whole)})`,
  cardEmpty: "None at this step.",
  cardHint: "Hover a cell to see the images behind it; click to pin it.",
  shownOf: (shown: number, all: number) => `${f.count(shown)} of ${f.count(all)}`,
  showAll: (all: number) => `Show all ${f.count(all)}`,
  showFirst: (most: number) => `Show the first ${f.count(most)}`,
  showFewer: "Show fewer",
  order: "Order",
  orders: {
    mostConfident: "most confident first",
    leastConfident: "least confident first",
    highestLoss: "highest loss first",
    closestCall: "closest call first",
    mostAtALoss: "most at a loss first",
  } satisfies Record<Order, string>,
  sample: (id: number, probability: number) => `sample ${id}, ${f.percent(probability)}`,
  mistakes: "Mistakes",
  mistakesAxes: "actual → predicted",
  noMistakes: "No mistakes at this step.",
  noMistake: "The samples of this cell are no mistakes.",
  inSelection: "belongs to the selection",
  onlyThese: (selected: string) => `only ${selected}`,
  ofClass: (cls: string) => `class ${cls}`,
  exciting: (neuron: string) => `what excites ${neuron}`,
  pinClass: (cls: string) => `Select class ${cls}`,
  waiting: "Nothing has been evaluated yet.",
  sampleTitle: (id: number, label: string) => `sample ${id}: ${/^\d$/.test(label) ? `a ${label}` : label}`,
  sampleReads: "What the network makes of it",
  close: "Close",
  draw: {
    title: "Draw your own",
    short: "what does it read?",
    pad: "Drawing pad",
    hint: "Draw a digit on the pad, with a finger, a pen or the mouse.",
    pen: "Pen width",
    eraser: "Eraser",
    undo: "Undo",
    clear: "Clear",
    sees: "what the network sees",
    reads: "What the network reads, %",
    nearest: "The nearest of the training images, by the distance of their pixels",
    neighbour: (id: number, distance: number) => `sample ${id}, distance ${f.fixed(distance, 1)}`,
    looking: "Looking through the training images …",
    unlike: (nearer: number, of: number) =>
      `Of ${f.count(of)} held-out images, ${f.count(nearer)} are nearer to their own nearest training image. The more, the less the network has seen anything like yours.`,
  },
  time: {
    title: "Time",
    at: (step: number) => `step ${f.count(step)}`,
    live: "live",
    toLive: "Live",
    play: "Play back",
    speed: "Playback speed",
    stop: "Stop",
    goOn: "Continue from here",
    help: "Drag back to see everything as it was: weights, matrix, mistakes, cards. What is kept is more often early than late, in at most 64 MB.",
  },
  compare: {
    keep: "Keep as B",
    keepHelp:
      "Keeps the network as it is shown, to compare another one with it: change something and learn again.",
    title: "A beside B",
    help: "A is the run above, B the one you kept",
    neurons: "Neurons of B",
    steps: "Step",
    together: "Start both again",
    learnsAlong: "B learns when A does",
    letGo: "Let B go",
    hasMore: (run: string) => `${run} has more`,
    showAll: "Show all",
    onlyA: (cls: string) => `Only A takes them for ${cls}`,
    onlyB: (cls: string) => `Only B takes them for ${cls}`,
    otherSamples: "They are tested on different samples: their matrices can't be taken from each other.",
    diverged: (step: number) => `B's loss was no number any more at step ${f.count(step)}.`,
    lost: "B's worker has come to an end. Let B go and keep another one.",
  },
  why: {
    readAs: (predicted: string, kind: DataSpec["kind"]) =>
      read(kind) === "read" ? `read as ${predicted}` : `taken for ${predicted}`,
    sees: "what it sees",
    column: (inputs: number) =>
      `The same as a column: the network's ${f.count(inputs)} inputs, top to bottom`,
    layer: (units: number, activation: string) => `${f.count(units)} ${activation}`,
    logit: "logit",
    compare: (label: string) => `Compare with ${label}`,
    rather: (predicted: string, against: string) => `Why ${predicted} rather than ${against}?`,
    lead: (more: string, less: string, difference: string) => `logit ${more} − ${less} = ${difference}`,
    /** A term of the input that has this name. */
    inputTerm: (name: string, term: string) => `${name}: ${term}`,
    pixelTerm: (x: number, y: number, term: string) => `column ${x}, row ${y}: ${term}`,
    unitTerm: (unit: number, sum: string, activation: string, output: string, weight: string, vote: string) =>
      `neuron ${unit}: ${sum}, ${activation} makes it ${output}; × ${weight} = ${vote}`,
    /** By what the network is given: an image or numbers. */
    given: {
      image: {
        hint: "Point at a pixel or a bar to see its term. Blue speaks for it, orange against.",
        exact: (hidden: boolean): string =>
          hidden
            ? "For this image the network is one sum over pixels: both pictures add up to the same difference, exactly."
            : "The pixels and the bias add up to the difference, exactly.",
        bent: (activation: string) =>
          `With ${activation} no sum over pixels is exact, so there is no picture of pixels. The units' votes are exact.`,
        terms: "What each pixel adds",
        sum: "filter · image + bias",
      },
      numbers: {
        hint: "Point at a bar to see its term. Blue speaks for it, orange against.",
        exact: (hidden: boolean): string =>
          hidden
            ? "For this point the network is one sum over its numbers: both rows of bars add up to the same difference, exactly."
            : "The numbers and the bias add up to the difference, exactly.",
        bent: (activation: string) =>
          `With ${activation} no sum over the numbers is exact, so none is shown. The units' votes are exact.`,
        terms: "What each number adds",
        sum: "weights · numbers + bias",
      },
    },
    unitTerms: "What each neuron adds",
    weight: "weight",
    vote: "vote",
    bias: "difference of the biases",
    constant: "what all biases add",
    rounding: "rounding of the numbers above",
    together: "together: the difference of the logits",
  },
  diagram: {
    title: "Diagram",
    short: "the network by its strongest edges, live",
    choose: "Network diagram: choose a neuron",
    hint: "Point at a neuron, or use the arrow keys, to see only its edges. Click pins it.",
    most: "Edges per neuron",
    by: "Edges by",
    byWeight: "weight",
    byContribution: "weight × value",
    ofSample: (sample: string) => `Values are those of ${sample}.`,
    noSample: "Pick an image anywhere on the page to see what it sends along the edges.",
    grouped: "A stack is a group of neurons; its edges are the strongest of all of them.",
    legend: (strongest: string) => `The widest edges: ${strongest}. Blue pushes up, orange pushes down.`,
    inputs: (count: number) => `${f.count(count)} inputs`,
    hidden: "hidden neurons",
    outputs: "outputs",
    output: (cls: string) => `Output ${cls}`,
    pixel: (x: number, y: number) => `column ${x}, row ${y}`,
    logit: (sum: string) => `logit ${sum}`,
    value: (sum: string, output: string) => `sum ${sum}, says ${output}`,
    bias: (bias: string) => `bias ${bias}`,
    strongestIn: (from: string, carried: string) => `strongest in, ${from}: ${carried}`,
    strongestOut: (to: string, carried: string) => `strongest out, ${to}: ${carried}`,
    edgesInto: (shown: number, all: number, name: string) =>
      `Edges into ${name}: the strongest ${f.count(shown)} of ${f.count(all)}`,
    edgesOutOf: (shown: number, all: number, name: string) =>
      `Edges out of ${name}: the strongest ${f.count(shown)} of ${f.count(all)}`,
    valueHead: "value",
    contribution: "contribution",
    others: (count: number) =>
      count === 1 ? "the other edge" : `the other ${f.count(count)} edges together`,
    biasRow: "bias",
    sum: "together: its sum",
    sumIsLogit: "together: its logit",
    twice: (name: string) => `The same sum twice: ${name}`,
    twiceHelp: "Every input has one edge into the neuron, and the same weight is one pixel of its picture.",
    fullColour: (limit: number) => `Full colour: ±${f.fixed(limit, 2)}.`,
    pixels: (name: string) => `Weights of ${name}: choose a pixel`,
    sumHint: "Point at an edge or a pixel.",
  },
  samples: "Samples",
  samplesShort: "a random look at the data",
  cls: "Class",
  anyClass: "any class",
  shuffle: "Show others",
  pixelsOf: (sample: string) => `The numbers of ${sample}`,
  inkScale: "0 is paper, 255 is ink; the network is given them divided by 255.",
  brightness:
    "0 is dark, 255 is bright; the network is given them divided by 255, less the mean where that is chosen.",

  value: "Value",

  notices: {
    clamped: ({ key, found, used }: Notice) => `The link asks for ${key}=${found}; ${used} is used.`,
    refused: ({ key, found, used }: Notice) =>
      used === ""
        ? `The link's ${key}=${found} is not understood; it is left out.`
        : `The link's ${key}=${found} is not understood; ${used} is used.`,
    unknown: ({ key }: Notice) => `The link has a part that means nothing here: ${key}.`,
    newer: ({ found }: Notice) =>
      `The link was made by a later version (${found}); it may not give the same run.`,
  },
  dismiss: "Dismiss",
  dataMissing: {
    mnist:
      "This link is about MNIST, and MNIST is not here. Fetch it, drop its four files on this page, or learn on generated digits instead.",
    fashion:
      "This link is about Fashion-MNIST, and Fashion-MNIST is not here. Drop its four files on this page, bring it with `npm run data -- fashion-mnist`, or learn on generated digits instead.",
    cifar10:
      "This link is about CIFAR-10, and CIFAR-10 is not here. Drop its batches or cifar-10-binary.tar.gz on this page, bring it with `npm run data -- cifar10`, or learn on generated digits instead.",
  } satisfies Record<SetName, string>,
  cancel: "Cancel",
  loadAgain: "Load again",
  useGenerated: "Use generated digits",
  diverged: (step: number, rate: string) =>
    `At step ${f.count(step)} the loss stopped being a number. The learning rate of ${rate} is too high: lower it and restart.`,
  restartLower: "Restart with a tenth of it",
  lostCrashed: (message: string) => `The engine stopped: ${message || "no reason was given"}.`,
  lostSilent: "The engine has said nothing for 5 seconds.",
  revive: (epoch: number | null) => (epoch === null ? "Start again" : `Start again from epoch ${epoch}`),
  missing: {
    wasm: "This browser can't run WebAssembly, which the network learns in. Any current Firefox, Chrome, Edge or Safari can.",
    simd: "This browser's WebAssembly has no vector instructions, which the network needs. Any Firefox, Chrome, Edge or Safari since 2023 has them.",
    workers:
      "This browser can't run web workers, which the network learns in. Any current Firefox, Chrome, Edge or Safari can.",
  },
  partMissing: "A part of the page could not be loaded: some of its views are missing. Reload the page.",
  failedToLoad: (message: string) => `The engine could not be loaded: ${message}. Reload the page.`,
  refusal: (refusal: Refusal) => refusalText(refusal),
  chooseFiles: "Choose the files of MNIST, Fashion-MNIST or CIFAR-10, or a table (CSV)",
};

export type Text = typeof en;
