// Numbers instead of classes: a function is fitted, its curve is the sum of its terms, and simpler models stand beside it.
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";

const LINK = "data=function&hidden=3,3&act=tanh&opt=adam&lr=0.01&batch=32&epochs=2000&val=0.2";

const fit = (page: Page) => page.getByRole("region", { name: "The fit", exact: true });
const simpler = (page: Page) => page.getByRole("region", { name: "Beside simpler models" });
const rmse = (page: Page) => page.getByRole("status", { name: "Test RMSE" });
const place = (page: Page) => page.getByRole("slider", { name: "Place on the curve" });
const reading = (page: Page) => fit(page).locator(".reading");

/** At rest after some steps, with the points and the models there. */
async function after(lab: LabPage, steps: number, link = LINK): Promise<void> {
  await lab.visitAtRest(link, steps);
  await expect(fit(lab.page)).toContainText(`step ${steps.toLocaleString("en")}`, SOON);
  const isThere = () =>
    lab.element.evaluate((it) => {
      const { points, simpler, evaluated } = (it as Lab).model;
      return Boolean(points.value && simpler.value && evaluated.value?.fit);
    });
  await expect.poll(isThere, SOON).toBe(true);
}

test.afterEach(async ({ page }) => {
  for (const name of ["Hide table", "What it is made of"]) {
    const button = fit(page).getByRole("button", { name });
    if ((await button.count()) && (await button.getAttribute("aria-pressed")) !== "false")
      await button.click();
  }
});

test("a sine is fitted: what has classes is gone, and the error is in the units of y", async ({
  lab,
  page,
}) => {
  await after(lab, 4000);
  expect(Number(await rmse(page).textContent())).toBeLessThan(0.1);
  await expect(page.getByRole("grid", { name: "Confusion matrix" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: /^Mistakes/ })).toHaveCount(0);
  await expect(page.getByRole("figure", { name: "RMSE" })).toBeVisible();
  const history = await lab.element.evaluate((it) => (it as Lab).history);
  expect(Object.keys(history).toSorted()).toEqual(
    ["fingerprint", "loss", "root_mean_squared_error", "val_loss", "val_root_mean_squared_error"].toSorted(),
  );
  const { val_loss, val_root_mean_squared_error: val } = history;
  expect(val!.at(-1)! ** 2 / val_loss.at(-1)!).toBeCloseTo(1, 4);
  // On a phone there is room for the error's name at least.
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  const behind = (it: Element) => getComputedStyle(it.parentElement!, "::after").content;
  expect(await rmse(page).evaluate(behind)).toBe('"RMSE"');
  await page.setViewportSize(wide);
});

