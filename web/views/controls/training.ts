// How it learns: learning rate, speed, optimizer, batch, epochs, validation; and how it starts.
import { html, type TemplateResult } from "lit";
import { fromTheStart, hiddenOf, initOf, rateOf, withHidden, withOptimizer } from "../../experiment.js";
import type { Experiment } from "../../session/engine.js";
import { choice, help, logarithmic, pick, whole } from "../fields.js";
import type { View } from "../view.js";

const RATE = { slider: [1e-4, 10], box: [1e-6, 1000], digits: 2 } as const;
const BATCH = { slider: [1, 1024], box: [1, 1024], digits: 3 } as const;

/** Changes while it learns, without a restart. */
export function learningRate(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  return html`
    ${logarithmic(text.learningRate, rateOf(experiment), RATE, (rate) => view.actions.tune(rate))}
    ${help(text.learningRateHelp)}
  `;
}

export function speed(view: View): TemplateResult {
  const text = view.model.text.value;
  const options = (["frame", "slow", "full"] as const).map((value) => ({
    value,
    label: text.speeds[value],
    title: text.speedHelp[value],
  }));
  return html`<h3>${text.speed}</h3>
    ${choice(text.speed, options, view.model.pace.value, (pace) => view.actions.setPace(pace))}`;
}

export function training(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const { optimizer, batchSize, epochs, validationSplit } = experiment;
  const restartWith = (part: Partial<Experiment>) =>
    view.actions.change(fromTheStart({ ...experiment, ...part }));
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
    view.actions.change(fromTheStart(value === "test" ? rest : { ...rest, validationSplit: 0.1 }));
  };
  return html`<details>
    <summary>
      <b>${text.training}</b> · ${text.optimizers[optimizer.kind]}, ${text.batches(batchSize)}
    </summary>
    ${pick(text.optimizer, optimizers, optimizer.kind, (kind) => view.actions.change(withOptimizer(experiment, kind)))}
    ${logarithmic(text.batchSize, batchSize, BATCH, (size) => {
      const rounded = Math.min(Math.max(Math.round(size), 1), 1024);
      if (rounded !== batchSize) restartWith({ batchSize: rounded });
    })}
    ${help(text.batchHelp)} ${whole(text.epochs, epochs, [1, 10_000], (value) => view.actions.extend(value))}
    ${help(text.epochsHelp)}
    ${pick(text.validation, validations, validationSplit ? "split" : "test", validate)}
  </details>`;
}

/** The seed and the initial weights, folded. */
export function start(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const init = initOf(experiment);
  const options = (["usual", "heUniform", "glorotUniform", "zero"] as const).map((value) => ({
    value,
    label: text.inits[value],
  }));
  return html`<details>
    <summary>
      <b>${text.start}</b> · ${text.seedValue(experiment.seed)} · ${text.initialWeights}: ${text.inits[init]}
    </summary>
    ${whole(text.seed, experiment.seed, [0, 0xffff_ffff], (seed) => view.actions.change(fromTheStart({ ...experiment, seed })))}
    ${pick(text.initialWeights, options, init, (value) => view.actions.change(withHidden(experiment, hiddenOf(experiment), value)))}
    ${help(text.initHelp)}
  </details>`;
}
