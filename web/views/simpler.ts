// The network beside simpler models that learn from the same samples and are measured on the same ones: a table to sort.
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import type { Fits, Seeded, Shares } from "../session/engine.js";
import { SEEDS } from "../session/protocol.js";
import { medianOf } from "./median.js";
import { View } from "./view.js";

/** A line of the table: a model's name, how many numbers it has learned, and how well it does. */
interface Line {
  name: string;
  parameters: number;
  fits: Fits | null;
  shares: Shares | null;
  isNetwork: boolean;
}

type Measure = "rmse" | "r2" | "share";
type Column = "name" | "parameters" | `${Measure} ${keyof Fits}`;

const PARTS = ["train", "heldOut", "all"] as const;

export class Simpler extends View {
  static override properties = { by: { state: true }, falling: { state: true } };
  declare by: Column | null;
  declare falling: boolean;

  constructor() {
    super();
    this.by = null;
    this.falling = false;
  }

  protected override isAbout(kind: Kind): boolean {
    return kind !== "images";
  }

  override render() {
    const { model } = this;
    const text = model.text.value.simpler;
    const opened = model.opened.value;
    if (!opened) return nothing;
    const lines = this.#lines();
    const measures: readonly Measure[] = opened.classes > 0 ? ["share"] : ["rmse", "r2"];
    const columns = measures.flatMap((measure) => PARTS.map((part): Column => `${measure} ${part}`));
    const names = { rmse: model.text.value.fit.rmse, r2: "R²", share: model.text.value.accuracy };
    return html`<section role="region" aria-label=${text.title}>
      <h2>${text.title}</h2>
      <div class="scroll" tabindex="0" role="group" aria-label=${text.title}>
        <table class="simpler">
          <caption class="visually-hidden">
            ${text.title}
          </caption>
          <thead>
            <tr>
              ${this.#head("name", text.model, 2)} ${this.#head("parameters", model.text.value.parameters, 2)}
              ${measures.map((measure) => html`<th scope="colgroup" colspan="3">${names[measure]}</th>`)}
            </tr>
            <tr>
              ${columns.map((column) => this.#head(column, text.parts[column.split(" ")[1] as keyof Fits]))}
            </tr>
          </thead>
          <tbody>
            ${this.#sorted(lines).map((line) => this.#row(line, columns))}
          </tbody>
        </table>
      </div>
      <p class="note verdict">${this.#verdict(lines)} ${this.#isWithoutLogistic() ? text.noLogistic : ""}</p>
      ${this.#seeds()}
    </section>`;
  }

