// Two runs: one kept as B, and what this run reads otherwise; side by side from the same start.
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { ghostsAhead, lossOf } from "./plot.js";
import { sampleIn, sum } from "./reading.js";

test.afterEach(async ({ lab }) => {
  const letGo = lab.button("Let B go");
  if (await letGo.count()) await letGo.click();
});

const LINK = "data=generated&epochs=3";
const compared = (page: Page) => page.getByRole("region", { name: "A beside B" });

/** Step, loss and accuracy of a row of the table, as they are written. */
async function figures(page: Page, row: "A" | "B" | "A − B"): Promise<string[]> {
  const line = compared(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: row, exact: true }) });
  return (await line.getByRole("cell").allInnerTexts()).slice(1).map((text) => text.trim());
}

/** Keeps the run, and waits until B is where it was. */
async function keep(lab: LabPage): Promise<void> {
  const step = await lab.at();
  await lab.button("Keep as B").click();
  await expect.poll(async () => (await figures(lab.page, "B"))[0], SOON).toBe(step.toLocaleString("en"));
}

/** All samples behind a cell, by the card of this run. */
async function behind(lab: LabPage, actual: number, predicted: number): Promise<Set<number>> {
  await lab.cell(actual, predicted).click();
  const count = (await lab.confusion())!.counts[actual]![predicted]!;
  const all = lab.card(actual, predicted).getByRole("button", { name: /^Show all/ });
  if (count > 24) await all.click();
  const items = lab.card(actual, predicted).getByRole("listitem");
  await expect(items).toHaveCount(count);
  const names = await items.evaluateAll((found) => found.map((item) => item.getAttribute("aria-label")!));
  if (count > 24) await lab.button("Show fewer").click();
  await lab.cell(actual, predicted).press("Escape");
  return new Set(names.map((name) => sampleIn(name).id));
}

/** The samples of one of the lists that a cell of A − B shows. */
async function listed(page: Page, title: string): Promise<number[]> {
  const items = page.getByRole("list", { name: title }).getByRole("listitem");
  const names = await items.evaluateAll((found) => found.map((item) => item.getAttribute("aria-label")!));
  return names.map((name) => sampleIn(name).id);
}

/** The larger a difference, the farther from paper; violet where A has more, ochre where B has: neither is the blue or
 *  the orange of weights. */
function expectScale(differences: readonly number[], shades: readonly [number, number, number][]): void {
  const [paper] = shades.filter((_, i) => differences[i] === 0);
  const depth = (shade: readonly number[]) => sum(shade.map((byte, i) => Math.abs(byte - paper![i]!)));
  for (const sign of [1, -1]) {
    const found = differences
      .map((difference, i) => ({ size: sign * difference, shade: shades[i]! }))
      .filter(({ size }) => size > 0)
      .toSorted((a, b) => a.size - b.size);
    expect(found.length).toBeGreaterThan(5);
    const depths = found.map(({ shade }) => depth(shade));
    expect(depths).toEqual(depths.toSorted((a, b) => a - b));
    const [red, green, blue] = found.at(-1)!.shade;
    if (sign > 0) expect(green, "violet").toBeLessThan(Math.min(red, blue) - 20);
    else expect(green - blue, "ochre").toBeGreaterThan(Math.max(red - green, 20));
  }
  expect(
    new Set(differences.flatMap((difference, i) => (difference === 0 ? [`${shades[i]}`] : []))).size,
  ).toBe(1);
}

