// What is learned from, how it comes here, and how far it is.
import { html, nothing, type TemplateResult } from "lit";
import type { Experiment } from "../../session/engine.js";
import { pick } from "../fields.js";
import type { View } from "../view.js";

export function data(view: View, { data }: Experiment): TemplateResult {
  const text = view.model.text.value;
  const opened = view.model.opened.value;
  const loading = view.model.loading.value;
  const options = (["mnist", "generated"] as const).map((value) => ({
    value,
    label: text.dataSets[value],
  }));
  return html`
    <section class="data">
      <h2>
        ${text.data} <span class="aside">${opened ? text.toLearnFrom(opened.trainSamples) : nothing}</span>
      </h2>
      ${pick(text.dataSet, options, data.kind, (kind) => view.actions.chooseData(kind), true)}
      <p class="examples">
        ${opened?.examples.map(
          (id) => html`<brainbow-picture .picture=${view.model.pictures.value.get(id)}></brainbow-picture>`,
        )}
      </p>
      ${
        loading
          ? html`<p class="loading">
              <progress
                max=${loading.total ?? nothing}
                .value=${loading.received}
                aria-label=${text.states.loading}
              ></progress>
              ${text.loadingFile(loading.file, loading.received, loading.total)}
            </p>`
          : html`<p class="note">${data.kind === "mnist" ? text.mnistNote : text.generatedNote}</p>`
      }
      ${
        data.kind === "generated" && !view.model.mnistHere.value && !loading
          ? html`<button class="wide" title=${text.fetchMnistHelp} @click=${() => view.actions.fetchMnist()}>
                ${text.fetchMnist}
              </button>
              <p class="note">${text.fetchMnistHelp}</p>
              <label class="files"
                >${text.chooseFiles}
                <input
                  type="file"
                  multiple
                  @change=${(e: Event) => view.actions.takeFiles([...((e.target as HTMLInputElement).files ?? [])])}
              /></label>`
          : nothing
      }
    </section>
  `;
}
