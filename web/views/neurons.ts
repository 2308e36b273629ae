// What each neuron looks for: templates without a hidden layer, else a picture for each neuron of the
// first hidden layer, with its outgoing weights beneath it or inside its tile; of a later layer, if that is chosen, linear
// pictures.
import { batch, untracked } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import { paintBars } from "../draw/bars.js";
import { scaleOf } from "../session/scale.js";
import type { Contents } from "../draw/sheet.js";
import { paintTile } from "../draw/tile.js";
import type { Opened } from "../session/engine.js";
import { choice } from "./fields.js";
import { activeOf, layerOf, leadsToClasses, limitFor, nextName, widthsOf, type ShownLayer } from "./layer.js";
import type { Model } from "../model.js";
import { hasNames, neuronName, outputName } from "./names.js";
import { Sheet } from "./sheet.js";
import { View } from "./view.js";

/** Up to so many hidden neurons stand in one row with a row of bars for each class. */
const ONE_ROW = 12;
/** Up to so many have room for the share of samples that make them active. */
const ROOMY = 10;
/** Tiles at once; the rest is on further pages. */
const TILES = 128;
/** Tiles are painted so often at most: the page has hands to answer. */
const TILES_EVERY_MS = 100;

type Layout = "templates" | "rows" | "tiles";