test("a typed formula is fitted, is in the address, and a wrong one is refused at its place while the run goes on", async ({
  lab,
  page,
}) => {
  await after(lab, 10);
  const formula = page.getByRole("textbox", { name: "Formula" });
  await formula.fill("x^3 / 4 − x");
  await formula.press("Enter");
  await expect.poll(() => page.url()).toContain("f=x^3%20/%204%20%E2%88%92%20x");
  await lab.step(3000);
  expect(Number(await rmse(page).textContent())).toBeLessThan(0.6);
  const before = page.url();
  await formula.fill("2x");
  await formula.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Character 2, “x”" })).toBeVisible();
  expect(page.url()).toBe(before);
  await formula.fill("x^3 / 4 − x");
  await formula.press("Enter");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a field shows what is learned: an end that was refused is not left in it, and the share held out is the run's own", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=function&hidden=3&val=0.2", 5);
  const [from, to] = ["x from", "x to"].map((name) => page.getByRole("spinbutton", { name, exact: true }));
  await lab.type(from!, "4");
  await expect(page.getByRole("alert").filter({ hasText: "must rise" })).toBeVisible();
  await lab.type(to!, "10");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page).toHaveURL(/[#&]to=10(&|$)/);
  await expect(from!).toHaveValue("-3.2");
  await expect(to!).toHaveValue("10");
  const chosen = page.locator("option:checked").filter({ hasText: "of the training set" });
  await expect(chosen).toHaveText("on 20 % of the training set");
});

test("what the curve is made of adds up to it, by keyboard, at every place", async ({ lab, page }) => {
  await after(lab, 500);
  await page.getByRole("button", { name: "What it is made of" }).click();
  await expect
    .poll(() => lab.element.evaluate((it) => (it as Lab).model.evaluated.value!.fit!.units.length), SOON)
    .toBe(3);
  await place(page).focus();
  for (const key of ["Home", "ArrowRight", "PageUp", "End"]) {
    await page.keyboard.press(key);
    await expect(reading(page)).toContainText("constant");
    const said = (await reading(page).textContent())!.replaceAll("−", "-");
    const [told, sum] = said.split(":")[1]!.split("=");
    const numbers = sum!.split(" + ").map((term) => Number(term.trim().split(" ").at(-1)));
    expect(numbers.length).toBe(4);
    expect(numbers.reduce((a, b) => a + b, 0)).toBeCloseTo(Number(told), 2);
  }
});

test("simpler models stand beside the network on the same points, and can be sorted", async ({
  lab,
  page,
}) => {
  await after(lab, 200, `${LINK}&f=x^2`);
  const rows = simpler(page).getByRole("row");
  await expect(rows).toHaveCount(2 + 1 + 9);
  const heldOut = async (name: string) => {
    const cells = simpler(page).getByRole("row", { name }).getByRole("cell");
    return Number(await cells.nth(2).textContent());
  };
  expect(await heldOut("polynomial, degree 2")).toBeLessThan(0.001);
  expect(await heldOut("linear")).toBeGreaterThan(1);
  expect((await heldOut("this network")).toFixed(4)).toBe(await rmse(page).textContent());
  await expect(simpler(page)).toContainText("the simpler one does better");
  await simpler(page).getByRole("button", { name: "held out" }).first().click();
  const values = async () =>
    Promise.all(
      (await rows.all())
        .slice(2)
        .map(async (row) => Number(await row.getByRole("cell").nth(2).textContent())),
    );
  const found = await values();
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});

test("from digits to a function and back: what each needs comes and goes", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  const sets = page.getByRole("combobox", { name: "Data set" });
  await sets.selectOption("function");
  await expect(fit(page)).toBeVisible(SOON);
  const of = () => lab.element.evaluate((it) => (it as Lab).experiment);
  expect(await of()).toMatchObject({
    loss: "meanSquaredError",
    scaling: "standard",
    data: { kind: "function" },
  });
  expect((await of()).layers.at(-1)).toMatchObject({ units: 1 });
  await sets.selectOption("generated");
  await expect(page.getByRole("grid", { name: "Confusion matrix" })).toBeVisible(SOON);
  expect(await of()).toMatchObject({ loss: "softmaxCrossEntropy", scaling: "none", batchSize: 64 });
  await expect(fit(page)).toHaveCount(0);
});

test("five seeds are run to their ends beside the run, and their spread is said", async ({ lab, page }) => {
  await after(
    lab,
    20,
    "data=function&points=60&hidden=4&act=tanh&opt=adam&lr=0.02&batch=16&epochs=60&val=0.2",
  );
  await page.getByRole("button", { name: "Five seeds" }).click();
  const table = page.getByRole("table", { name: "Five seeds" });
  await expect(table.getByRole("row")).toHaveCount(1 + 5, SOON);
  const heldOut = await Promise.all(
    (await table.getByRole("row").all())
      .slice(1)
      .map(async (row) => Number(await row.getByRole("cell").nth(1).textContent())),
  );
  const sorted = heldOut.toSorted((a, b) => a - b);
  expect(new Set(heldOut).size).toBe(5);
  const of = (value: number) => value.toFixed(4);
  await expect(simpler(page)).toContainText(
    `Held out, of 5 seeds: median ${of(sorted[2]!)}, from ${of(sorted[0]!)} to ${of(sorted[4]!)}.`,
  );
  // The run itself is where it was, and another experiment has another spread.
  expect(await lab.element.evaluate((it) => (it as Lab).model.step.value)).toBe(20);
  await lab.call("restart");
  await expect(page.getByRole("button", { name: "Five seeds" })).toBeVisible(SOON);
});

