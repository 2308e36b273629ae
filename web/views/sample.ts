// A sample wherever one is shown: its image on a button that pins it, marked where it belongs to the selection.
import { html, nothing, type TemplateResult } from "lit";
import type { Model } from "../model.js";
import { isMarked } from "../selection.js";
import { isComparable } from "./confusion/difference.js";

/** `beneath`: what is written under the image. Only one run is asked why it reads a sample so: another's can be pinned where
 *  that one reads them, too. */
export function sampleButton(
  model: Model,
  id: number,
  name: string,
  beneath: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const { main } = model;
  const isRead = main === model || isComparable(main);
  const isOfSelection = isRead && isMarked(main, id);
  const isPinned = isRead && main.sample.value === id;
  return html`<button
    class=${isOfSelection ? "marked" : ""}
    aria-label=${name}
    aria-description=${isOfSelection ? model.text.value.inSelection : nothing}
    title=${name}
    aria-pressed=${isPinned}
    ?disabled=${!isRead}
    @click=${() => (main.sample.value = isPinned ? null : id)}
  >
    <brainbow-picture data-sample=${id} .picture=${model.pictures.get(id)}></brainbow-picture>
    ${beneath}
  </button>`;
}

/** Whether the samples of the selection alone are shown; nothing where nothing is selected. */
export function onlyThese(model: Model, selected: string | null): TemplateResult | typeof nothing {
  if (selected === null) return nothing;
  return html`<label class="only"
    ><input
      type="checkbox"
      .checked=${model.onlyThese.value}
      @change=${(e: Event) => (model.onlyThese.value = (e.target as HTMLInputElement).checked)}
    />
    ${model.text.value.onlyThese(selected)}</label
  >`;
}
