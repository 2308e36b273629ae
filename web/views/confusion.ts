// The confusion matrix: rows are what it is, columns what it was taken for. A grid with one tab stop.
import { html, nothing, type TemplateResult } from "lit";
import { OF_CLASSES, type Kind } from "../kinds.js";
import { css, ink, type Rgb } from "../draw/colour.js";
import type { Cell, CellMode, Evaluated } from "../model.js";
import { colourOf, differenceColour, same, share, total } from "./confusion/cells.js";
import { comparable, isComparable } from "./confusion/difference.js";
import { Pairs } from "./confusion/pairs.js";
import { choice } from "./fields.js";
import { className, hasNames } from "./names.js";
import { View } from "./view.js";

const MODES: readonly CellMode[] = ["count", "row", "column", "image"];

/** The column of the rows' headers. */
const HEADER = -1;

/** So few classes that there is room for their names across. */
const FEW = 4;

export class Confusion extends View {
  static override properties = { focused: { state: true } };
  /** The cell that the tab key reaches. */
  declare focused: Cell;
  /** The evaluation whose numbers are taken off, where the difference of two runs is shown. */
  #less: Evaluated | null = null;
  readonly #pairs = new Pairs(this, {
    pin: (cell) => this.#pin(cell),
    release: (event) => this.#release(event),
  });

  constructor() {
    super();
    this.focused = { actual: 0, predicted: 0 };
  }

  protected override isAbout(kind: Kind): boolean {
    return OF_CLASSES.includes(kind);
  }

  override render() {
    const text = this.model.text.value;
    const evaluated = this.model.evaluated.value;
    const classes = this.model.opened.value?.classes ?? 10;
    const labels = Array.from({ length: classes }, (_, i) => i);
    const name = (label: number) => className(this.model, label);
    // Another data set may have fewer classes than the one before.
    if (Math.max(this.focused.actual, this.focused.predicted) >= classes)
      this.focused = { actual: 0, predicted: 0 };
    const canCompare = isComparable(this.model);
    const mode = this.model.cells.value;
    this.#less = mode === "difference" ? comparable(this.model) : null;
    // Rows have no pictures.
    const isOfRows = this.model.opened.value?.experiment.data.kind === "table";
    const shown = isOfRows ? MODES.filter((mode) => mode !== "image") : MODES;
    const modes = canCompare ? [...shown, "difference" as const] : shown;
    const options = modes.map((value) => ({ value, label: text.cellModes[value] }));
    return html`
      <h2>
        ${text.confusion}
        ${evaluated ? html`<span class="step">${text.atStep(evaluated.step)}</span>` : nothing}
        <span class="aside"
          >${this.#less ? html`${this.#key("more", "A")} ${this.#key("less", "B")}` : text.confusionAxes}</span
        >
      </h2>
      <div
        role="grid"
        aria-label=${text.confusion}
        class=${`matrix ${mode} ${hasNames(this.model) ? "named" : ""} ${classes <= FEW ? "few" : ""}`}
        .style=${`--classes:${classes}`}
        @pointerleave=${() => (this.model.cell.value = null)}
        @focusout=${() => (this.model.cell.value = null)}
        @keydown=${(e: KeyboardEvent) => this.#press(e, classes)}
      >
        <div role="row" class="head">
          <span role="columnheader" class="corner"
            ><span class="visually-hidden">${text.confusionAxes}</span></span
          >
          ${labels.map((label) => html`<span role="columnheader" class=${this.#lit(null, label)}>${name(label)}</span>`)}
          <span role="columnheader" class="margin">${text.totalRow}</span>
          <span role="columnheader" class="margin" title=${text.recall}>${text.recallShort}</span>
        </div>
        ${labels.map(
          (actual) =>
            html`<div role="row">
              ${this.#rowHeader(actual)}
              ${labels.map((predicted) => this.#cell({ actual, predicted }, classes, evaluated))}
              ${this.#margin(text.totalActual, actual, this.#total(classes, { actual }))}
              ${this.#margin(text.recall, actual, this.#score(classes + actual), this.#f1(classes, actual))}
            </div>`,
        )}
        <div role="row" class="foot">
          <span role="rowheader" class="margin">${text.totalRow}</span>
          ${labels.map((predicted) => this.#margin(text.totalPredicted, predicted, this.#total(classes, { predicted })))}
          ${this.#margin(text.totalRow, "", this.#total(classes, {}))}
          <span role="gridcell" class="margin"></span>
        </div>
        <div role="row" class="foot">
          <span role="rowheader" class="margin" title=${text.precision}>${text.precisionShort}</span>
          ${labels.map((predicted) => this.#margin(text.precision, predicted, this.#score(predicted), this.#f1(classes, predicted)))}
          <span role="gridcell" class="margin"></span>
          ${this.#margin(
            text.accuracy,
            "",
            this.#figure(({ score }) => score * 100, 1),
          )}
        </div>
      </div>
      ${choice(text.cellMode, options, mode, (chosen) => (this.model.cells.value = chosen))}
      ${this.#pairs.list(evaluated, classes)}
    `;
  }

  /** What a row is of; a click or Enter selects the samples of its class. */
  #rowHeader(actual: number): TemplateResult {
    const { pinnedClass, text } = this.model;
    const name = className(this.model, actual);
    return html`<span
      role="rowheader"
      class=${this.#lit(actual, null)}
      title=${text.value.pinClass(name)}
      aria-selected=${pinnedClass.value === actual}
      tabindex=${this.focused.predicted === HEADER && this.focused.actual === actual ? 0 : -1}
      @focus=${() => (this.focused = { actual, predicted: HEADER })}
      @click=${() => this.#pinClass(actual)}
      >${name}</span
    >`;
  }

  #pinClass(actual: number): void {
    const { pinnedClass } = this.model;
    pinnedClass.value = pinnedClass.value === actual ? null : actual;
  }

  #cell(cell: Cell, classes: number, evaluated: Evaluated | null): TemplateResult {
    const { actual, predicted } = cell;
    const text = this.model.text.value;
    const place = actual * classes + predicted;
    const mode = this.model.cells.value;
    const count = evaluated?.confusion[place] ?? 0;
    const shown = this.#value(cell, classes);
    const isEmpty = count === (this.#less?.confusion[place] ?? 0);
    const fill = evaluated && !isEmpty ? this.#colour(evaluated, cell, classes) : null;
    const pinned = same(this.model.pinnedCell.value, cell);
    const image = mode === "image" && evaluated ? evaluated.mostConfident[place]! : -1;
    const named = text.cell(
      className(this.model, actual),
      className(this.model, predicted),
      mode === "image" ? text.format.count(count) : shown,
    );
    return html`<span
      role="gridcell"
      aria-label=${named}
      aria-selected=${pinned}
      tabindex=${same(this.focused, cell) ? 0 : -1}
      class=${[this.#lit(actual, predicted), isEmpty ? "zero" : "", actual === predicted ? "right" : ""].join(" ")}
      .style=${fill ? `background:${css(fill)};color:${ink(fill)}` : ""}
      @pointerenter=${(e: PointerEvent) => e.pointerType !== "touch" && (this.model.cell.value = cell)}
      @focus=${() => this.#focus(cell)}
      @click=${() => this.#pin(cell)}
      >${
        image >= 0
          ? html`<brainbow-picture .picture=${this.model.pictures.get(image)}></brainbow-picture>`
          : mode === "image"
            ? ""
            : shown
      }</span
    >`;
  }

  /** A number at the matrix's edge, named for those who do not see where it stands. */
  #margin(name: string, label: number | "", value: string, title = ""): TemplateResult {
    const cls = label === "" ? "" : className(this.model, label);
    return html`<span role="gridcell" class="margin" aria-label=${`${name} ${cls}: ${value}`} title=${title}
      >${value}</span
    >`;
  }

  #total(classes: number, among: Partial<Cell>): string {
    return this.#figure((evaluated) => total(evaluated, classes, among), 0);
  }

  #f1(classes: number, label: number): string {
    return `${this.model.text.value.f1}: ${this.#score(2 * classes + label)}`;
  }

  #score(place: number): string {
    return this.#figure(({ scores }) => scores[place]! * 100, 1);
  }

  #value(cell: Cell, classes: number): string {
    const mode = this.model.cells.value;
    if (mode === "row" || mode === "column")
      return this.#figure((evaluated) => share(evaluated, classes, cell, mode), 1);
    return this.#figure(({ confusion }) => confusion[cell.actual * classes + cell.predicted]!, 0);
  }

  /** A number of this run, or how much more it is than that of the run beside. */
  #figure(of: (evaluated: Evaluated) => number, digits: number): string {
    const { evaluated, text } = this.model;
    if (!evaluated.value || (this.model.cells.value === "difference" && !this.#less)) return "–";
    const { fixed, signed } = text.value.format;
    const value = of(evaluated.value);
    return this.#less ? signed(value - of(this.#less), digits) : fixed(value, digits);
  }

  #colour({ confusion }: Evaluated, cell: Cell, classes: number): Rgb {
    const less = this.#less?.confusion;
    if (!less) return colourOf(this.palette(), confusion, classes, cell);
    const differences = Array.from(confusion, (count, place) => count - less[place]!);
    const largest = Math.max(...differences.map(Math.abs));
    return differenceColour(this.palette(), differences[cell.actual * classes + cell.predicted]!, largest);
  }

  /** What a colour of the difference says. */
  #key(colour: "more" | "less", run: "A" | "B"): TemplateResult {
    const [red, green, blue] = this.palette()[colour];
    return html`<span class="key" .style=${`--key:rgb(${red} ${green} ${blue})`}
      >${this.model.text.value.compare.hasMore(run)}</span
    >`;
  }

  protected override paint(): void {
    const evaluated = this.model.evaluated.value;
    if (this.model.cells.value === "image" && evaluated)
      this.actions.wantPictures([...evaluated.mostConfident].filter((id) => id >= 0));
  }

  /** The row and the column of the cell that is looked at light up. */
  #lit(actual: number | null, predicted: number | null): string {
    const cell = this.model.cell.value ?? this.model.pinnedCell.value;
    if (!cell) return "";
    const row = actual === cell.actual;
    const column = predicted === cell.predicted;
    return row && column ? "here" : row || column ? "lit" : "";
  }

  #focus(cell: Cell): void {
    this.focused = cell;
    this.model.cell.value = cell;
  }

  #pin(cell: Cell): void {
    this.focused = cell;
    this.model.pinnedCell.value = same(this.model.pinnedCell.value, cell) ? null : cell;
    this.model.cell.value = cell;
  }

  #press(event: KeyboardEvent, classes: number): void {
    if (event.altKey || event.metaKey) return;
    const { actual, predicted } = this.focused;
    const last = classes - 1;
    const to: Record<string, Cell> = {
      ArrowUp: { actual: Math.max(0, actual - 1), predicted },
      ArrowDown: { actual: Math.min(last, actual + 1), predicted },
      ArrowLeft: { actual, predicted: Math.max(HEADER, predicted - 1) },
      ArrowRight: { actual, predicted: Math.min(last, predicted + 1) },
      Home: event.ctrlKey ? { actual: 0, predicted: 0 } : { actual, predicted: 0 },
      End: event.ctrlKey ? { actual: last, predicted: last } : { actual, predicted: last },
    };
    const cell = to[event.key];
    if (cell) {
      this.focused = cell;
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
    } else if (event.key === "Enter" && predicted === HEADER) this.#pinClass(actual);
    else if (event.key === "Enter") this.#pin(this.focused);
    else return this.#release(event);
    event.preventDefault();
    event.stopPropagation();
  }

  #release(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    this.model.pinnedCell.value = this.model.pinnedClass.value = null;
    event.preventDefault();
    event.stopPropagation();
  }
}
customElements.define("brainbow-confusion", Confusion);
