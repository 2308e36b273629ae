// Why: the pinned sample's way through the network, and the terms that make it be read as one class rather than another.
import { html, nothing, type TemplateResult } from "lit";
import { OF_PICTURES, type Kind } from "../kinds.js";
import { paintBars } from "../draw/bars.js";
import { scaleOf } from "../session/scale.js";
import { paintTile } from "../draw/tile.js";
import type { Picture } from "../gallery.js";
import type { SampleFacts } from "../session/protocol.js";
import { className, givenTo, INPUT_NAMES } from "./names.js";
import { lines } from "./numbers.js";
import { View } from "./view.js";
import { readings } from "./why/readings.js";
import { inputTable, voteTable } from "./why/table.js";
import {
  bendOf,
  contributionsOf,
  hiddenLayers,
  inputOf,
  leadOf,
  overChannels,
  votesOf,
  type HiddenLayer,
} from "./why/terms.js";
import { termUnder } from "./why/under.js";

export class Why extends View {
  static override properties = { table: { state: true }, pixel: { state: true }, unit: { state: true } };
  declare table: boolean;
  /** The place of the picture and the unit under the pointer. */
  declare pixel: number | null;
  declare unit: number | null;
  #pinned: number | null = null;

  constructor() {
    super();
    this.table = false;
    this.pixel = this.unit = null;
  }

  protected override isAbout(kind: Kind): boolean {
    return OF_PICTURES.includes(kind);
  }

