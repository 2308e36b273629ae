// A look at the data itself, folded: random samples in a grid, of any class or one, and any of them as a table of numbers.
import { html, nothing, type TemplateResult } from "lit";
import { OF_PICTURES, type Kind } from "../kinds.js";
import { css, ink } from "../draw/colour.js";
import type { Picture } from "../gallery.js";
import type { Opened } from "../session/engine.js";
import { pick } from "./fields.js";
import { className, selectionName } from "./names.js";
import { planes } from "./numbers.js";
import { onlyThese, sampleButton } from "./sample.js";
import { View } from "./view.js";

/** Samples shown at once. */
const SHOWN = 30;
/** The label of a sample whose class is left out. */
const LEFT_OUT = 255;

export class Samples extends View {
  static override properties = {
    unfolded: { state: true },
    cls: { state: true },
    ids: { state: true },
  };
  declare unfolded: boolean;
  /** The position of the only class shown, or null. */
  declare cls: number | null;
  declare ids: number[];
  #askedFor: Opened | null = null;
  /** The labels that `ids` were drawn from. */
  #drawnFrom: Uint8Array | null = null;
  /** The selection that they were drawn from, or nothing. */
  #drawnOf = "";

  constructor() {
    super();
    this.unfolded = false;
    this.cls = null;
    this.ids = [];
  }

  protected override isAbout(kind: Kind): boolean {
    return OF_PICTURES.includes(kind);
  }

  override render() {
    const { model } = this;
    const text = model.text.value;
    const opened = model.opened.value;
    if (!opened) return nothing;
    return html`<details
      @toggle=${(e: Event) => (this.unfolded = (e.currentTarget as HTMLDetailsElement).open)}
    >
      <summary><b>${text.samples}</b> · ${text.samplesShort}</summary>
      ${this.unfolded ? this.#grid(opened) : nothing}
    </details>`;
  }

  #grid(opened: Opened): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const any = { value: "", label: text.anyClass };
    const classes = Array.from({ length: opened.classes }, (_, i) => ({
      value: String(i),
      label: className(model, i),
    }));
    return html`
      <p class="samples-bar">
        ${pick(text.cls, [any, ...classes], this.cls === null ? "" : String(this.cls), (value) => {
          this.cls = value === "" ? null : Number(value);
          this.#draw();
        })}
        <button class="small" @click=${() => this.#draw()}>${text.shuffle}</button>
        ${onlyThese(model, selectionName(model))}
      </p>
      <ul class="images samples" aria-label=${text.samples}>
        ${this.ids.map((id) => html`<li>${sampleButton(model, id, this.#nameOf(id))}</li>`)}
      </ul>
      ${model.sample.value === null ? nothing : this.#numbers(model.sample.value, opened)}
    `;
  }

  #nameOf(id: number): string {
    const label = this.#drawnFrom?.[id] ?? 0;
    return this.model.text.value.sampleTitle(id, className(this.model, label));
  }

  /** The numbers that the network is given, before they are scaled; of drawings 255 is ink. */
  #numbers(id: number, { shape, images }: Opened): TemplateResult | typeof nothing {
    const text = this.model.text.value;
    const picture = this.model.pictures.get(id);
    if (!picture || !images) return nothing;
    const name = this.#nameOf(id);
    return html`<section role="region" aria-label=${text.pixelsOf(name)}>
      <h3>
        ${text.pixelsOf(name)}
        <button class="small" @click=${() => (this.model.sample.value = null)}>${text.close}</button>
      </h3>
      <p class="note">${shape.channels === 3 ? text.brightness : text.inkScale}</p>
      <div class="scroll pixels" tabindex="0" role="group" aria-label=${text.pixelsOf(name)}>
        ${planes(text, shape, name, (place) => this.#number(picture, place), true)}
      </div>
    </section>`;
  }

  /** The number in a place of the file: all of a channel, then all of the next. */
  #number({ image, isPhotograph }: Picture, place: number): TemplateResult {
    const pixels = image.width * image.height;
    const shown = image.data[4 * (place % pixels) + Math.floor(place / pixels)]!;
    // As the picture is: a dark page turns ink and paper over.
    const isTurned = !isPhotograph && this.palette().paper[0] < 128;
    const byte = isTurned ? 255 - shown : shown;
    const shade = [byte, byte, byte] as const;
    return html`<td .style=${`background:${css(shade)};color:${ink(shade)}`}>
      ${isPhotograph ? shown : 255 - shown}
    </td>`;
  }

  protected override paint(): void {
    const { labels, opened } = this.model;
    if (!this.unfolded || !opened.value) return;
    if (!labels.value && this.#askedFor !== opened.value) {
      this.#askedFor = opened.value;
      this.actions.want({ kind: "labels" });
    } else if (labels.value && labels.value !== this.#drawnFrom) {
      // Another data set has other samples, perhaps fewer classes.
      if ((this.cls ?? 0) >= opened.value.classes) this.cls = null;
      this.#draw();
    } else if (labels.value && this.#only() !== this.#drawnOf && this.#isKnown()) this.#draw();
  }

  /** The selection whose samples alone are shown. */
  #only(): string {
    const { onlyThese, selection, looking, evaluated } = this.model;
    if (!onlyThese.value || !selection.value) return "";
    // At another step of the past they are others.
    return JSON.stringify([selection.value, looking.value === null ? null : evaluated.value?.step]);
  }

  /** Whether it can be said which samples are the selection's. */
  #isKnown(): boolean {
    return this.#only() === "" || this.model.marked.value !== null;
  }

  /** Other samples, each as likely as any. */
  #draw(): void {
    const labels = this.model.labels.peek();
    if (!labels) return;
    this.#drawnFrom = labels;
    this.#drawnOf = this.#only();
    const among = this.#drawnOf === "" ? null : this.model.marked.peek();
    const eligible: number[] = [];
    labels.forEach((label, id) => {
      const isOfClass = this.cls === null ? label !== LEFT_OUT : label === this.cls;
      if (isOfClass && (among?.has(id) ?? true)) eligible.push(id);
    });
    const count = Math.min(SHOWN, eligible.length);
    for (let i = 0; i < count; i++) {
      const other = i + Math.floor(Math.random() * (eligible.length - i));
      [eligible[i], eligible[other]] = [eligible[other]!, eligible[i]!];
    }
    this.ids = eligible.slice(0, count);
    this.actions.wantPictures(this.ids);
  }
}
customElements.define("brainbow-samples", Samples);
