// Draw your own: a pad, what the network sees of it, what it reads, and which training images are like it.
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import { FIELD } from "../drawing.js";
import type { Found } from "../session/engine.js";
import { inkOf, paintStrokes, type Stroke } from "./draw/strokes.js";
import { className } from "./names.js";
import { sampleButton } from "./sample.js";
import { View } from "./view.js";

/** The pad's side in its own pixels: ten for each of MNIST's. */
const SIDE = 280;
const PEN = { least: 8, usual: 22, most: 48 };

export class Draw extends View {
  static override properties = { pen: { state: true }, erases: { state: true }, strokes: { state: true } };
  declare pen: number;
  declare erases: boolean;
  declare strokes: readonly Stroke[];
  #pad: HTMLCanvasElement | null = null;

  constructor() {
    super();
    this.pen = PEN.usual;
    this.erases = false;
    this.strokes = [];
  }

  protected override isAbout(kind: Kind): boolean {
    return kind === "images";
  }

  override render() {
    const { model } = this;
    const text = model.text.value;
    if (model.opened.value?.widths[0] !== FIELD) return nothing;
    const read = model.read.value;
    return html`<details>
      <summary><b>${text.draw.title}</b> · ${text.draw.short}</summary>
      <div class="draw">
        <div>
          <canvas
            class="pad"
            width=${SIDE}
            height=${SIDE}
            role="img"
            aria-label=${text.draw.pad}
            @pointerdown=${(e: PointerEvent) => this.#begin(e)}
            @pointermove=${(e: PointerEvent) => this.#go(e)}
          ></canvas>
          ${this.#tools()}
        </div>
        <figure>
          <brainbow-picture
            .picture=${model.drawing.value ? { label: -1, image: model.drawing.value } : undefined}
          ></brainbow-picture>
          <figcaption>${text.draw.sees}</figcaption>
        </figure>
        <div>
          ${read && model.drawing.value ? this.#reads(read) : html`<p class="hint">${text.draw.hint}</p>`}
        </div>
      </div>
      <div class="likes">${model.drawing.value ? this.#likes(model.found.value) : nothing}</div>
    </details>`;
  }

  #tools(): TemplateResult {
    const text = this.model.text.value.draw;
    return html`<label class="field">
        <span>${text.pen}</span>
        <input
          type="range"
          min=${PEN.least}
          max=${PEN.most}
          .value=${String(this.pen)}
          @input=${(e: Event) => (this.pen = (e.target as HTMLInputElement).valueAsNumber)}
        />
      </label>
      <div class="tools">
        <button class="small" aria-pressed=${this.erases} @click=${() => (this.erases = !this.erases)}>
          ${text.eraser}
        </button>
        <button
          class="small"
          ?disabled=${this.strokes.length === 0}
          @click=${() => this.#become(this.strokes.slice(0, -1))}
        >
          ${text.undo}
        </button>
        <button class="small" ?disabled=${this.strokes.length === 0} @click=${() => this.#become([])}>
          ${text.clear}
        </button>
      </div>`;
  }

  #reads({ predicted, probabilities }: { predicted: number; probabilities: number[] }): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    return html`<table class="bars" aria-label=${text.draw.reads}>
      <tbody>
        ${probabilities.map(
          (p, label) =>
            html`<tr class=${label === predicted ? "up" : ""}>
              <th scope="row">${className(model, label)}</th>
              <td><meter min="0" max="1" .value=${p} aria-hidden="true"></meter></td>
              <td>${text.format.fixed(p * 100, 1)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #likes(found: Found | null): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    if (!found || found.neighbours.length === 0) return html`<p class="hint">${text.draw.looking}</p>`;
    const [nearer, of] = found.nearer as [number, number];
    return html`
      <h3>${text.draw.nearest}</h3>
      <ul class="images" aria-label=${text.draw.nearest}>
        ${found.neighbours.map(
          ({ id, distance }) =>
            html`<li>
              ${sampleButton(
                model,
                id,
                text.draw.neighbour(id, distance),
                html`<span>${this.#nameOf(id)}</span>
                  <span class="share">${text.format.fixed(distance, 1)}</span>`,
              )}
            </li>`,
        )}
      </ul>
      <p class="hint">
        <meter min="0" max="1" .value=${of === 0 ? 0 : nearer / of} aria-hidden="true"></meter>
        ${text.draw.unlike(nearer, of)}
      </p>
    `;
  }

  #nameOf(id: number): string {
    const label = this.model.pictures.get(id)?.label;
    return label === undefined ? "" : className(this.model, label);
  }

  #begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    event.preventDefault();
    this.#become([...this.strokes, { width: this.pen, erases: this.erases, points: placeOf(event) }]);
  }

  #go(event: PointerEvent): void {
    const canvas = event.currentTarget as HTMLCanvasElement;
    const last = this.strokes.at(-1);
    if (!last || !canvas.hasPointerCapture(event.pointerId)) return;
    const points = event.getCoalescedEvents?.() ?? [];
    const all = (points.length > 0 ? points : [event]).flatMap((point) => placeOf(point, canvas));
    this.#become([...this.strokes.slice(0, -1), { ...last, points: [...last.points, ...all] }]);
  }

  /** Paints the strokes and has them read. */
  #become(strokes: readonly Stroke[]): void {
    this.strokes = strokes;
    const context = contextOf(this.querySelector<HTMLCanvasElement>("canvas.pad")!);
    paintStrokes(context, strokes);
    this.actions.draw(inkOf(context), SIDE);
  }

  protected override paint(): void {
    const pad = this.querySelector<HTMLCanvasElement>("canvas.pad");
    // The one before went while something else was learned; what was drawn did not.
    if (pad && pad !== this.#pad) paintStrokes(contextOf(pad), this.strokes);
    this.#pad = pad;
    const ids = this.model.found.value?.neighbours.map(({ id }) => id) ?? [];
    if (ids.length > 0) this.actions.wantPictures(ids);
  }
}
customElements.define("brainbow-draw", Draw);

function contextOf(pad: HTMLCanvasElement): CanvasRenderingContext2D {
  return pad.getContext("2d", { willReadFrequently: true })!;
}

/** Where on the pad, in its own pixels. */
function placeOf(event: PointerEvent, pad = event.currentTarget as HTMLElement): [number, number] {
  const box = pad.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
}
