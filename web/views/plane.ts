// Of samples in two dimensions: the plane in the colours of what the network makes of it, and the samples where they lie.
import { html, nothing, type TemplateResult } from "lit";
import { hasPlane, type Kind } from "../kinds.js";
import type { Opened } from "../session/engine.js";
import { css } from "../draw/colour.js";
import {
  acrossAt,
  classColours,
  dotAt,
  downAt,
  leadAt,
  paintDots,
  paintSquares,
  squareAt,
  type Span,
} from "../draw/plane.js";
import { isMarked } from "../selection.js";
import { className, columnsOf, hasNames } from "./names.js";
import { View } from "./view.js";

/** Arrow keys go through the plane in so many steps. */
const STEPS = 24;
/** As a share of the plane: no sample is farther from the nearest of these places. */
const BETWEEN = Math.SQRT1_2 / STEPS;
/** Rows and columns of the table. */
const COARSE = 9;
/** Pixels of the canvas on which samples are drawn; a click this near to one is meant for it. */
const CANVAS = 900;
const NEAR = 20;

type At = readonly [x: number, y: number];

export class Plane extends View {
  static override properties = { at: { state: true }, table: { state: true } };
  /** The place under the pointer, or where the keyboard is. */
  declare at: At | null;
  declare table: boolean;
  /** The evaluation whose plane has been asked for. */
  #asked: object | null = null;

  constructor() {
    super();
    this.at = null;
    this.table = false;
  }

  protected override isAbout(_kind: Kind, opened: Opened): boolean {
    return hasPlane(opened);
  }

  override render() {
    const { model } = this;
    const opened = model.opened.value;
    const text = model.text.value;
    if (!opened) return nothing;
    const plane = model.plane.value;
    return html`<section role="region" aria-label=${this.#name(text.plane.title)}>
      <h2>
        ${this.#name(text.plane.title)}
        ${plane ? html`<span class="step">${text.atStep(plane.step)}</span>` : nothing}
        <span class="aside">${this.#legend(opened.classes)}</span>
      </h2>
      <div
        class="plane"
        role="listbox"
        tabindex="0"
        aria-label=${text.plane.choose(opened.trainSamples, opened.heldOutSamples)}
        aria-activedescendant=${`plane-said-${model.name}`}
        @focus=${(e: FocusEvent) => (e.currentTarget as HTMLElement).matches(":focus-visible") && (this.at ??= this.#middle())}
        @blur=${() => (this.at = null)}
        @keydown=${(e: KeyboardEvent) => this.#key(e)}
      >
        <div class="square">
          <canvas class="squares" aria-hidden="true"></canvas>
          <canvas
            class="dots"
            width=${CANVAS}
            height=${CANVAS}
            aria-hidden="true"
            @pointermove=${(e: PointerEvent) => e.pointerType !== "touch" && (this.at = this.#under(e))}
            @pointerleave=${(e: PointerEvent) => e.pointerType !== "touch" && (this.at = null)}
            @click=${(e: PointerEvent) => this.#pin((this.at = this.#under(e)))}
          ></canvas>
          ${this.at ? this.#cross(this.at) : nothing}
        </div>
        ${this.#isTable() ? this.#axes(opened) : nothing}
        <p class="hint" role="option" id=${`plane-said-${model.name}`} aria-selected=${this.at !== null}>
          ${this.#reading() ?? (this.#isTable() ? text.plane.rowsHint : text.plane.hint)}
        </p>
      </div>
      <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
        ${this.table ? text.hideTable : text.showTable}
      </button>
      ${this.table && plane ? this.#coarse() : nothing}
    </section>`;
  }

