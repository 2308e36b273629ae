// The network diagram: its edges are those of the weights shown elsewhere, what they carry adds up to the logits shown
// elsewhere, and the same sum drawn twice is one sum.
import type { Locator, Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { apart, painted, sampleIn, sum } from "./reading.js";

const numberIn = (text: string) => Number(text.trim().replace("−", "-").replaceAll(",", ""));
const numbersIn = async (cells: Locator) => (await cells.allTextContents()).map(numberIn);

const diagramOf = (page: Page) => page.locator("brainbow-diagram");
const network = (page: Page) => page.getByRole("listbox", { name: "Network diagram: choose a neuron" });
const pixels = (page: Page) => page.getByRole("listbox", { name: /^Weights of .*: choose a pixel$/ });
/** What is said of the unit, or of the pixel. */
const saidIn = (box: Locator) => box.getByRole("option").innerText();

/** Learns a little, pauses, and unfolds the diagram with so many edges for each neuron. */
async function unfold(lab: LabPage, link: string, steps: number, edges: number): Promise<void> {
  const { page } = lab;
  await lab.visitAtRest(link, steps);
  await diagramOf(page).locator("summary").click();
  await page.getByRole("slider", { name: "Edges per neuron" }).fill(String(edges));
  await expect(network(page).getByRole("option")).toContainText("Point at a neuron", SOON);
}

/** Opens a table where it is not, and gives what holds it. */
async function openTable(within: Locator): Promise<void> {
  const toggle = within.getByRole("button", { name: /table$/ }).first();
  if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
}

test.afterEach(async ({ page }) => {
  const open = page.locator("button[aria-expanded=true]", { hasText: "Hide table" });
  while (await open.count()) await open.first().click();
  await page.keyboard.press("Escape");
});

/** The rows of a table of edges: name, and the numbers behind it. */
async function rowsOf(table: Locator): Promise<{ name: string; numbers: number[] }[]> {
  const rows = await table.locator("tbody tr").all();
  return Promise.all(
    rows.map(async (row) => ({
      name: await row.locator("th").innerText(),
      numbers: await numbersIn(row.locator("td")),
    })),
  );
}

const edgesInto = (page: Page, name: string) =>
  diagramOf(page).getByRole("table", { name: new RegExp(`^Edges into ${name}:`) });

test("all edges into an output carry what the neurons say times the weights of their cards, and add up to its logit", async ({
  lab,
  page,
}) => {
  await unfold(lab, "data=generated&hidden=6&act=relu", 60, 16);
  await lab.cell(8, 8).hover();
  const image = lab.card(8, 8).getByRole("listitem").first();
  const { id } = sampleIn((await image.getAttribute("aria-label"))!);
  await image.getByRole("button").click();
  const why = page.getByRole("region", { name: `sample ${id}: a 8`, exact: true });
  await expect(diagramOf(page).getByText(`Values are those of sample ${id}: a 8.`)).toBeVisible();

  await network(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await openTable(diagramOf(page));
  const table = edgesInto(page, "Output 8");
  await expect(table).toHaveAccessibleName("Edges into Output 8: the strongest 6 of 6");
  await expect(table.locator("tbody tr").first().locator("td")).toHaveCount(3);
  const edges = await rowsOf(table);
  const [others, bias, logit] = (await numbersIn(table.locator("tfoot td"))) as [number, number, number];
  expect(edges).toHaveLength(6);
  expect(Math.abs(others)).toBeLessThan(1e-3);
  const carried = edges.map(({ numbers }) => numbers[2]!);
  expect(Math.abs(sum(carried) + bias + others - logit)).toBeLessThan(1e-3);
  expect(carried.map(Math.abs)).toEqual(carried.map(Math.abs).toSorted((a, b) => b - a));

  // The logit that the page shows elsewhere, with one decimal, and what it shows of the units.
  const logits = await numbersIn(why.getByRole("row").filter({ hasText: "logit" }).first().getByRole("cell"));
  expect(Math.abs(logits[8]! - logit)).toBeLessThan(0.051);
  await openTable(why);
  const votes = why.getByRole("table", { name: "What each neuron adds" });
  for (const { name, numbers } of edges) {
    const row = votes.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    const [, output] = await numbersIn(row.locator("td"));
    expect(Math.abs(output! - numbers[1]!), name).toBeLessThan(2e-4);
  }
  for (const { name, numbers } of edges) {
    await page.getByRole("button", { name, exact: true }).click();
    const card = page.getByRole("region", { name, exact: true });
    await openTable(card);
    const row = card
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: "→ 8", exact: true }) });
    const [weight] = await numbersIn(row.locator("td"));
    expect(Math.abs(weight! - numbers[0]!), name).toBeLessThan(0.0051);
  }
});

