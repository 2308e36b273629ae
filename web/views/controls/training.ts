// How it learns: learning rate, speed, optimizer, batch, epochs, loss, validation.
import { html, type TemplateResult } from "lit";
import { classesOf, fromTheStart, rateOf, withOptimizer, withOutputs } from "../../experiment.js";
import { parseLink, type Experiment } from "../../session/engine.js";
import { choice, help, logarithmic, named, pick, real, whole } from "../fields.js";
import type { View } from "../view.js";

const RATE = { slider: [1e-4, 10], box: [1e-6, 1000], digits: 2 } as const;
/** The box goes up to gradient descent: all samples in one batch. */
const BATCH = { slider: [1, 1024], box: [1, 1_000_000], digits: 3 } as const;

/** What is held out where a part is split off. */
const SPLIT = 0.1;

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

/** What is minimised and how, folded. */
export function training(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const { optimizer, batchSize, epochs, loss, l2, validationSplit } = experiment;
  const restartWith = (part: Partial<Experiment>) =>
    view.actions.change(fromTheStart({ ...experiment, ...part }));
  const validate = (value: "test" | "split") => {
    const { validationSplit: _, ...rest } = experiment;
    view.actions.change(fromTheStart(value === "test" ? rest : { ...rest, validationSplit: SPLIT }));
  };
  const usual = (kind: string) => parseLink(`opt=${kind}`).experiment;
  return html`<details>
    <summary>
      <b>${text.training}</b> · ${text.optimizers[optimizer.kind]}, ${text.batches(batchSize)}
    </summary>
    ${pick(text.optimizer, named(text.optimizers), optimizer.kind, (kind) => view.actions.change(withOptimizer(experiment, usual(kind))))}
    ${settings(view, experiment)}
    ${logarithmic(text.batchSize, batchSize, BATCH, (size) => {
      const rounded = Math.min(Math.max(Math.round(size), BATCH.box[0]), BATCH.box[1]);
      if (rounded !== batchSize) restartWith({ batchSize: rounded });
    })}
    ${help(text.batchHelp)}
    ${whole(text.epochs, epochs, [1, 10_000], (value) => view.actions.until({ epochs: value }))}
    ${help(text.epochsHelp)}
    ${pick(text.lossFunction, lossesFor(view, experiment), loss ?? "softmaxCrossEntropy", (value) => view.actions.change(withOutputs({ ...experiment, loss: value })))}
    ${help(classesOf(experiment.data) > 0 ? text.lossHelp[loss ?? "softmaxCrossEntropy"] : text.fit.lossHelp)}
    ${real(text.l2, l2 ?? 0, [0, 10], (value) => restartWith({ l2: value }))} ${help(text.l2Help)}
    ${pick(text.validation, named(validationsFor(view, experiment)), validationSplit ? "split" : "test", validate)}
  </details>`;
}

/** What validates: a table has no test set of its own. */
function validationsFor(view: View, { data, validationSplit }: Experiment): Record<"test" | "split", string> {
  const { validations, tables, format } = view.model.text.value;
  const split = validations.split(format.percent(validationSplit ?? SPLIT, 0));
  return { test: data.kind === "table" ? tables.fifth : validations.test, split };
}

/** Those that suit what is to be told. */
function lossesFor(view: View, { data }: Experiment) {
  const all = named(view.model.text.value.losses);
  const ofNumbers = ["meanSquaredError", "meanAbsoluteError"];
  return classesOf(data) > 0 ? all : all.filter(({ value }) => ofNumbers.includes(value));
}

/** The optimizer's own numbers. */
function settings(view: View, experiment: Experiment): TemplateResult[] {
  const text = view.model.text.value;
  const { kind: _, ...numbers } = experiment.optimizer;
  return Object.entries(numbers).map(([name, value]) =>
    real(text.settings[name] ?? name, value, [0, 1], (changed) =>
      view.actions.change(
        fromTheStart({
          ...experiment,
          optimizer: { ...experiment.optimizer, [name]: changed } as Experiment["optimizer"],
        }),
      ),
    ),
  );
}
