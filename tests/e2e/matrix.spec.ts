// The matrix's other faces, shares and images; what stands at its edge; its pins; and the mistakes in each order.
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { painted, sampleIn, sum, trace } from "./reading.js";

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

const face = (page: Page, name: string) =>
  page.getByRole("radiogroup", { name: "Show" }).getByRole("radio", { name, exact: true });
const order = (page: Page) => page.locator("brainbow-mistakes").getByRole("combobox", { name: "Order" });

test.beforeEach(async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=10", 800);
});

// Tests share a tab.
test.afterEach(async ({ page }) => {
  await face(page, "Counts").check({ force: true });
  await order(page).selectOption("mostConfident");
});

const countsOf = async (lab: LabPage) => (await lab.confusion())!.counts;
const columnOf = (counts: number[][], predicted: number) => counts.map((row) => row[predicted]!);

/** A share as the page writes it, in percent; of nothing there is none. */
const percent = (part: number, whole: number) =>
  whole === 0 ? "–" : (Math.round((1000 * part) / whole) / 10).toFixed(1);

/** What each row of the matrix says from left to right, headers aside. */
const rowsOf = (lab: LabPage) =>
  lab.grid
    .getByRole("row")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll<HTMLElement>("[role=gridcell]")].map((cell) => cell.innerText),
      ),
    );

for (const [name, isOfRow] of [
  ["Row %", true],
  ["Column %", false],
] as const) {
  test(`${name}: every cell is its count's share, and a whole one adds up to 100`, async ({ lab, page }) => {
    await face(page, name).check({ force: true });
    const counts = await countsOf(lab);
    const wholeOf = (actual: number, predicted: number) =>
      sum(isOfRow ? counts[actual]! : columnOf(counts, predicted));
    const expected = counts.map((row, actual) =>
      row.map((count, predicted) => percent(count, wholeOf(actual, predicted))),
    );
    const shown = async () => (await rowsOf(lab)).slice(1, 11).map((row) => row.slice(0, 10));
    await expect.poll(shown).toEqual(expected);
    const shares = (await shown()).map((row) => row.map(Number));
    for (const digit of DIGITS) {
      const whole = sum(isOfRow ? shares[digit]! : columnOf(shares, digit));
      expect(Math.abs(whole - 100), `${name} of ${digit}`).toBeLessThan(0.5);
    }
    // Who cannot see where it stands hears the same.
    await expect(lab.cell(4, 9)).toHaveAccessibleName(`actual 4, predicted 9: ${expected[4]![9]}`);
  });
}

test("totals, recall, precision, F1 and accuracy at the edge are those of the counts", async ({ lab }) => {
  const counts = await countsOf(lab);
  const all = sum(counts.flat());
  const ofRow = counts.map(sum);
  const ofColumn = DIGITS.map((predicted) => sum(columnOf(counts, predicted)));
  const right = counts.map((row, i) => row[i]!);
  const written = (count: number) => count.toLocaleString("en");

  const rows = await rowsOf(lab);
  expect(rows.slice(1, 11).map((row) => row.slice(10))).toEqual(
    DIGITS.map((i) => [written(ofRow[i]!), percent(right[i]!, ofRow[i]!)]),
  );
  expect(rows[11]).toEqual([...ofColumn.map(written), written(all), ""]);
  expect(rows[12]).toEqual([
    ...DIGITS.map((i) => percent(right[i]!, ofColumn[i]!)),
    "",
    percent(trace(counts), all),
  ]);

  for (const i of DIGITS) {
    // The harmonic mean of both, which is said beside each of them.
    const f1 = `F1: ${percent(2 * right[i]!, ofRow[i]! + ofColumn[i]!)}`;
    for (const name of [`recall ${i}: `, `precision ${i}: `])
      await expect(lab.grid.getByRole("gridcell", { name })).toHaveAccessibleDescription(f1);
  }
});

