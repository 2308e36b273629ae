// The curves are drawn to their last point, however quickly a run goes by.
import type { Page } from "@playwright/test";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { ghostsAhead, lossOf, plotOf } from "./plot.js";

test.use({ moves: true });

test("of a run that is evaluated with every picture the curves end where the run does", async ({
  lab,
  page,
}) => {
  const epochs = 60;
  await lab.visit(`data=generated&classes=2,9&hidden=0&batch=4000&epochs=${epochs}`);
  await lab.endsEpochs(epochs);
  await expect(lab.button("Train")).toBeVisible();
  const curve = page.locator("brainbow-curve").first();
  const box = (await curve.locator(".u-over").boundingBox())!;
  const epochAtTheEnd = async () => {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2);
    return Number.parseFloat(/epoch ([\d.,]+)/.exec(await curve.locator(".readout").innerText())?.[1] ?? "");
  };
  await expect.poll(epochAtTheEnd, SOON).toBe(epochs);
});

/** Where the training curve is, in pixels from the top, at some of its points, and what is read there. */
async function pointsOf(page: Page): Promise<{ value: number; y: number }[]> {
  const figure = lossOf(page);
  await figure.scrollIntoViewIfNeeded();
  const box = (await figure.locator(".u-over").boundingBox())!;
  const found = [];
  for (let share = 0.02; share < 1; share += 0.07) {
    await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
    // In the order of the curves: the run before and this one, training before validation.
    const y = await figure
      .locator(".u-cursor-pt")
      .nth(2)
      .evaluate((dot) => new DOMMatrix(getComputedStyle(dot).transform).f);
    const value = Number(/training ([\d.]+)/.exec(await figure.locator(".readout").innerText())?.[1]);
    // There are places where only the other curve has a point.
    if (y > 0 && y < box.height) found.push({ value, y });
  }
  return found;
}

/** How far points are from a straight line through the first and the last of them, at most, in pixels. */
function bend(points: { value: number; y: number }[], scale: (value: number) => number): number {
  const [first, last] = [points[0]!, points.at(-1)!];
  const slope = (last.y - first.y) / (scale(last.value) - scale(first.value));
  const away = ({ value, y }: { value: number; y: number }) =>
    Math.abs(first.y + slope * (scale(value) - scale(first.value)) - y);
  return Math.max(...points.map(away));
}

/** At rest, and the run before, which is drawn too, was a short one: tests share a tab, and a longer one would leave this
 *  run a few pixels. */
async function begins(lab: LabPage, link: string): Promise<void> {
  await lab.visitAtRest(link);
  for (let i = 0; i < 3; i++) await lab.step(1);
  await lab.call("restart");
  await lab.comesTo(0);
}

test("heights are the values, and on the log scale their logarithms", async ({ lab, page }) => {
  await begins(lab, "data=generated&hidden=10");
  for (let i = 0; i < 15; i++) await lab.step(20);
  const log = lossOf(page).getByRole("button", { name: "Log scale" });
  const linear = await pointsOf(page);
  const values = linear.map(({ value }) => value);
  expect(Math.max(...values) / Math.min(...values)).toBeGreaterThan(2.5);
  expect(bend(linear, (value) => value)).toBeLessThan(2);
  await log.click();
  await expect(log).toHaveAttribute("aria-pressed", "true");
  const bent = await pointsOf(page);
  expect(bend(bent, Math.log)).toBeLessThan(2);
  expect(bend(bent, (value) => value)).toBeGreaterThan(5);
  await log.click();
});

test("where the rate was changed stands a mark", async ({ lab, page }) => {
  await begins(lab, "data=generated&hidden=10&lr=0.1;0.02@300");
  for (let i = 0; i < 6; i++) await lab.step(100);
  // The curves are drawn a few times a second.
  const inked = async (step: number) => {
    const over = (await lossOf(page).locator(".u-over").boundingBox())!;
    // From the first validation, before the first step, to the end of this run or of the one before.
    await page.mouse.move(over.x + over.width / 2, over.y + 9);
    await page.mouse.move(over.x + over.width - 1, over.y + 9);
    const end = Number(/epoch ([\d.]+)/.exec(await lossOf(page).locator(".readout").innerText())?.[1]);
    const { at, width, height } = await plotOf(page);
    const share = step / 313 / end;
    const columns = [-2, -1, 0, 1, 2].map((aside) => {
      let count = 0;
      for (let y = 0; y < height; y++) if (at(share * width + aside, y)[3]! > 60) count++;
      return count;
    });
    return Math.max(...columns);
  };
  await expect.poll(() => inked(300), SOON).toBeGreaterThan(40);
  expect(await inked(400)).toBeLessThan(30);
});

test("begun again, the run before stays as a ghost, with its name", async ({ lab, page }) => {
  await lab.visit("data=generated&hidden=10");
  await lab.toTheStart();
  for (let i = 0; i < 6; i++) await lab.step(50);
  const legend = lossOf(page).getByText("before", { exact: true });
  await lab.call("restart");
  await lab.comesTo(0);
  await lab.step(20);
  await lab.step(20);
  await expect(legend).toBeVisible();
  await expect.poll(() => ghostsAhead(page), SOON).toBeGreaterThan(40);
});

test.describe("before what plots has come", () => {
  test.use({ ownTab: true });

  test("its place is kept, and what is learned meanwhile is in the curves", async ({ lab, page }) => {
    const epochs = 3;
    let come = () => {};
    const mayCome = new Promise<void>((resolve) => (come = resolve));
    await page.route("**/assets/later-*.js", async (route) => {
      await mayCome;
      await route.continue();
    });
    await lab.open(`data=generated&hidden=0&epochs=${epochs}`);
    await lab.endsEpochs(epochs);
    const figure = lossOf(page);
    const before = await figure.boundingBox();
    await expect(figure.locator("canvas")).toHaveCount(0);
    come();
    await expect(figure.locator("canvas")).toBeVisible();
    expect(await figure.boundingBox()).toEqual(before);
    await expect.poll(async () => (await pointsOf(page)).length, SOON).toBeGreaterThan(8);
  });
});
