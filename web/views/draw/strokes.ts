// What has been drawn on the pad, stroke by stroke: painted in order, so that the last can be taken back.

export interface Stroke {
  /** Diameter of the pen, in the pad's pixels. */
  width: number;
  erases: boolean;
  /** x, y, x, y, … in the pad's pixels. */
  points: number[];
}

/** Paints all strokes with round ends, opaque black on nothing. */
export function paintStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  context.lineCap = context.lineJoin = "round";
  for (const stroke of strokes) {
    context.globalCompositeOperation = stroke.erases ? "destination-out" : "source-over";
    context.lineWidth = stroke.width;
    context.beginPath();
    const [x, y, ...rest] = stroke.points as [number, number, ...number[]];
    context.moveTo(x, y);
    // A line to where it is makes a point.
    context.lineTo(x, y);
    for (let i = 0; i < rest.length; i += 2) context.lineTo(rest[i]!, rest[i + 1]!);
    context.stroke();
  }
  context.globalCompositeOperation = "source-over";
}

/** How much ink each pixel has, 0 to 255; null where there is none at all. */
export function inkOf(context: CanvasRenderingContext2D): Uint8Array | null {
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  const ink = new Uint8Array(data.length / 4);
  let most = 0;
  for (let i = 0; i < ink.length; i++) {
    ink[i] = data[4 * i + 3]!;
    most = Math.max(most, ink[i]!);
  }
  return most === 0 ? null : ink;
}
