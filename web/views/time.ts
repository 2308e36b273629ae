// One slider for the time of everything: back to any step that has been kept, forward again, or on from there.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { overfitting } from "../session/overfitting.js";
import { View } from "./view.js";

/** Between two steps of a playback at speed 1: slow enough to see the filters move. */
const PLAYBACK_MS = 120;
const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Time extends View {
  static override properties = { plays: { state: true }, speed: { state: true } };
  declare plays: boolean;
  declare speed: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.plays = false;
    this.speed = 1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render() {
    const { model, actions } = this;
    const text = model.text.value.time;
    const steps = this.#past();
    if (steps.length === 0) return nothing;
    const looking = model.looking.value;
    const place = looking === null ? steps.length : steps.indexOf(looking);
    const said = looking === null ? text.live : text.at(looking);
    return html`<label title=${text.help}>
        <span class="visually-hidden">${text.title}</span>
        <input
          type="range"
          min="0"
          max=${steps.length}
          .value=${live(String(place))}
          aria-valuetext=${said}
          @input=${(e: Event) => this.#go((e.target as HTMLInputElement).valueAsNumber)}
        />
      </label>
      <output aria-live="off">${said}</output>
      <button
        class="small"
        aria-label=${this.plays ? text.stop : text.play}
        title=${this.plays ? text.stop : text.play}
        @click=${() => (this.plays ? this.#stop() : this.#play())}
      >
        ${this.plays ? "■" : "▶"}
      </button>
      ${this.plays || looking !== null ? this.#speeds() : nothing}
      <button
        class="small"
        title=${model.text.value.compare.keepHelp}
        ?disabled=${model.awaited.value}
        @click=${() => actions.keep()}
      >
        ${model.text.value.compare.keep}
      </button>
      ${
        looking === null
          ? this.#overfitting()
          : html`<button class="small" @click=${() => this.#leave(() => actions.fork())}>${text.goOn}</button>
              <button class="small" @click=${() => this.#leave(() => actions.look(null))}>
                ${text.toLive}
              </button>`
      }`;
  }

  /** Whether what is held out gets worse while what is learned gets better, in words, where nobody looks back. */
  #overfitting(): TemplateResult | typeof nothing {
    const found = this.plays ? null : overfitting(this.model.history.value);
    if (!found) return nothing;
    const { format, overfits } = this.model.text.value;
    return html`<p class="note overfitting">
      ${overfits(found.best, format.fixed(found.loss, 4), found.epochs)}
    </p>`;
  }

  #speeds(): TemplateResult {
    const { format, time } = this.model.text.value;
    return html`<select
      aria-label=${time.speed}
      title=${time.speed}
      @change=${(e: Event) => this.#pace(Number((e.target as HTMLSelectElement).value))}
    >
      ${SPEEDS.map(
        (speed) =>
          html`<option value=${speed} ?selected=${speed === this.speed}>${format.number(speed)}×</option>`,
      )}
    </select>`;
  }

  #pace(speed: number): void {
    this.speed = speed;
    if (!this.plays) return;
    this.#stop();
    this.#play();
  }

  /** The steps kept before the present. */
  #past(): number[] {
    return [...this.model.kept.value];
  }

  #go(place: number): void {
    this.#stop();
    this.actions.look(this.#past()[place] ?? null);
  }

  #leave(act: () => void): void {
    this.#stop();
    act();
  }

  /** From where it is looked at, or from the beginning, to the present. */
  #play(): void {
    const { looking } = this.model;
    this.plays = true;
    this.actions.look(looking.value ?? this.#past()[0] ?? null);
    this.#timer = setInterval(() => {
      const steps = this.#past();
      const next = looking.value === null ? undefined : steps[steps.indexOf(looking.value) + 1];
      this.actions.look(next ?? null);
      if (next === undefined) this.#stop();
    }, PLAYBACK_MS / this.speed);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.plays = false;
  }
}
customElements.define("brainbow-time", Time);
