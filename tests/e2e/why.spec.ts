// Why a sample is read as it is: the terms shown add up to the logits shown, and are those of the weights and the file.
import type { Locator, Page } from "@playwright/test";
import type { LabPage } from "./lab.js";
import { inkOf, needsMnist } from "./mnist.js";
import { expect, test } from "./page.js";
import { apart, sampleIn, sum } from "./reading.js";

/** Terms are shown with four decimals; together with what rounding leaves over they are exact to less than that. */
const EXACT = 1e-4;

const numberIn = (text: string) => Number(text.trim().replace("−", "-").replaceAll(",", ""));
const numbersIn = async (cells: Locator) => (await cells.allTextContents()).map(numberIn);

/** Pauses, pins the first image of the card of a cell, and opens the table of its terms. */
async function pin(lab: LabPage, actual: number, predicted: number) {
  await lab.call("pause");
  await lab.step(0);
  await lab.cell(actual, predicted).hover();
  const image = lab.card(actual, predicted).getByRole("listitem").first();
  const { id, percent } = sampleIn((await image.getAttribute("aria-label"))!);
  await image.getByRole("button").click();
  const region = lab.page.getByRole("region", { name: `sample ${id}: a ${actual}`, exact: true });
  const toggle = region.getByRole("button", { name: /table$/ });
  if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  return { id, percent, region };
}
test.afterEach(({ page }) => close(page));

async function close(page: Page): Promise<void> {
  const toggle = page.locator("brainbow-why button[aria-expanded=true]");
  if (await toggle.count()) await toggle.click();
}

/** The logits as the page shows them, with one decimal. */
const logitsIn = (region: Locator) =>
  numbersIn(region.getByRole("row").filter({ hasText: "logit" }).first().getByRole("cell"));

/** Of the totals below a table: what stands beside its terms, what rounding leaves over, and the sum. */
async function totalsIn(region: Locator, name: string): Promise<[number, number, number]> {
  const table = region.getByRole("table").filter({ hasText: name }).filter({ hasText: "together" });
  return (await numbersIn(table.getByRole("cell"))) as [number, number, number];
}

test.describe("with MNIST", () => {
  needsMnist();

  test("without a hidden layer: pixel × (W_predicted − W_actual), pixel by pixel, from the file and the templates", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest("data=mnist&hidden=0", 500);
    const { id, region } = await pin(lab, 4, 9);
    const terms = await numbersIn(
      region.getByRole("table", { name: "What each pixel adds" }).getByRole("cell"),
    );
    expect(terms).toHaveLength(784);
    const [constant, rounding, lead] = await totalsIn(region, "what all biases add");
    expect(Math.abs(sum(terms) + constant + rounding - lead)).toBeLessThan(EXACT);
    expect(Math.abs(rounding), "rounding alone").toBeLessThan(784 * 0.5e-4);
    const logits = await logitsIn(region);
    expect(Math.abs(logits[9]! - logits[4]! - lead)).toBeLessThan(0.11);

    const weights: number[][] = [];
    for (const unit of [9, 4]) {
      await page.getByRole("button", { name: `Neuron ${unit}`, exact: true }).click();
      const neuron = page.getByRole("region", { name: `Neuron ${unit}`, exact: true });
      const toggle = neuron.getByRole("button", { name: /table$/ });
      if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
      weights.push(await numbersIn(neuron.getByRole("table").first().getByRole("cell")));
    }
    const ink = inkOf(id);
    const own = terms.map((_, i) => (ink[i]! / 255) * (weights[0]![i]! - weights[1]![i]!));
    // The templates' table shows two decimals.
    expect(apart(terms, own).by).toBeLessThan(0.0102);
    expect(terms.filter((term) => Math.abs(term) > 0.02).length).toBeGreaterThan(20);
    await page.getByRole("region", { name: "Neuron 4" }).getByRole("button", { name: "Hide table" }).click();
  });
});

