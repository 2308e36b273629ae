// The controls: data, hidden neurons, learning rate, speed; the rest folded, its present value in sight.
import { html, nothing, type TemplateResult } from "lit";
import {
  fromTheStart,
  hiddenOf,
  initOf,
  rateOf,
  withHidden,
  withOptimizer,
  type Hidden,
} from "../experiment.js";
import type { Scope } from "../model.js";
import { parseLink, presets, summary, type Activation, type Experiment } from "../session/engine.js";
import { choice, logarithmic, pick, whole } from "./fields.js";
import { View } from "./view.js";

const SIZES = ["0", "10", "30", "128"] as const;
const UNITS = [1, 512] as const;
const MOST_LAYERS = 6;
const RATE = { slider: [1e-4, 10], box: [1e-6, 1000], digits: 2 } as const;
const BATCH = { slider: [1, 1024], box: [1, 1024], digits: 3 } as const;
const ACTIVATIONS = ["relu", "leakyRelu", "sigmoid", "tanh", "linear"] as const;

export class Controls extends View {
  override render() {
    const experiment = this.model.experiment.value;
    if (!experiment) return nothing;
    return html`
      ${this.#data(experiment)} ${this.#hidden(experiment)}
      ${logarithmic(this.model.text.value.learningRate, rateOf(experiment), RATE, (rate) => this.actions.tune(rate))}
      ${this.#help(this.model.text.value.learningRateHelp)} ${this.#speed()} ${this.#network(experiment)}
      ${this.#training(experiment)} ${this.#start(experiment)} ${this.#colours()} ${this.#summary(experiment)}
    `;
  }