test("the edges into a neuron are the strongest weights of its card, and its picture and its fan are one sum", async ({
  lab,
  page,
}) => {
  await unfold(lab, "data=generated&hidden=6", 60, 5);
  await page.getByRole("button", { name: "Neuron 3", exact: true }).click();
  const card = page.getByRole("region", { name: "Neuron 3", exact: true });
  await openTable(card);
  await openTable(diagramOf(page));
  const table = edgesInto(page, "Neuron 3");
  await expect(table).toHaveAccessibleName("Edges into Neuron 3: the strongest 5 of 784");
  const weights = await numbersIn(card.getByRole("table").first().getByRole("cell"));
  expect(weights).toHaveLength(784);
  const edges = await rowsOf(table);
  const places = edges.map(({ name, numbers }) => {
    const [, x, y] = /^column (\d+), row (\d+)$/.exec(name)!;
    const place = Number(y) * 28 + Number(x);
    // The card's table has two decimals.
    expect(Math.abs(weights[place]! - numbers[0]!), name).toBeLessThan(0.0051);
    return place;
  });
  const weakest = Math.abs(edges.at(-1)!.numbers[0]!);
  const others = weights.filter((_, place) => !places.includes(place));
  expect(Math.max(...others.map(Math.abs))).toBeLessThan(weakest + 0.0051);

  // The pair of pictures: each pixel of one is an edge of the other.
  const sums = page.locator("brainbow-sum");
  await expect(sums.getByRole("heading", { name: "The same sum twice: Neuron 3" })).toBeVisible();
  const fan = sums.locator("canvas.fan");
  const [grid, before] = [sums.locator("canvas.grid"), await fan.evaluate(painted)];
  const box = (await grid.boundingBox())!;
  const strongest = places[0]!;
  const spot = { x: ((strongest % 28) + 0.5) / 28, y: (Math.floor(strongest / 28) + 0.5) / 28 };
  await grid.hover({ position: { x: spot.x * box.width, y: spot.y * box.height } });
  await expect(pixels(page).getByRole("option")).toContainText(edges[0]!.name);
  expect(
    Math.abs(numberIn((await saidIn(pixels(page))).split(":")[1]!) - edges[0]!.numbers[0]!),
  ).toBeLessThan(6e-4);
  expect(await fan.evaluate(painted)).not.toEqual(before);
  await expect(card.getByText(edges[0]!.name)).toBeVisible();

  // Along the edge: the strongest near the pointer is lit, in the grid too.
  const fanBox = (await fan.boundingBox())!;
  await fan.hover({ position: { x: 19, y: 4 + ((strongest + 0.5) / 784) * (fanBox.height - 8) } });
  await expect(pixels(page).getByRole("option")).toContainText(edges[0]!.name);
  const lit = (await sums.locator(".lit-pixel").boundingBox())!;
  expect(Math.abs(lit.x + lit.width / 2 - (box.x + spot.x * box.width))).toBeLessThan(2);

  await openTable(sums);
  const all = await numbersIn(sums.getByRole("table").first().getByRole("cell"));
  expect(apart(all, weights).by).toBeLessThan(0.0051);
});

test("arrow keys lead from unit to unit, one tab stop; Enter pins a neuron for the whole page, Escape lets it go", async ({
  lab,
  page,
}) => {
  await unfold(lab, "data=generated&hidden=6,5", 20, 3);
  await expect(diagramOf(page).locator(".network[tabindex='0'], .network [tabindex='0']")).toHaveCount(1);
  await network(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await expect(network(page).getByRole("option")).toHaveAccessibleName(/^Output 0: bias/);
  await page.keyboard.press("ArrowLeft");
  await expect(network(page).getByRole("option")).toHaveAccessibleName(/^Layer 2, neuron 0: bias/);
  await page.keyboard.press("End");
  await expect(network(page).getByRole("option")).toHaveAccessibleName(
    /^Layer 2, neuron 4: .*strongest in, Layer 1, neuron \d: /,
  );
  const id = await network(page).getByRole("option").getAttribute("id");
  await expect(network(page)).toHaveAttribute("aria-activedescendant", id!);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "Layer 2", exact: true })).toBeChecked();
  const tile = page.getByRole("button", { name: "Layer 2, neuron 4", exact: true });
  await expect(tile).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("region", { name: "Layer 2, neuron 4", exact: true })).toContainText(
    "active for",
  );
  // It stays while the pointer and the focus are elsewhere.
  await network(page).blur();
  await expect(network(page).getByRole("option")).toHaveAccessibleName(/^Layer 2, neuron 4:/);
  await network(page).focus();
  await page.keyboard.press("Escape");
  await expect(tile).toHaveAttribute("aria-pressed", "false");
  // A space pins, too, and does not run the network.
  await page.keyboard.press("Space");
  await expect(lab.button("Train")).toBeVisible();
});

test("folded it costs nothing; unfolded it goes with the network, and knows each of 128 neurons", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&hidden=128");
  await lab.passes(5);
  const answered = () =>
    page.evaluate(
      () => (document.querySelector("brainbow-lab") as Lab).model.evaluated.value?.diagram ?? null,
    );
  expect(await answered()).toBeNull();
  await expect(diagramOf(page).locator("canvas")).toHaveCount(0);
  await diagramOf(page).locator("summary").click();
  await expect(network(page).getByRole("option")).toContainText("Point at a neuron", SOON);
  const legend = diagramOf(page).getByText(/The widest edges: hidden neurons ±/);
  const before = await legend.innerText();
  await expect.poll(() => legend.innerText(), SOON).not.toBe(before);
  await lab.call("pause");
  await lab.step(0);
  await network(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await expect(network(page).getByRole("option")).toContainText("Neuron 0:");
  // The same key 127 times more, in the page itself: each press there and back would take seconds.
  const names = await network(page).evaluate(async (box) => {
    const names = [];
    for (let unit = 0; unit < 128; unit++) {
      names.push(box.querySelector("[role=option]")!.textContent!.trim().split(":")[0]);
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
      await new Promise((drawn) => setTimeout(drawn));
    }
    return names;
  });
  expect(names).toEqual(Array.from({ length: 128 }, (_, unit) => `Neuron ${unit}`));
  await page.keyboard.press("Escape");
  await diagramOf(page).locator("summary").click();
  await expect.poll(answered, SOON).toBeNull();
});
