// Of numbers along one input: the samples, the network's curve through them while it learns, what the curve is the sum of,
// and how far each sample lies from it.
import { html, nothing, type TemplateResult } from "lit";
import type uPlot from "uplot";
import {
  makeFitPlot,
  paintCurve,
  paintRule,
  paintSamples,
  rangeOf,
  residuals,
  valueAt,
  type FitColours,
} from "../draw/fit.js";
import type { Kind } from "../kinds.js";
import type { FitFacts, Points } from "../session/protocol.js";
import { View } from "./view.js";

/** Terms that are shown one by one. */
const TERMS = 12;
/** Rows of the table. */
const ROWS = 17;
/** Places of the slider. */
const STEPS = 200;

export class Fit extends View {
  static override properties = { at: { state: true }, table: { state: true }, apart: { state: true } };
  /** The place under the pointer, or where the slider is. */
  declare at: number | null;
  declare table: boolean;
  /** Whether what the curve is made of is shown. */
  declare apart: boolean;
  #plots: uPlot[] = [];
  #made = "";
  readonly #resized = new ResizeObserver(() => this.#resize());

  constructor() {
    super();
    this.at = null;
    this.table = this.apart = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#forget();
  }

  protected override isAbout(kind: Kind): boolean {
    return kind === "curve";
  }

  protected override gone(): void {
    this.model.fit.value = null;
    this.#forget();
  }

  #forget(): void {
    for (const plot of this.#plots.splice(0)) plot.destroy();
    this.#made = "";
  }

  protected override willUpdate(): void {
    const { opened, fit } = this.model;
    const terms = this.apart ? TERMS : 0;
    if (opened.value && fit.peek()?.terms !== terms) fit.value = { terms };
  }

  override render() {
    const { model } = this;
    const text = model.text.value.fit;
    const opened = model.opened.value;
    if (!opened) return nothing;
    const evaluated = model.evaluated.value;
    const points = model.points.value;
    return html`<section role="region" aria-label=${text.title}>
      <h2>
        ${text.title}
        ${evaluated ? html`<span class="step">${model.text.value.atStep(evaluated.step)}</span>` : nothing}
        <span class="aside">
          <span class="learned">${text.learned}</span>
          <span class="held-out">${text.heldOut}</span>
          <span class="network">${text.network}</span>
        </span>
      </h2>
      <div class="fit-plot" aria-hidden="true"></div>
      <h3>${text.residuals}</h3>
      <div class="residual-plot" aria-hidden="true"></div>
      ${points ? this.#slider(points) : nothing}
      <p class="hint reading">${this.#reading() ?? text.hint}</p>
      <p class="under">
        <button class="small" aria-pressed=${this.apart} @click=${() => (this.apart = !this.apart)}>
          ${text.apart}
        </button>
        <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
          ${this.table ? model.text.value.hideTable : model.text.value.showTable}
        </button>
      </p>
      ${this.apart ? html`<p class="note">${text.apartHelp}</p>` : nothing}
      ${this.table ? this.#numbers() : nothing}
    </section>`;
  }

