// The neuron that is looked at, enlarged, with the weight under the pointer; its height is reserved.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Kind } from "../kinds.js";
import { paintBars } from "../draw/bars.js";
import { paintHistogram } from "../draw/histogram.js";
import { scaleOf } from "../session/scale.js";
import { paintTile, rangeOf } from "../draw/tile.js";
import type { Model } from "../model.js";
import type { Excited, Excites, Opened } from "../session/engine.js";
import { activeOf, layerOf, leadsToClasses, limitFor, nextName, widthsOf, type ShownLayer } from "./layer.js";
import { neuronName } from "./names.js";
import { lines, planes } from "./numbers.js";
import { isHeld, SettledOrder, sortWhenLetGo } from "./settled-order.js";
import { sampleButton } from "./sample.js";
import { View } from "./view.js";

export class NeuronCard extends View {
  static override properties = { table: { state: true } };
  declare table: boolean;
  /** The order of what excites it does not jump. */
  readonly #most = new SettledOrder();
  readonly #least = new SettledOrder();
  /** The run that the mean images have been asked for. */
  #askedFor: Opened | null = null;

  constructor() {
    super();
    this.table = false;
    sortWhenLetGo(this);
  }

  protected override isAbout(kind: Kind): boolean {
    return kind === "images";
  }

  override render() {
    const { model } = this;
    const text = model.text.value;
    const opened = model.opened.value;
    if (!opened) return html`<p class="hint">${text.neuronHint}</p>`;
    const unit = model.looked.value;
    return html`<section
      role="region"
      aria-label=${this.#name(unit)}
      @keydown=${(e: KeyboardEvent) => this.#key(e)}
    >
      <canvas
        class="large"
        width=${opened.shape.width}
        height=${opened.shape.height}
        @pointermove=${(e: PointerEvent) => this.#point(e)}
        @pointerleave=${() => (model.pixel.value = null)}
      ></canvas>
      <div>${this.#facts(unit, widthsOf(model).units)}</div>
      ${this.#exciting(unit)}
    </section>`;
  }