  /** Two runs' planes are told apart. */
  #name(title: string): string {
    return this.model.name === "A" ? title : `${this.model.name} · ${title}`;
  }

  #legend(classes: number): TemplateResult[] {
    const { plane } = this.model.text.value;
    const colours = classColours(this.palette());
    const shapes = [
      html`<svg width="11" height="11" aria-hidden="true"><circle cx="5.5" cy="5.5" r="5" /></svg>`,
      html`<svg width="11" height="11" aria-hidden="true"><path d="M1 1h9v9h-9z" /></svg>`,
      html`<svg width="11" height="11" aria-hidden="true"><path d="M5.5 0l5.5 10h-11z" /></svg>`,
    ];
    return Array.from(
      { length: classes },
      (_, cls) =>
        html`<span class="key" .style=${`fill:${css(colours[cls]!)}`}
          >${shapes[cls % 3]}${
            hasNames(this.model) ? className(this.model, cls) : plane.cls(className(this.model, cls))
          }</span
        >`,
    );
  }

  #isTable(): boolean {
    return this.model.opened.value?.experiment.data.kind === "table";
  }

  /** Which columns go where, from the least to the greatest. */
  #axes(opened: Opened): TemplateResult | typeof nothing {
    const span = this.model.places.value?.span;
    if (!span) return nothing;
    const { format, plane: text } = this.model.text.value;
    const [x, y] = columnsOf(opened).inputs;
    const [left, right, bottom, top] = span;
    // As many digits as tell the ends apart.
    const written = (end: number, from: number, to: number) => {
      const size = Math.max(Math.abs(from), Math.abs(to)) / (to - from);
      return format.number(end, 3 + Math.max(0, Math.ceil(Math.log10(size)) - 1));
    };
    const ends = (from: number, to: number) => [written(from, from, to), written(to, from, to)] as const;
    return html`<p class="axes">
      <span>${text.toTheRight(x!, ...ends(left, right))}</span
      ><span>${text.upwards(y!, ...ends(bottom, top))}</span>
    </p>`;
  }

  /** Where the keyboard or the pointer is. */
  #cross([x, y]: At): TemplateResult | typeof nothing {
    const span = this.model.plane.value?.span;
    if (!span) return nothing;
    return html`<span
      class="cross"
      aria-hidden="true"
      .style=${`left:${100 * acrossAt(span, x)}%;top:${100 * downAt(span, y)}%`}
    ></span>`;
  }

  /** What is made of a place. */
  #reading(): string | null {
    const { model } = this;
    const plane = model.plane.value;
    if (!this.at || !plane) return null;
    const { classes } = model.opened.value!;
    const { format, plane: text } = model.text.value;
    const [x, y] = this.at;
    const square = squareAt(plane, x, y);
    const shares = Array.from({ length: classes }, (_, cls) =>
      text.share(className(model, cls), plane.answers[square * classes + cls]!),
    );
    const [right, up] = columnsOf(model.opened.value!).inputs;
    const [left, end, bottom, top] = plane.span;
    const of = (name: string, span: number, value: number) => `${name} ${format.within(span, value)}`;
    return text.reading(of(right!, end - left, x), of(up!, top - bottom, y), shares.join(" · "));
  }

  /** What is made of the plane, in a few rows and columns. */
  #coarse(): TemplateResult {
    const { model } = this;
    const { format, plane: text } = model.text.value;
    const plane = model.plane.value!;
    const { classes } = model.opened.value!;
    const [left, right, bottom, top] = plane.span;
    const places = (from: number, to: number) =>
      Array.from({ length: COARSE }, (_, i) => from + ((i + 0.5) / COARSE) * (to - from));
    const [xs, ys] = [places(left, right), places(bottom, top)];
    const names = columnsOf(model.opened.value!).inputs;
    const cell = (x: number, y: number) => {
      const { cls } = leadAt(plane.answers, squareAt(plane, x, y), classes);
      const answer = plane.answers[squareAt(plane, x, y) * classes + cls]!;
      return html`<td>${text.share(className(model, cls), answer)}</td>`;
    };
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${text.table}>
      <table aria-label=${text.table}>
        <thead>
          <tr>
            <td>${names[1]} \\ ${names[0]}</td>
            ${xs.map((x) => html`<th scope="col">${format.within(right - left, x)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${ys.toReversed().map(
            (y) =>
              html`<tr>
                <th scope="row">${format.within(top - bottom, y)}</th>
                ${xs.map((x) => cell(x, y))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #under(event: PointerEvent): At | null {
    const span = this.model.places.value?.span;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (!span) return null;
    const [left, end, bottom, top] = span;
    const [right, down] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return [left + right * (end - left), top - down * (top - bottom)];
  }

  #span(): Span {
    return this.model.places.value?.span ?? [-1, 1, -1, 1];
  }

  #middle(): At {
    const [left, right, bottom, top] = this.#span();
    return [(left + right) / 2, (bottom + top) / 2];
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const { model } = this;
    const [left, right, bottom, top] = this.#span();
    const middle = this.#middle();
    const [x, y] = this.at ?? middle;
    const [across, up] = [(right - left) / STEPS, (top - bottom) / STEPS];
    const move: Record<string, At> = {
      ArrowLeft: [x - across, y],
      ArrowRight: [x + across, y],
      ArrowUp: [x, y + up],
      ArrowDown: [x, y - up],
      Home: middle,
    };
    const to = move[event.key];
    const inside = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));
    if (to) this.at = [inside(to[0], left, right), inside(to[1], bottom, top)];
    else if (event.key === "Enter" || event.key === " ") this.#pin(this.at, BETWEEN);
    else if (event.key === "Escape") model.sample.value = null;
    else return;
    // Space would pause the network, elsewhere.
    event.preventDefault();
    event.stopPropagation();
  }

  /** Pins the sample that lies there, or lets it go. */
  #pin(at: At | null, near = NEAR / CANVAS): void {
    const { sample, places } = this.model;
    // Rows have no picture, and no way through the network to be shown.
    if (this.#isTable()) return;
    const id = at && places.value && dotAt(places.value, at[0], at[1], near);
    if (id !== null) sample.value = sample.value === id ? null : id;
  }

  protected override paint(): void {
    const { model, actions } = this;
    const [squares, dots] = ["squares", "dots"].map((name) =>
      this.querySelector<HTMLCanvasElement>(`canvas.${name}`),
    );
    if (!squares || !dots) return;
    if (!model.places.value) actions.want({ kind: "places" });
    const evaluated = model.evaluated.value;
    if (evaluated && evaluated !== this.#asked) {
      this.#asked = evaluated;
      actions.want({ kind: "plane" });
    }
    const palette = this.palette();
    const plane = model.plane.value;
    if (plane) {
      if (squares.width !== plane.side) squares.width = squares.height = plane.side;
      const image = new ImageData(plane.side, plane.side);
      paintSquares(image.data, plane, model.opened.value!.classes, palette);
      squares.getContext("2d")!.putImageData(image, 0, 0);
    }
    this.#paintDots(dots);
  }

  /** What the samples were painted from: they are many, and move seldom. */
  #painted: readonly unknown[] = [];

  #paintDots(canvas: HTMLCanvasElement): void {
    const { model } = this;
    const palette = this.palette();
    const { places, marked, selection, sample } = model;
    const of = [canvas, palette, places.value, marked.value, selection.value, sample.value];
    const dots = places.value;
    if (!dots || of.every((value, i) => value === this.#painted[i])) return;
    this.#painted = of;
    const stands = (id: number) => isMarked(model, id) || sample.value === id;
    paintDots(canvas.getContext("2d")!, dots, stands, palette);
  }
}
customElements.define("brainbow-plane", Plane);
