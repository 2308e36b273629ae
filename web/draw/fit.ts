// The fit of numbers along one input: samples where they lie, the network's curve through them, and what it is the sum of.
// The axes are uPlot's.
import uPlot from "uplot";

export interface FitColours {
  /** The network's curve; the terms that it is made of. */
  curve: string;
  term: string;
  sample: string;
  text: string;
  grid: string;
  paper: string;
}

/** Samples. */
export interface Dots {
  x: Float32Array;
  y: Float32Array;
  /** 0 learned from, 1 held out. */
  parts: Uint8Array;
}

/** Values at equal distances between the ends of the axis. */
export interface Drawn {
  curve: Float32Array | null;
  /** terms × places. */
  terms: Float32Array;
  others: Float32Array | null;
}

export interface FitOptions {
  width: number;
  height: number;
  colours: FitColours;
  number: (value: number) => string;
  /** The place under the pointer, or null when it has left. */
  placed: (x: number | null) => void;
  /** Somebody has clicked, at these pixels. */
  clicked: (plot: uPlot, left: number, top: number) => void;
}

/** A plot whose axes go from end to end; `paint` draws what is in it. */
export function makeFitPlot(
  target: HTMLElement,
  { width, height, colours, number, placed, clicked }: FitOptions,
  paint: (plot: uPlot) => void,
): uPlot {
  const axis = {
    stroke: colours.text,
    font: "11px system-ui, sans-serif",
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
    values: (_: uPlot, ticks: (number | null)[]) => ticks.map((tick) => (tick === null ? "" : number(tick))),
  };
  const plot = new uPlot(
    {
      width,
      height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (_, low, high) => [low, high] },
        y: { range: (_, low, high) => [low, high] },
      },
      axes: [
        { ...axis, grid: { show: false }, size: 22 },
        { ...axis, size: 44, space: 22 },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: { draw: [paint] },
    },
    [[], []],
    target,
  );
  plot.over.addEventListener("pointermove", ({ offsetX }) => placed(plot.posToVal(offsetX, "x")));
  plot.over.addEventListener("pointerleave", () => placed(null));
  plot.over.addEventListener("click", ({ offsetX, offsetY }) => clicked(plot, offsetX, offsetY));
  return plot;
}

/** The ends of what is drawn, with a little room; of samples that all are alike, some around them. */
export function rangeOf(values: Iterable<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high)) return [0, 1];
  const room = high > low ? 0.12 * (high - low) : Math.max(1, Math.abs(high)) / 2;
  return [low - room, high + room];
}

/** The value at a place between two ends, of values at equal distances. */
export function valueAt(values: Float32Array, [from, to]: readonly [number, number], x: number): number {
  const place = ((x - from) / (to - from)) * (values.length - 1);
  const left = Math.min(values.length - 2, Math.max(0, Math.floor(place)));
  const share = Math.min(1, Math.max(0, place - left));
  return values[left]! * (1 - share) + values[left + 1]! * share;
}

/** How far every sample lies above the curve. */
export function residuals({ x, y, parts }: Dots, curve: Float32Array, ends: readonly [number, number]): Dots {
  return { x, y: y.map((value, i) => value - valueAt(curve, ends, x[i]!)), parts };
}

/** So few samples do not hide one another. */
const FEW = 100;

/** Samples that are learned from are filled, those held out hollow. */
export function paintSamples(
  plot: uPlot,
  { x, y, parts }: Dots,
  { sample, paper }: FitColours,
  colourOf: (place: number) => string = () => sample,
): void {
  const { ctx, bbox } = plot;
  const radius = devicePixelRatio * (x.length > 1500 ? 1.25 : x.length > 500 ? 2 : x.length > FEW ? 2.75 : 4);
  clip(plot);
  ctx.lineWidth = 1.25 * devicePixelRatio;
  // Those held out lie on top: they are what counts, and fewer.
  for (const part of [0, 1]) {
    for (let i = 0; i < x.length; i++) {
      if (parts[i] !== part) continue;
      ctx.strokeStyle = colourOf(i);
      ctx.fillStyle = part === 0 ? ctx.strokeStyle : paper;
      const [left, top] = [plot.valToPos(x[i]!, "x", true), plot.valToPos(y[i]!, "y", true)];
      if (top < bbox.top - radius || top > bbox.top + bbox.height + radius) continue;
      ctx.beginPath();
      ctx.arc(left, top, radius, 0, 2 * Math.PI);
      ctx.globalAlpha = part === 0 && x.length > FEW ? 0.45 : 1;
      ctx.fill();
      if (part === 1) ctx.stroke();
    }
  }
  ctx.restore();
}

/** The curve, and thinly what it is the sum of. */
export function paintCurve(plot: uPlot, { curve, terms, others }: Drawn, colours: FitColours): void {
  if (!curve) return;
  const places = curve.length;
  clip(plot);
  for (let first = 0; first < terms.length; first += places)
    line(plot, terms.subarray(first, first + places), colours.term, 1);
  if (others) line(plot, others, colours.term, 1, [2, 3]);
  line(plot, curve, colours.curve, 2.5);
  plot.ctx.restore();
}

/** Where what is told is what is so. */
export function paintDiagonal(plot: uPlot, colour: string): void {
  const { ctx, bbox } = plot;
  clip(plot);
  ctx.beginPath();
  ctx.moveTo(bbox.left, bbox.top + bbox.height);
  ctx.lineTo(bbox.left + bbox.width, bbox.top);
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/** A line across the plot, from left to right or from top to bottom. */
export function paintRule(plot: uPlot, scale: "x" | "y", at: number, colour: string): void {
  const { ctx, bbox } = plot;
  const place = plot.valToPos(at, scale, true);
  clip(plot);
  ctx.beginPath();
  if (scale === "x") {
    ctx.moveTo(place, bbox.top);
    ctx.lineTo(place, bbox.top + bbox.height);
  } else {
    ctx.moveTo(bbox.left, place);
    ctx.lineTo(bbox.left + bbox.width, place);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/** What is painted stays between the axes; to be followed by `restore`. */
function clip({ ctx, bbox: { left, top, width, height } }: uPlot): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
}

function line(plot: uPlot, values: Float32Array, colour: string, width: number, dash: number[] = []): void {
  const { ctx, bbox } = plot;
  ctx.beginPath();
  values.forEach((value, place) => {
    const left = bbox.left + (place / (values.length - 1)) * bbox.width;
    ctx.lineTo(left, plot.valToPos(value, "y", true));
  });
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * devicePixelRatio;
  ctx.lineJoin = "round";
  ctx.stroke();
}