test("A − B is one matrix less the other, and its cells show who alone reads a sample so", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest(`${LINK}&hidden=0`, 350);
  const before = (await lab.confusion())!.counts;
  const readBefore = await behind(lab, 8, 8);
  await keep(lab);
  // B has come there by itself, and is the same to the last digit.
  expect((await figures(page, "B")).slice(1)).toEqual((await figures(page, "A")).slice(1));
  await page.getByRole("radio", { name: "A − B" }).check({ force: true });
  await expect(lab.grid.getByRole("gridcell", { name: /^actual \d, predicted \d: 0$/ })).toHaveCount(100);

  await lab.chooseHidden("10");
  await lab.comesTo(0);
  await lab.step(200);
  const now = (await lab.confusion())!.counts;
  const signed = (value: number) => (value > 0 ? `+${value}` : String(value).replace("-", "−"));
  const expected = now.flatMap((row, actual) =>
    row.map((count, predicted) => {
      const difference = signed(count - before[actual]![predicted]!);
      return `actual ${actual}, predicted ${predicted}: ${difference}`;
    }),
  );
  const cells = lab.grid.getByRole("gridcell", { name: /^actual / });
  const named = () => cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-label")));
  await expect.poll(named, SOON).toEqual(expected);
  const differences = now.flatMap((row, actual) => row.map((count, i) => count - before[actual]![i]!));
  // Where nothing differs the paper is seen.
  const shades = await cells.evaluateAll((all) =>
    all.map((cell) => {
      let seen: Element = cell;
      const colour = () => getComputedStyle(seen).backgroundColor;
      while (colour() === "rgba(0, 0, 0, 0)") seen = seen.parentElement!;
      return /\d+, \d+, \d+/.exec(colour())![0].split(", ").map(Number);
    }),
  );
  expectScale(differences, shades as [number, number, number][]);

  await lab.cell(8, 8).click();
  const [onlyA, onlyB] = ["Only A takes them for 8", "Only B takes them for 8"];
  await expect(page.getByRole("list", { name: onlyA })).toBeVisible();
  const lists = { a: await listed(page, onlyA), b: await listed(page, onlyB) };
  await lab.cell(8, 8).press("Escape");
  await page.getByRole("radio", { name: "Counts" }).check({ force: true });
  const readNow = await behind(lab, 8, 8);
  const onlyNow = [...readNow].filter((id) => !readBefore.has(id));
  const onlyBefore = [...readBefore].filter((id) => !readNow.has(id));
  expect(onlyNow.length + onlyBefore.length).toBeGreaterThan(0);
  expect(lists.a.length).toBe(Math.min(onlyNow.length, 12));
  expect(lists.b.length).toBe(Math.min(onlyBefore.length, 12));
  expect(lists.a.filter((id) => !onlyNow.includes(id))).toEqual([]);
  expect(lists.b.filter((id) => !onlyBefore.includes(id))).toEqual([]);

  await lab.button("Let B go").click();
  await expect(compared(page)).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "A − B" })).toHaveCount(0);
  await expect.poll(() => page.workers().length, "B's worker has ended").toBe(1);
});

test("two runs start together and learn side by side, each in its own worker", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=8&epochs=1");
  await keep(lab);
  await lab.button("Start both again").click();
  await lab.passes(20);
  await expect
    .poll(async () => Number((await figures(page, "B"))[0]!.replace(",", "")), SOON)
    .toBeGreaterThan(20);
  expect(page.workers()).toHaveLength(2);

  // The same experiment and the same steps: the same bits, so no cell differs.
  await lab.call("pause");
  await lab.toTheStart();
  await lab.button("Start both again").click();
  await expect(lab.button("Train"), "both come to their end").toBeVisible(SOON);
  await expect.poll(async () => (await figures(page, "A − B"))[0], SOON).toBe("0");
  expect((await figures(page, "A − B")).slice(1)).toEqual(["0.0000", "0.00"]);
  const neurons = page.getByRole("group", { name: "Neurons of B" });
  const paint = (canvas: HTMLCanvasElement) => canvas.toDataURL();
  const ours = page.locator("main > .middle > brainbow-neurons canvas.filter").first();
  // Weights are painted a little after the numbers.
  await expect
    .poll(() => neurons.locator("canvas.filter").first().evaluate(paint), SOON)
    .toBe(await ours.evaluate(paint));
});

