// A sample wherever one is shown: its image on a button that pins it, marked where it belongs to the selection.
import { html, nothing, type TemplateResult } from "lit";
import type { Model } from "../model.js";

/** `beneath`: what is written under the image. */
export function sampleButton(
  model: Model,
  id: number,
  name: string,
  beneath: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const isMarked = model.marked.value?.has(id) === true;
  const isPinned = model.sample.value === id;
  return html`<button
    class=${isMarked ? "marked" : ""}
    aria-label=${name}
    aria-description=${isMarked ? model.text.value.inSelection : nothing}
    title=${name}
    aria-pressed=${isPinned}
    @click=${() => (model.sample.value = isPinned ? null : id)}
  >
    <brainbow-picture data-sample=${id} .picture=${model.pictures.value.get(id)}></brainbow-picture>
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
