// How it starts, folded: the seed and the initial weights.
import { html, nothing, type TemplateResult } from "lit";
import { fromTheStart, hiddenOf, initOf, withHidden, type InitName } from "../../experiment.js";
import type { Experiment, Init } from "../../session/engine.js";
import { help, named, pick, real, whole } from "../fields.js";
import type { View } from "../view.js";

/** Sets of images. */
const PIXELS: readonly string[] = ["generated", "mnist", "fashion", "cifar10"];

/** The deviation that a normal draw is offered with. */
const SIGMA = 0.05;

export function start(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const init = initOf(experiment);
  const name: InitName | "usual" = typeof init === "object" ? "normal" : init;
  const seed = (value: number) => view.actions.change(fromTheStart({ ...experiment, seed: value }));
  const begin = (value: Init | "usual") =>
    view.actions.change(withHidden(experiment, hiddenOf(experiment), value));
  const scale = (scaling: NonNullable<Experiment["scaling"]>) =>
    view.actions.change(fromTheStart({ ...experiment, scaling }));
  const draw = (value: InitName | "usual") =>
    begin(value === "normal" ? { normal: { sigma: SIGMA } } : value);
  const scaling = text.scaling[PIXELS.includes(experiment.data.kind) ? "pixels" : "numbers"];
  return html`<details>
    <summary>
      <b>${text.start}</b> · ${text.seedValue(experiment.seed)} · ${text.initialWeights}: ${text.inits[name]}
    </summary>
    ${whole(text.seed, experiment.seed, [0, 0xffff_ffff], seed)}
    ${pick(text.initialWeights, named(text.inits), name, draw)}
    ${
      typeof init === "object"
        ? real(text.sigma, init.normal.sigma, [0, 10], (sigma) => begin({ normal: { sigma } }))
        : nothing
    }
    ${help(text.initHelp)} ${pick(scaling.name, named(scaling.choices), experiment.scaling ?? "none", scale)}
    ${help(scaling.help)}
  </details>`;
}
