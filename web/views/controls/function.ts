// A function of one number: its formula, its range, how many points of it there are and how far astray.
import { html, type TemplateResult } from "lit";
import { withFunction, type FunctionData } from "../../experiment.js";
import { withOwnPoints } from "../../points.js";
import type { Experiment } from "../../session/engine.js";
import type { Points } from "../../session/facts.js";
import { pick, real, whole } from "../fields.js";
import type { View } from "../view.js";
import { attempt, refusedIn, whyRefused } from "./attempt.js";

const POINTS = [10, 10_000] as const;
const NOISE = [0, 100] as const;
const RANGE = [-1000, 1000] as const;
/** Formulas to begin with. */
const FORMULAS = ["sin(x)", "x^2", "x/abs(x)", "exp(-x^2)*cos(3*x)", "abs(x)"] as const;

/** No formula: points that are placed by hand. */
const OWN = "";
/** So many of the points that are there are placed to begin with. */
const TO_BEGIN_WITH = 12;

export function functionFields(view: View, experiment: Experiment, data: FunctionData): TemplateResult {
  const text = view.model.text.value.functions;
  const change = (part: Partial<FunctionData>) =>
    attempt(view, withFunction(experiment, part), part.formula ?? data.formula);
  const wrong = refusedIn(view);
  const isKnown = (FORMULAS as readonly string[]).includes(data.formula);
  const { points } = view.model;
  const options = [
    ...(isKnown ? [] : [{ value: data.formula, label: data.formula }]),
    ...FORMULAS.map((value) => ({ value, label: text.formulas[value]! })),
    { value: OWN, label: text.own, disabled: !points.value },
  ];
  return html`<div class="points">
    ${pick(text.choose, options, data.formula, (formula) =>
      formula === OWN ? view.actions.change(ownPoints(points.value!, experiment)) : change({ formula }),
    )}
    <label class="field formula"
      ><span>${text.formula}</span>
      <input
        type="text"
        spellcheck="false"
        autocapitalize="off"
        maxlength="200"
        aria-invalid=${wrong !== null}
        .value=${wrong?.typed ?? data.formula}
        @change=${(e: Event) => change({ formula: (e.target as HTMLInputElement).value })}
    /></label>
    ${whyRefused(view, text.formulaHelp)} ${real(text.from, data.from, RANGE, (from) => change({ from }))}
    ${real(text.to, data.to, RANGE, (to) => change({ to }))}
    ${whole(view.model.text.value.points.count, data.points, POINTS, (points) => change({ points }))}
    ${real(view.model.text.value.points.noise, data.noise, NOISE, (noise) => change({ noise }))}
    <button class="small" @click=${() => change({ seed: (data.seed + 1) % 2 ** 32 })}>
      ${view.model.text.value.points.again}
    </button>
  </div>`;
}

/** Without the digits that a network does not see. */
const short = (value: number) => Number(value.toPrecision(6));

/** Points to be placed by hand, beginning with a few of those that are there. */
function ownPoints(points: Points, experiment: Experiment): Experiment {
  const all = [...points.x]
    .map((x, i) => ({ x: short(x), y: short(points.y[i]!) }))
    .toSorted((a, b) => a.x - b.x);
  const some = Array.from(
    { length: Math.min(TO_BEGIN_WITH, all.length) },
    (_, i) => all[Math.floor(((i + 0.5) / TO_BEGIN_WITH) * all.length)]!,
  );
  return withOwnPoints(experiment, some);
}
