// Where everything stands in the network diagram: the image, a column for each layer, and in it the units, or groups of them.

/** Columns of so many units show each by itself; longer ones show groups. */
const BY_THEMSELVES = 64;
/** Groups in a column, at most. */
const GROUPS = 32;
/** Pixels of the page. */
const TALLEST = 420;
const HEAD = 24;
const LEAST_MARGIN = 12;
const WIDEST_SLOT = 34;
const LARGEST_RADIUS = 9;
/** So near is pointed at. */
const REACH = 16;

/** A unit of a dense layer, both from 0. */
export interface Place {
  layer: number;
  unit: number;
}

export interface Column {
  units: number;
  /** Units drawn as one. */
  group: number;
  x: number;
  top: number;
  /** Height of a group's place. */
  slot: number;
  radius: number;
}

export interface Plan {
  width: number;
  height: number;
  /** The input image. */
  image: { x: number; y: number; pixel: number; columns: number; rows: number };
  columns: Column[];
}

export function groupOf(units: number): number {
  return units <= BY_THEMSELVES ? 1 : Math.ceil(units / GROUPS);
}

/** `labels`: room for the names of the classes; `units`: of every dense layer. */
export function planOf(
  size: { width: number; labels: number },
  units: readonly number[],
  shape: { width: number; height: number },
): Plan {
  const { width, labels } = size;
  const room = width * (units.length > 4 ? 0.2 : 0.27);
  const pixel = Math.max(2, Math.floor(room / shape.width));
  const side = pixel * shape.width;
  const groups = Math.max(...units.map((count) => Math.ceil(count / groupOf(count))));
  const height = Math.min(TALLEST, HEAD + 4 + Math.max(pixel * shape.height, groups * WIDEST_SLOT));
  const image = {
    x: 1,
    y: Math.round((HEAD + height - pixel * shape.height) / 2),
    pixel,
    columns: shape.width,
    rows: shape.height,
  };
  const right = width - labels - LEAST_MARGIN;
  const gap = (right - side) / units.length;
  const columns = units.map((count, layer): Column => {
    const group = groupOf(count);
    const groups = Math.ceil(count / group);
    const slot = Math.min(WIDEST_SLOT, (height - HEAD - 4) / groups);
    return {
      units: count,
      group,
      x: Math.round(side + gap * (layer + 1)),
      top: HEAD + (height - HEAD - slot * groups) / 2,
      slot,
      radius: Math.min(LARGEST_RADIUS, slot * 0.4),
    };
  });
  return { width, height, image, columns };
}

/** The middle of a unit; in a group each has its own part of the group's place. */
export function spotOf({ columns }: Plan, { layer, unit }: Place): { x: number; y: number } {
  const { x, top, slot, group } = columns[layer]!;
  const part = (slot * 0.8) / group;
  return {
    x,
    y: top + Math.floor(unit / group) * slot + slot * 0.1 + ((unit % group) + 0.5) * part,
  };
}

/** The middle of a pixel, of the channels of which all stand in one place. */
export function pixelSpot({ image }: Plan, input: number): { x: number; y: number } {
  const place = input % (image.columns * image.rows);
  return {
    x: image.x + ((place % image.columns) + 0.5) * image.pixel,
    y: image.y + (Math.floor(place / image.columns) + 0.5) * image.pixel,
  };
}

/** The unit that is pointed at; the names of the outputs belong to them. */
export function unitAt(plan: Plan, x: number, y: number): Place | null {
  const last = plan.columns.length - 1;
  let layer = -1;
  plan.columns.forEach((column, i) => {
    const near = i === last && x > column.x ? 0 : Math.abs(x - column.x);
    const best = layer < 0 ? REACH : Math.abs(x - plan.columns[layer]!.x);
    if (near <= best) layer = i;
  });
  if (layer < 0) return null;
  const { units, group, top, slot } = plan.columns[layer]!;
  const place = (y - top) / slot;
  const index = Math.floor(place);
  if (index < 0 || index * group >= units) return null;
  const within = Math.floor(((place - index - 0.1) / 0.8) * group);
  const unit = index * group + Math.min(Math.max(within, 0), group - 1);
  return { layer, unit: Math.min(unit, units - 1) };
}

/** Where a key leads from a unit; null where it leads nowhere. */
export function stepFrom({ columns }: Plan, { layer, unit }: Place, key: string): Place | null {
  const { units } = columns[layer]!;
  const to = (next: number) => ({ layer, unit: Math.min(Math.max(next, 0), units - 1) });
  const across = (next: number): Place | null => {
    const other = columns[next];
    if (!other) return { layer, unit };
    return {
      layer: next,
      unit: Math.min(other.units - 1, Math.floor(((unit + 0.5) / units) * other.units)),
    };
  };
  switch (key) {
    case "ArrowUp":
      return to(unit - 1);
    case "ArrowDown":
      return to(unit + 1);
    case "Home":
      return to(0);
    case "End":
      return to(units - 1);
    case "ArrowLeft":
      return across(layer - 1);
    case "ArrowRight":
      return across(layer + 1);
    default:
      return null;
  }
}