  override render() {
    const { model } = this;
    const id = model.sample.value;
    if (id === null) return nothing;
    const text = model.text.value;
    const picture = model.pictures.get(id);
    const asked = model.evaluated.value?.sample ?? null;
    const facts = asked?.asked.id === id ? asked : null;
    const label = facts?.actual ?? picture?.label;
    return html`<section
      class="why"
      role="region"
      aria-label=${label === undefined ? text.sample(id, 0) : text.sampleTitle(id, this.#class(label))}
      @keydown=${(e: KeyboardEvent) => e.key === "Escape" && this.#close()}
    >
      <h2>
        ${label === undefined ? nothing : text.sampleTitle(id, this.#class(label))}
        ${facts ? html`<span class="step">${text.why.readAs(this.#class(facts.predicted), model.opened.value!.experiment.data.kind)} · ${text.atStep(model.evaluated.value!.step)}</span>` : nothing}
        <button class="small aside" @click=${() => this.#close()}>${text.close}</button>
      </h2>
      ${facts ? this.#answer(facts) : html`<p class="hint">${text.waiting}</p>`}
    </section>`;
  }

  #answer(facts: SampleFacts): TemplateResult {
    const text = this.model.text.value;
    const { experiment, widths, images } = this.model.opened.value!;
    const layers = hiddenLayers(facts, widths, experiment);
    return html`
      <div class=${images ? "way" : "way numbers"}>
        ${images ? this.#image(facts) : this.#numbers(facts)}
        <div class="layers">
          ${layers.map(
            ({ outputs, activation }) =>
              html`<figure>
                <canvas class="said" width="400" height="36" aria-hidden="true"></canvas>
                <figcaption>${text.why.layer(outputs.length, text.activations[activation])}</figcaption>
              </figure>`,
          )}
        </div>
        ${readings(this.model, facts)}
      </div>
      ${this.#lead(facts, layers)}
    `;
  }

  #image(facts: SampleFacts): TemplateResult {
    const { why } = this.model.text.value;
    const picture = this.#picture(facts);
    return html`<figure>
        <brainbow-picture .picture=${picture}></brainbow-picture>
        <figcaption>${why.sees}</figcaption>
      </figure>
      <figure title=${why.column(this.model.opened.value!.widths[0]!)}>
        <canvas
          class=${picture?.isPhotograph ? "column photograph" : "column"}
          width="1"
          height=${this.#pixels()}
          aria-hidden="true"
        ></canvas>
      </figure>`;
  }

  /** A point is its numbers. */
  #numbers(facts: SampleFacts): TemplateResult {
    const { format, why } = this.model.text.value;
    const input = inputOf(facts, this.model.opened.value!.widths);
    return html`<figure>
      ${lines(
        INPUT_NAMES.map((name, i) => [name, format.fixed(input[i]!, 3)]),
        why.sees,
      )}
      <figcaption>${why.sees}</figcaption>
    </figure>`;
  }

  #lead(facts: SampleFacts, layers: readonly HiddenLayer[]): TemplateResult {
    const last = layers.at(-1);
    const text = this.model.text.value;
    const { widths } = this.model.opened.value!;
    const contributions = contributionsOf(facts, widths);
    const { predicted, against, logits } = facts;
    const given = givenTo(this.model);
    const number = (value: number) => text.format.fixed(value, 2);
    const [more, less] = [logits[predicted]!, logits[against]!].map(number) as [string, string];
    return html`
      <h3>
        <b>${text.why.rather(this.#class(predicted), this.#class(against))}</b>
        ${text.why.lead(more, less, number(leadOf(facts)))}
      </h3>
      <div class="terms">
        ${contributions ? this.#shares() : nothing}
        <div>
          ${
            last
              ? html`<canvas
                  class="votes"
                  width="400"
                  height="48"
                  aria-hidden="true"
                  @pointermove=${(e: PointerEvent) => (this.unit = placeIn(e, last.outputs.length, 1))}
                  @pointerleave=${() => (this.unit = null)}
                ></canvas>`
              : nothing
          }
          <p class="term">${termUnder(this.model, facts, contributions, last, this)}</p>
          <p class="note">
            ${contributions ? given.exact(last !== undefined) : given.bent(text.activations[bendOf(layers)])}
          </p>
          <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
            ${this.table ? text.hideTable : text.showTable}
          </button>
        </div>
      </div>
      ${
        this.table
          ? html`<div
              class="scroll"
              tabindex="0"
              role="group"
              aria-label=${text.why.rather(this.#class(predicted), this.#class(against))}
            >
              ${last ? voteTable(this.model, facts, last) : nothing}
              ${contributions ? inputTable(this.model, facts, contributions) : nothing}
            </div>`
          : nothing
      }
    `;
  }

  /** What each input adds: as a picture of an image's pixels, or as bars. */
  #shares(): TemplateResult {
    const { shape, images } = this.model.opened.value!;
    return html`<canvas
      class=${images ? "map" : "inputs"}
      width=${images ? shape.width : 120}
      height=${images ? shape.height : 80}
      aria-hidden="true"
      @pointermove=${(e: PointerEvent) => (this.pixel = placeIn(e, shape.width, shape.height))}
      @pointerleave=${() => (this.pixel = null)}
    ></canvas>`;
  }

  /** What a class is called. */
  #class(label: number): string {
    return className(this.model, label);
  }

  #close(): void {
    this.model.sample.value = null;
  }

  protected override paint(): void {
    const facts = this.model.evaluated.value?.sample;
    const opened = this.model.opened.value;
    const id = this.model.sample.value;
    if (!facts || !opened || facts.asked.id !== id) return;
    if (id !== this.#pinned) {
      this.#pinned = id;
      this.actions.wantPictures([id]);
      this.querySelector("section")?.scrollIntoView({ block: "nearest" });
    }
    const { experiment, widths, shape } = opened;
    const palette = this.palette();
    this.#column(this.model.pictures.get(id)?.image);
    const layers = hiddenLayers(facts, widths, experiment);
    this.querySelectorAll<HTMLCanvasElement>("canvas.said").forEach((canvas, i) => {
      const { outputs } = layers[i]!;
      paintBars(canvas.getContext("2d")!, outputs, scaleOf(outputs), palette);
    });
    const votes = this.querySelector<HTMLCanvasElement>("canvas.votes");
    if (votes) {
      const values = votesOf(facts, layers.at(-1)!);
      paintBars(votes.getContext("2d")!, values, scaleOf(values), palette);
    }
    const contributions = contributionsOf(facts, widths);
    const inputs = this.querySelector<HTMLCanvasElement>("canvas.inputs");
    if (contributions && inputs)
      paintBars(inputs.getContext("2d")!, contributions, scaleOf(contributions), palette);
    else if (contributions) {
      const places = overChannels(contributions, shape.width * shape.height);
      this.#paintPicture("canvas.map", places, scaleOf(places));
    }
  }

  #picture({ asked }: SampleFacts): Picture | undefined {
    return this.model.pictures.get(asked.id);
  }

  /** The picture's pixels, one below the other. */
  #column(image: ImageData | undefined): void {
    const context = this.querySelector<HTMLCanvasElement>("canvas.column")?.getContext("2d");
    if (image) context?.putImageData(new ImageData(image.data, 1, this.#pixels()), 0, 0);
  }

  #pixels(): number {
    const { width, height } = this.model.opened.value!.shape;
    return width * height;
  }

  #paintPicture(selector: string, values: Float32Array, limit: number): void {
    const canvas = this.querySelector<HTMLCanvasElement>(selector);
    if (!canvas) return;
    const image = new ImageData(canvas.width, canvas.height);
    const inked = new Uint8Array(values.length).fill(1);
    paintTile(
      image.data,
      { weights: values, units: 1, unit: 0, inked, limit, classic: false },
      this.palette(),
    );
    canvas.getContext("2d")!.putImageData(image, 0, 0);
  }
}
customElements.define("brainbow-why", Why);

/** Which of columns × rows equal places, row by row, is under the pointer. */
function placeIn(event: PointerEvent, columns: number, rows: number): number {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const along = (at: number, start: number, length: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(((at - start) / length) * count)));
  const x = along(event.clientX, box.left, box.width, columns);
  return along(event.clientY, box.top, box.height, rows) * columns + x;
}
