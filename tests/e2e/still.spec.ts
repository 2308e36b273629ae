// While numbers change nothing else moves: every part of the page stays where it is, on a desk and on a phone.
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON } from "./lab.js";
import { expect, test } from "./page.js";

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

test.use({ moves: true });
test.afterEach(({ page }) => page.setViewportSize(DESK));

/** Watches while that many evaluations are shown; names the parts whose place or size has changed, and by how much. */
function moved(page: Page, evaluations: number): Promise<string[]> {
  return page.locator("brainbow-lab").evaluate(async (lab, evaluations) => {
    const parts = [...lab.querySelectorAll("header > *, main > *, main > div > *, .matrix-and-card > *")];
    const boxes = () => parts.map((part) => part.getBoundingClientRect());
    const first = boxes();
    const most = parts.map(() => 0);
    let seen = 0;
    const stop = (lab as Lab).model.evaluated.subscribe(() => void seen++);
    while (seen <= evaluations) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      boxes().forEach(({ top, height }, i) => {
        const by = Math.max(Math.abs(top - first[i]!.top), Math.abs(height - first[i]!.height));
        most[i] = Math.max(most[i]!, by);
      });
    }
    stop();
    // Less than a pixel is rounding.
    return parts.flatMap((part, i) => (most[i]! < 1 ? [] : [`${part.localName} by ${most[i]!}`]));
  }, evaluations);
}

for (const [name, size] of [
  ["desk", DESK],
  ["phone", PHONE],
] as const) {
  test(`on a ${name} nothing but its numbers moves while the network learns`, async ({ lab, page }) => {
    await page.setViewportSize(size);
    await lab.visit("data=generated&hidden=10&epochs=100000&lr=0.02");
    // All ten have been confused with something, and the accuracy has its digits.
    await lab.learns(50);
    await lab.cell(8, 3).click();
    await expect(lab.card(8, 3)).toBeVisible();
    expect(await moved(page, 20)).toEqual([]);
    await page.keyboard.press("Escape");
  });

  test(`on a ${name} the pad stays where it is when what is like a drawing comes and goes`, async ({
    lab,
    page,
  }) => {
    await page.setViewportSize(size);
    await lab.visitAtRest("data=generated&hidden=10", 20);
    await page.locator("brainbow-draw summary").click();
    const pad = page.getByRole("img", { name: "Drawing pad" });
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.7 * box.height, { steps: 4 });
    await page.mouse.up();
    const nearest = page.getByRole("list", {
      name: "The nearest of the training images, by the distance of their pixels",
    });
    await expect(nearest).toBeVisible(SOON);
    expect(await pad.boundingBox()).toEqual(box);
    // Not as a mouse does it: the page would be scrolled to the button.
    await page
      .getByRole("button", { name: "Clear", exact: true })
      .evaluate((clear: HTMLElement) => clear.click());
    await expect(nearest).toBeHidden(SOON);
    expect(await pad.boundingBox()).toEqual(box);
    await page.locator("brainbow-draw summary").click();
  });
}