  #head(column: Column, name: string, rows = 1): TemplateResult {
    const isBy = this.by === column;
    const sort = () => {
      // The best first.
      this.falling = isBy ? !this.falling : /^(r2|share)/.test(column);
      this.by = column;
    };
    const order = isBy ? (this.falling ? "descending" : "ascending") : "none";
    return html`<th scope="col" rowspan=${rows} aria-sort=${order}>
      <button class="sort" @click=${sort}>
        ${name}<span aria-hidden="true">${isBy ? (this.falling ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>`;
  }

  #row(line: Line, columns: Column[]): TemplateResult {
    const { format } = this.model.text.value;
    return html`<tr class=${line.isNetwork ? "this" : ""}>
      <th scope="row">${line.name}</th>
      <td>${format.count(line.parameters)}</td>
      ${columns.map((column) => {
        const value = valueOf(line, column);
        const written = (value: number) =>
          column.startsWith("share")
            ? format.percent(value)
            : column.startsWith("r2")
              ? format.fixed(value, 3)
              : format.five(value);
        return html`<td>${value === null ? "–" : written(value as number)}</td>`;
      })}
    </tr>`;
  }

  #lines(): Line[] {
    const { model } = this;
    const text = model.text.value.simpler;
    const { weightShapes } = model.opened.value!;
    const parameters = weightShapes.reduce((sum, [inputs, outputs]) => sum + (inputs + 1) * outputs, 0);
    const evaluated = model.evaluated.value;
    const [fits, shares] = [evaluated?.fit?.fits ?? null, evaluated?.shares ?? null];
    const network = { name: text.network, parameters, fits, shares, isNetwork: true };
    const others = (model.simpler.value ?? []).map((simpler) => ({
      name: text.models[simpler.model.kind](simpler.model.kind === "polynomial" ? simpler.model.degree : 0),
      parameters: simpler.parameters,
      fits: simpler.fits ?? null,
      shares: simpler.shares ?? null,
      isNetwork: false,
    }));
    return [network, ...others];
  }

  /** Whether it would have taken too long: of classes it is there otherwise. */
  #isWithoutLogistic(): boolean {
    const simpler = this.model.simpler.value;
    const ofClasses = simpler?.some(({ shares }) => shares) ?? false;
    return ofClasses && !simpler!.some(({ model }) => model.kind === "logistic");
  }

  #sorted(lines: Line[]): Line[] {
    const { by } = this;
    if (by === null) return lines;
    const sign = this.falling ? -1 : 1;
    const compare = (a: Line, b: Line) => {
      const [one, other] = [valueOf(a, by), valueOf(b, by)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      const less = typeof one === "string" ? one.localeCompare(String(other)) : one - Number(other);
      return sign * less;
    };
    return lines.toSorted(compare);
  }

  #spread(): void {
    this.model.spread.value = [];
    this.actions.want({ kind: "spread" });
  }

  /** The same experiment with other seeds: the spread that a single run hides. */
  #seeds(): TemplateResult {
    const { model } = this;
    const { format, simpler: text, seedValue, fit, accuracy } = model.text.value;
    const seeds = model.spread.value;
    if (seeds === null)
      return html`<p>
        <button class="small" @click=${() => this.#spread()}>${text.seeds}</button>
        <span class="note">${text.seedsHelp}</span>
      </p>`;
    const isShare = model.opened.value!.classes > 0;
    const write = (value: number | undefined) =>
      value === undefined ? text.noEnd : isShare ? format.percent(value) : format.five(value);
    const parts = (seed: Seeded) =>
      PARTS.map((part) => (isShare ? seed.shares?.[part] : seed.fits?.[part]?.rmse));
    const heldOut = seeds.flatMap((seed) => parts(seed)[1] ?? []).toSorted((a, b) => a - b);
    const isDone = seeds.length === SEEDS;
    return html`<table class="simpler seeds">
        <caption class="visually-hidden">
          ${text.seeds}
        </caption>
        <thead>
          <tr>
            <th scope="col">${isShare ? accuracy : fit.rmse}</th>
            ${PARTS.map((part) => html`<th scope="col">${text.parts[part]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${seeds.map(
            (seed) =>
              html`<tr>
                <th scope="row">${seedValue(seed.seed)}</th>
                ${parts(seed).map((value) => html`<td>${write(value)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="note" role="status">
        ${
          isDone && heldOut.length > 0
            ? text.spread(heldOut.length, write(medianOf(heldOut)), write(heldOut[0]), write(heldOut.at(-1)))
            : text.seedsDone(seeds.length, SEEDS)
        }
      </p>`;
  }

  /** Who tells the samples held out best. */
  #verdict(lines: Line[]): string {
    const { format, simpler: text } = this.model.text.value;
    const isShare = this.model.opened.value!.classes > 0;
    // The less the better.
    const off = ({ fits, shares }: Line) =>
      isShare ? (shares ? -shares.heldOut : null) : (fits?.heldOut?.rmse ?? null);
    const known = lines.filter((line) => Number.isFinite(off(line) ?? NaN));
    const [network, ...others] = known;
    if (!network?.isNetwork || others.length === 0) return text.waiting;
    const best = others.reduce((best, other) => (off(other)! < off(best)! ? other : best));
    const write = (line: Line) => (isShare ? format.percent(-off(line)!) : format.five(off(line)!));
    const [ours, theirs] = [write(network), write(best)];
    if (ours === theirs) return text.draw(ours, best.name, best.parameters, isShare);
    return off(network)! < off(best)!
      ? text.networkWins(ours, theirs, best.name, isShare)
      : text.simplerWins(ours, theirs, best.name, best.parameters, isShare);
  }

  protected override paint(): void {
    if (this.model.opened.value && !this.model.simpler.value) this.actions.want({ kind: "simpler" });
  }
}
customElements.define("brainbow-simpler", Simpler);

function valueOf(line: Line, column: Column): number | string | null {
  if (column === "name" || column === "parameters") return line[column];
  const [measure, part] = column.split(" ") as [Measure, keyof Fits];
  if (measure === "share") return line.shares?.[part] ?? null;
  return line.fits?.[part]?.[measure] ?? null;
}
