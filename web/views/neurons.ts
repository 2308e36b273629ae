// What each neuron looks for: templates without a hidden layer, else a picture for each neuron of the
// first hidden layer, with its outgoing weights beneath it or inside its tile.
import { html, nothing, type TemplateResult } from "lit";
import { paintBars } from "../draw/bars.js";
import { scaleOf } from "../draw/scale.js";
import { paintTile } from "../draw/tile.js";
import type { Shown } from "../model.js";
import type { Opened } from "../session/engine.js";
import { View } from "./view.js";

/** Up to so many hidden neurons stand in one row with a row of bars for each class. */
const ONE_ROW = 12;
/** Tiles at once; the rest is on further pages. */
const TILES = 128;
/** More tiles than fit in one glance are painted a few times a second: hundreds of pictures are dear to paint, and
 *  the page has hands to answer. */
const MANY = { tiles: 36, everyMs: 200 };

type Layout = "templates" | "rows" | "tiles";

export class Neurons extends View {
  static override properties = { page: { state: true } };
  declare page: number;
  #paintedAt = -Infinity;
  #key = "";
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.page = 0;
  }

  override render() {
    const opened = this.model.opened.value;
    if (!opened) return nothing;
    const text = this.model.text.value;
    const layout = layoutOf(opened);
    const units = opened.weightShapes[0]![1];
    const pages = Math.ceil(units / TILES);
    const page = Math.min(this.page, pages - 1);
    const first = page * TILES;
    const last = Math.min(first + TILES, units);
    return html`
      <h2>
        ${layout === "templates" ? text.templates : text.filters}
        <span class="aside legend" role="img" aria-label=${text.legend}>
          <output class="low" aria-live="off"></output><canvas class="scale" width="80" height="8"></canvas
          ><output class="high" aria-live="off"></output>
        </span>
      </h2>
      <div class=${`neurons ${layout}`} .style=${`--columns:${columnsOf(layout, units)}`}>
        ${Array.from({ length: last - first }, (_, i) => this.#tile(first + i, layout))}
      </div>
      ${layout === "rows" ? this.#rows(opened, units) : nothing}
      ${
        pages > 1
          ? html`<p class="pages">
              <button class="small" ?disabled=${page === 0} @click=${() => (this.page = page - 1)}>
                ${text.previous}
              </button>
              ${text.page(first, last - 1, units)}
              <button class="small" ?disabled=${page === pages - 1} @click=${() => (this.page = page + 1)}>
                ${text.next}
              </button>
            </p>`
          : nothing
      }
    `;
  }

  #tile(unit: number, layout: Layout): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const evaluated = model.evaluated.value;
    const samples = model.opened.value!.heldOutSamples;
    const active = evaluated?.active[unit];
    const look = () => (model.neuron.value = unit);
    const leave = () => (model.neuron.value = null);
    return html`<div class="unit">
      <button
        class="tile"
        aria-label=${text.neuron(unit)}
        aria-pressed=${model.pinnedNeuron.value === unit}
        @pointerenter=${(e: PointerEvent) => e.pointerType !== "touch" && look()}
        @pointermove=${(e: PointerEvent) => this.#point(e)}
        @pointerleave=${leave}
        @focus=${look}
        @blur=${leave}
        @click=${() => (model.pinnedNeuron.value = model.pinnedNeuron.value === unit ? null : unit)}
        @keydown=${(e: KeyboardEvent) => {
          if (e.key === "Escape") model.pinnedNeuron.value = null;
        }}
      >
        <canvas class="filter" data-unit=${unit} width="28" height="28"></canvas>
        ${layout === "tiles" ? html`<canvas class="bars" data-unit=${unit} width="40" height="12"></canvas>` : nothing}
      </button>
      ${
        layout === "tiles"
          ? nothing
          : html`<span class="caption" title=${layout === "rows" ? text.activeHelp : ""}
              >${unit}${
                layout === "rows" && active !== undefined
                  ? html`<span class="share"> · ${text.activeShare(active / samples)}</span>`
                  : nothing
              }</span
            >`
      }
    </div>`;
  }

  #rows(opened: Opened, units: number): TemplateResult {
    const outputs = opened.weightShapes[1]![1];
    const text = this.model.text.value;
    return html`<div class="outgoing" aria-hidden="true">
      ${Array.from(
        { length: outputs },
        (_, output) =>
          html`<span title=${text.outgoingRow(output)}>${output}</span>
            <canvas class="bars" data-output=${output} width=${units * 48} height="30"></canvas>`,
      )}
    </div>`;
  }

  #point(event: PointerEvent): void {
    const canvas = (event.currentTarget as HTMLElement).querySelector("canvas.filter")!;
    const box = canvas.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * 28);
    const y = Math.floor(((event.clientY - box.top) / box.height) * 28);
    const inside = x >= 0 && x < 28 && y >= 0 && y < 28;
    this.model.pixel.value = inside ? { x, y } : null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
  }

  protected override updated(): void {
    // What is painted later still follows what is read here.
    void this.model.shown.value;
    void this.palette();
    const tiles = this.querySelectorAll("canvas.filter").length;
    const key = `${tiles} ${this.page} ${this.model.scope.value} ${this.model.classic.value} ${this.model.theme.value}`;
    const wait =
      tiles > MANY.tiles && key === this.#key ? this.#paintedAt + MANY.everyMs - performance.now() : 0;
    this.#key = key;
    clearTimeout(this.#later);
    if (wait > 0) this.#later = setTimeout(() => this.#paint(), wait);
    else this.#paint();
  }

  #paint(): void {
    this.#paintedAt = performance.now();
    const shown = this.model.shown.peek();
    const opened = this.model.opened.peek();
    if (!shown || !opened || shown.loan.weights.length === 0) return;
    this.#paintTiles(shown, opened);
    this.#paintOutgoing(shown, opened);
  }

  #paintTiles({ loan }: Shown, opened: Opened): void {
    const { weights, inked } = loan;
    const units = opened.weightShapes[0]![1];
    const scope = this.model.scope.value;
    const palette = this.palette();
    const classic = this.model.classic.value;
    const layer = scope === "all" ? Math.max(scaleOf(weights), scaleOf(loan.outgoing)) : scaleOf(weights);
    const image = new ImageData(opened.shape.width, opened.shape.height);
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>("canvas.filter")) {
      const unit = Number(canvas.dataset["unit"]);
      const limit = scope === "neuron" ? scaleOf(weights, units, unit) : layer;
      paintTile(image.data, { weights, units, unit, inked, limit, classic }, palette);
      canvas.getContext("2d")!.putImageData(image, 0, 0);
    }
    this.#paintLegend(layer, scope === "neuron", classic);
  }

  #paintLegend(limit: number, own: boolean, classic: boolean): void {
    const text = this.model.text.value;
    const named = classic || own;
    const low = this.querySelector("output.low")!;
    const high = this.querySelector("output.high")!;
    low.textContent = classic ? text.lowest : named ? "−" : `−${text.format.fixed(limit, 2)}`;
    high.textContent = classic ? text.highest : named ? "+" : `+${text.format.fixed(limit, 2)}`;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.scale")!;
    const image = new ImageData(canvas.width, 1);
    const weights = Float32Array.from({ length: canvas.width }, (_, i) => i / (canvas.width - 1) - 0.5);
    const inked = new Uint8Array(canvas.width).fill(1);
    paintTile(image.data, { weights, units: 1, unit: 0, inked, limit: 0.5, classic }, this.palette());
    for (let y = 0; y < canvas.height; y++) canvas.getContext("2d")!.putImageData(image, 0, y);
  }

  #paintOutgoing({ loan }: Shown, opened: Opened): void {
    if (loan.outgoing.length === 0) return;
    const outputs = opened.weightShapes[1]![1];
    const units = opened.weightShapes[0]![1];
    const limit = scaleOf(loan.outgoing);
    const palette = this.palette();
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>("canvas.bars")) {
      const { unit, output } = canvas.dataset;
      const values =
        unit === undefined
          ? Float32Array.from({ length: units }, (_, i) => loan.outgoing[i * outputs + Number(output)]!)
          : loan.outgoing.subarray(Number(unit) * outputs, (Number(unit) + 1) * outputs);
      paintBars(canvas.getContext("2d")!, values, limit, palette);
    }
  }
}
customElements.define("brainbow-neurons", Neurons);

function layoutOf({ weightShapes }: Opened): Layout {
  const [first, second] = weightShapes;
  if (!second) return "templates";
  return first![1] <= ONE_ROW && second[1] <= ONE_ROW ? "rows" : "tiles";
}

function columnsOf(layout: Layout, units: number): number {
  if (layout === "templates") return 5;
  if (layout === "rows") return units;
  return units <= 36 ? 10 : 16;
}
