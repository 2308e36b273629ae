// Of numbers along one input: the samples, the network's curve through them while it learns, what the curve is the sum of,
// and how far each sample lies from it.
import { untracked } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type uPlot from "uplot";
import {
  makeFitPlot,
  paintCurve,
  paintDiagonal,
  paintRule,
  paintSamples,
  rangeOf,
  residuals,
  valueAt,
  type FitColours,
} from "../draw/fit.js";
import { css } from "../draw/colour.js";
import { classColours as groupColours } from "../draw/plane.js";
import type { Kind } from "../kinds.js";
import type { Opened } from "../session/engine.js";
import type { FitFacts, Points } from "../session/protocol.js";
import { pick } from "./fields.js";
import { ownFields, places, toggleAt } from "./fit/own.js";
import { columnsOf } from "./names.js";
import { View } from "./view.js";

/** Terms that are shown one by one. */
const TERMS = 12;
/** Rows of the table. */
const ROWS = 17;
/** Places of the slider. */
const STEPS = 200;

export class Fit extends View {
  static override properties = {
    at: { state: true },
    table: { state: true },
    apart: { state: true },
    along: { state: true },
    group: { state: true },
  };
  /** The place under the pointer, or where the slider is. */
  declare at: number | null;
  declare table: boolean;
  /** Whether what the curve is made of is shown. */
  declare apart: boolean;
  /** The input that the curve is along, and the one whose values have curves and colours of their own. */
  declare along: number;
  declare group: number | null;
  #of: Opened | null = null;
  #plots: uPlot[] = [];
  #made = "";
  #inputs = "";
  readonly #resized = new ResizeObserver(() => this.#resize());

  constructor() {
    super();
    this.at = null;
    this.table = this.apart = false;
    this.along = 0;
    this.group = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#forget();
  }

