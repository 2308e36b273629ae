// A sample's picture for a canvas: ink on paper in the colours of the theme, photographs as they are.
import { DARK, type Palette } from "../../draw/colour.js";
import type { Picture } from "../../gallery.js";

const scratch = document.createElement("canvas");

/** To be drawn at once: the next picture takes its place. `isColumn`: its pixels one below the other. */
export function inkedPaper(
  { image, isPhotograph }: Picture,
  palette: Palette,
  isColumn = false,
): CanvasImageSource {
  const { data } = image;
  const width = isColumn ? 1 : image.width;
  const height = isColumn ? image.width * image.height : image.height;
  const turned = new ImageData(new Uint8ClampedArray(data), width, height);
  if (palette === DARK && !isPhotograph)
    for (let i = 0; i < turned.data.length; i++)
      if (i % 4 !== 3) turned.data[i] = 235 - turned.data[i]! * 0.92;
  [scratch.width, scratch.height] = [width, height];
  scratch.getContext("2d")!.putImageData(turned, 0, 0);
  return scratch;
}
