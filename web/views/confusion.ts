// The confusion matrix: rows are what it is, columns what it was taken for. A grid with one tab stop.
import { html, nothing, type TemplateResult } from "lit";
import { css, ink, mix, type Palette, type Rgb } from "../draw/colour.js";
import type { Cell, Evaluated } from "../model.js";
import { choice } from "./fields.js";
import { className, hasNames } from "./names.js";
import { View } from "./view.js";

type Mode = "count" | "row" | "column" | "image";
const MODES: readonly Mode[] = ["count", "row", "column", "image"];

/** Pairs of classes that are listed as words. */
const PAIRS = 5;

export class Confusion extends View {
  static override properties = { mode: { state: true }, focused: { state: true } };
  declare mode: Mode;
  /** The cell that the tab key reaches. */
  declare focused: Cell;

  constructor() {
    super();
    this.mode = "count";
    this.focused = { actual: 0, predicted: 0 };
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
    const options = MODES.map((value) => ({ value, label: text.cellModes[value] }));
    return html`
      <h2>
        ${text.confusion}
        ${evaluated ? html`<span class="step">${text.atStep(evaluated.step)}</span>` : nothing}
        <span class="aside">${text.confusionAxes}</span>
      </h2>
      <div
        role="grid"
        aria-label=${text.confusion}
        class=${`matrix ${this.mode} ${hasNames(this.model) ? "named" : ""}`}
        .style=${`--classes:${classes}`}
        @pointerleave=${() => (this.model.cell.value = null)}
        @focusout=${() => (this.model.cell.value = null)}
        @keydown=${(e: KeyboardEvent) => this.#key(e, classes)}
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
              <span role="rowheader" class=${this.#lit(actual, null)}>${name(actual)}</span>
              ${labels.map((predicted) => this.#cell({ actual, predicted }, classes, evaluated))}
              ${this.#margin(text.totalRow, actual, total(evaluated, classes, { actual }))}
              ${this.#margin(text.recall, actual, this.#score(evaluated, classes + actual), this.#f1(evaluated, classes, actual))}
            </div>`,
        )}
        <div role="row" class="foot">
          <span role="rowheader" class="margin">${text.totalRow}</span>
          ${labels.map((predicted) => this.#margin(text.totalRow, predicted, total(evaluated, classes, { predicted })))}
          ${this.#margin(text.totalRow, "", total(evaluated, classes, {}))}
          <span role="gridcell" class="margin"></span>
        </div>
        <div role="row" class="foot">
          <span role="rowheader" class="margin" title=${text.precision}>${text.precisionShort}</span>
          ${labels.map((predicted) => this.#margin(text.precision, predicted, this.#score(evaluated, predicted), this.#f1(evaluated, classes, predicted)))}
          <span role="gridcell" class="margin"></span>
          ${this.#margin(text.accuracy, "", evaluated ? text.format.fixed(evaluated.accuracy * 100, 1) : "–")}
        </div>
      </div>
      ${choice(text.cellMode, options, this.mode, (mode) => (this.mode = mode))}
      ${this.#confusedMost(classes, evaluated)}
    `;
  }

  /** The largest errors, in words. */
  #confusedMost(classes: number, evaluated: Evaluated | null): TemplateResult {
    const text = this.model.text.value;
    const name = (label: number) => className(this.model, label);
    const pairs = evaluated ? largestErrors(evaluated.confusion, classes, PAIRS) : [];
    return html`<ul class="pairs" aria-label=${text.confusedMost}>
      <li aria-hidden="true">${text.confusedMost}</li>
      ${pairs.map(
        ({ count, ...cell }) =>
          html`<li>
            <button
              class="small"
              aria-pressed=${same(this.model.pinnedCell.value, cell)}
              @click=${() => this.#pin(cell)}
            >
              ${text.pair(name(cell.actual), name(cell.predicted), count)}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #cell(cell: Cell, classes: number, evaluated: Evaluated | null): TemplateResult {
    const { actual, predicted } = cell;
    const text = this.model.text.value;
    const place = actual * classes + predicted;
    const count = evaluated?.confusion[place] ?? 0;
    const shown = evaluated ? this.#value(evaluated, cell, classes) : "";
    const fill = evaluated ? colourOf(this.palette(), evaluated.confusion, classes, cell) : null;
    const pinned = same(this.model.pinnedCell.value, cell);
    const image = this.mode === "image" && evaluated ? evaluated.mostConfident[place]! : -1;
    const named = text.cell(
      className(this.model, actual),
      className(this.model, predicted),
      this.mode === "count" || this.mode === "image" ? text.format.count(count) : shown,
    );
    return html`<span
      role="gridcell"
      aria-label=${named}
      aria-selected=${pinned}
      tabindex=${same(this.focused, cell) ? 0 : -1}
      class=${[this.#lit(actual, predicted), count === 0 ? "zero" : "", actual === predicted ? "right" : ""].join(" ")}
      .style=${fill && count > 0 ? `background:${css(fill)};color:${ink(fill)}` : ""}
      @pointerenter=${(e: PointerEvent) => e.pointerType !== "touch" && (this.model.cell.value = cell)}
      @focus=${() => this.#focus(cell)}
      @click=${() => this.#pin(cell)}
      >${
        image >= 0
          ? html`<brainbow-picture .picture=${this.model.pictures.value.get(image)}></brainbow-picture>`
          : this.mode === "image"
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

  #f1(evaluated: Evaluated | null, classes: number, label: number): string {
    return `${this.model.text.value.f1}: ${this.#score(evaluated, 2 * classes + label)}`;
  }

  protected override paint(): void {
    const evaluated = this.model.evaluated.value;
    if (this.mode === "image" && evaluated)
      this.actions.wantPictures([...evaluated.mostConfident].filter((id) => id >= 0));
  }

  #value({ confusion }: Evaluated, { actual, predicted }: Cell, classes: number): string {
    const text = this.model.text.value;
    const count = confusion[actual * classes + predicted]!;
    if (this.mode === "count" || this.mode === "image") return String(count);
    let whole = 0;
    for (let i = 0; i < classes; i++) {
      whole += confusion[this.mode === "row" ? actual * classes + i : i * classes + predicted]!;
    }
    return whole === 0 ? "–" : text.format.fixed((100 * count) / whole, 1);
  }

  #score(evaluated: Evaluated | null, place: number): string {
    const score = evaluated?.scores[place];
    return score === undefined || Number.isNaN(score)
      ? "–"
      : this.model.text.value.format.fixed(score * 100, 1);
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

  #key(event: KeyboardEvent, classes: number): void {
    const { actual, predicted } = this.focused;
    const last = classes - 1;
    const to: Record<string, Cell> = {
      ArrowUp: { actual: Math.max(0, actual - 1), predicted },
      ArrowDown: { actual: Math.min(last, actual + 1), predicted },
      ArrowLeft: { actual, predicted: Math.max(0, predicted - 1) },
      ArrowRight: { actual, predicted: Math.min(last, predicted + 1) },
      Home: event.ctrlKey ? { actual: 0, predicted: 0 } : { actual, predicted: 0 },
      End: event.ctrlKey ? { actual: last, predicted: last } : { actual, predicted: last },
    };
    const cell = to[event.key];
    if (cell) {
      this.focused = cell;
      void this.updateComplete.then(() =>
        this.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus(),
      );
    } else if (event.key === "Enter") this.#pin(this.focused);
    else if (event.key === "Escape") this.model.pinnedCell.value = null;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
customElements.define("brainbow-confusion", Confusion);

export function same(a: Cell | null, b: Cell | null): boolean {
  return a !== null && b !== null && a.actual === b.actual && a.predicted === b.predicted;
}

/** The largest errors, largest first. */
function largestErrors(confusion: Uint32Array, classes: number, most: number): (Cell & { count: number })[] {
  return Array.from(confusion, (count, place) => ({
    actual: Math.floor(place / classes),
    predicted: place % classes,
    count,
  }))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most);
}

/** Samples of a row, a column or the whole. */
function total(evaluated: Evaluated | null, classes: number, { actual, predicted }: Partial<Cell>): string {
  if (!evaluated) return "–";
  const counts = evaluated.confusion.filter(
    (_, place) =>
      (actual === undefined || Math.floor(place / classes) === actual) &&
      (predicted === undefined || place % classes === predicted),
  );
  return String(counts.reduce((sum, count) => sum + count, 0));
}

/** Green by row on the diagonal; elsewhere red, scaled to the largest error of all. */
function colourOf(
  palette: Palette,
  confusion: Uint32Array,
  classes: number,
  { actual, predicted }: Cell,
): Rgb {
  const count = confusion[actual * classes + predicted]!;
  if (actual === predicted) {
    let row = 0;
    for (let i = 0; i < classes; i++) row += confusion[actual * classes + i]!;
    return mix(palette.paper, palette.right, row === 0 ? 0 : 0.15 + 0.7 * (count / row));
  }
  let largest = 1;
  for (let i = 0; i < confusion.length; i++) {
    if (i % (classes + 1) !== 0) largest = Math.max(largest, confusion[i]!);
  }
  return mix(palette.paper, palette.wrong, 0.06 + 0.74 * (count / largest));
}