test("as images, a cell shows the one that its card begins with, and an empty cell none", async ({
  lab,
  page,
}) => {
  const counts = await countsOf(lab);
  await face(page, "Images").check({ force: true });
  const cells = lab.grid.getByRole("gridcell", { name: /^actual / });
  const sizes = () =>
    cells.evaluateAll((all) =>
      all.map((cell) => {
        const images = [...cell.querySelectorAll("img")].filter((image) => image.checkVisibility());
        return images.map(({ naturalWidth, naturalHeight }) => `${naturalWidth} × ${naturalHeight}`).join();
      }),
    );
  expect(counts.flat()).toContain(0);
  await expect.poll(sizes, SOON).toEqual(counts.flat().map((count) => (count > 0 ? "28 × 28" : "")));
  expect((await cells.allInnerTexts()).join("").trim(), "numbers between the images").toBe("");
  expect((await lab.read()).matrix, "the counts are still in the names").toEqual(counts);

  const errors = counts.flatMap((row, actual) =>
    row.map((count, predicted) => ({ actual, predicted, count: actual === predicted ? 0 : count })),
  );
  const [most, next] = errors.toSorted((a, b) => b.count - a.count);
  const seen = new Set<string>();
  for (const { actual, predicted } of [{ actual: 8, predicted: 8 }, most!, next!]) {
    await lab.cell(actual, predicted).hover();
    const card = lab.card(actual, predicted);
    await expect(card.getByRole("combobox", { name: "Order" })).toHaveValue("mostConfident");
    const items = card.getByRole("listitem");
    await expect(items).toHaveCount(Math.min(counts[actual]![predicted]!, 24));
    const names = await items.evaluateAll((all) => all.map((item) => item.getAttribute("aria-label")!));
    const percents = names.map((name) => sampleIn(name).percent);
    expect(percents[0]).toBe(Math.max(...percents));
    const first = items.first().locator("img");
    await expect(first).toBeVisible();
    const pixels = await lab.cell(actual, predicted).locator("img").evaluate(painted);
    expect(pixels, `actual ${actual}, predicted ${predicted}`).toEqual(await first.evaluate(painted));
    seen.add(pixels.join());
  }
  expect(seen.size, "different images").toBe(3);
});

/** All held-out samples that are read wrongly, with the probabilities of the ten classes. */
async function allMistakes(lab: LabPage) {
  // What is made of every sample is known as long as something is selected.
  await lab.cell(8, 8).click();
  const readings = () => lab.element.evaluate((it) => (it as Lab).model.evaluated.value!.readings !== null);
  await expect.poll(readings, SOON).toBe(true);
  const wrong = await lab.element.evaluate((it) => {
    const { ids, actual, predicted } = (it as Lab).model.evaluated.value!.readings!;
    const all = Array.from(ids, (id, i) => ({ id, actual: actual[i]!, predicted: predicted[i]! }));
    return all.filter((sample) => sample.actual !== sample.predicted);
  });
  await lab.cell(8, 8).press("Escape");
  // Each is pinned for a moment.
  const probabilities = await lab.element.evaluate(
    async (it, ids) => {
      const { sample, evaluated } = (it as Lab).model;
      const found: number[][] = [];
      for (const id of ids) {
        sample.value = id;
        await new Promise<void>((answered) => {
          const stop = evaluated.subscribe((now) => {
            if (now?.sample?.asked.id !== id) return;
            found.push([...now.sample.probabilities]);
            queueMicrotask(() => stop());
            answered();
          });
        });
      }
      sample.value = null;
      return found;
    },
    wrong.map(({ id }) => id),
  );
  return wrong.map((mistake, i) => ({ ...mistake, p: probabilities[i]! }));
}

