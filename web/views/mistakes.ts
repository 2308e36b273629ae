// The mistakes: what it is → what it was taken for, with the probability; a click pins the sample.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { OF_PICTURES, type Kind } from "../kinds.js";
import type { Evaluated } from "../model.js";
import { isWatched, type Selection } from "../selection.js";
import type { EvaluationFacts } from "../session/protocol.js";
import type { Order } from "../session/engine.js";
import { pick } from "./fields.js";
import { isHeld, SettledOrder, sortWhenLetGo } from "./settled-order.js";
import { className, hasNames, selectionName } from "./names.js";
import { onlyThese, sampleButton } from "./sample.js";
import { View } from "./view.js";

const ORDERS: readonly Order[] = ["mostConfident", "closestCall", "mostAtALoss"];

export class Mistakes extends View {
  readonly #order = new SettledOrder();
  #last: { selection: Selection | null; mistakes: EvaluationFacts["mistakes"] } | null = null;

  constructor() {
    super();
    sortWhenLetGo(this);
  }

  protected override isAbout(kind: Kind): boolean {
    return OF_PICTURES.includes(kind);
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
        <span class="aside">${onlyThese(model, selectionName(model))} ${text.mistakesAxes}</span>
        ${pick(text.order, orders, model.mistakesOrder.value, (order: Order) => (model.mistakesOrder.value = order), true)}
      </h2>
      ${evaluated ? this.#list(this.#ofSelection(evaluated)) : html`<p class="hint">${text.waiting}</p>`}
    `;
  }

  /** Those of the unit that is selected stay while another one is hovered, and watched. */
  #ofSelection(evaluated: Evaluated): EvaluationFacts["mistakes"] {
    const selection = this.model.selection.value;
    const isOther =
      evaluated.mistakes.asked.among.kind === "excitingMistakes" &&
      selection?.kind === "neuron" &&
      !isWatched(selection, evaluated);
    if (!isOther || this.#last?.selection !== selection)
      this.#last = { selection, mistakes: evaluated.mistakes };
    return this.#last.mistakes;
  }

  #list({ asked, ranking: { samples } }: EvaluationFacts["mistakes"]): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const { among } = asked;
    if (among.kind === "cell" && among.actual === among.predicted)
      return html`<p class="hint">${text.noMistake}</p>`;
    if (samples.length === 0) return html`<p class="hint">${text.noMistakes}</p>`;
    const state = { held: isHeld(this), live: model.live.value };
    const arranged = this.#order.arrange(JSON.stringify(asked), samples, state, performance.now());
    this.actions.wantPictures(arranged.map(({ id }) => id));
    return html`<ul class=${hasNames(model) ? "images named" : "images"} aria-label=${text.mistakes}>
      ${repeat(
        arranged,
        ({ id }) => id,
        ({ id, actual, predicted, probability }) => {
          const [is, taken] = [className(model, actual), className(model, predicted)];
          const name = `${text.sample(id, probability)}: ${is} → ${taken}`;
          const named = hasNames(model) ? html`<b>→ ${taken}</b>` : html`→ <b>${taken}</b>`;
          const share = html`<span class="share">${text.format.fixed(probability * 100, 1)}</span>`;
          return html`<li>${sampleButton(model, id, name, html`<span>${is} ${named}</span> ${share}`)}</li>`;
        },
      )}
    </ul>`;
  }
}
customElements.define("brainbow-mistakes", Mistakes);
