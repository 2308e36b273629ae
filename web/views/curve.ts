// One live curve: training solid, validation dashed, the run before as a ghost, exact values on hover.
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type uPlot from "uplot";
import type * as Plot from "../draw/plot.js";
import { kerasNames, type Curves } from "../session/history.js";
import { heldOutOf } from "./names.js";
import { scoreOf } from "./score.js";
import { View } from "./view.js";

/** The curves are drawn so often at most: they grow by a pixel in that time. */
const EVERY_MS = 200;

/** What plots: uPlot, 23 kB packed. It comes a moment later (`later.ts`), because there is nothing to plot before something
 *  has been evaluated. Its place is kept, and the curves hold what they are told meanwhile. */
export const plots = signal<Pick<typeof Plot, "makePlot" | "setLines"> | null>(null);

export class CurveView extends View {
  static override properties = { kind: {}, log: { state: true }, table: { state: true } };
  declare kind: "loss" | "score";
  declare log: boolean;
  declare table: boolean;
  #plot: uPlot | null = null;
  #made = "";
  #drawnAt = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  readonly #resized = new ResizeObserver(() => {
    const box = this.querySelector(".plot");
    if (box && this.#plot) this.#plot.setSize({ width: box.clientWidth, height: box.clientHeight });
  });

  constructor() {
    super();
    this.kind = "loss";
    this.log = false;
    this.table = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    clearTimeout(this.#later);
  }

  override render() {
    const text = this.model.text.value;
    const name = this.kind === "loss" ? text.loss : scoreOf(this.model).name;
    const opened = this.model.opened.value;
    const held = opened ? heldOutOf(opened) : "test";
    return html`<figure aria-label=${name}>
      <figcaption>
        <h2>${name}</h2>
        <span class="aside"
          ><span class="solid">${text.trainingCurve}</span>
          <span class="dashed">${text.validationCurve[held]}</span>
          ${this.#ghost() ? html`<span class="ghost">${this.model.other.value ? "B" : text.before}</span>` : nothing}</span
        >
      </figcaption>
      <div class="plot" ?hidden=${this.table}></div>
      ${this.table ? this.#table(name) : nothing}
      <div class="under">
        <output class="readout" aria-live="off"></output>
        ${
          this.kind === "loss" && !this.table
            ? html`<button class="small" aria-pressed=${this.log} @click=${() => (this.log = !this.log)}>
                ${text.logScale}
              </button>`
            : nothing
        }
        <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
          ${this.table ? text.hideTable : text.showTable}
        </button>
      </div>
    </figure>`;
  }

  #table(name: string): TemplateResult {
    const { history, opened, text } = this.model;
    const keras = kerasNames(opened.value?.classes ?? 0);
    const column = this.kind === "loss" ? "loss" : keras.score;
    const training = history.value[this.kind];
    const validation = history.value[`val_${this.kind}`];
    return html`<div class="scroll table" tabindex="0" role="group" aria-label=${text.value.curveTable(name)}>
      <table>
        <caption class="visually-hidden">
          ${text.value.curveTable(name)}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text.value.epoch}</th>
            <th scope="col">${column}</th>
            <th scope="col">val_${column}</th>
          </tr>
        </thead>
        <tbody>
          ${training.map(
            (value, i) =>
              html`<tr>
                <th scope="row">${i + 1}</th>
                <td>${this.#write(value)}</td>
                <td>${this.#write(validation[i])}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #write(value: number | null | undefined): string {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    return this.kind === "loss"
      ? this.model.text.peek().format.fixed(value, 4)
      : scoreOf(this.model).exact(value);
  }

  protected override paint(): void {
    this.#make();
    // Reading it here draws again when there is something new.
    void this.model.curvesDrawn.value;
    void this.model.looking.value;
    void this.model.other.value?.curvesDrawn.value;
    const wait = this.#drawnAt + EVERY_MS - performance.now();
    clearTimeout(this.#later);
    if (wait > 0) this.#later = setTimeout(() => this.#draw(), wait);
    else this.#draw();
  }

  #make(): void {
    const plot = plots.value;
    if (!plot) return;
    const { model } = this;
    const palette = this.palette();
    const text = model.text.value;
    const made = `${text.language} ${palette.paper} ${this.log}`;
    const target = this.querySelector<HTMLElement>(".plot")!;
    if (made === this.#made && this.#plot) return;
    this.#made = made;
    this.#plot?.destroy();
    const style = getComputedStyle(this);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    this.#plot = plot.makePlot(target, {
      width: target.clientWidth,
      height: target.clientHeight,
      log: this.log,
      endless: this.kind === "loss" || !this.model.curves.value.isOfClasses,
      colours: {
        line: colour("--curve"),
        ghost: colour("--ghost"),
        text: colour("--quiet"),
        grid: colour("--line"),
      },
      marks: () => this.#marks(),
      number: text.format.tick,
      epoch: (value) => (value === 0 ? "" : `${text.epochUnit} ${text.format.number(value)}`),
      hovered: (at) => this.#read(at),
    });
    this.#resized.observe(target);
    this.#drawnAt = 0;
  }

  /** Where the learning rate was changed, and the step of the past that is looked at. */
  #marks(): { epoch: number; label: string }[] {
    const { curves, looking, opened, text } = this.model;
    const { format, rateChanged, atStep } = text.peek();
    const step = looking.peek();
    return [
      ...curves.peek().changes.map(({ epoch, rate }) => ({ epoch, label: rateChanged(format.number(rate)) })),
      ...(step === null ? [] : [{ epoch: step / opened.peek()!.stepsPerEpoch, label: atStep(step) }]),
    ];
  }

  /** The run beside, or else the run before. */
  #ghost(): Curves | null {
    const { other, opened, ghost } = this.model;
    const isOfClasses = (opened.value?.classes ?? 0) > 0;
    const beside = other.value;
    const isAlike = (beside?.opened.value?.classes ?? 0) > 0 === isOfClasses;
    if (beside) return isAlike ? beside.curves.value : null;
    return ghost.value?.isOfClasses === isOfClasses ? ghost.value : null;
  }

  #draw(): void {
    if (!this.#plot) return;
    this.#drawnAt = performance.now();
    const curves = this.model.curves.peek();
    const ghost = this.#ghost();
    const [training, validation] =
      this.kind === "loss" ? (["loss", "valLoss"] as const) : (["score", "valScore"] as const);
    plots.peek()!.setLines(this.#plot, {
      training: curves[training],
      validation: curves[validation],
      ghost: ghost && { training: ghost[training], validation: ghost[validation] },
    });
  }

  #read(at: { epoch: number; values: (number | null)[] } | null): void {
    const readout = this.querySelector(".readout");
    if (!readout) return;
    const text = this.model.text.peek();
    const opened = this.model.opened.peek();
    const held = opened ? heldOutOf(opened) : "test";
    readout.textContent = at
      ? `${text.epochUnit} ${text.format.fixed(at.epoch, 2)} · ${text.trainingCurve} ${this.#write(at.values[0])} · ${text.validationCurve[held]} ${this.#write(at.values[1])}`
      : "";
  }
}
customElements.define("brainbow-curve", CurveView);
