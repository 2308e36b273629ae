// The network: the size of the hidden layer, several layers, presets.
import { html, nothing, type TemplateResult } from "lit";
import {
  comesInFiles,
  hiddenOf,
  inputsOf,
  outputsOf,
  withData,
  withHidden,
  type Hidden,
} from "../../experiment.js";
import { parseLink, presets, summary, type Activation, type Experiment } from "../../session/engine.js";
import { choice, help, named, pick, real, whole } from "../fields.js";
import type { View } from "../view.js";
import { offered } from "./data.js";

const SIZES = ["0", "10", "30", "128"] as const;
const UNITS = [1, 1024] as const;
const MOST_LAYERS = 6;
const FRESH: Hidden = { units: 10, activation: "relu", dropout: 0 };

/** The size of one hidden layer, or those of several. */
export function hiddenNeurons(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const hidden = hiddenOf(experiment);
  const several = hidden.length > 1;
  const units = hidden[0]?.units ?? 0;
  const chosen = several ? null : (SIZES.find((size) => Number(size) === units) ?? null);
  const resize = (size: number) =>
    view.actions.change(withHidden(experiment, size === 0 ? [] : [{ ...(hidden[0] ?? FRESH), units: size }]));
  return html`
    <h3>${text.hiddenNeurons}</h3>
    <div class="sizes">
      ${choice(
        text.hiddenNeurons,
        SIZES.map((value) => ({ value, label: value })),
        chosen,
        (size) => resize(Number(size)),
      )}
      ${several ? nothing : whole(text.hiddenNeurons, units, [0, UNITS[1]], resize, true)}
    </div>
    ${several ? layers(view, experiment, hidden) : nothing}
  `;
}

/** Layers and presets, folded. */
export function network(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const hidden = hiddenOf(experiment);
  const inputs = inputsOf(experiment);
  const way = [
    inputs,
    ...hidden.map(({ units, activation }) => `${units} ${text.activations[activation]}`),
    outputsOf(experiment),
  ].join(" → ");
  const count = summary(inputs, experiment).reduce((sum, line) => sum + line.parameters, 0);
  const add = () => view.actions.change(withHidden(experiment, [...hidden, hidden.at(-1) ?? FRESH]));
  const options = [
    { value: "", label: text.presetNone },
    ...presets()
      .filter(({ link }) => isHere(view, experiment, link))
      .map(({ name }) => ({ value: name, label: text.presets[name] ?? name })),
  ];
  return html`<details>
    <summary><b>${text.network}</b> · ${way} · ${text.weights(count)}</summary>
    ${pick(text.preset, options, "", (name) => takePreset(view, experiment, name))}
    ${hidden.length === 1 ? layers(view, experiment, hidden) : nothing}
    <button class="small" ?disabled=${hidden.length >= MOST_LAYERS} @click=${add}>${text.addLayer}</button>
    ${hidden.map(({ dropout }, i) =>
      real(text.layerDropout(i + 1), dropout, [0, 0.95], (value) =>
        view.actions.change(withHidden(experiment, replaced(hidden, i, { dropout: value }))),
      ),
    )}
    ${hidden.length > 0 ? help(text.dropoutHelp) : nothing}
  </details>`;
}

/** Whether what a preset learns from can be had. */
function isHere(view: View, { data }: Experiment, link: string): boolean {
  const isTold = (name: string) => new RegExp(`(^|&)${name}(&|$)`).test(link);
  if (isTold("data=cifar10")) return offered(view, data.kind).includes("cifar10");
  return !isTold("data=table") || view.model.tablesHere.value.some((name) => isTold(`table=${name}`));
}

function layers(view: View, experiment: Experiment, hidden: Hidden[]): TemplateResult {
  const text = view.model.text.value;
  const change = (place: number, layer: Partial<Hidden>) =>
    view.actions.change(withHidden(experiment, replaced(hidden, place, layer)));
  const remove = (place: number) =>
    view.actions.change(
      withHidden(
        experiment,
        hidden.filter((_, i) => i !== place),
      ),
    );
  return html`<ol class="layers">
    ${hidden.map(
      ({ units, activation }, i) =>
        html`<li>
          ${whole(text.layerNeurons(i + 1), units, UNITS, (value) => change(i, { units: value }), true)}
          ${activationOf(view, text.layerActivation(i + 1), activation, (value) => change(i, { activation: value }))}
          <button
            class="small"
            aria-label=${text.removeLayer(i + 1)}
            title=${text.removeLayer(i + 1)}
            @click=${() => remove(i)}
          >
            ×
          </button>
        </li>`,
    )}
  </ol>`;
}

/** The layers with one of them changed. */
function replaced(hidden: readonly Hidden[], place: number, layer: Partial<Hidden>): Hidden[] {
  return hidden.map((old, i) => (i === place ? { ...old, ...layer } : old));
}

function activationOf(
  view: View,
  label: string,
  chosen: Activation,
  choose: (value: Activation) => void,
): TemplateResult {
  const { activations } = view.model.text.value;
  return pick(label, named(activations), chosen, choose, true);
}

function takePreset(view: View, experiment: Experiment, name: string): void {
  const preset = presets().find((other) => other.name === name);
  if (!preset) return;
  const { experiment: wanted, namesData } = parseLink(preset.link);
  // What is made from a seed is whole in its link.
  if (namesData && !comesInFiles(wanted.data.kind))
    return view.actions.change({ ...wanted, seed: experiment.seed });
  const { layers, optimizer, learningRate, batchSize, scaling = "none" } = wanted;
  const moved = namesData ? withData(experiment, wanted.data.kind) : experiment;
  const changed = { ...moved, optimizer, learningRate, batchSize, scaling };
  view.actions.change(withHidden(changed, hiddenOf({ layers })));
}
