// One neuron's sum as a fan: a column of all inputs, an edge from each into the neuron; numbers in, pixels out.
import { css, diverging, type Palette } from "../../draw/colour.js";
import { paintFan } from "../../draw/links.js";

export const FAN_HEIGHT = 252;
const COLUMN = 10;
const RADIUS = 11;
const MARGIN = 8;

export interface Fan {
  /** Where edges begin: the right side of the column. */
  from: { x: number; top: number; height: number };
  /** The neuron. */
  to: { x: number; y: number };
}

export function fanOf(width: number): Fan {
  return {
    from: { x: MARGIN + COLUMN, top: 4, height: FAN_HEIGHT - 8 },
    to: { x: width - RADIUS - MARGIN, y: FAN_HEIGHT / 2 },
  };
}

const beginOf = ({ from }: Fan, input: number, inputs: number) =>
  from.top + ((input + 0.5) / inputs) * from.height;

/** Of the edges within a pixel or two of a point, the strongest. */
export function edgeAt({ from, to }: Fan, terms: ArrayLike<number>, x: number, y: number): number | null {
  // Near the neuron all edges are one.
  const along = Math.min(Math.max((x - from.x) / (to.x - from.x), 0), 0.85);
  const begin = (y - along * to.y) / (1 - along);
  // Edges begin in the middles of their parts of the column.
  const place = ((begin - from.top) / from.height) * terms.length - 0.5;
  const reach = Math.max(0.5, (1.5 / from.height) * terms.length);
  let best: number | null = null;
  const last = Math.min(terms.length - 1, Math.ceil(place + reach) - 1);
  for (let i = Math.max(0, Math.ceil(place - reach)); i <= last; i++) {
    if (best === null || Math.abs(terms[i]!) > Math.abs(terms[best]!)) best = i;
  }
  return best;
}

export interface FanScene {
  fan: Fan;
  terms: Float32Array;
  /** Of the full colour. */
  limit: number;
  /** What the sample has of each input, from top to bottom; null without one. */
  column: CanvasImageSource | null;
  lit: readonly number[];
  name: string;
  ink: string;
}

export function paintSum(context: CanvasRenderingContext2D, scene: FanScene, palette: Palette): void {
  const { fan, terms, limit, column, lit, name, ink } = scene;
  const { from, to } = fan;
  const left = from.x - COLUMN;
  context.fillStyle = css(palette.unlearned);
  context.fillRect(left, from.top, COLUMN, from.height);
  context.imageSmoothingEnabled = false;
  if (column) context.drawImage(column, left, from.top, COLUMN, from.height);
  const shares = terms.map((term) => (limit > 0 ? term / limit : 0));
  paintFan(context, shares, from, to, palette);
  for (const input of lit) {
    const y = beginOf(fan, input, terms.length);
    context.beginPath();
    context.moveTo(left - 5, y);
    context.lineTo(from.x, y);
    context.lineTo(to.x, to.y);
    context.strokeStyle = ink;
    context.lineWidth = 3.5;
    context.stroke();
    context.strokeStyle = css(diverging(palette, terms[input]!, limit));
    context.lineWidth = 2;
    context.stroke();
  }
  context.beginPath();
  context.arc(to.x, to.y, RADIUS, 0, 2 * Math.PI);
  context.fillStyle = css(palette.zero);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
  context.fillStyle = ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(name, to.x, to.y + 0.5);
}
