// One plot of a training and a validation curve, with the run before as a ghost: uPlot and its options.
import uPlot from "uplot";
import type { Curve } from "../session/curve.js";

export interface PlotColours {
  line: string;
  ghost: string;
  text: string;
  grid: string;
}

export interface Lines {
  training: Curve;
  validation: Curve;
  ghost: { training: Curve; validation: Curve } | null;
}

export interface PlotOptions {
  width: number;
  height: number;
  log: boolean;
  /** Whether values may run away, as losses do and shares do not. */
  endless: boolean;
  colours: PlotColours;
  /** Vertical marks by epoch. */
  marks: () => readonly { epoch: number; label: string }[];
  number: (value: number) => string;
  /** A tick of the time axis. */
  epoch: (value: number) => string;
  /** The values under the pointer, or null when it has left. */
  hovered: (at: { epoch: number; values: (number | null)[] } | null) => void;
}

/** So many times the first value is running away. */
const RUNAWAY = 10;

export function makePlot(target: HTMLElement, options: PlotOptions): uPlot {
  const { colours, number } = options;
  const font = fontOf(1);
  const axis = {
    stroke: colours.text,
    font,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false },
      scales: { x: { time: false }, y: options.log ? { distr: 3 } : { range: rangeFor(options.endless) } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 22,
          space: 70,
          values: (plot, ticks) => ticks.map((tick) => whole(plot, tick, options.epoch(tick))),
        },
        { ...axis, size: 44, values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : number(tick))) },
      ],
      series: [
        {},
        { stroke: colours.ghost, width: 1, spanGaps: true, points: { show: false } },
        { stroke: colours.ghost, width: 1, dash: [5, 4], spanGaps: true, points: { show: false } },
        { stroke: colours.line, width: 1.25, spanGaps: true, points: { show: false } },
        { stroke: colours.line, width: 2, dash: [6, 4], spanGaps: true, points: { show: false } },
      ],
      hooks: {
        draw: [(plot) => drawMarks(plot, options)],
        setCursor: [(plot) => options.hovered(valuesAt(plot))],
      },
    },
    [[], [], [], [], []],
    target,
  );
}

export function setLines(plot: uPlot, { training, validation, ghost }: Lines): void {
  const table = (curve: Curve | undefined): uPlot.AlignedData => [curve?.x ?? [], curve?.y ?? []];
  plot.setData(
    uPlot.join([table(ghost?.training), table(ghost?.validation), table(training), table(validation)]),
  );
}

const fontOf = (scale: number) => `${11 * scale}px system-ui, sans-serif`;

/** A tick's name, or nothing where the plot's edge would cut it. */
function whole(plot: uPlot, tick: number, name: string): string {
  const { ctx } = plot;
  ctx.save();
  ctx.font = fontOf(devicePixelRatio);
  const end = plot.valToPos(tick, "x", true) + ctx.measureText(name).width / 2;
  ctx.restore();
  return end > ctx.canvas.width ? "" : name;
}

/** The range of what is drawn; a loss that runs away leaves the plot rather than flatten all that came before it. */
function rangeFor(endless: boolean): uPlot.Range.Function {
  return (plot, low, high) => {
    const first = plot.data
      .slice(1)
      .map((values) => [...values].find((value) => Number.isFinite(value)) ?? 0);
    const most = endless ? RUNAWAY * Math.max(...first) : 0;
    const top = most > 0 ? Math.min(high ?? 1, most) : (high ?? 1);
    return uPlot.rangeNum(Math.min(low ?? 0, top), top, 0.1, true);
  };
}

/** The nearest point of each curve to the pointer. */
function valuesAt(plot: uPlot): { epoch: number; values: (number | null)[] } | null {
  const { left, idx } = plot.cursor;
  if (left === undefined || left < 0 || idx === undefined || idx === null) return null;
  const near = (series: number) => {
    const values = plot.data[series]!;
    for (let away = 0; away < values.length; away++) {
      const value = values[idx - away] ?? values[idx + away];
      if (value !== null && value !== undefined) return value;
    }
    return null;
  };
  return { epoch: plot.data[0][idx]!, values: [near(3), near(4)] };
}

function drawMarks(plot: uPlot, { marks, colours }: PlotOptions): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colours.text;
  ctx.font = fontOf(devicePixelRatio);
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  const gap = 3 * devicePixelRatio;
  for (const { epoch, label } of marks()) {
    const x = plot.valToPos(epoch, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    // Beside the line, on the side where there is room.
    const fits = x + gap + ctx.measureText(label).width <= bbox.left + bbox.width;
    ctx.textAlign = fits ? "left" : "right";
    ctx.fillText(label, fits ? x + gap : x - gap, bbox.top + 10 * devicePixelRatio);
  }
  ctx.restore();
}