  protected override isAbout(kind: Kind): boolean {
    return kind === "numbers";
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
    const { opened, fit, points } = this.model;
    if (!opened.value) return;
    if (this.#of?.experiment.data !== opened.value.experiment.data) {
      this.#of = opened.value;
      const { inputs } = columnsOf(opened.value);
      if (JSON.stringify(inputs) !== this.#inputs) [this.along, this.group] = [0, null];
      this.#inputs = JSON.stringify(inputs);
    }
    void points.value;
    const group = this.group === null ? null : { column: this.group, values: this.#points()?.values ?? [] };
    const asked = { terms: this.apart ? TERMS : 0, along: this.along, group };
    if (JSON.stringify(fit.peek()) !== JSON.stringify(asked)) fit.value = asked;
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
          ${this.group === null ? html`<span class="network">${text.network}</span>` : this.#groups()}
        </span>
      </h2>
      ${this.#isOne() ? nothing : this.#choice(opened)}
      <div class=${places(this) ? "fit-plot placing" : "fit-plot"} aria-hidden="true"></div>
      ${places(this) ? ownFields(this) : nothing}
      <h3>${this.#isOne() ? text.residuals : text.against(columnsOf(opened).target)}</h3>
      <div class="residual-plot" aria-hidden="true"></div>
      ${points ? this.#slider(points) : nothing}
      <p class="hint reading">${this.#reading() ?? text.hint}</p>
      <p class="under">
        ${
          this.#isOne()
            ? html`<button
                class="small"
                aria-pressed=${this.apart}
                @click=${() => (this.apart = !this.apart)}
              >
                ${text.apart}
              </button>`
            : nothing
        }
        <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
          ${this.table ? model.text.value.hideTable : model.text.value.showTable}
        </button>
      </p>
      ${this.#isOne() ? nothing : html`<p class="note">${text.meanHelp}</p>`}
      ${
        points && points.x.length < opened.trainSamples + opened.heldOutSamples
          ? html`<p class="note">
              ${text.drawn(points.x.length, opened.trainSamples + opened.heldOutSamples)}
            </p>`
          : nothing
      }
      ${this.apart && this.#isOne() ? html`<p class="note">${text.apartHelp}</p>` : nothing}
      ${this.table ? this.#numbers() : nothing}
    </section>`;
  }

  /** Whether there is one input, and the curve is all that the network says. */
  #isOne(): boolean {
    return this.model.opened.value?.widths[0] === 1;
  }

  /** Along which input, and coloured by which other. */
  #choice(opened: Opened): TemplateResult {
    const text = this.model.text.value.fit;
    const { inputs } = columnsOf(opened);
    const options = inputs.map((label, i) => ({ value: String(i), label }));
    const others = [{ value: "", label: text.noGroup }, ...options.filter((_, i) => i !== this.along)];
    return html`<p class="choices">
      ${pick(text.along, options, String(this.along), (value) => {
        this.along = Number(value);
        if (this.group === this.along) this.group = null;
      })}
      ${pick(text.colouredBy, others, this.group === null ? "" : String(this.group), (value) => {
        this.group = value === "" ? null : Number(value);
      })}
    </p>`;
  }

  /** The values of the group, in their colours. */
  #groups(): TemplateResult[] | typeof nothing {
    const { points, opened, text } = this.model;
    if (this.group === null || !points.value || !opened.value) return nothing;
    const name = columnsOf(opened.value).inputs[this.group]!;
    const values = this.#points()?.values ?? [];
    if (values.length === 0) return [html`<span class="network">${text.value.fit.tooMany(name)}</span>`];
    return values.map(
      (value, i) =>
        html`<span class=${`network group-${i}`}>${name} ${text.value.format.number(value)}</span>`,
    );
  }

  #slider({ from, to }: Points): TemplateResult {
    const { format, fit: text } = this.model.text.value;
    const at = this.at ?? (from + to) / 2;
    return html`<input
      type="range"
      class="place"
      aria-label=${text.place}
      aria-valuetext=${`${this.#name()} ${format.within(to - from, at)}`}
      min=${from}
      max=${to}
      step=${(to - from) / STEPS}
      .value=${String(at)}
      @input=${(e: Event) => (this.at = (e.target as HTMLInputElement).valueAsNumber)}
    />`;
  }

  #name(): string {
    return columnsOf(this.model.opened.value!).inputs[this.along] ?? "x";
  }

  /** Of the input that is asked for; while another one is asked about there is nothing to say. */
  #facts(): FitFacts | null {
    const facts = this.model.evaluated.value?.fit ?? null;
    return facts?.asked.along === this.along ? facts : null;
  }

  #points(): Points | null {
    const points = this.model.points.value;
    return points?.along === this.along && points.group === this.group ? points : null;
  }

  /** What is told at the place, and of what that is the sum. */
  #reading(): string | null {
    const [facts, points] = [this.#facts(), this.#points()];
    if (this.at === null || !facts || !points) return null;
    const { format, fit: text } = this.model.text.value;
    const ends = [points.from, points.to] as const;
    const of = (values: Float32Array) => format.fixed(valueAt(values, ends, this.at!), 3);
    const told = text.tells(this.#name(), format.within(points.to - points.from, this.at), of(facts.curve));
    const groups = facts.groups.map((curve, i) =>
      text.term(format.number(facts.asked.group!.values[i]!), of(curve)),
    );
    if (groups.length > 0) return `${told} · ${groups.join(" · ")}`;
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
    const [facts, points] = [this.#facts(), this.#points()];
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
          <th scope="col">${this.#name()}</th>
          <th scope="col">${text.network}</th>
        </tr>
      </thead>
      <tbody>
        ${places.map(
          (x) =>
            html`<tr>
              <th scope="row">${format.within(to - from, x)}</th>
              <td>${format.fixed(valueAt(facts.curve, [from, to], x), 4)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  protected override paint(): void {
    const { model, actions } = this;
    if (!model.opened.value) return;
    void model.points.value;
    const points = this.#points();
    if (!points) return actions.want({ kind: "points", along: this.along, group: this.group });
    const facts = this.#facts();
    void this.at;
    this.#make();
    const [fit, beside] = this.#plots as [uPlot, uPlot];
    const ends: [number, number] = [points.from, points.to];
    const terms = this.apart && facts && facts.asked.terms > 0 ? [facts.terms, facts.others] : [];
    const shown = [points.y, ...terms, ...(facts?.groups ?? [])];
    this.#scale(fit, ends, rangeOf(shown.flatMap((values) => [...rangeIn(values)])));
    if (!this.#isOne()) {
      const range = rangeOf(points.y);
      return this.#scale(beside, range, range);
    }
    if (!facts) return this.#scale(beside, ends, [-1, 1]);
    const most = Math.max(...rangeOf(residuals(points, facts.curve, ends).y).map(Math.abs));
    this.#scale(beside, ends, [-most, most]);
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
      (plot: uPlot) => this.#paintBeside(plot, colours),
    ];
    this.#plots = targets.map((target, i) => {
      const options = {
        width: target.clientWidth,
        height: target.clientHeight,
        colours,
        number: text.format.tick,
        placed: (x: number | null) => (this.at = x),
        clicked: (plot: uPlot, left: number, top: number) => {
          if (i === 0 && places(this)) toggleAt(this, plot, left, top);
        },
      };
      this.#resized.observe(target);
      return makeFitPlot(target, options, paints[i]!);
    });
  }

  #paintFit(plot: uPlot, colours: FitColours): void {
    const [points, facts] = untracked(() => [this.#points(), this.#facts()] as const);
    if (!points) return;
    const { values, z } = points;
    const groups = groupColours(this.palette()).map(css);
    paintSamples(plot, points, colours, (i) => groups[values.indexOf(z[i]!)] ?? colours.sample);
    if (facts) {
      const apart = this.apart && facts.asked.terms > 0;
      const none = new Float32Array();
      if (facts.groups.length > 0 && values.length > 0)
        facts.groups.forEach((curve, i) =>
          paintCurve(plot, { curve, terms: none, others: null }, { ...colours, curve: groups[i]! }),
        );
      else
        paintCurve(
          plot,
          { curve: facts.curve, terms: apart ? facts.terms : none, others: apart ? facts.others : null },
          colours,
        );
    }
    if (this.at !== null) paintRule(plot, "x", this.at, colours.text);
  }

  /** How far samples lie from the curve, or what is told of them against what is so. */
  #paintBeside(plot: uPlot, colours: FitColours): void {
    const [points, facts] = untracked(() => [this.#points(), this.#facts()] as const);
    if (!points || !facts) return;
    if (!this.#isOne()) {
      paintDiagonal(plot, colours.curve);
      return paintSamples(plot, { x: points.y, y: facts.told, parts: points.parts }, colours);
    }
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