export class Neurons extends View {
  static override properties = { page: { state: true } };
  declare page: number;
  readonly #sheet = new Sheet(() => this.#paintNow());
  #paintedAt = -Infinity;
  #key = "";
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.page = 0;
  }

  protected override gone(): void {
    clearTimeout(this.#later);
  }

  protected override isAbout(kind: Kind): boolean {
    return kind === "images";
  }

  override render() {
    const opened = this.model.opened.value;
    if (!opened) return nothing;
    const text = this.model.text.value;
    const layout = layoutOf(opened, this.model.layer.value);
    const { units } = widthsOf(this.model);
    const pages = Math.ceil(units / TILES);
    const page = Math.min(this.page, pages - 1);
    const first = page * TILES;
    const last = Math.min(first + TILES, units);
    const named = hasLongNames(this.model) && leadsToClasses(this.model) ? "named" : "";
    return html`
      <h2>
        ${this.model.name === "A" ? nothing : html`${this.model.name} ·`}
        ${layout === "templates" ? text.templates(opened.experiment.data.kind) : text.filters}
        <span class="aside legend" role="img" aria-label=${text.legend} title=${text.legendHelp}>
          <output class="low" aria-live="off"></output><canvas class="scale" width="80" height="8"></canvas
          ><output class="high" aria-live="off"></output>
        </span>
      </h2>
      ${this.#layers(opened)}
      <div class=${`neurons ${layout} ${named}`} .style=${`--columns:${columnsOf(layout, units)}`}>
        ${layout === "tiles" ? html`<canvas class="sheet" aria-hidden="true"></canvas>` : nothing}
        ${Array.from({ length: last - first }, (_, i) => this.#tile(first + i, layout))}
      </div>
      ${layout === "rows" ? this.#rows(units) : nothing}
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

  /** Which hidden layer's units are shown, where there is more than one. */
  #layers({ weightShapes }: Opened): TemplateResult | typeof nothing {
    const { model } = this;
    const text = model.text.value;
    if (weightShapes.length < 3) return nothing;
    const options = Array.from({ length: weightShapes.length - 1 }, (_, layer) => ({
      value: String(layer),
      label: text.hiddenLayer(layer + 1),
    }));
    return html`<div class="which-layer">
      ${choice(text.hiddenLayers, options, String(model.layer.value), (layer) => this.#choose(Number(layer)))}
      <p class="note">${model.layer.value > 0 ? text.linearPicture : nothing}</p>
    </div>`;
  }

  #choose(layer: number): void {
    const { model } = this;
    batch(() => {
      model.layer.value = layer;
      model.neuron.value = model.pinnedNeuron.value = null;
      model.looked.value = this.page = 0;
    });
  }

  #tile(unit: number, layout: Layout): TemplateResult {
    const { model } = this;
    const { shape } = model.opened.value!;
    const look = () => (model.neuron.value = unit);
    const leave = () => (model.neuron.value = null);
    return html`<div class="unit">
      <button
        class="tile"
        aria-label=${neuronName(model, unit)}
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
        ${
          layout === "tiles"
            ? html`<span class="filter" data-unit=${unit}></span><span class="bars"></span>`
            : html`<canvas
                class="filter"
                data-unit=${unit}
                width=${shape.width}
                height=${shape.height}
              ></canvas>`
        }
      </button>
      ${layout === "tiles" ? nothing : this.#caption(unit, layout)}
    </div>`;
  }

  #caption(unit: number, layout: Layout): TemplateResult {
    const text = this.model.text.value;
    if (layout === "templates") return html`<span class="caption">${outputName(this.model, unit)}</span>`;
    const active = activeOf(this.model, unit);
    const samples = this.model.opened.value!.heldOutSamples;
    return html`<span class="caption" title=${text.activeHelp}
      >${unit}${
        active === undefined || widthsOf(this.model).units > ROOMY
          ? nothing
          : html`<span class="share"> · ${text.activeShare(active / samples)}</span>`
      }</span
    >`;
  }

  #rows(units: number): TemplateResult {
    const outputs = widthsOf(this.model).next;
    const text = this.model.text.value;
    const named = hasLongNames(this.model) && leadsToClasses(this.model) ? "named" : "";
    return html`<div class=${`outgoing ${named}`} aria-hidden="true">
      ${Array.from(
        { length: outputs },
        (_, output) =>
          html`<span title=${text.outgoingRow(nextName(this.model, output))}
              >${leadsToClasses(this.model) ? outputName(this.model, output) : output}</span
            >
            <canvas class="bars" data-output=${output} width=${units * 48} height="30"></canvas>`,
      )}
    </div>`;
  }

  #point(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).querySelector(".filter")!.getBoundingClientRect();
    const { width, height } = this.model.opened.value!.shape;
    const x = Math.floor(((event.clientX - box.left) / box.width) * width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * height);
    const inside = x >= 0 && x < width && y >= 0 && y < height;
    this.model.pixel.value = inside ? { x, y } : null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
    this.#sheet.stop();
  }

  protected override paint(): void {
    // What is painted later still follows what is read here.
    const { layer, scope, classic, opened } = this.model;
    void layerOf(this.model);
    const tiles = opened.value !== null && layoutOf(opened.value, layer.value) === "tiles";
    const key = `${tiles} ${layer.value} ${this.page} ${scope.value} ${classic.value} ${this.palette().paper}`;
    const wait = tiles && key === this.#key ? this.#paintedAt + TILES_EVERY_MS - performance.now() : 0;
    this.#key = key;
    clearTimeout(this.#later);
    if (wait > 0) this.#later = setTimeout(() => this.#paintNow(), wait);
    else this.#paintNow();
  }

  #paintNow(): void {
    const opened = this.model.opened.peek();
    // A sheet that is resized as it goes may ask once more.
    if (!opened || this.hidden) return;
    const layer = untracked(() => layerOf(this.model));
    const inked = this.model.shown.peek()?.loan.inked;
    if (!layer || !inked || layer.pictures.length !== inked.length * widthsOf(this.model).units)
      return this.#clear();
    this.#paintedAt = performance.now();
    const contents = this.#contents(layer, inked, opened);
    if (layoutOf(opened, this.model.layer.value) === "tiles") {
      this.#sheet.paint(this.querySelector<HTMLElement>(".neurons")!, contents, this.palette());
    } else {
      this.#paintEach(contents);
      this.#paintOutgoing(layer);
    }
  }

  /** Nothing is known of the layer yet. */
  #clear(): void {
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>(".neurons canvas, .outgoing canvas"))
      canvas.getContext("2d")!.clearRect(0, 0, canvas.width, canvas.height);
  }

  #contents(from: ShownLayer, inked: Uint8Array, opened: Opened): Contents {
    const { pictures: weights, outgoing } = from;
    const { units, next: outputs } = widthsOf(this.model);
    const scope = this.model.scope.value;
    const classic = this.model.classic.value;
    const outgoingLimit = limitFor(this.model, outgoing);
    const layer = limitFor(this.model, weights);
    const limitOf = (unit: number) => (scope === "neuron" ? scaleOf(weights, units, unit) : layer);
    const { shape } = opened;
    const { channels } = shape;
    this.#paintLegend(layer, scope === "neuron", classic, channels);
    return {
      shape,
      tile: (unit) => ({ weights, units, unit, inked, limit: limitOf(unit), classic, channels }),
      outgoing: (unit) => outgoing.subarray(unit * outputs, (unit + 1) * outputs),
      outgoingLimit,
    };
  }

  #paintEach({ shape, tile }: Contents): void {
    const image = new ImageData(shape.width, shape.height);
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>("canvas.filter")) {
      paintTile(image.data, tile(Number(canvas.dataset["unit"])), this.palette());
      canvas.getContext("2d")!.putImageData(image, 0, 0);
    }
  }

  #paintLegend(limit: number, own: boolean, classic: boolean, channels: number): void {
    const text = this.model.text.value;
    const named = classic || own;
    const low = this.querySelector("output.low")!;
    const high = this.querySelector("output.high")!;
    low.textContent = classic ? text.lowest : named ? "−" : `−${text.format.fixed(limit, 2)}`;
    high.textContent = classic ? text.highest : named ? "+" : `+${text.format.fixed(limit, 2)}`;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.scale")!;
    const image = new ImageData(canvas.width, 1);
    const { width } = canvas;
    const weights = Float32Array.from(
      { length: width * channels },
      (_, i) => (i % width) / (width - 1) - 0.5,
    );
    const inked = new Uint8Array(width * channels).fill(1);
    const scale = { weights, units: 1, unit: 0, inked, limit: 0.5, classic, channels };
    paintTile(image.data, scale, this.palette());
    for (let y = 0; y < canvas.height; y++) canvas.getContext("2d")!.putImageData(image, 0, y);
  }

  /** A row of bars for each output, one bar under each neuron. */
  #paintOutgoing({ outgoing }: ShownLayer): void {
    if (outgoing.length === 0) return;
    const { units, next: outputs } = widthsOf(this.model);
    const limit = limitFor(this.model, outgoing);
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>("canvas.bars")) {
      const output = Number(canvas.dataset["output"]);
      const values = Float32Array.from({ length: units }, (_, i) => outgoing[i * outputs + output]!);
      paintBars(canvas.getContext("2d")!, values, limit, this.palette());
    }
  }
}
customElements.define("brainbow-neurons", Neurons);

function layoutOf({ weightShapes }: Opened, layer: number): Layout {
  const [own, next] = weightShapes.slice(layer);
  if (!own || !next) return "templates";
  return own[1] <= ONE_ROW && next[1] <= ONE_ROW ? "rows" : "tiles";
}

function columnsOf(layout: Layout, units: number): number {
  if (layout === "templates") return 5;
  if (layout === "rows") return units;
  return units <= 36 ? 10 : 16;
}

/** Classes with names, or a single output that tells two apart. */
function hasLongNames(model: Model): boolean {
  return hasNames(model) || model.opened.value?.weightShapes.at(-1)?.[1] === 1;
}
