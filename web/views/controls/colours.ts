// How weights of images are coloured, folded.
import { html, nothing, type TemplateResult } from "lit";
import { kindOf } from "../../kinds.js";
import type { Scope } from "../../model.js";
import { pick } from "../fields.js";
import type { View } from "../view.js";

export function colours(view: View): TemplateResult | typeof nothing {
  const { model } = view;
  if (!model.opened.value || kindOf(model.opened.value) !== "images") return nothing;
  const text = model.text.value;
  const scopes = (["neuron", "layer", "all"] as const).map((value) => ({
    value,
    label: text.scopes[value],
  }));
  const names = model.opened.value.shape.channels === 3 ? text.modesInColour : text.modes;
  const modes = (["diverging", "classic"] as const).map((value) => ({ value, label: names[value] }));
  const mode = model.classic.value ? "classic" : "diverging";
  return html`<details>
    <summary><b>${text.colours}</b> · ${text.scopes[model.scope.value]} · ${names[mode]}</summary>
    ${pick(text.scope, scopes, model.scope.value, (scope: Scope) => (model.scope.value = scope))}
    ${pick(text.mode, modes, mode, (value) => (model.classic.value = value === "classic"))}
  </details>`;
}
