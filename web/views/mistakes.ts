// The mistakes: what it is → what it was taken for, with the probability; a click pins the sample.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { EvaluationFacts } from "../session/protocol.js";
import type { Order } from "../session/engine.js";
import { pick } from "./fields.js";
import { SettledOrder } from "./settled-order.js";
import { className, hasNames } from "./names.js";
import { View } from "./view.js";

const ORDERS: readonly Order[] = ["mostConfident", "closestCall", "mostAtALoss"];

export class Mistakes extends View {
  readonly #order = new SettledOrder();
  #held = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("pointerenter", () => (this.#held = true));
    this.addEventListener("pointerleave", () => (this.#held = this.contains(document.activeElement)));
    this.addEventListener("focusin", () => (this.#held = true));
    this.addEventListener("focusout", () => (this.#held = this.matches(":hover")));
  }

  override render() {
    const { model } = this;
    const text = model.text.value;
    const evaluated = model.evaluated.value;
    const orders = ORDERS.map((value) => ({ value, label: text.orders[value] }));
    return html`
      <h2>
        ${text.mistakes}
        ${evaluated ? html`<span class="step">${text.atStep(evaluated.step)}</span>` : nothing}
        <span class="aside">${text.mistakesAxes}</span>
        ${pick(text.order, orders, model.mistakesOrder.value, (order: Order) => (model.mistakesOrder.value = order), true)}
      </h2>
      ${evaluated ? this.#list(evaluated.mistakes) : html`<p class="hint">${text.waiting}</p>`}
    `;
  }

  #list({ asked, ranking: { samples } }: EvaluationFacts["mistakes"]): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    if (samples.length === 0) return html`<p class="hint">${text.noMistakes}</p>`;
    const state = { held: this.#held, live: model.live.value };
    const arranged = this.#order.arrange(asked.order, samples, state, performance.now());
    this.actions.wantPictures(arranged.map(({ id }) => id));
    return html`<ul class=${hasNames(model) ? "images named" : "images"} aria-label=${text.mistakes}>
      ${repeat(
        arranged,
        ({ id }) => id,
        ({ id, actual, predicted, probability }) =>
          html`<li>
            <button
              aria-label=${`${text.sample(id, probability)}: ${className(model, actual)} → ${className(model, predicted)}`}
              aria-pressed=${model.sample.value === id}
              @click=${() => (model.sample.value = model.sample.value === id ? null : id)}
            >
              <brainbow-picture data-sample=${id} .picture=${model.pictures.value.get(id)}></brainbow-picture>
              <span>
                ${className(model, actual)}
                ${hasNames(model) ? html`<b>→ ${className(model, predicted)}</b>` : html`→ <b>${className(model, predicted)}</b>`}
              </span>
              <span class="share">${text.format.fixed(probability * 100, 1)}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }
}
customElements.define("brainbow-mistakes", Mistakes);
