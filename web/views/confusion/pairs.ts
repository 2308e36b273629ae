// The largest errors, in words: each a button, which stays where it is while somebody is about to press it.
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Cell, Evaluated } from "../../model.js";
import { className, hasNames } from "../names.js";
import { isHeld, SettledOrder } from "../settled-order.js";
import type { View } from "../view.js";
import { largestErrors, same, type Confused } from "./cells.js";

/** Pairs of classes that are listed. */
const MOST = 5;

export interface Pinning {
  pin(cell: Cell): void;
  release(event: KeyboardEvent): void;
}

export class Pairs {
  readonly #view: View;
  readonly #pinning: Pinning;
  readonly #order = new SettledOrder();
  #shown: readonly Confused[] = [];

  constructor(view: View, pinning: Pinning) {
    this.#view = view;
    this.#pinning = pinning;
  }

  list(evaluated: Evaluated | null, classes: number): TemplateResult {
    const { model } = this.#view;
    const text = model.text.value;
    const name = (label: number) => className(model, label);
    this.#shown = evaluated ? this.#arranged(evaluated.confusion, classes) : [];
    const letGo = () => this.#view.requestUpdate();
    return html`<ul
      class=${hasNames(model) ? "pairs named" : "pairs"}
      aria-label=${text.confusedMost}
      @keydown=${(e: KeyboardEvent) => this.#pinning.release(e)}
      @pointerleave=${letGo}
      @focusout=${letGo}
    >
      <li aria-hidden="true">${text.confusedMost}</li>
      ${repeat(
        this.#shown,
        ({ id }) => id,
        ({ actual, predicted, count }) =>
          html`<li>
            <button
              class="small"
              aria-pressed=${same(model.pinnedCell.value, { actual, predicted })}
              @click=${() => this.#pinning.pin({ actual, predicted })}
            >
              ${text.pair(name(actual), name(predicted), count)}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  /** While they are held they are those that were there, with the counts of now. */
  #arranged(confusion: Uint32Array, classes: number): Confused[] {
    const list = this.#view.querySelector(".pairs");
    const areOf = this.#shown.every(({ id, actual, predicted }) => id === actual * classes + predicted);
    const held = this.#shown.length > 0 && areOf && list !== null && isHeld(list);
    const pairs = held
      ? this.#shown.map((pair) => ({ ...pair, count: confusion[pair.id]! }))
      : largestErrors(confusion, classes, MOST);
    const state = { held, live: this.#view.model.live.value };
    return this.#order.arrange(String(classes), pairs, state, performance.now());
  }
}
