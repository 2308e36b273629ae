// A neuron's card: what excites it, what silences it, and whether it has stopped to learn.
import { FIRST_TEST_ID, inkOf, needsMnist, trainingLabels, trainingSet } from "./mnist.js";
import { expect, test } from "./page.js";
import { apart, painted } from "./reading.js";

const numberIn = (text: string) => Number(text.trim().replace("−", "-").replaceAll(",", ""));

test.describe("with MNIST", () => {
  needsMnist();

  test("the images that excite a neuron most, and least, are those of the weights shown times the file's pixels", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest("data=mnist&hidden=10", 1500);
    await page.getByRole("button", { name: "Neuron 7", exact: true }).click();
    const region = page.getByRole("region", { name: "Neuron 7", exact: true });
    const toggle = region.getByRole("button", { name: /table$/ });
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
    const weights = (await region.getByRole("table").first().getByRole("cell").allTextContents()).map(
      numberIn,
    );
    const bias = numberIn(/bias ([-−]?[\d.]+)/.exec(await region.innerText())![1]!);
    const sums = Array.from({ length: 10_000 }, (_, i) => {
      let sum = bias;
      inkOf(FIRST_TEST_ID + i).forEach((ink, pixel) => (sum += (ink / 255) * weights[pixel]!));
      return sum;
    });
    const sorted = sums.toSorted((a, b) => a - b);

    for (const [name, brute] of [
      ["Excite it most", sorted.slice(-9).toReversed()],
      ["Silence it", sorted.slice(0, 9)],
    ] as const) {
      const images = region.getByRole("list", { name, exact: true }).getByRole("button");
      await expect(images).toHaveCount(9);
      const named = await images.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!));
      named.forEach((label, place) => {
        const [, id, sum] = /^sample (\d+), sum ([-−]?[\d.,]+)$/.exec(label)!;
        // The table's weights have two decimals.
        expect(Math.abs(numberIn(sum!) - brute[place]!), `${name} ${place}`).toBeLessThan(0.4);
        expect(Math.abs(numberIn(sum!) - sums[Number(id) - FIRST_TEST_ID]!), label).toBeLessThan(0.4);
      });
    }
    await toggle.click();
    await page.keyboard.press("Escape");
  });
});

test("a neuron that no image excites is called dead, and one that is looked at is answered while it is paused", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=8&lr=30", 200);
  const dead: number[] = [];
  for (let unit = 0; unit < 8; unit++) {
    await page.getByRole("button", { name: `Neuron ${unit}`, exact: true }).hover();
    const region = page.getByRole("region", { name: `Neuron ${unit}`, exact: true });
    await expect(region.getByRole("list", { name: "Excite it most" }).getByRole("button")).toHaveCount(9);
    const isDead = (await region.innerText()).includes("it is dead");
    expect(isDead).toBe((await region.innerText()).includes("active for 0.0 % of"));
    if (isDead) dead.push(unit);
  }
  expect(dead.length).toBeGreaterThan(0);
});

test("a neuron that is at its limit for nearly every image is called saturated, and one that is not is not", async ({
  lab,
  page,
}) => {
  const card = page.getByRole("region", { name: "Neuron 0", exact: true });
  for (const [init, isSaturated] of [
    ["normal:9", true],
    ["glorot", false],
  ] as const) {
    await lab.visitAtRest(`data=generated&hidden=10&act=sigmoid&init=${init}`);
    await lab.button("Neuron 0").hover();
    await expect(card.getByText("active for")).toBeVisible();
    await expect(card.getByText("it is saturated, and learns next to nothing")).toHaveCount(
      isSaturated ? 1 : 0,
    );
  }
});

test("a later layer's neuron is shown by the filters below it, weighted by its incoming weights and summed", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=7,6,5", 50);
  const layers = page.getByRole("radiogroup", { name: "Hidden layer" });
  await expect(layers.getByRole("radio")).toHaveCount(3);
  const tablesOf = async (name: string) => {
    await page.getByRole("button", { name, exact: true }).click();
    const region = page.getByRole("region", { name, exact: true });
    await expect(region.getByRole("list", { name: "Excite it most" }).getByRole("button")).toHaveCount(9);
    const toggle = region.getByRole("button", { name: /table$/ });
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
    const tables = await region.getByRole("table").all();
    return Promise.all(
      tables.map(async (table) => (await table.getByRole("cell").allTextContents()).map(numberIn)),
    );
  };
  const filters: number[][] = [];
  for (let unit = 0; unit < 7; unit++) filters.push((await tablesOf(`Neuron ${unit}`))[0]!);
  await layers.getByRole("radio", { name: "Layer 2", exact: true }).check({ force: true });
  await expect(page.getByText("A linear picture: the filters below, weighted and summed")).toBeVisible();
  const [picture, incoming, outgoing] = await tablesOf("Layer 2, neuron 3");
  expect(incoming).toHaveLength(7);
  expect(outgoing).toHaveLength(5);
  const own = picture!.map((_, pixel) =>
    filters.reduce((sum, filter, unit) => sum + filter[pixel]! * incoming![unit]!, 0),
  );
  // All of these numbers have two decimals.
  expect(apart(picture!, own).by).toBeLessThan(0.06);
  expect(Math.max(...picture!.map(Math.abs))).toBeGreaterThan(0.1);
  await expect(page.getByRole("region", { name: "Layer 2, neuron 3" })).toContainText(
    /active for [\d.]+ % of/,
  );
  await page.getByRole("button", { name: "Hide table" }).click();
  await page.keyboard.press("Escape");
  // With one hidden layer there is nothing to choose.
  await lab.visit("data=generated&hidden=8");
  await expect(layers).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Neuron 7", exact: true })).toBeVisible();
});

test.describe("with MNIST, without a hidden layer", () => {
  needsMnist();

  test("beside a template stands the mean of its class's training images", async ({ lab, page }) => {
    await lab.visitAtRest("data=mnist&hidden=0", 10);
    await page.getByRole("button", { name: "Neuron 3", exact: true }).hover();
    const mean = page.getByRole("region", { name: "Neuron 3", exact: true }).locator(".class-mean img");
    await expect(mean).toBeVisible();
    const sums = new Float64Array(784);
    const [set, labels] = [trainingSet(), trainingLabels()];
    let count = 0;
    labels.forEach((label, id) => {
      if (label !== 3) return;
      count++;
      for (let i = 0; i < 784; i++) sums[i]! += set[id * 784 + i]!;
    });
    expect(count).toBe(6131);
    const shown = (await mean.evaluate(painted)).filter((_, i) => i % 4 === 0).map((byte) => 255 - byte);
    const own = [...sums].map((sum) => sum / count);
    expect(apart(shown, own).by).toBeLessThanOrEqual(0.5);
  });
});