test("no hidden neurons beside ten, from the same seed: both learn, each its own network, and B's curves stay behind A's", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=0&epochs=10000");
  await keep(lab);
  await lab.chooseHidden("10");
  await lab.button("Start both again").click();
  const stepOf = async (row: "A" | "B") => Number((await figures(page, row))[0]!.replaceAll(",", ""));
  for (const row of ["A", "B"] as const) await expect.poll(() => stepOf(row), SOON).toBeGreaterThan(300);
  await lab.call("pause");
  const widths = await lab.element.evaluate((it) => {
    const { model } = it as Lab;
    return [model, model.other.value!].map(({ opened }) => opened.value!.weightShapes);
  });
  expect(widths).toEqual([
    [
      [784, 10],
      [10, 10],
    ],
    [[784, 10]],
  ]);
  const figure = page.getByRole("figure", { name: "Loss", exact: true });
  await expect(figure.getByText("B", { exact: true })).toBeVisible();
  const points = await lab.element.evaluate(
    (it) => (it as Lab).model.other.value!.curves.value.loss.x.length,
  );
  expect(points).toBeGreaterThan(5);
});

test("B's neurons have a card of B's own; a sample in it is pinned for A, and losses of two kinds are not subtracted", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest(`${LINK}&hidden=8`, 60);
  await keep(lab);
  const ofB = page.getByRole("group", { name: "Neurons of B" });
  await ofB.getByRole("button", { name: "Neuron 5", exact: true }).hover();
  const card = page.getByRole("region", { name: "B · Neuron 5", exact: true });
  await expect(card).toBeVisible();
  const ours = page.getByRole("region", { name: "Neuron 5", exact: true });
  await page.getByRole("button", { name: "Neuron 5", exact: true }).first().hover();
  await expect(ours).toBeVisible();
  // The same bits: the same images excite both most, by the same sums.
  const exciting = (region: typeof card) =>
    region
      .getByRole("list", { name: "Excite it most" })
      .getByRole("button")
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  await expect.poll(async () => (await exciting(ours)).length, SOON).toBe(9);
  await expect.poll(() => exciting(card), SOON).toEqual(await exciting(ours));
  // What is pinned here is marked there.
  const marked = card.locator("[aria-description='belongs to the selection']");
  await expect(marked).toHaveCount(0);
  await page.getByRole("button", { name: "Neuron 5", exact: true }).first().click();
  await expect(marked).toHaveCount(9, SOON);
  await page.keyboard.press("Escape");
  await expect(marked).toHaveCount(0);
  const first = card.getByRole("list", { name: "Excite it most" }).getByRole("button").first();
  await expect.poll(() => first.locator("img").count(), "its picture").toBe(1);
  const [id] = /\d+/.exec((await first.getAttribute("aria-label"))!)!;
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("brainbow-why")).toContainText(`sample ${id}`);
  await first.click();

  await lab.element.evaluate((it) => {
    const lab = it as Lab;
    lab.experiment = { ...lab.experiment, loss: "meanSquaredError" };
  });
  await lab.comesTo(0);
  await lab.step(60);
  const [, ...difference] = await figures(page, "A − B");
  expect(difference[0]).toBe("–");
  expect(difference[1]).toMatch(/^[+−]?\d+\.\d\d$/);
});

test("B's curves are drawn behind A's, also where A has not come to yet", async ({ lab, page }) => {
  await lab.visitAtRest(`${LINK}&hidden=8`, 300);
  await lab.step(300);
  await keep(lab);
  // The run before this one is a short one, and so is this one.
  for (let run = 0; run < 2; run++) {
    await lab.call("restart");
    await lab.comesTo(0);
    for (let i = 0; i < 2; i++) await lab.step(20);
  }
  await expect(lossOf(page).getByText("B", { exact: true })).toBeVisible();
  await expect.poll(() => ghostsAhead(page), SOON).toBeGreaterThan(40);
  await lab.button("Let B go").click();
  await expect(lossOf(page).getByText("before", { exact: true })).toBeVisible();
});

test("runs that are tested on other samples are not taken from each other, and the page says so", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest(`${LINK}&hidden=0`);
  await keep(lab);
  await page.getByRole("radio", { name: "A − B" }).check({ force: true });
  await page.evaluate(() => (location.hash = "data=generated&digits=5&hidden=0"));
  await expect(
    compared(page).getByText("They are tested on different samples", { exact: false }),
  ).toBeVisible(SOON);
  await expect(page.getByRole("radio", { name: "A − B" })).toHaveCount(0);
});
