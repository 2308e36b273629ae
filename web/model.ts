// What the views show and what they may ask for. Signals: who reads one is drawn again when it changes.
import { computed, signal, type Signal } from "@preact/signals-core";
import { Gallery, type Picture } from "./gallery.js";
import type {
  Baseline,
  Dialect,
  Experiment,
  Found,
  Notice,
  Opened,
  Order,
  RunState,
  Seeded,
  StopReason,
} from "./session/engine.js";
import { Curves, emptyHistory, type LastEpoch } from "./session/history.js";
import { Marks, type Selection } from "./selection.js";
import type { TablesHere } from "./tables.js";
import type { Loss, Pace } from "./session/player.js";
import type {
  Cell,
  DiagramAsked,
  EvaluationFacts,
  Loan,
  Places,
  PlaneFacts,
  Points,
  Questions,
  Refusal,
  SetName,
  Want,
  WhyFacts,
} from "./session/protocol.js";
import { en, type Text } from "./text/en.js";

/** One evaluation: everything in it is of one step. */
export interface Evaluated extends EvaluationFacts {
  confusion: Uint32Array;
  mostConfident: Int32Array;
  scores: Float64Array;
  active: Uint32Array;
}

/** The network at the newest step that arrived. The arrays are lent: read them while drawing, do not keep them. */
export interface Shown {
  step: number;
  loan: Loan;
}

export type Scope = "neuron" | "layer" | "all";
export type Theme = "light" | "dark" | "system";

/** `difference`: less what the run beside has. */
export type CellMode = "count" | "row" | "column" | "image" | "difference";

/** Something to say across the page. */
export type Message =
  | { kind: "notices"; notices: Notice[] }
  | { kind: "refused"; refusal: Refusal }
  /** `refusal`: what came of the last attempt to have it. */
  | { kind: "dataMissing"; set: SetName; refusal: Refusal | null }
  | { kind: "tableMissing"; name: string; refusal: Refusal | null }
  | { kind: "diverged"; step: number; rate: number }
  | { kind: "stopped"; reason: StopReason }
  /** Views that are loaded a moment later did not come. */
  | { kind: "partMissing" }
  | { kind: "lost"; loss: Loss; epoch: number | null };

/** Where data comes from and how far it is. */
export type Loading = { file: string; received: number; total: number | null } | null;

