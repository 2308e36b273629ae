// The plane around samples, as a person finds it.
import { expect, type Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import type { LabPage } from "./lab.js";

export const region = (page: Page) =>
  page.getByRole("region", { name: "What it makes of the plane", exact: true });
export const plane = (page: Page) =>
  page.getByRole("listbox", { name: /^The plane, coloured by the likeliest class/ });
export const said = (page: Page) => plane(page).getByRole("option");

/** Points at a place of the plane. */
export async function pointAt(page: Page, x: number, y: number): Promise<void> {
  const span = await page.locator("brainbow-lab").evaluate((it) => (it as Lab).model.places.value!.span);
  const [left, right, bottom, top] = span;
  const dots = page.locator("canvas.dots");
  const box = (await dots.boundingBox())!;
  await dots.hover({
    position: {
      x: (box.width * (x - left)) / (right - left),
      y: (box.height * (top - y)) / (top - bottom),
    },
  });
}

/** Of two classes: the colour under every held-out sample is that of the class it is taken for, as the matrix counts them,
 *  but for a few: a sample and the middle of its square may lie on two sides of the border. */
export async function agreesWithMatrix(lab: LabPage, few: number): Promise<void> {
  const counts = await lab.element.evaluate((it) => {
    const { model } = it as Lab;
    const [{ at, parts, labels, span }, { side, answers }] = [model.places.value!, model.plane.value!];
    const [left, right, bottom, top] = span;
    const found = [
      [0, 0],
      [0, 0],
    ];
    parts.forEach((part, i) => {
      if (part !== 1) return;
      const across = Math.floor(((at[2 * i]! - left) / (right - left)) * side);
      const down = Math.floor(((top - at[2 * i + 1]!) / (top - bottom)) * side);
      found[labels[i]!]![answers[2 * (down * side + across) + 1]! > 0.5 ? 1 : 0]!++;
    });
    return found;
  });
  const matrix = (await lab.confusion())!.counts;
  for (const [actual, row] of counts.entries())
    for (const [predicted, count] of row.entries())
      expect(Math.abs(count - matrix[actual]![predicted]!), `${actual} taken for ${predicted}`).toBeLessThan(
        few,
      );
}
