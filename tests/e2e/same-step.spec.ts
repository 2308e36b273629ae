// Never numbers of different moments on one screen: matrix, accuracy, card and mistakes are of one step.
import type { Lab } from "../../web/lab.js";
import { SOON } from "./lab.js";
import { expect, test } from "./page.js";
import { sampleIn, sum, trace, type Reading } from "./reading.js";

test.use({ moves: true });

function check({ matrix, accuracy, steps, card, mistakes }: Reading): void {
  expect(steps.length, "views that name a step: matrix, card, mistakes").toBe(3);
  expect(new Set(steps).size, `steps ${steps.join(", ")}`).toBe(1);

  const all = sum(matrix.flat());
  expect(Math.abs(accuracy - (100 * trace(matrix)) / all), "accuracy and diagonal").toBeLessThanOrEqual(
    0.0501,
  );

  const row = matrix[card!.actual]!;
  const count = row[card!.predicted]!;
  expect(card!.count).toContain(`${count.toLocaleString("en")} of ${sum(row).toLocaleString("en")}`);
  // None while the answer for a new cell is on its way.
  if (card!.images.length > 0) expect(card!.images).toHaveLength(Math.min(count, 24));

  expect(mistakes).toHaveLength(Math.min(24, all - trace(matrix)));
  const listed = new Map<string, number>();
  for (const name of mistakes) {
    const [, actual, predicted] = /: (\d) → (\d)$/.exec(name) ?? [];
    listed.set(`${actual}${predicted}`, (listed.get(`${actual}${predicted}`) ?? 0) + 1);
  }
  for (const [cell, times] of listed) {
    const [actual, predicted] = [...cell].map(Number) as [number, number];
    expect(actual).not.toBe(predicted);
    expect(times, `mistakes ${actual} → ${predicted}`).toBeLessThanOrEqual(matrix[actual]![predicted]!);
  }
}

test("matrix, accuracy, card and mistakes agree at every moment while it learns", async ({ lab }) => {
  await lab.visit("data=generated&hidden=10&epochs=10000");
  await lab.learns(30);
  const seen = new Set<number>();
  for (const [actual, predicted] of [
    [4, 9],
    [9, 4],
    [3, 5],
    [8, 8],
  ] as const) {
    await lab.cell(actual, predicted).hover();
    const before = seen.size;
    // A slow machine shows fewer steps in the same time: it is looked at for longer.
    for (let i = 0; i < 8 || (seen.size < before + 2 && i < 200); i++) {
      const reading = await lab.read();
      check(reading);
      seen.add(reading.steps[0]!);
    }
  }
  expect(seen.size, "different steps seen").toBeGreaterThan(5);
});

test("the pairs confused most are the matrix's largest errors, and one pressed is the pinned cell", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=0", 300);
  const { matrix } = await lab.read();
  const errors = matrix.flatMap((row, actual) =>
    row.map((count, predicted) => ({ actual, predicted, count: actual === predicted ? 0 : count })),
  );
  const largest = errors.toSorted((a, b) => b.count - a.count).slice(0, 5);
  const pairs = page.getByRole("list", { name: "Confused most" }).getByRole("button");
  await expect(pairs).toHaveText(
    largest.map(({ actual, predicted, count }) => `${actual} → ${predicted}: ${count}`),
  );
  const [first] = largest;
  await pairs.first().click();
  await expect(lab.cell(first!.actual, first!.predicted)).toHaveAttribute("aria-selected", "true");
  await expect(lab.card(first!.actual, first!.predicted)).toBeVisible();
  await pairs.first().click();
});

test("whoever is about to press a pair finds it where it was, while it learns", async ({ lab, page }) => {
  await lab.visit("data=generated&hidden=30&epochs=10000");
  const pairs = page.getByRole("list", { name: "Confused most" }).getByRole("button");
  await expect(pairs).toHaveCount(5);
  await pairs.nth(1).hover();
  const texts = async () => (await pairs.allTextContents()).map((text) => text.trim());
  const cellOf = (text: string) => text.split(":")[0]!;
  const [counts, cells] = [new Set<string>(), new Set<string>()];
  // What was confused most at first is not for long.
  await expect
    .poll(async () => {
      const now = await texts();
      counts.add(now.join());
      cells.add(now.map(cellOf).join());
      return counts.size;
    }, SOON)
    .toBeGreaterThan(8);
  expect([...cells]).toHaveLength(1);
  // The same for the keyboard.
  await page.mouse.move(0, 0);
  await page.keyboard.press("Tab");
  await pairs.nth(2).focus();
  const focused = cellOf((await texts())[2]!);
  const step = await lab.at();
  await lab.passes(step + 2000);
  await expect(pairs.nth(2)).toBeFocused();
  await expect(pairs.nth(2)).toHaveText(new RegExp(`^\\s*${focused}:`));
  // Let go, they are the largest again, also where nothing is learned any more.
  await lab.call("pause");
  await expect.poll(() => lab.element.evaluate((it) => (it as Lab).model.live.value), SOON).toBe(false);
  await pairs.nth(2).evaluate((pair: HTMLElement) => pair.blur());
  await expect
    .poll(async () => {
      const { matrix } = await lab.read();
      const errors = matrix.flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual));
      const largest = errors.toSorted((a, b) => b - a).slice(0, 5);
      const shown = (await texts()).map((text) => Number(text.split(":")[1]));
      return JSON.stringify(shown) === JSON.stringify(largest);
    }, SOON)
    .toBe(true);
});

test("stepping shows one step after the other, in all views", async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=0");
  await lab.cell(2, 3).hover();
  for (const n of [1, 4, 20, 100]) {
    const before = await lab.at();
    await lab.step(n);
    const reading = await lab.read();
    check(reading);
    expect(reading.steps[0]).toBe(before + n);
    const confusion = await lab.confusion();
    expect(confusion).toEqual({ step: before + n, counts: reading.matrix });
  }
});

test("a pinned mistake shows ten probabilities that sum to one, the greatest of what it was read as", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=10", 300);
  const name = (await lab.read()).mistakes[0]!;
  const { id, percent } = sampleIn(name);
  const [, actual, predicted] = /: (\d) → (\d)$/.exec(name) ?? [];
  await page.getByRole("button", { name, exact: true }).click();
  const region = page.getByRole("region", { name: `sample ${id}: a ${actual}` });
  const cells = region.getByRole("row").filter({ hasText: "%" }).getByRole("cell");
  await expect(cells).toHaveCount(10);
  const shares = (await cells.allInnerTexts()).map(Number.parseFloat);
  expect(Math.abs(sum(shares) - 100)).toBeLessThan(0.6);
  expect(shares.indexOf(Math.max(...shares))).toBe(Number(predicted));
  expect(shares[Number(predicted)]).toBe(percent);
});