/** The page's one state. */
export class Model {
  /** What the run is called where there are two. */
  readonly name: "A" | "B";
  /** The model whose samples, if it has the same ones, are looked at: a model beside another has no view for that. */
  readonly main: Model;
  readonly text: Signal<Text>;
  readonly theme: Signal<Theme>;
  readonly systemDark: Signal<boolean>;
  readonly experiment = signal<Experiment | null>(null);
  readonly opened = signal<Opened | null>(null);
  /** The experiment is not the one that is open: its data, or the worker, is waited for. */
  readonly awaited = signal(true);
  readonly running = signal(true);
  readonly pace = signal<Pace>("full");
  readonly state = signal<RunState>({ kind: "learning" });
  /** Whether numbers are moving. */
  readonly live = computed(
    () =>
      this.running.value &&
      this.state.value.kind === "learning" &&
      this.message.value?.kind !== "dataMissing" &&
      this.message.value?.kind !== "tableMissing" &&
      this.message.value?.kind !== "lost",
  );
  readonly step = signal(0);
  /** The steps that can be looked at again, and which of them is looked at; null is the present. */
  readonly kept = signal<Uint32Array>(new Uint32Array());
  readonly looking = signal<number | null>(null);
  readonly samplesPerSecond = signal<number | null>(null);
  readonly shown = signal<Shown | null>(null);
  readonly evaluated = signal<Evaluated | null>(null);
  readonly history = signal(emptyHistory());
  /** Grows in place; `curvesDrawn` counts its changes. */
  readonly curves = signal(new Curves());
  readonly curvesDrawn = signal(0);
  readonly ghost = signal<Curves | null>(null);
  /** The last of its epochs whose end has been shown. */
  readonly lastEpoch = signal<LastEpoch | null>(null);
  readonly message = signal<Message | null>(null);
  readonly loading = signal<Loading>(null);
  /** The image sets that can be had without asking another host or the visitor. */
  readonly setsHere = signal<readonly SetName[]>([]);
  /** The tables that can be had at once, and what is known of those that have been read. */
  readonly tablesHere = signal<readonly string[]>([]);
  readonly tables = signal<TablesHere>(new Map());
  /** The text of tables that were a part of an experiment in this visit, by their names. */
  readonly ownTables = signal<ReadonlyMap<string, string>>(new Map());
  /** A few samples of sets that are not learned, where somebody has asked. */
  readonly previews = signal<Partial<Record<Experiment["data"]["kind"], Picture[]>>>({});
  readonly pictures = new Gallery();
  /** The mean image of every class, where somebody has asked for it. */
  readonly means = signal<ImageData[] | null>(null);
  /** Of all samples by their ids, once somebody has asked; 255 where the class is left out. */
  readonly labels = signal<Uint8Array | null>(null);
  /** The one selection. */
  readonly cell = signal<Cell | null>(null);
  readonly pinnedCell = signal<Cell | null>(null);
  /** The cell that the card is about: the hovered one, else the pinned one, else the last one hovered. */
  readonly card = signal<Cell | null>(null);
  /** The dense layer (from 0) whose units are shown; the neurons below are its units. */
  readonly layer = signal(0);
  readonly neuron = signal<number | null>(null);
  readonly pinnedNeuron = signal<number | null>(null);
  /** The neuron that the card is about: the hovered one, else the pinned one, else the last one hovered. */
  readonly looked = signal<number>(0);
  /** The class whose row is pinned. */
  readonly pinnedClass = signal<number | null>(null);
  /** What was pinned last, and whether views show its samples alone. */
  readonly selection = signal<Selection | null>(null);
  readonly onlyThese = signal(false);
  /** The held-out samples of the selection; null where nothing is selected, or its samples are not known yet. */
  readonly marked = computed(() => this.#marks.of(this.selection.value, this.evaluated.value));
  readonly #marks = new Marks();
  /** What the network diagram shows; null as long as it is folded. */
  readonly diagram = signal<DiagramAsked | null>(null);
  /** Of samples in two dimensions, once somebody has asked: where they lie, and what is made of the plane around them. */
  readonly places = signal<Places | null>(null);
  readonly plane = signal<PlaneFacts | null>(null);
  /** Of samples of which a number is told: where they lie, how well simpler models do, and what is asked of the curve. */
  readonly points = signal<Points | null>(null);
  readonly simpler = signal<Baseline[] | null>(null);
  /** The same experiment with other seeds, as far as they have come to their ends; null where nobody has asked. */
  readonly spread = signal<Seeded[] | null>(null);
  readonly fit = signal<Questions["fit"]>(null);
  /** A row that may not be there, as it goes in. */
  readonly whatIf = signal<Questions["whatIf"]>(null);
  /** Whether somebody looks at the curve of two classes. */
  readonly roc = signal(false);
  /** Of a table: what its columns are called, and the cells of the rows that somebody has asked for, by their ids. */
  readonly rows = signal<RowsHere>(NO_ROWS);
  /** The pixel of a neuron under the pointer. */
  readonly pixel = signal<{ x: number; y: number } | null>(null);
  readonly sample = signal<number | null>(null);
  /** The class that what the sample is read as is compared with; null where the engine chooses. */
  readonly against = signal<number | null>(null);
  /** What the network sees of the visitor's drawing, what it makes of it at the step that is evaluated, and which training
   *  images are like it. */
  readonly drawing = signal<ImageData | null>(null);
  readonly read = signal<WhyFacts | null>(null);
  readonly found = signal<Found | null>(null);
  /** How the card and the mistakes are ordered, and how many of them are asked for. */
  readonly cardOrder = signal<Order>("mostConfident");
  readonly cardMost = signal(24);
  readonly mistakesOrder = signal<Order>("mostConfident");
  readonly mistakesMost = signal(24);
  /** What the cells of the matrix show. */
  readonly cells = signal<CellMode>("count");
  /** How weights are coloured. */
  readonly scope: Signal<Scope>;
  readonly classic: Signal<boolean>;
  /** The run that was kept to compare with, B; and whether it learns whenever this one does. */
  readonly other = signal<Model | null>(null);
  readonly learnsAlong = signal(false);

  /** A model `beside` another looks as that one does: its language, theme and colours are the other's. */
  constructor(beside?: Model) {
    this.name = beside ? "B" : "A";
    this.main = beside ?? this;
    this.text = beside?.text ?? signal<Text>(en);
    this.theme = beside?.theme ?? signal<Theme>("system");
    this.systemDark = beside?.systemDark ?? signal(false);
    this.scope = beside?.scope ?? signal<Scope>("layer");
    this.classic = beside?.classic ?? signal(false);
  }
}

/** Rows of a table that are here. */
export interface RowsHere {
  columns: readonly string[];
  cells: ReadonlyMap<number, readonly string[]>;
}

export const NO_ROWS: RowsHere = { columns: [], cells: new Map() };

/** What views may ask the lab to do. */
export interface Actions {
  toggle(): void;
  step(n: number): Promise<void>;
  restart(): void;
  newSeed(): void;
  setPace(pace: Pace): void;
  /** A new network: starts at once, and keeps learning if it was. */
  change(experiment: Experiment): void;
  tune(learningRate: number): void;
  /** When to end, without a restart. */
  until(change: Partial<Pick<Experiment, "epochs" | "stop">>): void;
  chooseData(kind: Experiment["data"]["kind"]): void;
  fetchMnist(): void;
  /** Ends the load that is under way. */
  cancelLoad(): void;
  /** Tries once more to have the set that the page waits for. */
  loadAgain(): void;
  takeFiles(files: File[]): void;
  /** Reads a table, as it seems to be written or is said to be. */
  readTable(name: string, dialect: Dialect | null): void;
  /** Looks at a step of the past, or (null) at the present again. */
  look(step: number | null): void;
  /** Goes on from the step that is looked at. */
  fork(): void;
  /** A drawing (ink row by row, 0 paper), or none any more. */
  draw(ink: Uint8Array | null, columns: number): void;
  /** Asks for pictures that are not there yet. */
  wantPictures(ids: readonly number[]): void;
  /** Asks for a few samples of every set that is here. */
  wantPreviews(): void;
  /** Asks for what it takes to show something, once. */
  want(want: Want): void;
  revive(): void;
  dismiss(): void;
  setLanguage(language: string): Promise<void>;
  setTheme(theme: Theme): void;
  /** Keeps the run as it is shown, as B. */
  keep(): void;
  letGo(): void;
  /** Both runs from the beginning, side by side. */
  together(): void;
  /** What views of the run beside may ask of it. */
  beside(): Wants;
}

/** What a view wants of the data that is learned. */
export type Wants = Pick<Actions, "wantPictures" | "want">;

export type { Cell, SetName };
