// The plane around samples in two dimensions: what a network makes of every place in it, and the samples.
import { css, mix, type Palette, type Rgb } from "./colour.js";

/** The colours of up to three classes: those of weights that push down and up, and a third. */
export function classColours({ negative, positive, more }: Palette): Rgb[] {
  return [negative, positive, more];
}

/** How strongly a certain answer is coloured; a place that might be anything is neutral. */
const STRONGEST = 0.55;

/** Colours each square by its likeliest class, the more the likelier: rgba of squares, from probabilities of all classes. */
export function paintPlane(
  rgba: Uint8ClampedArray,
  probabilities: Float32Array,
  classes: number,
  palette: Palette,
): void {
  const colours = classColours(palette);
  const chance = 1 / classes;
  for (let at = 0; 4 * at < rgba.length; at++) {
    let likeliest = 0;
    for (let cls = 1; cls < classes; cls++)
      if (probabilities[at * classes + cls]! > probabilities[at * classes + likeliest]!) likeliest = cls;
    const certainty = (probabilities[at * classes + likeliest]! - chance) / (1 - chance);
    rgba.set([...mix(palette.zero, colours[likeliest]!, STRONGEST * certainty), 255], 4 * at);
  }
}

export interface Dots {
  /** x and y of every sample. */
  places: Float32Array;
  /** Positions among the classes. */
  labels: Uint8Array;
  /** Samples from here on are held out: they are drawn as rings. */
  heldOut: number;
  marked: (id: number) => boolean;
}

/** The samples, in a square that reaches so far from its middle. */
export function paintDots(
  context: CanvasRenderingContext2D,
  reach: number,
  dots: Dots,
  palette: Palette,
): void {
  const { places, labels, heldOut, marked } = dots;
  const colours = classColours(palette).map(css);
  const { width, height } = context.canvas;
  const radius = width / 130;
  context.lineWidth = radius / 2;
  for (let id = 0; 2 * id < places.length; id++) {
    const x = ((places[2 * id]! / reach + 1) / 2) * width;
    const y = ((1 - places[2 * id + 1]! / reach) / 2) * height;
    context.beginPath();
    context.arc(x, y, marked(id) ? 2 * radius : radius, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle = colours[labels[id]!] ?? css(palette.paper);
    if (id < heldOut) context.fill();
    context.strokeStyle = id < heldOut ? css(palette.paper) : context.strokeStyle;
    context.stroke();
  }
}
