// The card of a confusion cell: the images behind it, ordered, each with its probability.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { OF_PICTURES, type Kind } from "../kinds.js";
import type { Cell } from "../model.js";
import type { EvaluationFacts } from "../session/protocol.js";
import type { Order } from "../session/engine.js";
import { isHeld, SettledOrder, sortWhenLetGo } from "./settled-order.js";
import { same } from "./confusion/cells.js";
import { comparable, isComparable, onlyIn, type OnlyOne } from "./confusion/difference.js";
import { pick } from "./fields.js";
import { className, hasNames } from "./names.js";
import { sampleButton } from "./sample.js";
import { View } from "./view.js";

const ORDERS: readonly Order[] = ["mostConfident", "leastConfident", "highestLoss"];
const FEW = 24;
/** Samples that are shown at most. */
const MOST = 2000;
/** Of each of two runs. */
const COMPARED = 12;

export class Card extends View {
  static override properties = { all: { state: true } };
  /** Whether all samples of a difference are shown. */
  declare all: boolean;
  readonly #order = new SettledOrder();
  readonly #onlyA = new SettledOrder();
  readonly #onlyB = new SettledOrder();

  constructor() {
    super();
    this.all = false;
    sortWhenLetGo(this);
  }

  protected override isAbout(kind: Kind): boolean {
    return OF_PICTURES.includes(kind);
  }

  override render() {
    const { model } = this;
    const text = model.text.value;
    const cell = model.card.value;
    if (!cell) return html`<p class="hint">${text.cardHint}</p>`;
    const [actual, predicted] = [className(model, cell.actual), className(model, cell.predicted)];
    const evaluated = model.evaluated.value;
    const card = evaluated?.card ?? null;
    const answer = card && same(card.asked.cell, cell) ? card : null;
    const orders = ORDERS.map((value) => ({ value, label: text.orders[value] }));
    return html`<section
      role="region"
      class=${hasNames(model) ? "named" : ""}
      aria-label=${text.cellName(actual, predicted)}
    >
      <header>
        <h3>${text.cardTitle(actual, predicted, model.opened.value?.experiment.data.kind ?? "mnist")}</h3>
        <p class="count">${evaluated ? this.#count(cell) : nothing}</p>
        ${
          this.#isCompared()
            ? nothing
            : pick(
                text.order,
                orders,
                model.cardOrder.value,
                (order: Order) => (model.cardOrder.value = order),
                true,
              )
        }
      </header>
      ${this.#isCompared() ? this.#compared(cell) : answer ? this.#images(answer) : nothing}
    </section>`;
  }

  #isCompared(): boolean {
    return this.model.cells.value === "difference" && isComparable(this.model);
  }

  /** What one of two runs reads so, and the other does not. */
  #compared(cell: Cell): TemplateResult | typeof nothing {
    const { model } = this;
    const [a, b] = [model.evaluated.value?.readings, comparable(model)?.readings];
    if (!a || !b) return nothing;
    const text = model.text.value.compare;
    const predicted = className(model, cell.predicted);
    const lists = [
      { title: text.onlyA(predicted), samples: onlyIn(a, b, cell), order: this.#onlyA },
      { title: text.onlyB(predicted), samples: onlyIn(b, a, cell), order: this.#onlyB },
    ];
    return html`${lists.map(({ title, samples, order }) => this.#only(title, samples, order))}
    ${lists.some(({ samples }) => samples.length > COMPARED) ? this.#fewOrAll() : nothing}`;
  }

  #fewOrAll(): TemplateResult {
    const text = this.model.text.value;
    return html`<p class="more">
      <button class="small" @click=${() => (this.all = !this.all)}>
        ${this.all ? text.showFewer : text.compare.showAll}
      </button>
    </p>`;
  }

  #only(title: string, samples: OnlyOne[], order: SettledOrder): TemplateResult {
    const { model } = this;
    const state = { held: isHeld(this), live: model.live.value };
    const first = samples.slice(0, this.all ? samples.length : COMPARED);
    const shown = order.arrange(`${title} ${this.all}`, first, state, performance.now());
    this.actions.wantPictures(shown.map(({ id }) => id));
    const text = model.text.value;
    const count =
      shown.length < samples.length
        ? text.shownOf(shown.length, samples.length)
        : text.format.count(shown.length);
    return html`<h4>${title} <span class="count">${count}</span></h4>
      <ul class="images" aria-label=${title}>
        ${repeat(
          shown,
          ({ id }) => id,
          (sample) => this.#item(sample),
        )}
      </ul>`;
  }

  #count({ actual, predicted }: Cell): TemplateResult {
    const { confusion, step } = this.model.evaluated.value!;
    const text = this.model.text.value;
    const classes = this.model.opened.value!.classes;
    let whole = 0;
    for (let i = 0; i < classes; i++) whole += confusion[actual * classes + i]!;
    return html`${text.cardCount(confusion[actual * classes + predicted]!, whole)} ·
      <span class="step">${text.atStep(step)}</span>`;
  }

  #images({ asked, ranking: { samples, total } }: NonNullable<EvaluationFacts["card"]>): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const name = text.cellName(className(model, asked.cell.actual), className(model, asked.cell.predicted));
    if (total === 0) return html`<p class="hint">${text.cardEmpty}</p>`;
    const state = { held: isHeld(this), live: model.live.value };
    const arranged = this.#order.arrange(JSON.stringify(asked), samples, state, performance.now());
    this.actions.wantPictures(arranged.map(({ id }) => id));
    const all = model.cardMost.value > FEW;
    return html`
      <ul class="images" aria-label=${name}>
        ${repeat(
          arranged,
          ({ id }) => id,
          (sample) => this.#item(sample),
        )}
      </ul>
      ${
        total > FEW
          ? html`<p class="more">
              ${text.shownOf(arranged.length, total)}
              <button class="small" @click=${() => (model.cardMost.value = all ? FEW : MOST)}>
                ${all ? text.showFewer : total > MOST ? text.showFirst(MOST) : text.showAll(total)}
              </button>
            </p>`
          : nothing
      }
    `;
  }

  #item({ id, probability }: OnlyOne): TemplateResult {
    const text = this.model.text.value;
    const name = text.sample(id, probability);
    const percent = html`<span>${text.format.fixed(probability * 100, 1)}</span>`;
    return html`<li aria-label=${name}>${sampleButton(this.model, id, name, percent)}</li>`;
  }
}
customElements.define("brainbow-card", Card);