  #data({ data }: Experiment): TemplateResult {
    const text = this.model.text.value;
    const opened = this.model.opened.value;
    const loading = this.model.loading.value;
    const options = (["mnist", "generated"] as const).map((value) => ({
      value,
      label: text.dataSets[value],
    }));
    return html`
      <section class="data">
        <h2>
          ${text.data} <span class="aside">${opened ? text.toLearnFrom(opened.trainSamples) : nothing}</span>
        </h2>
        ${pick(text.dataSet, options, data.kind, (kind) => this.actions.chooseData(kind), true)}
        <p class="examples">
          ${opened?.examples.map(
            (id) => html`<brainbow-picture .picture=${this.model.pictures.value.get(id)}></brainbow-picture>`,
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
          data.kind === "generated" && !this.model.mnistHere.value && !loading
            ? html`<button
                  class="wide"
                  title=${text.fetchMnistHelp}
                  @click=${() => this.actions.fetchMnist()}
                >
                  ${text.fetchMnist}
                </button>
                <p class="note">${text.fetchMnistHelp}</p>
                <label class="files"
                  >${text.chooseFiles}
                  <input
                    type="file"
                    multiple
                    @change=${(e: Event) => this.actions.takeFiles([...((e.target as HTMLInputElement).files ?? [])])}
                /></label>`
            : nothing
        }
      </section>
    `;
  }

  #hidden(experiment: Experiment): TemplateResult {
    const text = this.model.text.value;
    const hidden = hiddenOf(experiment);
    const several = hidden.length > 1;
    const units = hidden[0]?.units ?? 0;
    const chosen = several ? null : (SIZES.find((size) => Number(size) === units) ?? null);
    const resize = (size: number) =>
      this.actions.change(
        withHidden(
          experiment,
          size === 0 ? [] : [{ units: size, activation: hidden[0]?.activation ?? "relu" }],
        ),
      );
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
      ${several ? this.#layers(experiment, hidden) : nothing}
    `;
  }

  #layers(experiment: Experiment, hidden: Hidden[]): TemplateResult {
    const text = this.model.text.value;
    const change = (place: number, layer: Partial<Hidden>) =>
      this.actions.change(
        withHidden(
          experiment,
          hidden.map((old, i) => (i === place ? { ...old, ...layer } : old)),
        ),
      );
    const remove = (place: number) =>
      this.actions.change(
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
            ${this.#activation(text.layerActivation(i + 1), activation, (value) => change(i, { activation: value }))}
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

  #activation(label: string, chosen: Activation, choose: (value: Activation) => void): TemplateResult {
    const { activations } = this.model.text.value;
    return pick(
      label,
      ACTIVATIONS.map((value) => ({ value, label: activations[value] })),
      chosen,
      choose,
      true,
    );
  }

  #speed(): TemplateResult {
    const text = this.model.text.value;
    const options = (["frame", "slow", "full"] as const).map((value) => ({
      value,
      label: text.speeds[value],
      title: text.speedHelp[value],
    }));
    return html`<h3>${text.speed}</h3>
      ${choice(text.speed, options, this.model.pace.value, (pace) => this.actions.setPace(pace))}`;
  }

  #network(experiment: Experiment): TemplateResult {
    const text = this.model.text.value;
    const hidden = hiddenOf(experiment);
    const inputs = this.model.opened.value
      ? this.model.opened.value.shape.height * this.model.opened.value.shape.width
      : 784;
    const way = [
      inputs,
      ...hidden.map(({ units, activation }) => `${units} ${text.activations[activation]}`),
      10,
    ].join(" → ");
    const count = summary(inputs, experiment).reduce((sum, line) => sum + line.parameters, 0);
    const add = () =>
      this.actions.change(
        withHidden(experiment, [
          ...hidden,
          { units: hidden.at(-1)?.units ?? 10, activation: hidden.at(-1)?.activation ?? "relu" },
        ]),
      );
    const options = [
      { value: "", label: text.presetNone },
      ...presets().map(({ name }) => ({ value: name, label: text.presets[name] ?? name })),
    ];
    return html`<details>
      <summary><b>${text.network}</b> · ${way} · ${text.weights(count)}</summary>
      ${pick(text.preset, options, "", (name) => this.#preset(experiment, name))}
      ${hidden.length === 1 ? this.#layers(experiment, hidden) : nothing}
      <button class="small" ?disabled=${hidden.length >= MOST_LAYERS} @click=${add}>${text.addLayer}</button>
    </details>`;
  }

  #preset(experiment: Experiment, name: string): void {
    const preset = presets().find((other) => other.name === name);
    if (!preset) return;
    const { layers, optimizer, learningRate, batchSize } = parseLink(preset.link).experiment;
    this.actions.change({ ...experiment, layers, optimizer, learningRate, batchSize });
  }

  #training(experiment: Experiment): TemplateResult {
    const text = this.model.text.value;
    const { optimizer, batchSize, epochs, validationSplit } = experiment;
    const restartWith = (part: Partial<Experiment>) =>
      this.actions.change(fromTheStart({ ...experiment, ...part }));
    const optimizers = (["sgd", "momentum", "adam"] as const).map((value) => ({
      value,
      label: text.optimizers[value],
    }));
    const validations = (["test", "split"] as const).map((value) => ({
      value,
      label: text.validations[value],
    }));
    const validate = (value: "test" | "split") => {
      const { validationSplit: _, ...rest } = experiment;
      this.actions.change(fromTheStart(value === "test" ? rest : { ...rest, validationSplit: 0.1 }));
    };
    return html`<details>
      <summary>
        <b>${text.training}</b> · ${text.optimizers[optimizer.kind]}, ${text.batches(batchSize)}
      </summary>
      ${pick(text.optimizer, optimizers, optimizer.kind, (kind) => this.actions.change(withOptimizer(experiment, kind)))}
      ${logarithmic(text.batchSize, batchSize, BATCH, (size) => {
        const rounded = Math.min(Math.max(Math.round(size), 1), 1024);
        if (rounded !== batchSize) restartWith({ batchSize: rounded });
      })}
      ${this.#help(text.batchHelp)}
      ${whole(text.epochs, epochs, [1, 10_000], (value) => this.actions.extend(value))}
      ${this.#help(text.epochsHelp)}
      ${pick(text.validation, validations, validationSplit ? "split" : "test", validate)}
    </details>`;
  }

  #start(experiment: Experiment): TemplateResult {
    const text = this.model.text.value;
    const init = initOf(experiment);
    const options = (["usual", "heUniform", "glorotUniform", "zero"] as const).map((value) => ({
      value,
      label: text.inits[value],
    }));
    return html`<details>
      <summary>
        <b>${text.start}</b> · ${text.seedValue(experiment.seed)} · ${text.initialWeights}:
        ${text.inits[init]}
      </summary>
      ${whole(text.seed, experiment.seed, [0, 0xffff_ffff], (seed) => this.actions.change(fromTheStart({ ...experiment, seed })))}
      ${pick(text.initialWeights, options, init, (value) => this.actions.change(withHidden(experiment, hiddenOf(experiment), value)))}
      ${this.#help(text.initHelp)}
    </details>`;
  }

  #colours(): TemplateResult {
    const { model } = this;
    const text = model.text.value;
    const scopes = (["neuron", "layer", "all"] as const).map((value) => ({
      value,
      label: text.scopes[value],
    }));
    const modes = (["diverging", "classic"] as const).map((value) => ({ value, label: text.modes[value] }));
    const mode = model.classic.value ? "classic" : "diverging";
    return html`<details>
      <summary><b>${text.colours}</b> · ${text.scopes[model.scope.value]} · ${text.modes[mode]}</summary>
      ${pick(text.scope, scopes, model.scope.value, (scope: Scope) => (model.scope.value = scope))}
      ${pick(text.mode, modes, mode, (value) => (model.classic.value = value === "classic"))}
    </details>`;
  }

  #summary(experiment: Experiment): TemplateResult {
    const text = this.model.text.value;
    const shape = this.model.opened.value?.shape ?? { height: 28, width: 28 };
    const lines = summary(shape.height * shape.width, experiment);
    const count = text.format.count;
    return html`<table class="summary">
      <caption class="visually-hidden">
        ${text.summaryTable}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text.layer}</th>
          <th scope="col">${text.output}</th>
          <th scope="col">${text.parameters}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ layer, outputs, parameters }) =>
            html`<tr>
              <td>${layer.kind === "dense" ? text.dense : text.activations[layer.function]}</td>
              <td>${count(outputs)}</td>
              <td>${count(parameters)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="2">${text.total}</th>
          <td>${count(lines.reduce((sum, line) => sum + line.parameters, 0))}</td>
        </tr>
      </tfoot>
    </table>`;
  }

  #help(sentence: string): TemplateResult {
    return html`<p class="note">${sentence}</p>`;
  }
}
customElements.define("brainbow-controls", Controls);
