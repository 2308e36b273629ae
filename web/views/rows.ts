// The rows behind a cell of the matrix: of a table, ordered as the card's images are, to be taken along as CSV.
import { html, nothing, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import type { Order } from "../session/engine.js";
import type { EvaluationFacts } from "../session/protocol.js";
import { pick } from "./fields.js";
import { className } from "./names.js";
import { View } from "./view.js";

const ORDERS = ["mostConfident", "leastConfident", "highestLoss", "closestCall", "mostAtALoss"] as const;

type Card = NonNullable<EvaluationFacts["card"]>;

export class Rows extends View {
  protected override isAbout(kind: Kind): boolean {
    return kind === "rows";
  }

  protected override gone(): void {
    this.model.cardOrder.value = "mostConfident";
  }

  override render() {
    const { model } = this;
    if (!model.opened.value) return nothing;
    const text = model.text.value;
    const cell = model.card.value;
    const evaluated = model.evaluated.value;
    const card = evaluated?.card ?? null;
    const isIt =
      cell && card && card.asked.cell.actual === cell.actual && card.asked.cell.predicted === cell.predicted;
    const title = cell
      ? text.cardTitle(className(model, cell.actual), className(model, cell.predicted), "table")
      : text.rows.title;
    const orders = ORDERS.map((value) => ({ value, label: text.orders[value] }));
    return html`<section role="region" aria-label=${text.rows.title}>
      <h2>
        ${title} ${evaluated ? html`<span class="step">${text.atStep(evaluated.step)}</span>` : nothing}
        ${pick(text.order, orders, model.cardOrder.value, (order: Order) => (model.cardOrder.value = order), true)}
      </h2>
      ${isIt ? this.#table(card) : html`<p class="hint">${text.rows.hint}</p>`}
    </section>`;
  }

  #table({ asked, ranking: { samples, total } }: Card): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const { columns, cells } = model.rows.value;
    if (total === 0) return html`<p class="hint">${text.cardEmpty}</p>`;
    const name = text.rows.title;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${name}>
        <table class="rows" aria-label=${name}>
          <thead>
            <tr>
              <th scope="col">${text.rows.row}</th>
              ${columns.map((column) => html`<th scope="col">${column}</th>`)}
              <th scope="col">${text.rows.probability}</th>
            </tr>
          </thead>
          <tbody>
            ${samples.map(
              ({ id, probability }) =>
                html`<tr>
                  <th scope="row">${text.format.count(id + 1)}</th>
                  ${columns.map((_, i) => html`<td>${cells.get(id)?.[i] ?? ""}</td>`)}
                  <td>${text.format.percent(probability)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="under">
        <span class="note">${text.shownOf(samples.length, total)}</span>
        ${
          samples.length < total
            ? html`<button class="small" @click=${() => (model.cardMost.value = total)}>
                ${text.showAll(total)}
              </button>`
            : nothing
        }
        <button class="small" @click=${() => this.#save(asked, samples)}>${text.rows.save}</button>
      </p>`;
  }

  /** What is shown, as a file. */
  #save({ cell }: Card["asked"], samples: Card["ranking"]["samples"]): void {
    const { columns, cells } = this.model.rows.value;
    const quoted = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
    const line = (fields: string[]) => fields.map(quoted).join(",");
    const lines = samples.map(({ id, probability }) =>
      line([String(id + 1), ...(cells.get(id) ?? []), String(probability)]),
    );
    const csv = [line(["row", ...columns, "probability"]), ...lines].join("\n") + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
    const of = (label: number) => className(this.model, label).replaceAll(/\W+/g, "_");
    link.download = `${of(cell.actual)}-as-${of(cell.predicted)}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  protected override paint(): void {
    const { model, actions } = this;
    const ids = model.evaluated.value?.card?.ranking.samples.map(({ id }) => id) ?? [];
    const unknown = ids.filter((id) => !model.rows.value.cells.has(id));
    if (unknown.length > 0) actions.want({ kind: "rows", ids: unknown });
  }
}
customElements.define("brainbow-rows", Rows);
