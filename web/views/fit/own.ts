// Points that are placed by hand: where somebody clicks, or by their numbers.
import { html, type TemplateResult } from "lit";
import type uPlot from "uplot";
import { isOwnPoints, pointsIn, roundedTo, withOwnPoints, type Point } from "../../points.js";
import { attempt, whyRefused } from "../controls/attempt.js";
import type { View } from "../view.js";

/** Numbers beyond it are as good as missing. */
const MOST = 1e15;
/** A click as near to a point is meant for it, in pixels. */
const NEAR = 9;

/** Whether points are placed in this view; those of a run beside are not. */
export function places({ model }: View): boolean {
  const experiment = model.experiment.value;
  return model.name === "A" && experiment !== null && isOwnPoints(experiment);
}

/** Takes away the point that is there, or places one. */
export function toggleAt(view: View, plot: uPlot, left: number, top: number): void {
  const points = pointsIn(view.model.experiment.peek()!);
  const far = ({ x, y }: Point) => Math.hypot(plot.valToPos(x, "x") - left, plot.valToPos(y, "y") - top);
  const nearest = points.toSorted((a, b) => far(a) - far(b))[0];
  const isThere = nearest !== undefined && far(nearest) <= NEAR;
  const at = (place: number, scale: "x" | "y") => {
    const { min = 0, max = 1 } = plot.scales[scale]!;
    return roundedTo(max! - min!, plot.posToVal(place, scale));
  };
  const placed = { x: at(left, "x"), y: at(top, "y") };
  put(view, isThere ? points.filter((point) => point !== nearest) : [...points, placed]);
}

/** The same without pointing, by a point's numbers. */
export function ownFields(view: View): TemplateResult {
  const { ownPoints: text, functions } = view.model.text.value;
  const points = pointsIn(view.model.experiment.value!);
  const place = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [x, y] = ["x", "y"].map(
      (name) => (form.elements.namedItem(name) as HTMLInputElement).valueAsNumber,
    );
    const others = points.filter((point) => point.x !== x || point.y !== y);
    put(view, others.length < points.length ? others : [...points, { x: x!, y: y! }]);
    form.reset();
  };
  const field = (name: string, label: string) =>
    html`<label class="field"
      ><span>${label}</span><input type="number" step="any" min=${-MOST} max=${MOST} required name=${name}
    /></label>`;
  return html`<form class="own-points" @submit=${place}>
      ${field("x", text.x)} ${field("y", text.y)}
      <button class="small">${text.place}</button>
      <button type="button" class="small" @click=${() => put(view, points.slice(0, -1))}>
        ${text.takeBack}
      </button>
    </form>
    ${whyRefused(view, functions.ownHelp)}`;
}

function put(view: View, points: readonly Point[]): void {
  attempt(view, withOwnPoints(view.model.experiment.peek()!, points));
}
