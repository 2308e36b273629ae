// Points in the plane: what the page colours is what the network answers, and the points lie where they are.
import type { Locator } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { agreesWithMatrix, plane, pointAt, region, said } from "./plane.js";
import { painted } from "./reading.js";

const LINK = "data=moons&hidden=8&act=tanh&opt=adam&lr=0.01&batch=16&epochs=1000";

/** At rest after some steps, with the plane of that step. */
async function after(lab: LabPage, steps: number, link = LINK): Promise<void> {
  await lab.visitAtRest(link, steps);
  await expect(region(lab.page)).toContainText(`step ${steps.toLocaleString("en")}`, SOON);
  const isThere = () =>
    lab.element.evaluate((it) => {
      const { places, plane } = (it as Lab).model;
      return Boolean(places.value && plane.value);
    });
  await expect.poll(isThere, SOON).toBe(true);
}

test.afterEach(async ({ page }) => {
  const table = region(page).getByRole("button", { name: "Hide table" });
  if (await table.count()) await table.click();
});

test("moons are parted, and the colour under a held-out point is its class's where the matrix says so", async ({
  lab,
}) => {
  await after(lab, 2000);
  expect(await lab.percent()).toBeGreaterThan(95);
  await agreesWithMatrix(lab, 6);
});

test("pointing at the plane reads shares that add up to one, and the colours follow them", async ({
  lab,
  page,
}) => {
  await after(lab, 1500);
  const squares = page.locator("canvas.squares");
  const colours = await squares.evaluate(painted);
  const side = Math.sqrt(colours.length / 4);
  const reach = await lab.element.evaluate((it) => (it as Lab).model.places.value!.span[1]);
  const colourAt = (x: number, y: number) => {
    const square = (share: number) => Math.floor(share * side);
    const place = square((1 - y / reach) / 2) * side + square((1 + x / reach) / 2);
    return colours.slice(4 * place, 4 * place + 3);
  };
  // The upper moon's top is the first class's, the lower one's bottom the second's; left and right are not the same.
  for (const [x, y, likelier] of [
    [-0.5, 0.7, 0],
    [0.5, -0.7, 1],
    [-1.4, -0.2, 0],
    [1.4, 0.2, 1],
  ] as const) {
    await pointAt(page, x, y);
    await expect(said(page)).toContainText(/^\s*x/);
    const text = await said(page).innerText();
    const shares = [...text.matchAll(/(\d): ([\d.]+) %/g)].map(([, , share]) => Number(share));
    expect(shares[0]! + shares[1]!).toBeCloseTo(100, 0);
    expect(shares[likelier], text).toBeGreaterThan(80);
    const [red, , blue] = colourAt(x, y) as [number, number, number];
    expect(likelier === 0 ? red - blue : blue - red, text).toBeGreaterThan(30);
  }
});

test("by keyboard a place is read, a point is pinned there, and the table says the same in few places", async ({
  lab,
  page,
}) => {
  await after(lab, 800);
  await page.keyboard.press("Tab");
  await plane(page).focus();
  await expect(said(page)).toContainText("x 0.00, y 0.00", SOON);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await expect(said(page)).toContainText(/x 0\.\d\d, y 0\.\d\d/);
  const { at, id } = await lab.element.evaluate((it) => {
    const { at, parts } = (it as Lab).model.places.value!;
    const id = parts.indexOf(1);
    return { at: [at[2 * id]!, at[2 * id + 1]!] as const, id };
  });
  await pointAt(page, ...at);
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.locator("brainbow-why")).toContainText("logit", SOON);
  expect(await lab.element.evaluate((it) => (it as Lab).model.sample.value)).not.toBeNull();
  expect(id).toBeGreaterThanOrEqual(400);
  await plane(page).press("Escape");
  expect(await lab.element.evaluate((it) => (it as Lab).model.sample.value)).toBeNull();

  await region(page).getByRole("button", { name: "Show as table" }).click();
  const cells = region(page).getByRole("table").getByRole("cell").filter({ hasText: "%" });
  await expect(cells).toHaveCount(81);
});