/** Where a point stands in the plot: there is room around what is drawn. */
async function positionOf(lab: LabPage, box: { width: number; height: number }, x: number, y: number) {
  const { from, to, low, high } = await lab.element.evaluate((it) => {
    const { from, to, y } = (it as Lab).model.points.value!;
    return { from, to, low: Math.min(...y), high: Math.max(...y) };
  });
  const room = 0.12 * (high - low);
  return {
    x: ((x - from) / (to - from)) * box.width,
    y: ((high + room - y) / (high - low + 2 * room)) * box.height,
  };
}

test("points of one's own begin with those that are there: before they are, they can't be chosen", async ({
  lab,
  page,
}) => {
  await after(lab, 0);
  const own = page.getByRole("option", { name: "points of your own" });
  await expect(own).toBeEnabled();
  // The page asks for them at once: none of it waits for a message until the option has been looked at.
  const withoutPoints = await own.evaluate(async (option: HTMLOptionElement) => {
    const { model } = document.querySelector("brainbow-lab") as Lab;
    model.points.value = null;
    await (option.closest("brainbow-controls") as HTMLElement & { updateComplete: Promise<unknown> })
      .updateComplete;
    return option.disabled;
  });
  expect(withoutPoints).toBe(true);
  await expect(own).toBeEnabled();
});

test("points are placed and taken away by a click and by number, learned at once, and stand in the link", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=function&f=x^2&from=-2&to=2&hidden=8&act=tanh");
  await page.getByRole("combobox", { name: "Function" }).selectOption({ label: "points of your own" });
  await expect(page).toHaveURL(/data=table&table=points&target=y&inputs=x&csv=x,y~/, SOON);
  const points = () =>
    new URL(page.url()).hash
      .match(/csv=([^&]+)/)![1]!
      .split("~")
      .slice(1);
  await expect(page.getByText("10 to learn from")).toBeVisible(SOON);
  expect(points().length).toBe(12);
  for (const point of points().map((line) => line.split(",").map(Number)))
    expect(point[1]).toBeCloseTo(point[0]! ** 2, 2);
  const plot = page.locator(".fit-plot .u-over");
  await plot.scrollIntoViewIfNeeded();
  const box = (await plot.boundingBox())!;
  const corner = { x: box.width - 30, y: box.height - 30 };
  await plot.click({ position: corner });
  await expect.poll(() => points().length, SOON).toBe(13);
  const [x, y] = points().at(-1)!.split(",").map(Number) as [number, number];
  expect(x).toBeGreaterThan(1.5);
  expect(y).toBeLessThan(1);
  // By number, too: one that lies far away.
  const placeByNumber = async () => {
    await page.getByRole("spinbutton", { name: "x of a point" }).fill("3.5");
    await page.getByRole("spinbutton", { name: "y of a point" }).fill("-2");
    await page.getByRole("button", { name: "Place" }).click();
  };
  await placeByNumber();
  await expect.poll(() => points().at(-1), SOON).toBe("3.5,-2");
  await lab.step(20);
  expect((await lab.element.evaluate((it) => (it as Lab).model.opened.value!.samples)) as number).toBe(14);
  // And the one that is there goes again.
  await placeByNumber();
  await expect.poll(() => points().length, SOON).toBe(13);
  expect(points()).not.toContain("3.5,-2");
  // A click on a point takes it away.
  const isDrawn = () => lab.element.evaluate((it) => (it as Lab).model.points.value?.x.length);
  await expect.poll(isDrawn, SOON).toBe(13);
  await plot.click({ position: await positionOf(lab, box, x, y) });
  await expect.poll(() => points().length, SOON).toBe(12);
  expect(points()).not.toContain(`${x},${y}`);
  // Fewer than a run needs are refused where they are placed, and the run goes on.
  for (let left = 12; left > 4; left--) {
    await page.getByRole("button", { name: "Take the last one back" }).click();
    await expect.poll(() => points().length, SOON).toBe(left - 1);
  }
  await page.getByRole("button", { name: "Take the last one back" }).click();
  await expect(page.getByRole("alert")).toContainText("3 rows can be used; at least 4 are needed", SOON);
  expect(points().length).toBe(4);
  await lab.step(3);
  await page.getByRole("combobox", { name: "Data set" }).selectOption("function");
  await expect(page).toHaveURL(/data=function/);
  await expect(page.getByRole("alert")).toHaveCount(0);
});
