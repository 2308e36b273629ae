// The same sum twice: as edges from a column of inputs into one neuron, and as the pixels of its picture. Pointing at one
// lights the other.
import { html, nothing } from "lit";
import { scaleOf } from "../../session/scale.js";
import { paintTile } from "../../draw/tile.js";
import { inputsOf } from "../../session/layers.js";
import { View } from "../view.js";
import { edgeAt, FAN_HEIGHT, fanOf, paintSum } from "./fan.js";
import { inkedPaper } from "./image.js";
import type { Net } from "./links.js";
import { termTable } from "./table.js";
import { unitName } from "./words.js";

export class Sum extends View {
  static override properties = { net: { attribute: false }, table: { state: true } };
  declare net: Net | undefined;
  declare table: boolean;

  constructor() {
    super();
    this.table = false;
  }

  override render() {
    const { model, net } = this;
    if (!net) return nothing;
    const text = model.text.value;
    const place = { layer: 0, unit: net.facts.asked.unit };
    const name = unitName(model, place);
    const { width, height } = net.opened.shape;
    const pixel = model.pixel.value;
    const at = pixel ?? { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    const id = `pixel-${at.x}-${at.y}`;
    return html`<section aria-label=${text.diagram.twice(name)}>
      <h3>${text.diagram.twice(name)}</h3>
      <div
        class="twice"
        role="listbox"
        tabindex="0"
        aria-label=${text.diagram.pixels(name)}
        aria-activedescendant=${id}
        @keydown=${(e: KeyboardEvent) => this.#key(e, at)}
        @focus=${(e: FocusEvent) => (e.currentTarget as HTMLElement).matches(":focus-visible") && (model.pixel.value = at)}
        @blur=${() => (model.pixel.value = null)}
      >
        <canvas
          class="fan"
          aria-hidden="true"
          @pointermove=${(e: PointerEvent) => this.#pointAtEdge(e)}
          @pointerdown=${(e: PointerEvent) => this.#pointAtEdge(e)}
          @pointerleave=${(e: PointerEvent) => e.pointerType !== "touch" && (model.pixel.value = null)}
        ></canvas>
        <div class="grids">
          ${Array.from(
            { length: net.opened.shape.channels },
            (_, channel) =>
              html`<div class="channel" aria-hidden="true">
                <canvas
                  class="grid"
                  data-channel=${channel}
                  width=${width}
                  height=${height}
                  aria-hidden="true"
                  @pointermove=${(e: PointerEvent) => this.#pointAtPixel(e)}
                  @pointerdown=${(e: PointerEvent) => this.#pointAtPixel(e)}
                  @pointerleave=${(e: PointerEvent) => e.pointerType !== "touch" && (model.pixel.value = null)}
                ></canvas>
                ${net.opened.shape.channels === 3 ? html`<span>${text.channelNames[channel]}</span>` : nothing}
                ${pixel ? html`<i class="lit-pixel"></i>` : nothing}
              </div>`,
          )}
        </div>
        <p class="unit-said" role="option" id=${id} aria-selected=${pixel !== null}>
          ${pixel ? this.#said(net, at) : html`<span class="visually-hidden">${this.#said(net, at)} </span>${text.diagram.sumHint}`}
        </p>
      </div>
      <p class="note">${text.diagram.twiceHelp} ${text.diagram.fullColour(scaleOf(this.#terms(net)))}</p>
      <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
        ${this.table ? text.hideTable : text.showTable}
      </button>
      ${this.table ? termTable(text, net, this.#terms(net), name) : nothing}
    </section>`;
  }

  /** The inputs at a place of the image: one, or one of each channel. */
  #inputsAt({ x, y }: { x: number; y: number }): number[] {
    const { width, height, channels } = this.net!.opened.shape;
    return Array.from({ length: channels }, (_, channel) => (channel * height + y) * width + x);
  }

  #values({ opened, values }: Net): Float32Array | null {
    return values && inputsOf(opened, 0, values);
  }

  /** What every edge adds to the sum: its weight, or what it carries. */
  #terms(net: Net): Float32Array {
    const values = this.#values(net);
    return values ? net.facts.filter.map((weight, i) => weight * values[i]!) : net.facts.filter;
  }

  #said(net: Net, at: { x: number; y: number }): string {
    const text = this.model.text.value;
    const number = (value: number) => text.format.fixed(value, 3);
    const values = this.#values(net);
    const terms = this.#inputsAt(at).map((i) => {
      const weight = net.facts.filter[i]!;
      return values
        ? `${number(weight)} × ${number(values[i]!)} = ${number(weight * values[i]!)}`
        : number(weight);
    });
    const [red, green, blue] = terms;
    return text.pixelValue(at.x, at.y, blue ? text.channels(red!, green!, blue) : red!);
  }

  #key(event: KeyboardEvent, { x, y }: { x: number; y: number }): void {
    const { width, height } = this.net!.opened.shape;
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (!step || event.altKey || event.metaKey) return;
    event.preventDefault();
    const within = (value: number, length: number) => Math.min(Math.max(value, 0), length - 1);
    this.model.pixel.value = { x: within(x + step[0], width), y: within(y + step[1], height) };
  }

  #pointAtPixel(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { width, height } = this.net!.opened.shape;
    const place = (share: number, length: number) =>
      Math.min(length - 1, Math.max(0, Math.floor(share * length)));
    this.model.pixel.value = {
      x: place((event.clientX - box.left) / box.width, width),
      y: place((event.clientY - box.top) / box.height, height),
    };
  }

  #pointAtEdge(event: PointerEvent): void {
    const { net } = this;
    if (!net) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const input = edgeAt(fanOf(box.width), this.#terms(net), x, y);
    const { width, height } = net.opened.shape;
    const place = input === null ? null : input % (width * height);
    this.model.pixel.value = place === null ? null : { x: place % width, y: Math.floor(place / width) };
  }

  protected override paint(): void {
    const { net, model } = this;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.fan");
    if (!net || !canvas) return;
    const terms = this.#terms(net);
    const limit = scaleOf(terms);
    const pixel = model.pixel.value;
    const scale = Math.min(devicePixelRatio, 2);
    const width = canvas.clientWidth;
    const size = [Math.round(width * scale), Math.round(FAN_HEIGHT * scale)] as const;
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    const context = canvas.getContext("2d")!;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, FAN_HEIGHT);
    const scene = {
      fan: fanOf(width),
      terms,
      limit,
      column: this.#column(net),
      lit: pixel ? this.#inputsAt(pixel) : [],
      name: String(net.facts.asked.unit),
      ink: getComputedStyle(this).getPropertyValue("--text"),
    };
    paintSum(context, scene, this.palette());
    this.#paintGrids(net, terms, limit);
    this.#mark(pixel);
  }

  /** The sample's pixels, one below the other; a photograph's inputs are three for each. */
  #column({ values, opened }: Net): CanvasImageSource | null {
    const id = this.model.sample.value;
    const picture = id === null ? undefined : this.model.pictures.get(id);
    return picture && values && opened.shape.channels === 1
      ? inkedPaper(picture, this.palette(), true)
      : null;
  }

  #paintGrids(net: Net, terms: Float32Array, limit: number): void {
    const { width, height } = net.opened.shape;
    const image = new ImageData(width, height);
    // Pixels that no sample has inked are dimmed, as they are in every picture of weights.
    const all = this.model.shown.peek()?.loan.inked ?? new Uint8Array(terms.length).fill(1);
    for (const canvas of this.querySelectorAll<HTMLCanvasElement>("canvas.grid")) {
      const start = Number(canvas.dataset["channel"]) * width * height;
      const weights = terms.subarray(start, start + width * height);
      const inked = all.subarray(start, start + width * height);
      paintTile(image.data, { weights, units: 1, unit: 0, inked, limit, classic: false }, this.palette());
      canvas.getContext("2d")!.putImageData(image, 0, 0);
    }
  }

  #mark(pixel: { x: number; y: number } | null): void {
    if (!pixel) return;
    const { width } = this.net!.opened.shape;
    for (const mark of this.querySelectorAll<HTMLElement>(".lit-pixel")) {
      const grid = mark.parentElement!.querySelector("canvas")!;
      const size = grid.clientWidth / width;
      Object.assign(mark.style, {
        left: `${grid.offsetLeft + grid.clientLeft + pixel.x * size}px`,
        top: `${grid.offsetTop + grid.clientTop + pixel.y * size}px`,
        width: `${size}px`,
        height: `${size}px`,
      });
    }
  }
}
customElements.define("brainbow-sum", Sum);
