// The network diagram as a picture: image, units, edges and their names on one canvas.
import { css, diverging, ink, mix, type Palette, type Rgb } from "../../draw/colour.js";
import { paintCurves } from "../../draw/links.js";
import { scaleOf } from "../../session/scale.js";
import type { Link, Net } from "./links.js";
import { pixelSpot, spotOf, type Place, type Plan } from "./plan.js";

const TYPE = "11px system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/** The full width of an edge; it becomes less where there are many of them, or little room. */
const WIDEST = 3.6;
const THINNEST = 0.9;
const MANY = 40;
const ROOM = 110;

export interface Scene {
  plan: Plan;
  net: Net;
  links: readonly Link[];
  /** By which all are drawn, of each layer. */
  limits: readonly number[];
  chosen: Place | null;
  /** What the network sees; null without a sample. */
  image: CanvasImageSource | null;
  /** What stands above the image. */
  inputs: string;
  /** Of every column, what stands above it; of every output, what stands beside it. */
  heads: readonly string[];
  labels: readonly string[];
  predicted: number | null;
  /** What each unit of a layer says of the sample; null without one. */
  says: (layer: number) => Float32Array | null;
  ink: { text: string; quiet: string; line: string };
}

export function paintDiagram(context: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { plan } = scene;
  context.clearRect(0, 0, plan.width, plan.height);
  paintImage(context, scene, palette);
  const spot = ({ layer, from }: Link) =>
    layer === 0 ? pixelSpot(plan, from) : spotOf(plan, { layer: layer - 1, unit: from });
  const counts = plan.columns.map((_, layer) => scene.links.filter((link) => link.layer === layer).length);
  const curves = scene.links.map((link) => {
    const [begin, end] = [spot(link), spotOf(plan, { layer: link.layer, unit: link.to })];
    const limit = scene.limits[link.layer]!;
    const away = link.layer === 0 ? 0 : plan.columns[link.layer - 1]!.radius;
    const share = limit > 0 ? link.strength / limit : 0;
    return {
      x1: begin.x + away,
      y1: begin.y,
      x2: end.x - plan.columns[link.layer]!.radius,
      y2: end.y,
      share,
      width: Math.max(WIDEST * Math.min(1, MANY / counts[link.layer]!, (end.x - begin.x) / ROOM), THINNEST),
    };
  });
  paintCurves(context, curves, palette);
  paintPixels(context, scene, palette);
  plan.columns.forEach((_, layer) => paintColumn(context, scene, layer, palette));
}

function paintImage(
  context: CanvasRenderingContext2D,
  { plan, image, inputs, ink }: Scene,
  palette: Palette,
): void {
  const { x, y, pixel, columns, rows } = plan.image;
  const [width, height] = [pixel * columns, pixel * rows];
  context.fillStyle = css(palette.unlearned);
  context.fillRect(x, y, width, height);
  if (image) {
    context.imageSmoothingEnabled = false;
    context.drawImage(image, x, y, width, height);
  }
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  context.font = TYPE;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.fillStyle = ink.quiet;
  context.fillText(inputs, x, y - 12);
}

/** Where edges begin in the image, in the colours of the strongest that begins there. */
function paintPixels(context: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { plan, limits } = scene;
  const { pixel, columns, rows } = plan.image;
  const strongest = new Map<number, number>();
  for (const { layer, from, strength } of scene.links) {
    const place = from % (columns * rows);
    if (layer === 0 && Math.abs(strength) > Math.abs(strongest.get(place) ?? 0))
      strongest.set(place, strength);
  }
  for (const [place, strength] of strongest) {
    const { x, y } = pixelSpot(plan, place);
    context.fillStyle = css(diverging(palette, strength, limits[0]!));
    context.fillRect(x - pixel / 2, y - pixel / 2, pixel, pixel);
  }
}

