// Of samples in two dimensions: the plane in the colours of what the network makes of it, and the samples in theirs.
import { html, nothing } from "lit";
import { classColours, paintDots, paintPlane } from "../draw/plane.js";
import { css } from "../draw/colour.js";
import { isMarked } from "../selection.js";
import { className } from "./names.js";
import { View } from "./view.js";

/** Squares across and down. */
const SIDE = 64;
/** Pixels of the canvas for one square. */
const SCALE = 8;

export class Plane extends View {
  static override properties = { under: { state: true } };
  /** The square under the pointer. */
  declare under: number | null;

  constructor() {
    super();
    this.under = null;
  }

  override render() {
    const { model } = this;
    const opened = model.opened.value;
    const text = model.text.value;
    const data = opened?.experiment.data;
    if (!opened || data?.kind !== "toy") {
      model.plane.value = null;
      return nothing;
    }
    const reach = 1.5 + 2 * data.noise;
    if (model.plane.peek()?.reach !== reach)
      queueMicrotask(() => (model.plane.value = { side: SIDE, reach }));
    const colours = classColours(this.palette());
    return html`<section role="region" aria-label=${text.plane.title}>
      <h2>
        ${text.plane.title}
        <span class="aside">
          ${Array.from(
            { length: opened.classes },
            (_, cls) =>
              html`<span class="key"
                ><svg width="10" height="10" aria-hidden="true">
                  <circle cx="5" cy="5" r="5" fill=${css(colours[cls]!)} /></svg
                >${text.plane.cls(className(model, cls))}</span
              >`,
          )}
        </span>
      </h2>
      <canvas
        class="plane"
        width=${SIDE * SCALE}
        height=${SIDE * SCALE}
        role="img"
        aria-label=${text.plane.describe(opened.trainSamples, opened.heldOutSamples)}
        @pointermove=${(e: PointerEvent) => this.#point(e)}
        @pointerleave=${() => (this.under = null)}
      ></canvas>
      <p class="hint">${this.#reading() ?? text.plane.hint}</p>
    </section>`;
  }

  /** What is made of the place under the pointer. */
  #reading(): string | null {
    const { model } = this;
    const plane = model.evaluated.value?.plane;
    if (this.under === null || !plane) return null;
    const { side, reach } = plane.asked;
    const at = (place: number) => ((place + 0.5) / side) * 2 * reach - reach;
    const classes = model.opened.value!.classes;
    const { format, plane: text } = model.text.value;
    const shares = Array.from(
      { length: classes },
      (_, cls) =>
        `${className(model, cls)}: ${format.percent(plane.probabilities[this.under! * classes + cls]!, 1)}`,
    );
    const number = (value: number) => format.fixed(value, 2);
    const [x, y] = [at(this.under % side), -at(Math.floor(this.under / side))];
    return text.reading(number(x), number(y), shares.join(" · "));
  }

  #point(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const place = (share: number) => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));
    const column = place((event.clientX - box.left) / box.width);
    this.under = place((event.clientY - box.top) / box.height) * SIDE + column;
  }

  protected override paint(): void {
    const { model } = this;
    const opened = model.opened.value;
    const plane = model.evaluated.value?.plane;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.plane");
    if (!opened || !canvas || opened.experiment.data.kind !== "toy") return;
    if (!model.labels.value) this.actions.wantLabels();
    if (!plane) return;
    const context = canvas.getContext("2d")!;
    const palette = this.palette();
    const squares = new ImageData(plane.asked.side, plane.asked.side);
    paintPlane(squares.data, plane.probabilities, opened.classes, palette);
    const small = new OffscreenCanvas(squares.width, squares.height);
    small.getContext("2d")!.putImageData(squares, 0, 0);
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    paintDots(
      context,
      plane.asked.reach,
      {
        places: plane.places,
        labels: model.labels.value ?? new Uint8Array(),
        heldOut: opened.experiment.data.points,
        marked: (id) => isMarked(model, id) || model.sample.value === id,
      },
      palette,
    );
  }
}
customElements.define("brainbow-plane", Plane);
