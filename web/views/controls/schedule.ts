// When the learning rate falls and when the run ends, folded.
import { html, nothing, type TemplateResult } from "lit";
import { classesOf, fromTheStart } from "../../experiment.js";
import type { Experiment } from "../../session/engine.js";
import { help, named, optional, pick, real, whole } from "../fields.js";
import type { View } from "../view.js";

type Schedule = Required<NonNullable<Experiment["schedule"]>>;
type Decay = Schedule["decay"];
type Stop = NonNullable<Experiment["stop"]>;

const EPOCHS = [1, 10_000] as const;

export function schedule(view: View, experiment: Experiment): TemplateResult {
  const text = view.model.text.value;
  const now: Schedule = { warmup: 0, decay: { kind: "constant" }, ...experiment.schedule };
  const stop = experiment.stop ?? {};
  const change = (part: Partial<Schedule>) =>
    view.actions.change(fromTheStart({ ...experiment, schedule: { ...now, ...part } }));
  const decays: Record<Decay["kind"], Decay> = {
    constant: { kind: "constant" },
    step: { kind: "step", every: 10, factor: 0.5 },
    cosine: { kind: "cosine", epochs: experiment.epochs },
  };
  return html`<details>
    <summary>
      <b>${text.course}</b> · ${text.decays[now.decay.kind]} · ${text.stopsAfter(experiment.epochs, stop)}
    </summary>
    ${pick(text.decay, named(text.decays), now.decay.kind, (kind) => change({ decay: decays[kind] }))}
    ${decayNumbers(view, now.decay, (decay) => change({ decay }))} ${help(text.decayHelp[now.decay.kind])}
    ${whole(text.warmup, now.warmup, [0, 1_000_000], (warmup) => change({ warmup }))} ${help(text.warmupHelp)}
    ${stops(view, stop, classesOf(experiment.data) > 0)}
  </details>`;
}

function decayNumbers(
  view: View,
  decay: Decay,
  change: (decay: Decay) => void,
): TemplateResult | typeof nothing {
  const text = view.model.text.value;
  switch (decay.kind) {
    case "constant":
      return nothing;
    case "step":
      return html`
        ${whole(text.every, decay.every, EPOCHS, (every) => change({ ...decay, every }))}
        ${real(text.factor, decay.factor, [0, 1], (factor) => change({ ...decay, factor }))}
      `;
    case "cosine":
      return whole(text.decayEpochs, decay.epochs, EPOCHS, (epochs) => change({ ...decay, epochs }));
  }
}

/** Conditions on the held-out samples; an empty field is none. They change without a restart. */
function stops(view: View, stop: Stop, isOfClasses: boolean): TemplateResult {
  const text = view.model.text.value;
  const set = (part: { [Name in keyof Stop]?: number | undefined }) => {
    const all = Object.entries({ ...stop, ...part }).filter(([, value]) => value !== undefined);
    view.actions.until({ stop: Object.fromEntries(all) });
  };
  const percent = stop.accuracy === undefined ? undefined : stop.accuracy * 100;
  return html`
    ${
      isOfClasses
        ? optional(text.stopAccuracy, percent, [0, 100], (value) =>
            set({ accuracy: value === undefined ? undefined : value / 100 }),
          )
        : nothing
    }
    ${optional(text.stopLoss, stop.loss, [0, 1e12], (loss) => set({ loss }))}
    ${optional(text.stopPatience, stop.patience, EPOCHS, (value) => set({ patience: value === undefined ? undefined : Math.round(value) }))}
    ${help(text.stopHelp)}
  `;
}