function paintColumn(context: CanvasRenderingContext2D, scene: Scene, layer: number, palette: Palette): void {
  const { plan, chosen, says } = scene;
  const { units, x, top, slot, group, radius } = plan.columns[layer]!;
  const isLast = layer === plan.columns.length - 1;
  const values = says(layer);
  const limit = values ? scaleOf(values) : 0;
  const neutral = mix(palette.zero, palette.unlearned, 0.6);
  context.font = TYPE;
  context.textBaseline = "middle";
  for (let unit = 0; unit < units; unit++) {
    const { y } = spotOf(plan, { layer, unit });
    const fill = values ? diverging(palette, values[unit]!, limit) : neutral;
    const isChosen = chosen?.layer === layer && chosen.unit === unit;
    context.fillStyle = css(fill);
    context.strokeStyle = isChosen ? scene.ink.text : scene.ink.quiet;
    context.lineWidth = isChosen ? 2 : 0.75;
    context.beginPath();
    if (group === 1) context.arc(x, y, radius, 0, 2 * Math.PI);
    else {
      const part = (slot * 0.8) / group;
      context.rect(x - 7, y - part / 2, 14, part);
    }
    context.fill();
    if (group === 1) context.stroke();
    if (group > 1 && (unit % group === group - 1 || unit === units - 1)) frame(context, scene, layer, unit);
    if (group === 1 && radius >= 8 && !isLast) {
      context.textAlign = "center";
      context.fillStyle = ink(fill);
      context.fillText(String(unit), x, y + 0.5);
    }
    if (isChosen && !isLast) paintChosen(context, scene, unit, fill, palette);
    if (isLast) paintLabel(context, scene, unit, x + radius + 5, y, slot);
  }
  const head = scene.heads[layer]!;
  context.fillStyle = scene.ink.quiet;
  const overhang = x + context.measureText(head).width / 2 > plan.width;
  context.textAlign = overhang ? "right" : "center";
  context.fillText(head, overhang ? plan.width : x, top - 12);
}

/** A unit that is chosen: a member of a group stands out of it, and who has no number inside has it beside. */
function paintChosen(
  context: CanvasRenderingContext2D,
  { plan, chosen, ink: inks }: Scene,
  unit: number,
  fill: Rgb,
  palette: Palette,
): void {
  const { slot, group, radius } = plan.columns[chosen!.layer]!;
  const { x, y } = spotOf(plan, chosen!);
  if (group > 1) {
    const part = (slot * 0.8) / group + 2;
    context.fillStyle = css(fill);
    context.strokeStyle = inks.text;
    context.lineWidth = 1.25;
    context.fillRect(x - 11, y - part / 2, 22, part);
    context.strokeRect(x - 11, y - part / 2, 22, part);
  }
  if (group === 1 && radius >= 8) return;
  context.textAlign = "left";
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = css(palette.paper);
  context.fillStyle = inks.text;
  const left = x + Math.max(radius, group > 1 ? 11 : 0) + 4;
  context.strokeText(String(unit), left, y + 0.5);
  context.fillText(String(unit), left, y + 0.5);
}

/** Around a group, whose last unit this is. */
function frame(context: CanvasRenderingContext2D, { plan, ink }: Scene, layer: number, unit: number): void {
  const { x, top, slot, group } = plan.columns[layer]!;
  const index = Math.floor(unit / group);
  const members = (unit % group) + 1;
  context.strokeStyle = ink.quiet;
  context.lineWidth = 0.75;
  context.strokeRect(x - 7, top + index * slot + slot * 0.1, 14, (slot * 0.8 * members) / group);
}

function paintLabel(
  context: CanvasRenderingContext2D,
  { labels, predicted, chosen, plan, ink }: Scene,
  unit: number,
  x: number,
  y: number,
  slot: number,
): void {
  if (slot < 10) return;
  const isChosen = chosen?.layer === plan.columns.length - 1 && chosen.unit === unit;
  context.textAlign = "left";
  context.font = unit === predicted || isChosen ? `650 ${TYPE}` : TYPE;
  context.fillStyle = ink.text;
  context.fillText(labels[unit]!, x, y + 0.5);
  context.font = TYPE;
}
