// What is learned from, how it comes here, and how far it is.
import { html, nothing, type TemplateResult } from "lit";
import type { Experiment } from "../../session/engine.js";
import { classesOf, comesInFiles, withClasses } from "../../experiment.js";
import { help, pick } from "../fields.js";
import type { View } from "../view.js";
import { functionFields } from "./function.js";
import { points } from "./points.js";
import { tableFields } from "./table.js";
import { KINDS, sets } from "./sets.js";

type Kind = Experiment["data"]["kind"];

/** The data sets that the page offers: those at hand, MNIST, which can be fetched, and the one that is asked for. */
export function offered(view: View, asked: Kind): Kind[] {
  const here = view.model.setsHere.value;
  return KINDS.filter(
    (kind) =>
      kind === "mnist" ||
      kind === asked ||
      (kind === "table"
        ? view.model.tablesHere.value.length > 0
        : !comesInFiles(kind) || here.includes(kind)),
  );
}

export function data(view: View, experiment: Experiment): TemplateResult {
  const { data } = experiment;
  const text = view.model.text.value;
  const opened = view.model.opened.value;
  const loading = view.model.loading.value;
  const options = offered(view, data.kind).map((value) => ({ value, label: text.dataSets[value] }));
  return html`
    <section class="data">
      <h2>
        ${text.data} <span class="aside">${opened ? text.toLearnFrom(opened.trainSamples) : nothing}</span>
      </h2>
      ${pick(text.dataSet, options, data.kind, (kind) => view.actions.chooseData(kind), true)}
      ${
        experiment.data.kind === "function" || experiment.data.kind === "table"
          ? nothing
          : html`<p class="examples">
              ${opened?.examples.map(
                (id) => html`<brainbow-picture .picture=${view.model.pictures.get(id)}></brainbow-picture>`,
              )}
            </p>`
      }
      ${
        loading
          ? html`<p class="loading">
              <progress
                max=${loading.total ?? nothing}
                .value=${loading.received}
                aria-label=${text.states.loading}
              ></progress>
              <button class="small" @click=${() => view.actions.cancelLoad()}>${text.cancel}</button>
              <span>${text.loadingFile(loading.file, loading.received, loading.total)}</span>
            </p>`
          : html`<p class="note">${text.notes[data.kind]}</p>
              ${heldOutAndScaled(view)}`
      }
      ${sets(view, data.kind)} ${ofKind(view, experiment)}
      ${
        data.kind === "generated" && !view.model.setsHere.value.includes("mnist") && !loading
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

/** What can be chosen of the data set. */
function ofKind(view: View, experiment: Experiment): TemplateResult {
  const { data } = experiment;
  switch (data.kind) {
    case "toy":
      return points(view, experiment, data);
    case "function":
      return functionFields(view, experiment, data);
    case "table":
      return tableFields(view, experiment, data);
    default:
      return classes(view, experiment);
  }
}

/** Which batch is held out and what is done to the pixels, where that goes without saying for nobody. */
function heldOutAndScaled(view: View): TemplateResult | typeof nothing {
  const { opened } = view.model;
  const batch = opened.value?.heldOutBatch;
  if (!batch || view.model.experiment.value?.data.kind !== "cifar10") return nothing;
  const text = view.model.text.value;
  const scaled = text.scaled[opened.value!.experiment.scaling ?? "none"];
  return html`<p class="held-out">${text.heldOutBatch(batch, batch === "test_batch")} ${scaled}</p>`;
}

/** Two of ten: which classes are learned, folded. */
function classes(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const names = text.classNames[experiment.data.kind];
  const name = (cls: number) => names?.[cls] ?? String(cls);
  const all = Array.from({ length: classesOf(experiment.data) }, (_, cls) => cls);
  const chosen = experiment.classes?.length ? experiment.classes : all;
  const toggle = (cls: number, isIn: boolean) => {
    const changed = all.filter((other) => (other === cls ? isIn : chosen.includes(other)));
    view.actions.change(withClasses(experiment, changed));
  };
  const isFew = chosen.length <= 2;
  return html`<details>
    <summary>
      <b>${text.classes}</b> ·
      ${chosen.length === all.length ? text.allClasses : text.someClasses(chosen.map(name).join(", "))}
    </summary>
    <div role="group" aria-label=${text.classes} class="classes">
      ${all.map(
        (cls) =>
          html`<label
            ><input
              type="checkbox"
              .checked=${chosen.includes(cls)}
              ?disabled=${isFew && chosen.includes(cls)}
              @change=${(e: Event) => toggle(cls, (e.target as HTMLInputElement).checked)}
            />
            <span>${name(cls)}</span></label
          >`,
      )}
    </div>
    ${help(text.classesHelp)}
  </details>`;
}
