// The network beside simpler models that learn from the same samples and are measured on the same ones: a table to sort.
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import type { Fits, SimplerModel } from "../session/engine.js";
import { View } from "./view.js";

/** A line of the table: a model's name, how many numbers it has learned, and how well it does. */
interface Line {
  name: string;
  parameters: number;
  fits: Fits | null;
  isNetwork: boolean;
}

type Column = "name" | "parameters" | `${"rmse" | "r2"} ${keyof Fits}`;

const PARTS = ["train", "heldOut", "all"] as const;
const MEASURES = ["rmse", "r2"] as const;

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
    return kind === "numbers";
  }

  override render() {
    const { model } = this;
    const text = model.text.value.simpler;
    const opened = model.opened.value;
    if (!opened) return nothing;
    const lines = this.#lines();
    const columns = MEASURES.flatMap((measure) => PARTS.map((part): Column => `${measure} ${part}`));
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
              <th scope="colgroup" colspan="3">${model.text.value.fit.rmse}</th>
              <th scope="colgroup" colspan="3">R²</th>
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
      <p class="note verdict">${this.#verdict(lines)}</p>
    </section>`;
  }

  #head(column: Column, name: string, rows = 1): TemplateResult {
    const isBy = this.by === column;
    const sort = () => {
      this.falling = isBy ? !this.falling : column.startsWith("r2");
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
        const digits = column.startsWith("r2") ? 3 : 4;
        return html`<td>${value === null ? "–" : format.fixed(value as number, digits)}</td>`;
      })}
    </tr>`;
  }

  #lines(): Line[] {
    const { model } = this;
    const text = model.text.value.simpler;
    const { weightShapes } = model.opened.value!;
    const parameters = weightShapes.reduce((sum, [inputs, outputs]) => sum + (inputs + 1) * outputs, 0);
    const fits = model.evaluated.value?.fit?.fits ?? null;
    const network = { name: text.network, parameters, fits, isNetwork: true };
    const name = ({ degree }: SimplerModel) =>
      degree === 0 ? text.mean : degree === 1 ? text.linear : text.polynomial(degree);
    const others = (model.simpler.value ?? []).map((simpler) => ({
      name: name(simpler),
      parameters: simpler.parameters,
      fits: simpler.fits,
      isNetwork: false,
    }));
    return [network, ...others];
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

  /** Who tells the samples held out best. */
  #verdict(lines: Line[]): string {
    const { format, simpler: text } = this.model.text.value;
    const [network, ...others] = lines.filter(({ fits }) => fits?.heldOut);
    if (!network?.isNetwork || others.length === 0) return text.waiting;
    const rmse = ({ fits }: Line) => fits!.heldOut!.rmse;
    const best = others.reduce((best, other) => (rmse(other) < rmse(best) ? other : best));
    const numbers = [network, best].map((line) => format.fixed(rmse(line), 4)) as [string, string];
    return rmse(network) < rmse(best)
      ? text.networkWins(...numbers, best.name)
      : text.simplerWins(...numbers, best.name, best.parameters);
  }

  protected override paint(): void {
    if (this.model.opened.value && !this.model.simpler.value) this.actions.wantSimpler();
  }
}
customElements.define("brainbow-simpler", Simpler);

function valueOf(line: Line, column: Column): number | string | null {
  if (column === "name" || column === "parameters") return line[column];
  const [measure, part] = column.split(" ") as ["rmse" | "r2", keyof Fits];
  return line.fits?.[part]?.[measure] ?? null;
}