  #slider({ from, to }: Points): TemplateResult {
    const { format, fit: text } = this.model.text.value;
    const at = this.at ?? (from + to) / 2;
    return html`<input
      type="range"
      class="place"
      aria-label=${text.place}
      aria-valuetext=${`x ${format.fixed(at, 2)}`}
      min=${from}
      max=${to}
      step=${(to - from) / STEPS}
      .value=${String(at)}
      @input=${(e: Event) => (this.at = (e.target as HTMLInputElement).valueAsNumber)}
    />`;
  }

  #facts(): FitFacts | null {
    return this.model.evaluated.value?.fit ?? null;
  }

  /** What is told at the place, and of what that is the sum. */
  #reading(): string | null {
    const [facts, points] = [this.#facts(), this.model.points.value];
    if (this.at === null || !facts || !points) return null;
    const { format, fit: text } = this.model.text.value;
    const ends = [points.from, points.to] as const;
    const of = (values: Float32Array) => format.fixed(valueAt(values, ends, this.at!), 3);
    const told = text.tells(format.fixed(this.at, 2), of(facts.curve));
    if (!this.apart || facts.asked.terms === 0) return told;
    const { length } = facts.curve;
    const terms = facts.units.map((unit, i) =>
      text.term(this.#unit(unit), of(facts.terms.subarray(i * length, (i + 1) * length))),
    );
    const hidden = this.model.opened.value!.weightShapes.at(-1)![0];
    const others = hidden > facts.units.length ? [text.others(of(facts.others))] : [];
    return `${told} = ${[...terms, ...others, text.constant(format.fixed(facts.constant, 3))].join(" + ")}`;
  }

  /** Without a hidden layer it is the input itself. */
  #unit(unit: number): string {
    return this.model.opened.value!.weightShapes.length === 1 ? "x" : this.model.text.value.fit.neuron(unit);
  }

  /** The curve in numbers. */
  #numbers(): TemplateResult | typeof nothing {
    const [facts, points] = [this.#facts(), this.model.points.value];
    if (!facts || !points) return nothing;
    const { format, fit: text } = this.model.text.value;
    const { from, to } = points;
    const places = Array.from({ length: ROWS }, (_, i) => from + (i / (ROWS - 1)) * (to - from));
    return html`<table class="figures">
      <caption class="visually-hidden">
        ${text.table}
      </caption>
      <thead>
        <tr>
          <th scope="col">x</th>
          <th scope="col">${text.network}</th>
        </tr>
      </thead>
      <tbody>
        ${places.map(
          (x) =>
            html`<tr>
              <th scope="row">${format.fixed(x, 2)}</th>
              <td>${format.fixed(valueAt(facts.curve, [from, to], x), 4)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  protected override paint(): void {
    const { model, actions } = this;
    const points = model.points.value;
    if (!model.opened.value) return;
    if (!points) return actions.wantPoints();
    const facts = this.#facts();
    void this.at;
    this.#make();
    const [fit, apart] = this.#plots as [uPlot, uPlot];
    const [from, to] = [points.from, points.to];
    const terms = this.apart && facts && facts.asked.terms > 0 ? facts : null;
    const shown = [points.y, ...(terms ? [terms.terms, terms.others] : [])];
    this.#scale(fit, [from, to], rangeOf(shown.flatMap((values) => [...rangeIn(values)])));
    if (!facts) return this.#scale(apart, [from, to], [-1, 1]);
    const off = residuals(points, facts.curve, [from, to]).y;
    const most = Math.max(...rangeOf(off).map(Math.abs));
    this.#scale(apart, [from, to], [-most, most]);
  }

  #scale(plot: uPlot, x: [number, number], y: [number, number]): void {
    plot.setData([x, y]);
  }

  #make(): void {
    const { model } = this;
    const text = model.text.value;
    const targets = [...this.querySelectorAll<HTMLElement>(".fit-plot, .residual-plot")];
    const made = `${text.language} ${this.palette().paper}`;
    if (made === this.#made && this.#plots[0]?.root.parentElement === targets[0]) return;
    this.#forget();
    this.#made = made;
    const style = getComputedStyle(this);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const colours: FitColours = {
      curve: colour("--curve"),
      term: colour("--quiet"),
      sample: colour("--up"),
      text: colour("--quiet"),
      grid: colour("--line"),
      paper: colour("--paper"),
    };
    const paints = [
      (plot: uPlot) => this.#paintFit(plot, colours),
      (plot: uPlot) => this.#paintResiduals(plot, colours),
    ];
    this.#plots = targets.map((target, i) => {
      const options = {
        width: target.clientWidth,
        height: target.clientHeight,
        colours,
        number: (value: number) => text.format.number(value),
        placed: (x: number | null) => (this.at = x),
      };
      this.#resized.observe(target);
      return makeFitPlot(target, options, paints[i]!);
    });
  }

  #paintFit(plot: uPlot, colours: FitColours): void {
    const points = this.model.points.peek();
    const facts = this.model.evaluated.peek()?.fit;
    if (!points) return;
    paintSamples(plot, points, colours);
    if (facts) {
      const apart = this.apart && facts.asked.terms > 0;
      const none = new Float32Array();
      paintCurve(
        plot,
        { curve: facts.curve, terms: apart ? facts.terms : none, others: apart ? facts.others : null },
        colours,
      );
    }
    if (this.at !== null) paintRule(plot, "x", this.at, colours.text);
  }

  #paintResiduals(plot: uPlot, colours: FitColours): void {
    const points = this.model.points.peek();
    const facts = this.model.evaluated.peek()?.fit;
    if (!points || !facts) return;
    paintRule(plot, "y", 0, colours.curve);
    paintSamples(plot, residuals(points, facts.curve, [points.from, points.to]), colours);
    if (this.at !== null) paintRule(plot, "x", this.at, colours.text);
  }

  #resize(): void {
    for (const plot of this.#plots) {
      const { clientWidth: width, clientHeight: height } = plot.root.parentElement!;
      plot.setSize({ width, height });
    }
  }
}
customElements.define("brainbow-fit", Fit);

/** The least and the greatest. */
function rangeIn(values: Float32Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [NaN, NaN];
}
