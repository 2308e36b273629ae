// The network as a diagram, folded: image, layers and outputs as columns, and the edges that matter, live.
import { effect, untracked } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import type { Actions, Evaluated, Model } from "../model.js";
import type { SampleFacts } from "../session/protocol.js";
import { Choice } from "./diagram/choice.js";
import { controls, EDGES, type Wish } from "./diagram/controls.js";
import type { Net } from "./diagram/links.js";
import { paintDiagram } from "./diagram/paint.js";
import { stepFrom, unitAt, type Place, type Plan } from "./diagram/plan.js";
import { limitsFor, sceneOf } from "./diagram/scene.js";
import "./diagram/sum.js";
import { edgeTables } from "./diagram/table.js";
import { layerName, sentence, unitName } from "./diagram/words.js";
import { View } from "./view.js";

/** It is drawn so often at most while it learns. */
const EVERY_MS = 250;

export class Diagram extends View {
  static override properties = {
    unfolded: { state: true },
    facts: { state: true },
    wish: { state: true },
    table: { state: true },
  };
  declare unfolded: boolean;
  /** The evaluation that is drawn. */
  declare facts: Evaluated | null;
  declare wish: Wish;
  declare table: boolean;
  #choice!: Choice;
  #plan: Plan | null = null;
  #takenAt = -Infinity;
  #later: ReturnType<typeof setTimeout> | undefined;
  #stopFollowing: (() => void) | null = null;
  readonly #resized = new ResizeObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.unfolded = this.table = false;
    this.facts = null;
    this.wish = { most: EDGES.first, by: "contribution" };
  }

  override connect(model: Model, actions: Actions): void {
    super.connect(model, actions);
    this.#choice = new Choice(model);
    this.#stopFollowing?.();
    this.#stopFollowing = effect(() => this.#follow(model.evaluated.value));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopFollowing?.();
    this.#resized.disconnect();
    clearTimeout(this.#later);
  }

  /** Takes an evaluation: at once where it answers something else, a few times a second while it learns. */
  #follow(evaluated: Evaluated | null): void {
    clearTimeout(this.#later);
    if (!evaluated) this.facts = null;
    if (!this.unfolded || !evaluated?.diagram) return;
    const asked = (facts: Evaluated | null) => JSON.stringify([facts?.diagram?.asked, facts?.sample?.asked]);
    const isLive = untracked(() => this.model.live.value);
    const isSame = isLive && asked(evaluated) === asked(this.facts);
    const wait = isSame ? this.#takenAt + EVERY_MS - performance.now() : 0;
    if (wait > 0) {
      this.#later = setTimeout(() => this.#follow(this.model.evaluated.peek()), wait);
    } else {
      this.#takenAt = performance.now();
      this.facts = evaluated;
    }
  }

  /** Asks while it is unfolded, and for nothing while it is not. */
  protected override willUpdate(): void {
    const { opened, diagram } = this.model;
    const asked = this.unfolded && opened.value ? { ...this.wish, unit: this.#choice.first } : null;
    if (JSON.stringify(asked) !== JSON.stringify(diagram.peek())) diagram.value = asked;
    if (!asked) this.facts = null;
  }

  protected override gone(): void {
    this.model.diagram.value = null;
  }

  protected override isAbout(kind: Kind): boolean {
    return kind === "images";
  }

  override render() {
    const { diagram } = this.model.text.value;
    if (!this.model.opened.value) return nothing;
    return html`<details
      @toggle=${(e: Event) => (this.unfolded = (e.currentTarget as HTMLDetailsElement).open)}
    >
      <summary><b>${diagram.title}</b> · ${diagram.short}</summary>
      ${this.unfolded ? this.#body() : nothing}
    </details>`;
  }

  #body(): TemplateResult {
    const { model } = this;
    const { diagram, waiting } = model.text.value;
    const net = this.#net();
    const { chosen } = this.#choice;
    const place = chosen ?? this.#at();
    const said = net && sentence(model, net, place);
    const quietly = html`<span class="visually-hidden">${said} </span>${diagram.hint}`;
    return html`
      ${controls(model, this.wish, this.#sample(), (change) => (this.wish = { ...this.wish, ...change }))}
      <div
        class="network"
        role="listbox"
        tabindex="0"
        aria-label=${diagram.choose}
        aria-activedescendant=${`unit-${place.layer}-${place.unit}`}
        @focus=${(e: FocusEvent) => (e.currentTarget as HTMLElement).matches(":focus-visible") && this.#choice.look(this.#at())}
        @blur=${() => this.#choice.look(null)}
        @keydown=${(e: KeyboardEvent) => this.#key(e)}
      >
        <canvas
          class="diagram"
          aria-hidden="true"
          @pointermove=${(e: PointerEvent) => e.pointerType !== "touch" && this.#choice.look(this.#under(e))}
          @pointerleave=${(e: PointerEvent) => e.pointerType !== "touch" && this.#choice.look(null)}
          @click=${(e: PointerEvent) => this.#pin(this.#under(e))}
        ></canvas>
        <p
          class="unit-said"
          role="option"
          id=${`unit-${place.layer}-${place.unit}`}
          aria-selected=${chosen !== null}
        >
          ${net ? (chosen ? said : quietly) : waiting}
        </p>
      </div>
      ${net ? this.#beneath(net, place) : nothing}
    `;
  }

  #beneath(net: Net, place: Place): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const strongest = limitsFor(model, net)
      .map((limit, layer) => `${layerName(model, layer)} ±${text.format.fixed(limit, 2)}`)
      .join(" · ");
    const isGrouped = net.opened.weightShapes.some(([, units]) => units > 64);
    return html`<p class="note">
        ${text.diagram.legend(strongest)} ${isGrouped ? text.diagram.grouped : nothing}
      </p>
      <button class="small" aria-expanded=${this.table} @click=${() => (this.table = !this.table)}>
        ${this.table ? text.hideTable : text.showTable}
      </button>
      ${
        this.table
          ? html`<div class="scroll" tabindex="0" role="group" aria-label=${unitName(model, place)}>
              ${edgeTables(model, net, place)}
            </div>`
          : nothing
      }
      <brainbow-sum .model=${model} .net=${net}></brainbow-sum>`;
  }

  /** What the network makes of the pinned sample, in the evaluation that is drawn. */
  #sample(): SampleFacts | null {
    const facts = this.facts?.sample;
    return facts && facts.asked.id === this.model.sample.value ? facts : null;
  }

  /** The edges that are drawn, as long as they are those of the network that is open. */
  #net(): Net | null {
    const opened = this.model.opened.value;
    const facts = this.facts?.diagram;
    const units = opened?.weightShapes.map(([, count]) => count) ?? [];
    const isOf = facts?.layers.length === units.length;
    if (!opened || !isOf || facts.layers.some(({ biases }, i) => biases.length !== units[i])) return null;
    const values = facts.asked.by === "contribution" ? this.#sample()?.values : null;
    return { facts, opened, values: values ?? null };
  }

  #at(): Place {
    return this.#choice.at(this.#sample()?.predicted ?? 0);
  }

  #pin(place: Place | null): void {
    if (place) this.#choice.pin(place);
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const next = this.#plan && stepFrom(this.#plan, this.#at(), event.key);
    if (next) this.#choice.look(next);
    else if (event.key === "Enter" || event.key === " ") this.#pin(this.#at());
    else if (event.key === "Escape") this.#choice.release();
    else return;
    // Space would pause the network, elsewhere.
    event.preventDefault();
    event.stopPropagation();
  }

  #under(event: PointerEvent): Place | null {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return this.#plan && unitAt(this.#plan, event.clientX - box.left, event.clientY - box.top);
  }

  protected override paint(): void {
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.diagram");
    const net = this.#net();
    if (!canvas || !net || canvas.clientWidth === 0) return;
    this.#resized.observe(canvas);
    const { model } = this;
    const sample = net.values ? this.#sample() : null;
    if (sample) this.actions.wantPictures([sample.asked.id]);
    const shown = { chosen: this.#choice.chosen, sample, width: canvas.clientWidth };
    const scene = sceneOf(model, net, shown, this.palette());
    this.#plan = scene.plan;
    const scale = Math.min(devicePixelRatio, 2);
    const [width, height] = [scene.plan.width * scale, scene.plan.height * scale].map(Math.round);
    if (canvas.width !== width) canvas.width = width!;
    if (canvas.height !== height) canvas.height = height!;
    canvas.style.height = `${scene.plan.height}px`;
    const context = canvas.getContext("2d")!;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const style = getComputedStyle(this);
    const [text, quiet, line] = ["--text", "--quiet", "--line"].map((name) => style.getPropertyValue(name));
    paintDiagram(context, { ...scene, ink: { text: text!, quiet: quiet!, line: line! } }, this.palette());
  }
}
customElements.define("brainbow-diagram", Diagram);
