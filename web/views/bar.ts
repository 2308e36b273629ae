// The top bar: run, step, restart, new seed; epoch, accuracy, speed; share, language, theme.
import { html, nothing } from "lit";
import { LANGUAGES } from "../text/languages.js";
import { heldOutOf } from "./names.js";
import { scoreOf } from "./score.js";
import { View } from "./view.js";

export class Bar extends View {
  #shared = false;

  override render() {
    const { model, actions } = this;
    const text = model.text.value;
    const evaluated = model.evaluated.value;
    const score = scoreOf(model);
    const opened = model.opened.value;
    const speed = model.samplesPerSecond.value;
    const going = model.live.value;
    return html`
      <h1>Brainbow</h1>
      <div class="run" role="group" aria-label=${text.train}>
        <button class="primary" @click=${() => actions.toggle()}>${going ? text.pause : text.train}</button>
        <button @click=${() => void actions.step(1)}>${text.step}</button>
        <button @click=${() => actions.restart()} title=${text.restartHelp}>${text.restart}</button>
        <button @click=${() => actions.newSeed()} title=${text.newSeedHelp}>${text.newSeed}</button>
      </div>
      <p class="figure">
        <output aria-label=${text.epoch} aria-live="off" class="epoch">${this.#epoch()}</output>
        <span>${text.epochUnit}</span>
      </p>
      <p class="figure" data-brief=${score.brief}>
        <output aria-label=${score.ofHeldOut} aria-live="off" class="accuracy"
          >${evaluated ? score.short(evaluated.score) : "–"}</output
        >
        <span class="long"
          >${opened ? text.scoreOf(opened.heldOutSamples, heldOutOf(opened), opened.experiment.data.kind, opened.classes > 0) : nothing}</span
        >
      </p>
      <p class="figure speed">
        <b>${speed === null || !going ? "–" : text.format.rate(speed)}</b>
        <span
          >${model.state.value.kind === "finished" ? text.states.finished : text.perSecond(model.experiment.value?.data.kind ?? "mnist")}</span
        >
      </p>
      <div class="page-settings">
        <button @click=${() => this.#share()}>${this.#shared ? text.shared : text.share}</button>
        <select
          aria-label=${text.languageLabel}
          @change=${(e: Event) => void actions.setLanguage((e.target as HTMLSelectElement).value)}
        >
          ${LANGUAGES.map(
            (other) =>
              html`<option
                lang=${other.language}
                value=${other.language}
                ?selected=${other.language === text.language}
              >
                ${other.languageName}
              </option>`,
          )}
        </select>
        <select
          aria-label=${text.theme}
          @change=${(e: Event) => actions.setTheme((e.target as HTMLSelectElement).value as "light")}
        >
          ${(["system", "light", "dark"] as const).map(
            (theme) =>
              html`<option value=${theme} ?selected=${theme === model.theme.value}>
                ${text.themes[theme]}
              </option>`,
          )}
        </select>
      </div>
      <p class="visually-hidden" aria-live="polite">${this.#spoken()}</p>
    `;
  }

  #epoch(): string {
    const { model } = this;
    const opened = model.opened.value;
    if (!opened) return "0.0";
    // Down, not to the nearest: an epoch is not over before it is.
    const tenths = Math.floor((model.step.value * 10) / opened.stepsPerEpoch);
    return model.text.value.format.fixed(tenths / 10, 1);
  }

  /** One sentence for each epoch, not for each batch. */
  #spoken(): string {
    const { lastEpoch, text, experiment, opened } = this.model;
    if (!lastEpoch.value) return "";
    const { epoch, valScore } = lastEpoch.value;
    return text.value.spoken(
      epoch,
      scoreOf(this.model).short(valScore),
      experiment.value?.data.kind ?? "mnist",
      (opened.value?.classes ?? 1) > 0,
    );
  }

  async #share(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#shared = true;
      this.requestUpdate();
      setTimeout(() => {
        this.#shared = false;
        this.requestUpdate();
      }, 2000);
    } catch {
      // No clipboard over plain http: the address bar has the link as well.
      prompt(this.model.text.value.shareByHand, location.href);
    }
  }
}
customElements.define("brainbow-bar", Bar);
