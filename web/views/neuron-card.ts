// The neuron that is looked at, enlarged, with the weight under the pointer; its height is reserved.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { paintBars } from "../draw/bars.js";
import { paintHistogram } from "../draw/histogram.js";
import { scaleOf } from "../draw/scale.js";
import { paintTile, rangeOf } from "../draw/tile.js";
import type { Excited, Opened } from "../session/engine.js";
import { neuronName, outputName } from "./names.js";
import { SettledOrder } from "./settled-order.js";
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
  }

  override render() {
    const { model } = this;
    const text = model.text.value;
    const opened = model.opened.value;
    if (!opened) return html`<p class="hint">${text.neuronHint}</p>`;
    const unit = model.looked.value;
    return html`<section
      role="region"
      aria-label=${neuronName(model, unit)}
      @keydown=${(e: KeyboardEvent) => this.#key(e)}
    >
      <canvas
        class="large"
        width=${opened.shape.width}
        height=${opened.shape.height}
        @pointermove=${(e: PointerEvent) => this.#point(e)}
        @pointerleave=${() => (model.pixel.value = null)}
      ></canvas>
      <div>${this.#facts(unit, opened.weightShapes[0]![1])}</div>
      ${this.#exciting(unit)}
    </section>`;
  }

  #facts(unit: number, units: number): TemplateResult | typeof nothing {
    const { model } = this;
    const text = model.text.value;
    const shown = model.shown.value;
    if (!shown || unit >= shown.loan.biases.length) return nothing;
    const { weights, biases, outgoing } = shown.loan;
    const number = (value: number) => text.format.fixed(value, 3);
    const [low, high] = rangeOf(weights, units, unit);
    const pixel = model.pixel.value;
    const { width, height, channels } = model.opened.value!.shape;
    const plane = width * height;
    const weightAt = ({ x, y }: { x: number; y: number }, channel = 0) =>
      number(weights[(channel * plane + y * width + x) * units + unit]!);
    const evaluated = model.evaluated.value;
    const active = evaluated?.active[unit];
    return html`
      <h3>
        ${neuronName(model, unit)}
        ${model.pinnedNeuron.value === unit ? html`<small>${text.pinned}</small>` : nothing}
      </h3>
      <p>${text.neuronRange(number(low), number(high))} · ${text.neuronBias(number(biases[unit]!))}</p>
      ${active === undefined ? nothing : html`<p>${text.neuronActive(active / model.opened.value!.heldOutSamples)}${this.#stuck(unit)}</p>`}
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
          outgoing.length > 0
            ? html`<figure>
                <canvas class="large-bars" width="200" height="36"></canvas>
                <figcaption>${text.outgoingBars}</figcaption>
              </figure>`
            : nothing
        }
      </div>
      <p class="note">${channels === 3 ? text.inColour : text.neverInked}</p>
      <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
        ${this.table ? text.hideTable : text.showTable}
      </button>
      ${this.table ? this.#table(unit, units) : nothing}
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
    if (excites?.unit !== unit) return "";
    return excites.dead ? text.value.isDead : excites.saturated ? text.value.isSaturated : "";
  }

  /** The images that excite it most, and those that silence it; their places are there before they are. */
  #exciting(unit: number): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const excites = model.evaluated.value?.neuron;
    const state = { held: false, live: model.live.value };
    const strip = (name: string, order: SettledOrder, images: Excited[]) =>
      html`<div>
        <h3>${name}</h3>
        <ul class="images" aria-label=${name}>
          ${repeat(
            order.arrange(String(unit), images, state, performance.now()),
            ({ id }) => id,
            ({ id, sum }) => html`<li>${sampleButton(model, id, text.excited(id, sum))}</li>`,
          )}
        </ul>
      </div>`;
    const shown = excites?.unit === unit ? excites : { most: [], least: [] };
    return html`<div class="exciting">
      ${strip(text.excitesMost, this.#most, shown.most)} ${strip(text.silences, this.#least, shown.least)}
    </div>`;
  }

  #table(unit: number, units: number): TemplateResult {
    const { loan } = this.model.shown.value!;
    const text = this.model.text.value;
    const { width, height, channels } = this.model.opened.value!.shape;
    const number = (value: number) => text.format.fixed(value, 2);
    const name = neuronName(this.model, unit);
    const outputs = this.model.opened.value!.weightShapes[1]?.[1] ?? 0;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${name}>
      ${Array.from(
        { length: channels },
        (_, channel) =>
          html`<table class="numbers">
            <caption class=${channels === 3 ? "" : "visually-hidden"}>
              ${channels === 3 ? `${name}: ${text.channelNames[channel]}` : name}
            </caption>
            <tbody>
              ${Array.from(
                { length: height },
                (_, y) =>
                  html`<tr>
                    ${Array.from({ length: width }, (_, x) => html`<td>${number(loan.weights[((channel * height + y) * width + x) * units + unit]!)}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>`,
      )}
      ${
        outputs > 0
          ? html`<table class="numbers">
              <tbody>
                ${Array.from(
                  { length: outputs },
                  (_, i) =>
                    html`<tr>
                      <th scope="row">→ ${outputName(this.model, i)}</th>
                      <td>${number(loan.outgoing[unit * outputs + i]!)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
          : nothing
      }
    </div>`;
  }

  #wantMeans(opened: Opened): void {
    if (this.model.means.value || this.#askedFor === opened || !isOfTemplates(opened)) return;
    this.#askedFor = opened;
    this.actions.wantMeans();
  }

  #wantExciting(unit: number): void {
    const excites = this.model.evaluated.value?.neuron;
    if (excites?.unit === unit)
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
    const shown = this.model.shown.value;
    const opened = this.model.opened.value;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.large");
    const unit = this.model.looked.value;
    if (!shown || !opened || !canvas) return;
    this.#wantExciting(unit);
    this.#wantMeans(opened);
    const { weights, inked, outgoing } = shown.loan;
    const units = opened.weightShapes[0]![1];
    if (weights.length !== inked.length * units) return;
    const scope = this.model.scope.value;
    const limit =
      scope === "neuron"
        ? scaleOf(weights, units, unit)
        : scope === "layer"
          ? scaleOf(weights)
          : Math.max(scaleOf(weights), scaleOf(outgoing));
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
      const own = Float32Array.from({ length: inked.length }, (_, i) => weights[i * units + unit]!);
      paintHistogram(
        histogram.getContext("2d")!,
        own.filter((_, i) => inked[i] === 1),
        limit,
        this.palette(),
      );
    }
    const bars = this.querySelector<HTMLCanvasElement>("canvas.large-bars");
    const outputs = opened.weightShapes[1]?.[1] ?? 0;
    if (bars) {
      paintBars(
        bars.getContext("2d")!,
        outgoing.subarray(unit * outputs, (unit + 1) * outputs),
        scaleOf(outgoing),
        this.palette(),
      );
    }
  }
}
/** Whether every unit answers for a class by itself. */
function isOfTemplates(opened: Opened | null): boolean {
  return opened?.weightShapes.length === 1 && opened.weightShapes[0]![1] === opened.classes;
}

customElements.define("brainbow-neuron-card", NeuronCard);
