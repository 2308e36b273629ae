// The curves as they are painted: pixel by pixel.
import type { Page } from "@playwright/test";
import { painted } from "./reading.js";

export const lossOf = (page: Page) => page.getByRole("figure", { name: "Loss", exact: true });

/** The colour of each pixel of the plot, and the columns and rows in which the curves are. */
export async function plotOf(page: Page) {
  const figure = lossOf(page);
  const [canvas, over] = [figure.locator("canvas"), figure.locator(".u-over")];
  const [outer, inner] = [(await canvas.boundingBox())!, (await over.boundingBox())!];
  const rgba = await canvas.evaluate(painted);
  const width = await canvas.evaluate((it: HTMLCanvasElement) => it.width);
  const scale = width / outer.width;
  const at = (x: number, y: number) => {
    const place =
      4 * (Math.round((inner.y - outer.y + y) * scale) * width + Math.round((inner.x - outer.x + x) * scale));
    return rgba.slice(place, place + 4);
  };
  return { at, width: inner.width, height: inner.height };
}

/** How many pixels have the ghost's colour in the right half of the plot, where a run that has just begun is not yet. */
export async function ghostsAhead(page: Page): Promise<number> {
  const ghost = await page
    .locator("brainbow-curve")
    .first()
    .evaluate((curve) => {
      const context = document.createElement("canvas").getContext("2d")!;
      context.fillStyle = getComputedStyle(curve).getPropertyValue("--ghost").trim();
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    });
  const { at, width, height } = await plotOf(page);
  let count = 0;
  for (let x = Math.round(width / 2); x < width; x++)
    for (let y = 0; y < height; y++) {
      const pixel = at(x, y);
      if (pixel[3]! > 150 && pixel.every((value, i) => i > 2 || Math.abs(value - ghost[i]!) < 12)) count++;
    }
  return count;
}
