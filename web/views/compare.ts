// The run beside, B: what it is and how far it is, in numbers beside this run's, and what its neurons look for.
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Actions, Model } from "../model.js";
import { comparable, isComparable } from "./confusion/difference.js";
import { networkName } from "./names.js";
import { scoreOf } from "./score.js";
import { View } from "./view.js";

export class Compare extends View {
  /** Its views ask B. */
  #actions: Actions | null = null;

  override render() {
    const { model, actions } = this;
    const text = model.text.value;
    const b = model.other.value;
    if (!b) return nothing;
    const ofB = (this.#actions ??= { ...actions, ...actions.beside() });
    return html`<section role="region" aria-label=${text.compare.title}>
      <h2>
        ${text.compare.title}
        <span class="aside">${text.compare.help}</span>
      </h2>
      ${this.#figures(b)} ${this.#trouble(b)}
      <p class="compare-bar">
        <button class="small" @click=${() => actions.together()}>${text.compare.together}</button>
        <label
          ><input
            type="checkbox"
            .checked=${model.learnsAlong.value}
            @change=${(e: Event) => (model.learnsAlong.value = (e.target as HTMLInputElement).checked)}
          />
          ${text.compare.learnsAlong}</label
        >
        <button class="small" @click=${() => actions.letGo()}>${text.compare.letGo}</button>
      </p>
      ${
        b.opened.value
          ? keyed(
              b,
              html`<div role="group" aria-label=${text.compare.neurons}>
                <brainbow-plane .model=${b} .actions=${ofB}></brainbow-plane>
                <brainbow-neurons .model=${b} .actions=${ofB}></brainbow-neurons>
                <brainbow-neuron-card .model=${b} .actions=${ofB}></brainbow-neuron-card>
              </div>`,
            )
          : html`<p class="hint">${text.states.loading}</p>`
      }
    </section>`;
  }

  /** Both runs and their difference, as far as each of them has been evaluated. */
  #figures(b: Model): TemplateResult {
    const text = this.model.text.value;
    const { format, compare } = text;
    const score = scoreOf(this.model);
    const [ours, theirs] = [this.model.evaluated.value, b.evaluated.value];
    const figure = (value: number | undefined, write: (value: number) => string) =>
      html`<td>${value === undefined ? "–" : write(value)}</td>`;
    const row = (name: string, of: typeof ours, network: string) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${network}</td>
        ${figure(of?.step, format.count)} ${figure(of?.loss, (loss) => format.fixed(loss, 4))}
        ${figure(isAlike || of === ours ? of?.score : undefined, score.exact)}
      </tr>`;
    // An accuracy is none of numbers.
    const isAlike = hasMatrix(this.model) === hasMatrix(b);
    const isFair = comparable(this.model) !== null && ours !== null && theirs !== null;
    const [ofOurs, ofTheirs] = [this.model.opened.value, b.opened.value].map((run) => run?.experiment.loss);
    return html`<table class="figures">
      <caption class="visually-hidden">
        ${compare.title}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${text.network}</th>
          <th scope="col">${compare.steps}</th>
          <th scope="col">${text.loss}</th>
          <th scope="col">${score.name}</th>
        </tr>
      </thead>
      <tbody>
        ${row("A", ours, networkName(this.model))} ${row("B", theirs, networkName(b))}
        ${
          isFair
            ? html`<tr>
                <th scope="row">A − B</th>
                <td></td>
                <td>${format.signed(ours.step - theirs.step)}</td>
                <td>${ofOurs === ofTheirs ? format.signed(ours.loss - theirs.loss, 4) : "–"}</td>
                <td>${score.difference(ours.score, theirs.score)}</td>
              </tr>`
            : nothing
        }
      </tbody>
    </table>`;
  }

  /** Why the two can't be taken from each other, or why B learns no more. */
  #trouble(b: Model): TemplateResult | typeof nothing {
    const text = this.model.text.value.compare;
    const message = b.message.value;
    const said =
      message?.kind === "diverged"
        ? text.diverged(message.step)
        : message?.kind === "lost"
          ? text.lost
          : message?.kind === "refused"
            ? this.model.text.value.refusal(message.refusal)
            : b.evaluated.value && hasMatrix(this.model) && hasMatrix(b) && !isComparable(this.model)
              ? text.otherSamples
              : null;
    return said === null ? nothing : html`<p class="hint">${said}</p>`;
  }
}
customElements.define("brainbow-compare", Compare);

const hasMatrix = ({ opened }: Model) => (opened.value?.classes ?? 0) > 0;
