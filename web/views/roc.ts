// Two classes at every threshold: how many of the second are found, and how many of the first are taken for it.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Kind } from "../kinds.js";
import type { Opened, Roc as Curve } from "../session/engine.js";
import { className } from "./names.js";
import { View } from "./view.js";

/** From which probability on a sample is taken for the second class, as long as nobody moves it. */
const USUAL = 0.5;

export class Roc extends View {
  static override properties = { threshold: { state: true } };
  declare threshold: number;

  constructor() {
    super();
    this.threshold = USUAL;
  }

  protected override isAbout(_kind: Kind, opened: Opened): boolean {
    return opened.classes === 2;
  }

  protected override gone(): void {
    this.model.roc.value = false;
    this.threshold = USUAL;
  }

  override render() {
    const { model } = this;
    const { format, roc: text } = model.text.value;
    const curve = model.evaluated.value?.roc ?? null;
    return html`<details
      @toggle=${(e: Event) => (model.roc.value = (e.currentTarget as HTMLDetailsElement).open)}
    >
      <summary><b>${text.title}</b> · ${curve ? text.area(format.fixed(curve.area, 3)) : text.short}</summary>
      ${curve ? this.#open(curve) : nothing}
    </details>`;
  }

  #open(curve: Curve): TemplateResult {
    const { model } = this;
    const { format, roc: text } = model.text.value;
    const [first, second] = [className(model, 0), className(model, 1)];
    const { found, alarms } = sharesAt(curve, this.threshold);
    const [all, others] = [curve.counts[1], curve.counts[0]];
    const said = text.at(
      second,
      format.percent(this.threshold, 0),
      `${format.percent(found)} (${format.count(Math.round(found * all))}/${format.count(all)})`,
      first,
      `${format.percent(alarms)} (${format.count(Math.round(alarms * others))}/${format.count(others)})`,
    );
    return html`<figure class="roc">
        <svg viewBox="-1 -1 102 102" role="img" aria-label=${text.plot(first, second)}>
          <path class="frame" d="M0 0V100H100" />
          <path class="guess" d="M0 100L100 0" />
          ${line(curve)}
          <circle cx=${100 * alarms} cy=${100 - 100 * found} r="2.5" />
        </svg>
        <figcaption>
          <span>↑ ${text.found(second)}</span>
          <span>→ ${text.alarms(first, second)}</span>
        </figcaption>
      </figure>
      <label class="field"
        ><span>${text.threshold}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.01"
          aria-valuetext=${said}
          .value=${String(this.threshold)}
          @input=${(e: Event) => (this.threshold = (e.target as HTMLInputElement).valueAsNumber)}
      /></label>
      <p class="note">${said}</p>
      <p class="note">${text.help(second, first)}</p>`;
  }
}
customElements.define("brainbow-roc", Roc);

/** What is found at a threshold: the mildest of those that are at least as strict. */
function sharesAt({ thresholds, found, falseAlarms }: Curve, threshold: number) {
  const place = thresholds.findLastIndex((other) => other >= threshold);
  return { found: found[place] ?? 0, alarms: falseAlarms[place] ?? 0 };
}

function line({ found, falseAlarms }: Curve) {
  const points = found.map((share, i) => `L${100 * falseAlarms[i]!} ${100 - 100 * share}`);
  return svg`<path class="line" d=${`M0 100${points.join("")}`} />`;
}