test("mistakes: the surest, the closest calls and the most at a loss are the first of all, in order", async ({
  lab,
  page,
}) => {
  // The fewer there are, the sooner each has been asked about.
  await lab.step(3000);
  const all = await allMistakes(lab);
  const counts = await countsOf(lab);
  expect(all).toHaveLength(sum(counts.flat()) - trace(counts));
  const surest = (p: number[]) => Math.max(...p);
  const margin = (p: number[]) => {
    const [first, second] = p.toSorted((a, b) => b - a);
    return first! - second!;
  };
  const entropy = (p: number[]) => -sum(p.map((share) => (share > 0 ? share * Math.log(share) : 0)));

  const seen = new Set<string>();
  for (const [chosen, key] of [
    ["closest call first", margin],
    ["most at a loss first", (p: number[]) => -entropy(p)],
    ["most confident first", (p: number[]) => -surest(p)],
  ] as const) {
    await order(page).selectOption({ label: chosen });
    const sorted = all.toSorted((a, b) => key(a.p) - key(b.p) || a.id - b.id).slice(0, 24);
    const expected = sorted.map(
      ({ id, actual, predicted, p }) => `sample ${id}, ${percent(surest(p), 1)} %: ${actual} → ${predicted}`,
    );
    await expect
      .poll(async () => (await lab.read()).mistakes, { ...SOON, message: chosen })
      .toEqual(expected);
    seen.add(expected.join());
  }
  expect(seen.size, "different orders").toBe(3);
});

/** What stands out of the matrix: headers in bold, and the cells of the same row and column. */
const litIn = (lab: LabPage) =>
  lab.grid.evaluate((grid) => {
    const all = (role: string) => [...grid.querySelectorAll<HTMLElement>(`[role=${role}]`)];
    const bold = (role: string) =>
      all(role)
        .filter((header) => Number(getComputedStyle(header).fontWeight) > 500)
        .map((header) => header.innerText);
    const shaded = all("gridcell").filter((cell) => getComputedStyle(cell).boxShadow !== "none");
    return {
      rows: bold("rowheader"),
      columns: bold("columnheader"),
      cells: shaded.map((cell) => cell.getAttribute("aria-label")!.slice(0, "actual 3, predicted 5".length)),
    };
  });

/** Of one cell: its headers, and all others of its row and its column. */
const litBy = (actual: number, predicted: number) => ({
  rows: [String(actual)],
  columns: [String(predicted)],
  cells: DIGITS.flatMap((row) =>
    DIGITS.filter((column) => (row === actual) !== (column === predicted)).map(
      (column) => `actual ${row}, predicted ${column}`,
    ),
  ),
});

test("hovering lights up row and column; a click pins until Escape, wherever the pointer goes", async ({
  lab,
  page,
}) => {
  const lit = () => litIn(lab);
  const selected = lab.grid.getByRole("gridcell", { selected: true });
  await lab.cell(3, 5).hover();
  await expect.poll(lit).toEqual(litBy(3, 5));
  await expect(lab.card(3, 5)).toBeVisible();
  await expect(selected).toHaveCount(0);
  // The card stays with the last cell; the matrix does not.
  await page.mouse.move(0, 0);
  await expect.poll(lit).toEqual({ rows: [], columns: [], cells: [] });
  await expect(lab.card(3, 5)).toBeVisible();

  await lab.cell(4, 9).click();
  await expect(lab.cell(4, 9)).toHaveAttribute("aria-selected", "true");
  await lab.cell(8, 0).hover();
  await expect.poll(lit).toEqual(litBy(8, 0));
  await expect(lab.card(8, 0)).toBeVisible();
  await page.mouse.move(0, 0);
  await expect.poll(lit).toEqual(litBy(4, 9));
  await expect(lab.card(4, 9)).toBeVisible();
  await expect(selected).toHaveCount(1);

  await page.keyboard.press("Escape");
  await expect(selected).toHaveCount(0);
  await expect.poll(lit).toEqual({ rows: [], columns: [], cells: [] });
  await lab.cell(8, 0).hover();
  await page.mouse.move(0, 0);
  await expect(lab.card(8, 0), "nothing is pinned any more").toBeVisible();
});

test("Escape lets a pair go that was chosen among those confused most; both totals of a class have names of their own", async ({
  lab,
  page,
}) => {
  const pair = page.getByRole("list", { name: "Confused most" }).getByRole("button").first();
  await pair.click();
  await expect(pair).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(pair).toHaveAttribute("aria-pressed", "false");
  const counts = await countsOf(lab);
  const [row, column] = [sum(counts[3]!), sum(columnOf(counts, 3))];
  await expect(page.getByRole("gridcell", { name: `total of actual 3: ${row}`, exact: true })).toBeVisible();
  await expect(
    page.getByRole("gridcell", { name: `total of predicted 3: ${column}`, exact: true }),
  ).toBeVisible();
});