test("B has a plane of its own, under its name, and one of the past is of the step that is looked at", async ({
  lab,
  page,
}) => {
  await after(lab, 300);
  await lab.button("Keep as B").click();
  await lab.step(300);
  const ofB = page.getByRole("region", { name: "B · What it makes of the plane" });
  await expect(ofB.getByRole("heading", { name: /^B · What it makes of the plane/ })).toBeVisible(SOON);
  await expect(ofB).toContainText("step 300", SOON);
  await expect(region(page)).toContainText("step 600", SOON);
  await lab.button("Let B go").click();
  await page.locator("brainbow-time").getByRole("slider").first().fill("1");
  const looking = () => lab.element.evaluate((it) => (it as Lab).model.looking.value);
  await expect.poll(looking, SOON).not.toBeNull();
  await expect(region(page)).toContainText(`step ${(await looking())!.toLocaleString("en")}`, SOON);
});

test("why speaks of a point's two numbers, and their terms add up to the difference of the logits", async ({
  lab,
  page,
}) => {
  await after(lab, 500, "data=moons&hidden=0&batch=16");
  const { at, weights } = await lab.element.evaluate((it) => {
    const { model } = it as Lab;
    const { at, parts } = model.places.value!;
    const id = parts.indexOf(1);
    return { at: [at[2 * id]!, at[2 * id + 1]!] as const, weights: [...model.shown.value!.loan.weights] };
  });
  await pointAt(page, ...at);
  await page.mouse.down();
  await page.mouse.up();
  const why = page.locator("brainbow-why");
  await expect(why).toContainText("add up to the difference, exactly", SOON);
  await why.getByRole("button", { name: "Show as table" }).click();
  const rows = why.getByRole("table", { name: "What each number adds" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  const numbersIn = async (found: Locator) =>
    (await found.getByRole("cell").allInnerTexts()).map((text) => Number(text.replace("−", "-")));
  const terms = await numbersIn(rows);
  const sums = (await numbersIn(why.locator(".scroll"))).slice(-3);
  await why.getByRole("button", { name: "Hide table" }).click();
  // Two classes: the difference of their columns, in the order in which they are compared.
  const own = [0, 1].map((i) => at[i]! * (weights[2 * i]! - weights[2 * i + 1]!));
  const sign = Math.sign(own[0]! * terms[0]!);
  for (const i of [0, 1]) expect(sign * terms[i]!).toBeCloseTo(own[i]!, 3);
  const [constant, rounding, together] = sums as [number, number, number];
  expect(terms[0]! + terms[1]! + constant + rounding).toBeCloseTo(together, 6);
  await page.keyboard.press("Escape");
});

test("other points and another shape are chosen by hand, stand in the address, and nothing of digits stays", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest(LINK);
  await page.getByRole("combobox", { name: "Shape" }).selectOption("blobs");
  await expect(page).toHaveURL(/data=blobs&hidden=8/);
  await expect(page.getByRole("gridcell", { name: /^actual/ })).toHaveCount(9);
  const placed = () => lab.element.evaluate((it) => [...((it as Lab).model.places.value?.at ?? [])].join());
  await expect.poll(placed, SOON).not.toBe("");
  const before = await placed();
  await page.getByRole("button", { name: "Other points" }).click();
  await expect(page).toHaveURL(/data=blobs&draw=2&hidden=8/);
  await expect.poll(async () => (await placed()) !== before && (await placed()) !== "", SOON).toBe(true);
  await lab.type(page.getByRole("spinbutton", { name: "Points to learn from" }), "120");
  await expect(page.getByText("120 to learn from")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Neuron/ })).toHaveCount(0);
  await page.getByRole("combobox", { name: "Data set" }).selectOption("generated");
  await expect(page).toHaveURL(/#v=1&data=generated&hidden=8&act=tanh$/);
  await expect(region(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Neuron/ })).toHaveCount(8);
});
