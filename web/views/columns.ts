// What the first layer makes of each column: its weights as bars, by the columns' names and the neurons' numbers.
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import { columnsOf, outputName } from "./names.js";
import { View } from "./view.js";

/** More neurons are not shown side by side. */
const MOST = 16;
/** It is drawn so often at most: bars that change quicker can't be read. */
const EVERY_MS = 125;

export class Columns extends View {
  #later: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = -Infinity;

  protected override isAbout(kind: Kind): boolean {
    return kind !== "images";
  }

  protected override gone(): void {
    clearTimeout(this.#later);
  }

  override render() {
    const { model } = this;
    const text = model.text.value.columns;
    const opened = model.opened.value;
    if (!opened) return nothing;
    const [inputs, units] = opened.weightShapes[0]!;
    const shown = Math.min(units, MOST);
    const isOutput = opened.weightShapes.length === 1;
    const name = (unit: number) => (isOutput && opened.classes > 0 ? outputName(model, unit) : String(unit));
    const names = columnsOf(opened).inputs;
    return html`<details open>
      <summary><b>${text.title}</b> · ${text.short(shown, units)}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${text.title}>
        <table class="weights" aria-label=${text.title}>
          <thead>
            <tr>
              <td></td>
              ${Array.from({ length: shown }, (_, unit) => html`<th scope="col">${name(unit)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${Array.from({ length: inputs }, (_, input) => this.#row(names[input] ?? "", input, shown))}
            ${this.#row(text.bias, inputs, shown)}
          </tbody>
        </table>
      </div>
      <p class="note">${text.help}</p>
    </details>`;
  }

  /** Filled by `paint`. */
  #row(name: string, input: number, units: number): TemplateResult {
    return html`<tr>
      <th scope="row">${name}</th>
      ${Array.from(
        { length: units },
        (_, unit) =>
          html`<td data-input=${input} data-unit=${unit}>
            <span class="bar" aria-hidden="true"></span><output aria-live="off"></output>
          </td>`,
      )}
    </tr>`;
  }

  protected override paint(): void {
    void this.model.shown.value;
    const wait = this.#drawnAt + EVERY_MS - performance.now();
    clearTimeout(this.#later);
    if (wait > 0) this.#later = setTimeout(() => this.#draw(), wait);
    else this.#draw();
  }

  #draw(): void {
    this.#drawnAt = performance.now();
    const { opened, shown, text } = this.model;
    const loan = shown.peek()?.loan;
    const [inputs, units] = opened.peek()?.weightShapes[0] ?? [0, 0];
    if (!loan || loan.weights.length !== inputs * units) return;
    const { format } = text.peek();
    let most = 0;
    for (const weights of [loan.weights, loan.biases])
      for (const weight of weights) if (Math.abs(weight) > most) most = Math.abs(weight);
    for (const cell of this.querySelectorAll<HTMLElement>("td[data-unit]")) {
      const [input, unit] = [Number(cell.dataset["input"]), Number(cell.dataset["unit"])];
      const weight = input === inputs ? loan.biases[unit]! : loan.weights[input * units + unit]!;
      const bar = cell.querySelector<HTMLElement>(".bar")!;
      const share = most > 0 && Number.isFinite(weight) ? weight / most : 0;
      bar.style.width = `${50 * Math.abs(share)}%`;
      bar.style.insetInlineStart = share < 0 ? `${50 - 50 * Math.abs(share)}%` : "50%";
      bar.classList.toggle("down", share < 0);
      cell.querySelector("output")!.textContent = format.fixed(weight, 2);
    }
  }
}
customElements.define("brainbow-columns", Columns);