for (const [hidden, act, straight] of [
  ["10", "relu", true],
  ["12,8", "leaky", true],
  ["10", "tanh", false],
] as const) {
  test(`with ${hidden} hidden ${act}: each activation × its weight is its vote, and the votes add up`, async ({
    lab,
  }) => {
    await lab.visitAtRest(`data=generated&hidden=${hidden}&act=${act}`, 400);
    const { region, percent } = await pin(lab, 8, 8);
    const units = Number(hidden.split(",").at(-1));
    const cells = await numbersIn(
      region.getByRole("table", { name: "What each neuron adds" }).getByRole("cell"),
    );
    // Sum, activation, weight, vote; the corner above the names may count as a cell, and is empty.
    const numbers = cells.slice(cells.length - 4 * units);
    const votes = Array.from({ length: units }, (_, unit) => {
      const [sums, output, weight, vote] = numbers.slice(4 * unit, 4 * unit + 4) as number[];
      expect(Math.abs(output! * weight! - vote!), `neuron ${unit}`).toBeLessThan(2e-3);
      const expected = {
        relu: Math.max(sums!, 0),
        leaky: Math.max(sums!, 0.01 * sums!),
        tanh: Math.tanh(sums!),
      };
      expect(Math.abs(expected[act] - output!), `neuron ${unit}`).toBeLessThan(1e-3);
      return vote!;
    });
    const [bias, rounding, lead] = await totalsIn(region, "difference of the biases");
    expect(Math.abs(sum(votes) + bias + rounding - lead)).toBeLessThan(EXACT);
    const logits = await logitsIn(region);
    const pressed = region.getByRole("button", { name: /^Compare with/, pressed: true });
    const against = Number(await pressed.innerText());
    expect(Math.abs(logits[8]! - logits[against]! - lead)).toBeLessThan(0.11);
    const odds = logits.map(Math.exp);
    expect(Math.abs((100 * odds[8]!) / sum(odds) - percent)).toBeLessThan(3);

    const pixels = region.getByRole("table", { name: "What each pixel adds" });
    if (straight) {
      const terms = await numbersIn(pixels.getByRole("cell"));
      const [constant, left, same] = await totalsIn(region, "what all biases add");
      expect(Math.abs(sum(terms) + constant + left - same)).toBeLessThan(EXACT);
      expect(same).toBe(lead);
    } else {
      await expect(pixels).toHaveCount(0);
      await expect(region.getByText("no sum over pixels is exact")).toBeVisible();
    }
  });
}

test("pointing at a pixel or a bar shows its term, which is the one in the table", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10", 400);
  const { region } = await pin(lab, 8, 8);
  const term = region.locator(".term");
  /** Points into the middle of one of so many equal places. */
  const pointAt = async (canvas: Locator, [x, y]: [number, number], columns: number, rows: number) => {
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + ((x + 0.5) / columns) * box.width, box.y + ((y + 0.5) / rows) * box.height);
  };
  const terms = await numbersIn(
    region.getByRole("table", { name: "What each pixel adds" }).getByRole("cell"),
  );
  const strongest = terms.indexOf(Math.max(...terms));
  const place: [number, number] = [strongest % 28, Math.floor(strongest / 28)];
  await pointAt(region.locator("canvas.map"), place, 28, 28);
  await expect(term).toHaveText(new RegExp(`^column ${place[0]}, row ${place[1]}: `));
  const [input, weight, product] = / (\S+) × (\S+) = (\S+)$/
    .exec((await term.innerText()).trim())!
    .slice(1)
    .map(numberIn) as [number, number, number];
  expect(Math.abs(product - terms[strongest]!)).toBeLessThan(0.0006);
  expect(Math.abs(input * weight - product)).toBeLessThan(0.003);

  const cells = await numbersIn(
    region.getByRole("table", { name: "What each neuron adds" }).getByRole("cell"),
  );
  const votes = cells.slice(cells.length - 40).filter((_, i) => i % 4 === 3);
  for (const unit of [0, 7]) {
    await pointAt(region.locator("canvas.votes"), [unit, 0], 10, 1);
    await expect(term).toHaveText(new RegExp(`^neuron ${unit}\\b`, "i"));
    const vote = numberIn(/ = (\S+)$/.exec((await term.innerText()).trim())![1]!);
    expect(Math.abs(vote - votes[unit]!)).toBeLessThan(0.0006);
  }
});

test("what it is compared with can be chosen, and the terms follow", async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=10", 400);
  const { region } = await pin(lab, 3, 3);
  const logits = await logitsIn(region);
  for (const against of [0, 7]) {
    await region.getByRole("button", { name: `Compare with ${against}`, exact: true }).click();
    await expect(region.getByText(`Why 3 rather than ${against}?`)).toBeVisible();
    const [, , lead] = await totalsIn(region, "difference of the biases");
    expect(Math.abs(logits[3]! - logits[against]! - lead)).toBeLessThan(0.11);
  }
});

test("the sample stays pinned while it learns and when the network changes, and Escape lets it go", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&hidden=10&epochs=10000");
  await lab.learns(60);
  const { id } = await pin(lab, 5, 5);
  const region = page.getByRole("region", { name: `sample ${id}: a 5`, exact: true });
  await lab.call("train");
  const before = await lab.at();
  await lab.passes(before);
  await expect(region).toContainText(/step [\d,]+/);
  await lab.chooseHidden("0");
  await expect(region.getByRole("table", { name: "What each neuron adds" })).toHaveCount(0);
  await expect(region.getByRole("table", { name: "What each pixel adds" })).toBeVisible();
  await region.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Escape");
  await expect(region).toHaveCount(0);
});