  /** Two runs' neurons are told apart. */
  #name(unit: number): string {
    const { model } = this;
    return model.name === "A" ? neuronName(model, unit) : `${model.name} · ${neuronName(model, unit)}`;
  }

  #facts(unit: number, units: number): TemplateResult | typeof nothing {
    const { model } = this;
    const text = model.text.value;
    const layer = layerOf(model);
    if (!layer || unit >= layer.biases.length) return nothing;
    const { pictures: weights, incoming, biases, outgoing } = layer;
    const isLater = incoming.length > 0;
    const number = (value: number) => text.format.fixed(value, 3);
    const [low, high] = rangeOf(isLater ? incoming : weights, units, unit);
    const pixel = model.pixel.value;
    const { width, height, channels } = model.opened.value!.shape;
    const plane = width * height;
    const weightAt = ({ x, y }: { x: number; y: number }, channel = 0) =>
      number(weights[(channel * plane + y * width + x) * units + unit]!);
    const active = activeOf(model, unit);
    return html`
      <h3>
        ${this.#name(unit)}
        ${model.pinnedNeuron.value === unit ? html`<small>${text.pinned}</small>` : nothing}
      </h3>
      <p class="two-lines">
        ${text.neuronRange(number(low), number(high))} · ${text.neuronBias(number(biases[unit]!))}
      </p>
      ${active === undefined ? nothing : html`<p class="two-lines">${text.neuronActive(active / model.opened.value!.heldOutSamples)}${this.#stuck(unit)}</p>`}
      <p class="pixel">
        ${pixel ? text.pixelValue(pixel.x, pixel.y, channels === 3 ? text.channels(weightAt(pixel), weightAt(pixel, 1), weightAt(pixel, 2)) : weightAt(pixel)) : text.pixelHint}
      </p>
      <div class="minis">
        ${this.#classMean(unit)}
        <figure>
          <canvas class="histogram" width="200" height="36"></canvas>
          <figcaption>${text.histogram}</figcaption>
        </figure>
        ${
          isLater
            ? html`<figure>
                <canvas class="incoming-bars" width="200" height="36"></canvas>
                <figcaption>${text.incomingBars}</figcaption>
              </figure>`
            : nothing
        }
        ${
          outgoing.length > 0
            ? html`<figure>
                <canvas class="large-bars" width="200" height="36"></canvas>
                <figcaption>${leadsToClasses(model) ? text.outgoingBars : text.outgoingUnits}</figcaption>
              </figure>`
            : nothing
        }
      </div>
      <p class="note">${channels === 3 ? text.inColour : text.neverInked}</p>
      <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
        ${this.table ? text.hideTable : text.showTable}
      </button>
      ${this.table ? this.#table(unit, units, layer) : nothing}
    `;
  }

  /** Beside a template: the mean image of its class. */
  #classMean(unit: number): TemplateResult | typeof nothing {
    const { means, opened, text } = this.model;
    if (!isOfTemplates(opened.value)) return nothing;
    const image = means.value?.[unit];
    const isPhotograph = opened.value!.shape.channels === 3;
    return html`<figure class="class-mean">
      <brainbow-picture .picture=${image && { label: unit, image, isPhotograph }}></brainbow-picture>
      <figcaption>${text.value.classMean}</figcaption>
    </figure>`;
  }

  /** What keeps it from learning, in words. */
  #stuck(unit: number): string {
    const { evaluated, text } = this.model;
    const excites = evaluated.value?.neuron;
    if (!isOf(excites, this.model, unit)) return "";
    return excites.dead ? text.value.isDead : excites.saturated ? text.value.isSaturated : "";
  }

  /** The images that excite it most, and those that silence it; their places are there before they are. */
  #exciting(unit: number): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const excites = model.evaluated.value?.neuron;
    const state = { held: isHeld(this), live: model.live.value };
    const strip = (name: string, order: SettledOrder, images: Excited[]) =>
      html`<div>
        <h3>${name}</h3>
        <ul class="images" aria-label=${name}>
          ${repeat(
            order.arrange(`${model.layer.value} ${unit}`, images, state, performance.now()),
            ({ id }) => id,
            ({ id, sum }) => html`<li>${sampleButton(model, id, text.excited(id, sum))}</li>`,
          )}
        </ul>
      </div>`;
    const shown = isOf(excites, model, unit) ? excites : { most: [], least: [] };
    return html`<div class="exciting">
      ${strip(text.excitesMost, this.#most, shown.most)} ${strip(text.silences, this.#least, shown.least)}
    </div>`;
  }

  #table(unit: number, units: number, { pictures, incoming, outgoing }: ShownLayer): TemplateResult {
    const text = this.model.text.value;
    const number = (value: number) => text.format.fixed(value, 2);
    const name = this.#name(unit);
    const into = Array.from(
      columnOf(incoming, units, unit),
      (weight, i) => [`${i} →`, number(weight)] as const,
    );
    const outputs = widthsOf(this.model).next;
    const outOf = Array.from(
      outgoing.subarray(unit * outputs, (unit + 1) * outputs),
      (weight, i) => [`→ ${nextName(this.model, i)}`, number(weight)] as const,
    );
    const cell = (place: number) => html`<td>${number(pictures[place * units + unit]!)}</td>`;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${name}>
      ${planes(text, this.model.opened.value!.shape, name, cell, true)}
      ${into.length > 0 ? lines(into, text.incomingBars) : nothing}
      ${outOf.length > 0 ? lines(outOf) : nothing}
    </div>`;
  }

  #wantMeans(opened: Opened): void {
    if (this.model.means.value || this.#askedFor === opened || !isOfTemplates(opened)) return;
    this.#askedFor = opened;
    this.actions.want({ kind: "means" });
  }

  #wantExciting(unit: number): void {
    const excites = this.model.evaluated.value?.neuron;
    if (isOf(excites, this.model, unit))
      this.actions.wantPictures([...excites.most, ...excites.least].map(({ id }) => id));
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.model.pinnedNeuron.value = null;
  }

  #point(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { width, height } = this.model.opened.value!.shape;
    const place = (share: number, length: number) =>
      Math.min(length - 1, Math.max(0, Math.floor(share * length)));
    this.model.pixel.value = {
      x: place((event.clientX - box.left) / box.width, width),
      y: place((event.clientY - box.top) / box.height, height),
    };
  }

  protected override paint(): void {
    const layer = layerOf(this.model);
    const opened = this.model.opened.value;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.large");
    const unit = this.model.looked.value;
    if (!opened || !canvas) return;
    const inked = this.model.shown.peek()?.loan.inked;
    if (!layer || !inked) return canvas.getContext("2d")!.clearRect(0, 0, canvas.width, canvas.height);
    this.#wantExciting(unit);
    this.#wantMeans(opened);
    const { pictures: weights, incoming, outgoing } = layer;
    const { units, next: outputs } = widthsOf(this.model);
    if (weights.length !== inked.length * units) return;
    const isOwn = this.model.scope.value === "neuron";
    const limit = isOwn ? scaleOf(weights, units, unit) : limitFor(this.model, weights);
    const { width, height, channels } = opened.shape;
    const image = new ImageData(width, height);
    paintTile(
      image.data,
      { weights, units, unit, inked, limit, classic: this.model.classic.value, channels },
      this.palette(),
    );
    canvas.getContext("2d")!.putImageData(image, 0, 0);
    const histogram = this.querySelector<HTMLCanvasElement>("canvas.histogram");
    if (histogram) {
      const own = columnOf(incoming.length > 0 ? incoming : weights, units, unit);
      paintHistogram(
        histogram.getContext("2d")!,
        incoming.length > 0 ? own : own.filter((_, i) => inked[i] === 1),
        incoming.length > 0 ? limitFor(this.model, incoming) : limit,
        this.palette(),
      );
    }
    const heard = this.querySelector<HTMLCanvasElement>("canvas.incoming-bars");
    if (heard)
      paintBars(
        heard.getContext("2d")!,
        columnOf(incoming, units, unit),
        limitFor(this.model, incoming),
        this.palette(),
      );
    const bars = this.querySelector<HTMLCanvasElement>("canvas.large-bars");
    if (bars) {
      paintBars(
        bars.getContext("2d")!,
        outgoing.subarray(unit * outputs, (unit + 1) * outputs),
        limitFor(this.model, outgoing),
        this.palette(),
      );
    }
  }
}

function columnOf(weights: Float32Array, units: number, unit: number): Float32Array {
  return Float32Array.from({ length: weights.length / units }, (_, i) => weights[i * units + unit]!);
}

/** Whether this is what excites that unit of the layer shown. */
function isOf(excites: Excites | null | undefined, { layer }: Model, unit: number): excites is Excites {
  return excites?.unit === unit && excites.layer === layer.value;
}

/** Whether every unit answers for a class by itself. */
function isOfTemplates(opened: Opened | null): boolean {
  return opened?.weightShapes.length === 1 && opened.weightShapes[0]![1] === opened.classes;
}

customElements.define("brainbow-neuron-card", NeuronCard);
