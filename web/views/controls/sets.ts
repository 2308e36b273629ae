// The sets to choose from, folded: what each is, how large, from whom, under which licence, and whether it is here.
import { html, nothing, type TemplateResult } from "lit";
import { comesInFiles } from "../../experiment.js";
import type { Picture } from "../../gallery.js";
import type { Experiment } from "../../session/engine.js";
import type { View } from "../view.js";

type Kind = Experiment["data"]["kind"];

/** In the order of the selection. */
export const KINDS: readonly Kind[] = [
  "mnist",
  "fashion",
  "cifar10",
  "generated",
  "toy",
  "function",
  "table",
];

export function sets(view: View, chosen: Kind): TemplateResult {
  const text = view.model.text.value;
  const look = (e: Event) => (e.currentTarget as HTMLDetailsElement).open && view.actions.wantPreviews();
  return html`<details class="sets" @toggle=${look}>
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
  const pictures = examples(view, kind);
  return html`<li>
    <h3>${text.dataSets[kind]}</h3>
    ${
      pictures.length > 0
        ? html`<p class="examples">
            ${pictures.map((picture) => html`<brainbow-picture .picture=${picture}></brainbow-picture>`)}
          </p>`
        : nothing
    }
    <p>${facts}<br />${source}<br />${licence}</p>
    <p class="state">
      ${
        kind === "table"
          ? text.tables.howToBring
          : comesInFiles(kind)
            ? here
              ? text.isHere
              : text.howToBring[kind]
            : text.alwaysHere
      }
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

/** One of each class of the set that is learned; of another one the first of its file. */
function examples({ model }: View, kind: Kind): (Picture | undefined)[] {
  const opened = model.opened.value;
  if (opened?.experiment.data.kind === kind) return opened.examples.map((id) => model.pictures.get(id));
  return model.previews.value[kind] ?? [];
}

function isHere(view: View, kind: Kind): boolean {
  if (kind === "table") return view.model.tablesHere.value.length > 0;
  return !comesInFiles(kind) || view.model.setsHere.value.includes(kind);
}
