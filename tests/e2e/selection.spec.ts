// One selection: what is pinned in one view marks its samples in all of them, and "only …" leaves the others out.
import type { Locator, Page } from "@playwright/test";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";

const LINK = "data=generated&hidden=8";
const MARKED = "belongs to the selection";

const mistakes = (page: Page) => page.getByRole("list", { name: "Mistakes" }).getByRole("button");
const only = (page: Page, what: string) =>
  page.locator("brainbow-mistakes").getByRole("checkbox", { name: `only ${what}`, exact: true });

/** What it is and what it was taken for, of each button, and whether it is marked. */
const read = (buttons: Locator) =>
  buttons.evaluateAll(
    (all, marked) =>
      all.map((button) => ({
        pair: /: (.+)$/.exec(button.getAttribute("aria-label")!)?.[1],
        id: /^sample (\d+)/.exec(button.getAttribute("aria-label")!)![1]!,
        isMarked: button.getAttribute("aria-description") === marked,
      })),
    MARKED,
  );

async function rests(lab: LabPage): Promise<void> {
  await lab.visitAtRest(LINK, 150);
}

test("a pinned cell marks its samples among the mistakes; only they are shown when asked", async ({
  lab,
  page,
}) => {
  await rests(lab);
  const counts = (await lab.confusion())!.counts;
  const first = (await read(mistakes(page)))[0]!.pair!;
  const [actual, predicted] = first.split(" → ").map(Number) as [number, number];
  await lab.cell(actual, predicted).click();
  await expect
    .poll(async () => (await read(mistakes(page))).some(({ isMarked }) => isMarked), SOON)
    .toBe(true);
  for (const { pair, isMarked } of await read(mistakes(page))) expect(isMarked).toBe(pair === first);

  await only(page, first).check();
  const count = Math.min(counts[actual]![predicted]!, 24);
  await expect
    .poll(async () => (await read(mistakes(page))).map(({ pair }) => pair), SOON)
    .toEqual(Array<string>(count).fill(first));
  // So does the grid of samples: the held-out ones that are read so.
  await page.locator("brainbow-samples summary").click();
  const grid = page.getByRole("list", { name: "Samples" }).getByRole("button");
  await expect
    .poll(async () => (await grid.count()) > 0 && (await read(grid)).every(({ isMarked }) => isMarked), SOON)
    .toBe(true);
  expect(await grid.count()).toBe(Math.min(counts[actual]![predicted]!, 30));
  await page.locator("brainbow-samples summary").click();

  await only(page, first).uncheck();
  await lab.cell(actual, predicted).press("Escape");
  await expect(only(page, first)).toHaveCount(0);
  await expect
    .poll(async () => (await read(mistakes(page))).some(({ isMarked }) => isMarked), SOON)
    .toBe(false);
});

test("a row's header selects its class, by keyboard too", async ({ lab, page }) => {
  await rests(lab);
  await lab.cell(8, 0).focus();
  await page.keyboard.press("ArrowLeft");
  const header = lab.grid.getByRole("rowheader", { name: "8", exact: true });
  await expect(header).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(header).toHaveAttribute("aria-selected", "true");
  await only(page, "class 8").check();
  const row = (await lab.confusion())!.counts[8]!;
  const wrong = row.reduce((sum, count) => sum + count, 0) - row[8]!;
  await expect
    .poll(async () => (await read(mistakes(page))).map(({ pair }) => pair![0]), SOON)
    .toEqual(Array<string>(Math.min(wrong, 24)).fill("8"));
  await only(page, "class 8").uncheck();
  // The grid shows samples that are learned from, too: those of the class are marked, and no others.
  await page.locator("brainbow-samples summary").click();
  const grid = page.getByRole("list", { name: "Samples" }).getByRole("button");
  await expect.poll(() => grid.count(), SOON).toBe(30);
  for (let tries = 0; tries < 20; tries++) {
    const names = await grid.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!));
    const eights = names.map((name) => name.endsWith(": a 8"));
    await expect.poll(async () => (await read(grid)).map(({ isMarked }) => isMarked)).toEqual(eights);
    const isOfBoth = names.some((name, i) => eights[i] && Number(/\d+/.exec(name)![0]) < 20_000);
    if (isOfBoth && eights.includes(false)) break;
    expect(tries, "twenty times 30 samples, and no eight that is learned from").toBeLessThan(19);
    await page.getByRole("button", { name: "Show others" }).click();
  }
  await page.locator("brainbow-samples summary").click();
  await header.focus();
  await page.keyboard.press("Escape");
  await expect(header).toHaveAttribute("aria-selected", "false");
});

test("a pinned neuron marks what excites it, as its card says, and only that is shown", async ({
  lab,
  page,
}) => {
  await rests(lab);
  await page.getByRole("button", { name: "Neuron 3", exact: true }).click();
  const strip = (name: string) => page.getByRole("list", { name, exact: true }).getByRole("button");
  await expect
    .poll(async () => (await read(strip("Excite it most"))).map(({ isMarked }) => isMarked), SOON)
    .toEqual(Array<boolean>(9).fill(true));
  const sums = await strip("Silence it").evaluateAll((all) =>
    all.map((one) =>
      Number.parseFloat(/sum (.+)$/.exec(one.getAttribute("aria-label")!)![1]!.replace("−", "-")),
    ),
  );
  expect((await read(strip("Silence it"))).map(({ isMarked }) => isMarked)).toEqual(
    sums.map((sum) => sum > 0),
  );
  const all = await read(mistakes(page));
  await only(page, "what excites Neuron 3").check();
  await expect
    .poll(async () => (await read(mistakes(page))).every(({ isMarked }) => isMarked), SOON)
    .toBe(true);
  // Those that were marked among the first of all come first now, in the same order.
  const before = all.filter(({ isMarked }) => isMarked).map(({ id }) => id);
  expect((await read(mistakes(page))).map(({ id }) => id).slice(0, before.length)).toEqual(before);
  await only(page, "what excites Neuron 3").uncheck();
  await page.getByRole("button", { name: "Neuron 3", exact: true }).press("Escape");
});
