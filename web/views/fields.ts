// Native controls with their labels: the parts that the controls are made of.
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { learned } from "./learned.js";

/** A row of choices of which one holds. */
export function choice<T extends string>(
  legend: string,
  options: readonly { value: T; label: string; title?: string }[],
  chosen: T | null,
  choose: (value: T) => void,
): TemplateResult {
  return html`<div class="choice" role="radiogroup" aria-label=${legend}>
    ${options.map(
      ({ value, label, title }) =>
        html`<label title=${title ?? ""}
          ><input
            type="radio"
            name=${legend}
            .checked=${value === chosen}
            @change=${() => choose(value)}
          /><span>${label}</span></label
        >`,
    )}
  </div>`;
}

/** A text for each of some names, as the options of a choice. */
export function named<T extends string>(texts: Record<T, string>): { value: T; label: string }[] {
  return (Object.entries(texts) as [T, string][]).map(([value, label]) => ({ value, label }));
}

/** One of a list; what can't be chosen yet is disabled. */
export function pick<T extends string>(
  label: string,
  options: readonly { value: T; label: string; disabled?: boolean }[],
  chosen: T,
  choose: (value: T) => void,
  hidden = false,
): TemplateResult {
  return html`<label class="field"
    ><span class=${hidden ? "visually-hidden" : ""}>${label}</span>
    <select
      .value=${live(chosen)}
      @change=${(e: Event) => choose((e.target as HTMLSelectElement).value as T)}
    >
      ${options.map(
        (o) =>
          html`<option value=${o.value} ?selected=${o.value === chosen} ?disabled=${o.disabled ?? false}>
            ${o.label}
          </option>`,
      )}
    </select></label
  >`;
}

/** A whole number; the nearest allowed one is taken when the field is left. */
export function whole(
  label: string,
  value: number,
  [least, most]: readonly [number, number],
  change: (value: number) => void,
  hidden = false,
): TemplateResult {
  const take = (e: Event) => {
    const field = e.target as HTMLInputElement;
    const wanted = Math.round(field.valueAsNumber);
    const taken = Number.isFinite(wanted) ? Math.min(Math.max(wanted, least), most) : value;
    field.value = String(taken);
    if (taken !== value) change(taken);
  };
  return html`<label class="field"
    ><span class=${hidden ? "visually-hidden" : ""}>${label}</span>
    <input
      type="number"
      inputmode="numeric"
      aria-label=${label}
      min=${least}
      max=${most}
      step="1"
      .value=${learned(String(value))}
      @change=${take}
  /></label>`;
}

/** A number. */
export function real(
  label: string,
  value: number,
  range: readonly [number, number],
  change: (value: number) => void,
): TemplateResult {
  return optional(label, value, range, (wanted) => wanted !== undefined && change(wanted), value);
}

/** A number, or none where the field is empty. What is being typed is left alone while numbers change all around. */
export function optional(
  label: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
  change: (value: number | undefined) => void,
  ifEmpty?: number,
): TemplateResult {
  const written = (number: number | undefined) => (number === undefined ? "" : String(round6(number)));
  const take = (e: Event) => {
    const field = e.target as HTMLInputElement;
    const wanted = field.valueAsNumber;
    const taken = Number.isFinite(wanted) ? Math.min(Math.max(wanted, least), most) : ifEmpty;
    field.value = written(taken);
    if (taken !== value) change(taken);
  };
  return html`<label class="field"
    ><span>${label}</span>
    <input
      type="number"
      inputmode="decimal"
      aria-label=${label}
      min=${least}
      max=${most}
      step="any"
      .value=${learned(written(value))}
      @change=${take}
  /></label>`;
}

/** A slider on a logarithmic scale beside a box for the exact number. */
export function logarithmic(
  label: string,
  value: number,
  {
    slider,
    box,
    digits,
  }: { slider: readonly [number, number]; box: readonly [number, number]; digits: number },
  change: (value: number) => void,
): TemplateResult {
  const round = (x: number) => Number(x.toPrecision(digits));
  const slide = (e: Event) => change(round(10 ** (e.target as HTMLInputElement).valueAsNumber));
  const type = (e: Event) => {
    const field = e.target as HTMLInputElement;
    const wanted = field.valueAsNumber;
    const taken = Number.isFinite(wanted) ? Math.min(Math.max(wanted, box[0]), box[1]) : value;
    field.value = String(taken);
    change(taken);
  };
  return html`<div class="logarithmic">
    <span class="name" aria-hidden="true">${label}</span>
    <input
      type="number"
      aria-label=${label}
      min=${box[0]}
      max=${box[1]}
      step="any"
      .value=${String(round6(value))}
      @change=${type}
    />
    <input
      type="range"
      aria-label=${label}
      aria-valuetext=${String(round6(value))}
      min=${Math.log10(slider[0])}
      max=${Math.log10(slider[1])}
      step="0.01"
      .value=${String(Math.log10(value))}
      @input=${slide}
    />
  </div>`;
}

/** One line on what a control does. */
export function help(sentence: string): TemplateResult {
  return html`<p class="note">${sentence}</p>`;
}

/** An f32 as the number that was meant. */
function round6(value: number): number {
  return Number(value.toPrecision(6));
}
