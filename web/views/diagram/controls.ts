// What can be chosen of the network diagram: how many edges, and by what, where there is a sample.
import { html, nothing, type TemplateResult } from "lit";
import type { Model } from "../../model.js";
import type { DiagramAsked, SampleFacts } from "../../session/protocol.js";
import { choice } from "../fields.js";
import { className } from "../names.js";

export const EDGES = { least: 1, most: 16, first: 3 };

export type Wish = Pick<DiagramAsked, "most" | "by">;

export function controls(
  model: Model,
  { most, by }: Wish,
  sample: SampleFacts | null,
  wish: (change: Partial<Wish>) => void,
): TemplateResult {
  const { diagram: text, sampleTitle } = model.text.value;
  const options = [
    { value: "weight" as const, label: text.byWeight },
    { value: "contribution" as const, label: text.byContribution },
  ];
  const name =
    sample?.actual === undefined ? null : sampleTitle(sample.asked.id, className(model, sample.actual));
  return html`<div class="diagram-controls">
      <label class="field"
        ><span>${text.most} <b>${most}</b></span>
        <input
          type="range"
          aria-label=${text.most}
          min=${EDGES.least}
          max=${EDGES.most}
          step="1"
          .value=${String(most)}
          @input=${(e: Event) => wish({ most: (e.target as HTMLInputElement).valueAsNumber })}
      /></label>
      ${sample ? choice(text.by, options, by, (chosen) => wish({ by: chosen })) : nothing}
    </div>
    <p class="note">
      ${!sample ? text.noSample : name && by === "contribution" ? text.ofSample(name) : nothing}
    </p>`;
}
