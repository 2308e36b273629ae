// The sets to choose from, folded: what each is, how large, from whom, under which licence, and whether it is here.
import { html, nothing, type TemplateResult } from "lit";
import type { Experiment } from "../../session/engine.js";
import type { View } from "../view.js";

type Kind = Experiment["data"]["kind"];

/** In the order of the selection. */
export const KINDS: readonly Kind[] = ["mnist", "fashion", "cifar10", "generated"];

export function sets(view: View, chosen: Kind): TemplateResult {
  const text = view.model.text.value;
  return html`<details class="sets">
    <summary>
      <b>${text.aboutSets}</b> · ${text.setsHere(KINDS.filter((kind) => isHere(view, kind)).length)}
    </summary>
    <ul aria-label=${text.aboutSets}>
      ${KINDS.map((kind) => card(view, kind, kind === chosen))}
    </ul>
  </details>`;
}

function card(view: View, kind: Kind, isChosen: boolean): TemplateResult {
  const { model, actions } = view;
  const text = model.text.value;
  const { facts, source, licence } = text.sets[kind];
  const here = isHere(view, kind);
  const pictures =
    isChosen && model.opened.value?.experiment.data.kind === kind ? model.opened.value.examples : [];
  return html`<li>
    <h3>${text.dataSets[kind]}</h3>
    ${
      pictures.length > 0
        ? html`<p class="examples">
            ${pictures.map((id) => html`<brainbow-picture .picture=${model.pictures.value.get(id)}></brainbow-picture>`)}
          </p>`
        : nothing
    }
    <p>${facts}<br />${source}<br />${licence}</p>
    <p class="state">
      ${kind === "generated" ? text.alwaysHere : here ? text.isHere : text.howToBring[kind]}
    </p>
    ${
      isChosen
        ? nothing
        : here
          ? html`<button
              class="small"
              aria-label=${`${text.learnOn}: ${text.dataSets[kind]}`}
              @click=${() => actions.chooseData(kind)}
            >
              ${text.learnOn}
            </button>`
          : kind === "mnist"
            ? html`<button class="small" @click=${() => actions.fetchMnist()}>${text.fetchMnist}</button>`
            : nothing
    }
  </li>`;
}

function isHere(view: View, kind: Kind): boolean {
  return kind === "generated" || view.model.setsHere.value.includes(kind);
}
