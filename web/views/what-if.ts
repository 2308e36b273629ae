// What would be told if a row were otherwise: a slider for every column of numbers, a list for every other one.
import { html, nothing, type TemplateResult } from "lit";
import { hasWhatIf, type Kind } from "../kinds.js";
import type { InputRange, Opened } from "../session/engine.js";
import type { EvaluationFacts } from "../session/protocol.js";
import { pick } from "./fields.js";
import { className } from "./names.js";
import { View } from "./view.js";

/** How far a slider goes beyond what rows have, as a share of that. */
const BEYOND = 0.25;
/** Steps of a slider. */
const STEPS = 200;

/** A column of the table: one input, or one for each of its categories. */
interface Column {
  name: string;
  /** The first of its inputs. */
  at: number;
  /** None where it is a number. */
  categories: readonly string[];
}

export class WhatIf extends View {
  static override properties = { inputs: { state: true } };
  /** What goes in; the usual row, as long as nobody has moved anything. */
  declare inputs: readonly number[] | null;
  #ranges = "";
  #columns: readonly Column[] = [];
  /** What goes in now. */
  #row: readonly number[] = [];

  constructor() {
    super();
    this.inputs = null;
  }

  protected override isAbout(_kind: Kind, opened: Opened): boolean {
    return hasWhatIf(opened);
  }

  protected override gone(): void {
    this.inputs = null;
    this.model.whatIf.value = null;
  }

  protected override willUpdate(): void {
    const { opened, whatIf } = this.model;
    if (!opened.value) return;
    const ranges = JSON.stringify(opened.value.inputRanges);
    if (ranges !== this.#ranges) this.inputs = null;
    this.#ranges = ranges;
    this.#columns = columnsIn(opened.value);
    this.#row = this.inputs ?? usualRow(opened.value, this.#columns);
    if (JSON.stringify(whatIf.peek()) !== JSON.stringify(this.#row)) whatIf.value = [...this.#row];
  }

  override render() {
    const { opened, text } = this.model;
    if (!opened.value) return nothing;
    const { whatIf } = text.value;
    return html`<section role="region" aria-label=${whatIf.title}>
      <h2>
        ${whatIf.title}
        ${this.inputs ? html`<button class="small" @click=${() => (this.inputs = null)}>${whatIf.usual}</button>` : nothing}
      </h2>
      <div class="what-if">${this.#columns.map((column) => this.#column(opened.value!, column))}</div>
      ${this.#told(opened.value)}
      <p class="note">${whatIf.help}</p>
    </section>`;
  }

  #column(opened: Opened, { name, at, categories }: Column): TemplateResult {
    const row = this.#row;
    const set = (values: readonly number[]) =>
      (this.inputs = row.with(at, values[0]!).map((old, i) => values[i - at] ?? old));
    if (categories.length > 0) {
      const options = categories.map((label, i) => ({ value: String(i), label }));
      return pick(name, options, String(row.slice(at, at + categories.length).indexOf(1)), (chosen) =>
        set(categories.map((_, i) => (i === Number(chosen) ? 1 : 0))),
      );
    }
    const { format, whatIf } = this.model.text.value;
    const range = opened.inputRanges[at]!;
    const [from, to] = endsOf(range);
    const share = (value: number) => `${(100 * (value - from)) / (to - from)}%`;
    const value = row[at]!;
    const isBeyond = value < range.least || value > range.most;
    const said = format.number(value);
    return html`<label class="field"
      ><span>${name}</span>
      <span class="track" .style=${`--from:${share(range.least)};--to:${share(range.most)}`}
        ><input
          type="range"
          min=${from}
          max=${to}
          step=${(to - from) / STEPS}
          aria-valuetext=${isBeyond ? whatIf.beyond(said) : said}
          .value=${String(value)}
          @input=${(e: Event) => set([(e.target as HTMLInputElement).valueAsNumber])}
      /></span>
      <output class=${isBeyond ? "beyond" : ""} aria-live="off">${said}</output></label
    >`;
  }

  /** The answer, of the step of everything else; until there is one to this row, the last one stays, and is said to be old. */
  #told(opened: Opened): TemplateResult {
    const { evaluated, text } = this.model;
    const facts = evaluated.value?.whatIf ?? null;
    const isOld = JSON.stringify(facts?.asked) !== JSON.stringify(this.#row);
    const { data } = opened.experiment;
    const target = data.kind === "table" ? data.target.column : "";
    return html`<p class="told" role="status" aria-label=${text.value.whatIf.told(target)} aria-busy=${isOld}>
      ${facts ? this.#answers(facts, target) : "…"}
    </p>`;
  }

  #answers({ answers }: NonNullable<EvaluationFacts["whatIf"]>, target: string): TemplateResult {
    const { format } = this.model.text.value;
    if (answers.length === 1) return html`<span>${target} <b>${format.number(answers[0]!)}</b></span>`;
    const best = answers.indexOf(Math.max(...answers));
    return html`${[...answers].map((share, cls) => {
      const name = className(this.model, cls);
      return html`<span class=${cls === best ? "best" : ""}>${name} <b>${format.percent(share)}</b></span>`;
    })}`;
  }
}
customElements.define("brainbow-what-if", WhatIf);

/** The columns of a table that the network is given. */
function columnsIn({ experiment: { data }, inputNames }: Opened): Column[] {
  if (data.kind !== "table") return [];
  let at = 0;
  return data.inputs.map(({ column, categories }) => {
    const names = inputNames.slice(at, at + categories).map((name) => name.slice(column.length + 1));
    const found = { name: column, at, categories: names };
    at += Math.max(categories, 1);
    return found;
  });
}

/** What rows are in the middle; of categories the most frequent one. */
function usualRow({ inputRanges }: Opened, columns: readonly Column[]): readonly number[] {
  const row = inputRanges.map(({ mean }) => mean);
  for (const { at, categories } of columns) {
    const shares = inputRanges.slice(at, at + categories.length).map(({ mean }) => mean);
    const most = shares.indexOf(Math.max(...shares));
    shares.forEach((_, i) => (row[at + i] = i === most ? 1 : 0));
    if (categories.length === 0) row[at] = rounded(row[at]!, inputRanges[at]!);
  }
  return row;
}

function endsOf({ least, most }: InputRange): [number, number] {
  const room = most > least ? BEYOND * (most - least) : 1;
  return [least - room, most + room];
}

/** To a step of its slider. */
function rounded(value: number, range: InputRange): number {
  const [from, to] = endsOf(range);
  const step = (to - from) / STEPS;
  return from + Math.round((value - from) / step) * step;
}
