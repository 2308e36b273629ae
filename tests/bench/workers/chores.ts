// What the page does beside training: reading all held-out samples, painting filters, unpacking files.
import { LIGHT } from "../../../web/draw/colour.js";
import { paintSheet, type Place } from "../../../web/draw/sheet.js";
import { paintTile, rangeOf, type Tile } from "../../../web/draw/tile.js";
import { Session } from "../../../web/generated/brainbow_wasm.js";
import { readFile } from "../../../web/session/files.js";
import { CLASSES, INPUTS } from "../shapes.mjs";
import { takeMnist, type Engine, type Run } from "./engine.js";

const SIDE = 28;
/** Of the filter in the page's sheet of many neurons, in its pixels. */
const ENLARGED = 2 * SIDE;
const BARS = 24;

/** All held-out samples, their confusion matrix and the twelve worst mistakes. */
export function evaluate(engine: Engine, run: Run): { samples: number; ms: number } {
  const { heldOutSamples } = engine.open(run);
  const { session } = engine;
  const began = performance.now();
  session.beginEvaluation();
  while (!session.evaluate(10));
  session.copyConfusion(new Uint32Array(CLASSES ** 2), new Int32Array(CLASSES ** 2));
  session.copyScores(new Float64Array(3 * CLASSES));
  session.ranked({ kind: "mistakes" }, "mostConfident", 12);
  session.ranked({ kind: "cell", actual: 4, predicted: 9 }, "mostConfident", 12);
  return { samples: heldOutSamples, ms: performance.now() - began };
}

/** The filters of the first layer, from the engine's weights to RGBA: alone, and in the page's one picture. */
export function paintHeatmaps(engine: Engine, run: Run): { tiles: number; tilesMs: number; sheetMs: number } {
  engine.open(run);
  const units = run.hidden;
  const weights = new Float32Array(INPUTS * units);
  const outgoing = new Float32Array(units * CLASSES);
  const inked = new Uint8Array(INPUTS);
  const rgba = new Uint8ClampedArray(4 * INPUTS);
  const image = new ImageData(16 * ENLARGED, Math.ceil(units / 16) * (ENLARGED + BARS));

  const began = performance.now();
  engine.session.copyParameters(0, weights, new Float32Array(units));
  engine.session.copyInked(inked);
  const tileOf = (unit: number): Tile => {
    const [low, high] = rangeOf(weights, units, unit);
    return { weights, units, unit, inked, limit: Math.max(-low, high), classic: false };
  };
  for (let unit = 0; unit < units; unit++) paintTile(rgba, tileOf(unit), LIGHT);
  const painted = performance.now();

  engine.session.copyParameters(1, outgoing, new Float32Array(CLASSES));
  const places = Array.from({ length: units }, (_, unit) => placeOf(unit));
  const contents = {
    shape: { width: SIDE, height: SIDE },
    tile: tileOf,
    outgoing: (unit: number) => outgoing.subarray(unit * CLASSES, (unit + 1) * CLASSES),
    outgoingLimit: 1,
  };
  paintSheet(image, places, contents, LIGHT);
  return { tiles: units, tilesMs: painted - began, sheetMs: performance.now() - painted };
}

/** Sixteen in a row, bars beneath. */
function placeOf(unit: number): Place {
  const x = (unit % 16) * ENLARGED;
  const y = Math.floor(unit / 16) * (ENLARGED + BARS);
  return {
    unit,
    filter: { x, y, width: ENLARGED, height: ENLARGED },
    bars: { x, y: y + ENLARGED, width: ENLARGED, height: BARS },
  };
}

type Packed = { name: string; file: Blob };

/** MNIST's files from gzip to a data set: the training files unpacked alone, and all four taken by the engine. */
export async function unpack(
  _engine: Engine,
  files: Packed[],
): Promise<{ gunzipMs: number; parseMs: number; digits: number } | null> {
  const [images, labels, ...rest] = files;
  if (!images || !labels) return null;
  const open = (source: Packed) => readFile(source, () => {});
  const began = performance.now();
  const train = [await open(images), await open(labels)];
  const gunzipMs = performance.now() - began;
  const all = [...train, ...(await Promise.all(rest.map(open)))];
  const session = new Session();
  const parsing = performance.now();
  takeMnist(
    session,
    files.map(({ name }) => name),
    all,
  );
  const parseMs = performance.now() - parsing;
  session.free();
  return { gunzipMs, parseMs, digits: labelsIn(train[1]!) };
}

/** A file of labels has eight bytes before them. */
function labelsIn(file: Uint8Array): number {
  return file.length - 8;
}
