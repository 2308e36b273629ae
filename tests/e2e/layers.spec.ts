// Hidden layers added, sized and removed; more neurons than stand on one page; what their colours mean; how fast it goes.
import type { Page } from "@playwright/test";
import { LIGHT } from "../../web/draw/colour.js";
import type { Lab } from "../../web/lab.js";
import type { Neurons } from "../../web/views/neurons.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { apart } from "./reading.js";

const INPUTS = 784;
const CLASSES = 10;

// What a test has chosen is not the next one's. The pace is the worker's, too: only its control puts it back.
test.afterEach(async ({ page }) => {
  await speed(page, "full").check({ force: true });
  await page.evaluate(() => {
    const { model } = document.querySelector("brainbow-lab") as Lab;
    model.scope.value = "layer";
    model.classic.value = false;
    (document.querySelector("brainbow-neurons") as Neurons).page = 0;
    for (const details of document.querySelectorAll("details")) details.open = false;
  });
});

/** Opens a folded part of the controls by how its heading begins. */
async function unfold(page: Page, heading: string): Promise<void> {
  const part = page.locator("details").filter({ has: page.locator("summary b", { hasText: heading }) });
  await part.evaluate((details: HTMLDetailsElement) => (details.open = true));
}

// ---- layers -----------------------------------------------------------------------------------------

const sizeOf = (page: Page, layer: number) =>
  page.getByRole("spinbutton", { name: `Layer ${layer} neurons`, exact: true });

/** The hidden layers in the address (ten neurons are not written there) and in the experiment, with what stands behind
 *  each; and the summary's rows. */
const described = (page: Page) =>
  page.evaluate(() => {
    const texts = (row: Element) => [...row.children].map((cell) => cell.textContent?.trim());
    const { experiment } = document.querySelector("brainbow-lab") as Lab;
    return {
      address: new URLSearchParams(location.hash.slice(1)).get("hidden") ?? "10",
      layers: experiment.layers.map((layer) => (layer.kind === "dense" ? layer.units : layer.kind)),
      summary: [...document.querySelectorAll("table.summary:not(details *) tr")].slice(1).map(texts),
    };
  });

/** Address, experiment and summary are those of a network with these hidden layers. */
async function isOf(page: Page, ...hidden: number[]): Promise<void> {
  const count = (n: number) => n.toLocaleString("en");
  const summary: string[][] = [];
  let [inputs, total] = [INPUTS, 0];
  for (const units of [...hidden, CLASSES]) {
    const parameters = inputs * units + units;
    summary.push(["Dense", count(units), count(parameters)], ["ReLU", count(units), "0"]);
    [inputs, total] = [units, total + parameters];
  }
  summary.splice(-1, 1, ["Total", count(total)]);
  await expect
    .poll(() => described(page))
    .toEqual({
      address: hidden.join(",") || "0",
      layers: [...hidden.flatMap((units) => [units, "activation"]), CLASSES],
      summary,
    });
}

test("hidden layers are added, sized and removed, and the address, the experiment and the summary agree", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&hidden=10");
  await unfold(page, "Network");
  const total = page
    .getByRole("table", { name: "Layers, output shapes and parameters" })
    .getByRole("row")
    .last();
  const add = lab.button("Add a hidden layer");
  await isOf(page, 10);
  await expect(total).toHaveText(/^\s*Total\s*7,960\s*$/);
  await add.click();
  await isOf(page, 10, 10);
  await lab.type(sizeOf(page, 2), "12");
  await isOf(page, 10, 12);
  await lab.type(sizeOf(page, 1), "7");
  await isOf(page, 7, 12);
  await add.click();
  await isOf(page, 7, 12, 12);
  await lab.type(sizeOf(page, 3), "300");
  await lab.button("Remove layer 1").click();
  await isOf(page, 12, 300);
  await lab.button("Remove layer 1").click();
  await isOf(page, 300);
  await lab.button("Remove layer 1").click();
  await isOf(page);
  await expect(total).toHaveText(/^\s*Total\s*7,850\s*$/);
  await add.click();
  await isOf(page, 10);
  await lab.learns(30);
});

test("there are six hidden layers of 1,024 neurons at most, whether they are asked for by button, field, link or script", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&hidden=2,3,4,5,6");
  await lab.call("pause");
  await unfold(page, "Network");
  const add = lab.button("Add a hidden layer");
  await expect(add).toBeEnabled();
  await add.click();
  await isOf(page, 2, 3, 4, 5, 6, 6);
  await expect(add).toBeDisabled();
  await add.click({ force: true });
  await lab.type(sizeOf(page, 1), "1025");
  await lab.type(sizeOf(page, 2), "0");
  await isOf(page, 1024, 1, 4, 5, 6, 6);
  await expect(sizeOf(page, 1)).toHaveValue("1024");
  await expect(sizeOf(page, 2)).toHaveValue("1");

  const refusal = await lab.element.evaluate((element) => {
    const { experiment } = element as Lab;
    experiment.layers = [...experiment.layers.slice(0, 2), ...experiment.layers];
    try {
      (element as Lab).experiment = experiment;
    } catch (error) {
      return { ...(error as object) };
    }
    return null;
  });
  expect(refusal).toMatchObject({ code: "outOfRange", setting: "hiddenLayers", found: 7, most: 6 });
  await isOf(page, 1024, 1, 4, 5, 6, 6);

  await lab.visit("data=generated&hidden=7,6,5,4,3,2,1");
  await isOf(page, 7, 6, 5, 4, 3, 2);
  await expect(page.getByText("hidden=7,6,5,4,3,2,1; 7,6,5,4,3,2 is used.")).toBeVisible();
});

// ---- pictures ---------------------------------------------------------------------------------------

type Rgb = readonly number[];

/** Learns 60 steps from the beginning, and gives the first layer's weights (inputs × units), which inputs have been
 *  inked, and the weights behind the layer. */
async function learned(lab: LabPage, link: string) {
  await lab.visitAtRest(link, 60);
  const held = JSON.parse(
    await lab.element.evaluate((element) => {
      const { loan, step } = (element as Lab).model.shown.value!;
      const [weights, inked, outgoing] = [[...loan.weights], [...loan.inked], [...loan.outgoing]];
      return JSON.stringify({ step, weights, inked, outgoing });
    }),
  ) as { step: number; weights: number[]; inked: number[]; outgoing: number[] };
  expect(held.step).toBe(60);
  const units = held.weights.length / INPUTS;
  const of = (unit: number) => Array.from({ length: INPUTS }, (_, i) => held.weights[i * units + unit]!);
  return { ...held, columns: Array.from({ length: units }, (_, unit) => of(unit)) };
}

/** The pictures that are on the screen, by their buttons' names: the colour of each of 28 × 28 pixels. As text, many numbers
 *  come from the page soonest. */
async function pictures(page: Page): Promise<Record<string, Rgb[]>> {
  const text = await page.evaluate(() => {
    const painted = new Map<HTMLCanvasElement, ImageData>();
    const read = (tile: Element) => {
      const filter = tile.querySelector(".filter")!;
      const canvas = filter.matches("canvas") ? filter : tile.closest(".neurons")!.querySelector("canvas")!;
      const sheet = canvas as HTMLCanvasElement;
      if (!painted.has(sheet))
        painted.set(sheet, sheet.getContext("2d")!.getImageData(0, 0, sheet.width, sheet.height));
      const { data, width } = painted.get(sheet)!;
      const [box, frame] = [filter.getBoundingClientRect(), sheet.getBoundingClientRect()];
      // A picture of its own is stretched; the one of many tiles has the screen's pixels.
      const scale = canvas === filter ? width / frame.width : devicePixelRatio;
      const at = (edge: number) => Math.round(edge * scale);
      const [left, right] = [at(box.left - frame.left), at(box.right - frame.left)];
      const [top, bottom] = [at(box.top - frame.top), at(box.bottom - frame.top)];
      return Array.from({ length: 784 }, (_, pixel) => {
        // The first column and row that lie in the pixel.
        const x = left + Math.ceil(((pixel % 28) * (right - left)) / 28);
        const y = top + Math.ceil((Math.floor(pixel / 28) * (bottom - top)) / 28);
        return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
      });
    };
    const tiles = [...document.querySelectorAll("brainbow-neurons button.tile")];
    return JSON.stringify(
      Object.fromEntries(tiles.map((tile) => [tile.getAttribute("aria-label"), read(tile)])),
    );
  });
  return JSON.parse(text) as Record<string, Rgb[]>;
}

/** The size below which 99.5 % of the weights that are not zero lie. */
function limitOf(weights: readonly number[]): number {
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .toSorted((a, b) => a - b);
  return sizes[Math.ceil(0.995 * sizes.length) - 1]!;
}

/** How far a picture's bytes are from those of the weights, at most: zero is white, the limit and beyond have the full
 *  colour, and what has not been inked is apart. */
function farthest(picture: Rgb[], weights: number[], inked: number[], limit: number): number {
  let far = 0;
  weights.forEach((weight, pixel) => {
    const full = weight < 0 ? LIGHT.negative : LIGHT.positive;
    const share = Math.min(Math.abs(weight) / limit, 1);
    const expected = (i: 0 | 1 | 2) =>
      inked[pixel] ? LIGHT.zero[i] * (1 - share) + full[i] * share : LIGHT.unlearned[i];
    for (const i of [0, 1, 2] as const) far = Math.max(far, Math.abs(picture[pixel]![i]! - expected(i)));
  });
  return far;
}
/** The page finds the limit to a thousandth of the largest weight, and has 255 colours on each side. */
const CLOSE = 2;

const isFull = (colour: Rgb) =>
  [LIGHT.positive, LIGHT.negative].some((full) => full.every((byte, i) => byte === colour[i]));

test("more than 128 neurons are shown 128 at a time, and every page has pictures of its own neurons' weights", async ({
  lab,
  page,
}) => {
  const { weights, columns, inked } = await learned(lab, "data=generated&hidden=300");
  const limit = limitOf(weights);
  const [previous, next] = [lab.button("Previous"), lab.button("Next")];
  const shows = async (first: number, last: number) => {
    await expect(page.getByText(`${first}–${last} of 300`, { exact: false })).toBeVisible();
    const names = Array.from({ length: last - first + 1 }, (_, i) => `Neuron ${first + i}`);
    await expect(page.getByRole("button", { name: /^Neuron \d+$/ })).toHaveCount(names.length);
    expect(Object.keys(await pictures(page))).toEqual(names);
    const worst = async () => {
      const found = Object.values(await pictures(page));
      return Math.max(...found.map((one, i) => farthest(one, columns[first + i]!, inked, limit)));
    };
    await expect.poll(worst, SOON).toBeLessThanOrEqual(CLOSE);
  };
  await shows(0, 127);
  await expect(previous).toBeDisabled();
  await next.click();
  await shows(128, 255);
  await next.click();
  await shows(256, 299);
  await expect(next).toBeDisabled();
  await previous.click();
  await shows(128, 255);
});

test("full colour is the strongest of the neuron, of the layer or of all, as is chosen, and the legend says how much that is", async ({
  lab,
  page,
}) => {
  const { weights, columns, inked, outgoing } = await learned(lab, "data=generated&hidden=10&lr=1");
  await unfold(page, "Colours");
  const ends = page.getByRole("img", { name: "Colour scale of the weights" }).locator("output");
  /** Chooses a scale and compares all pictures; gives the neurons that have a pixel of the full colour. */
  const full = async (scale: string, limits: number[]) => {
    await page.getByRole("combobox", { name: "Scale", exact: true }).selectOption({ label: scale });
    const all = async () => Object.values(await pictures(page));
    const far = async () =>
      Math.max(...(await all()).map((one, unit) => farthest(one, columns[unit]!, inked, limits[unit]!)));
    await expect.poll(far, scale).toBeLessThanOrEqual(CLOSE);
    return (await all()).flatMap((one, unit) => (one.some(isFull) ? [unit] : []));
  };
  /** The legend's numbers are these, to two decimals; the page knows a limit to a thousandth of the largest weight. */
  const says = async (limit: number, largest: number) => {
    const [low, high] = (await ends.allTextContents()).map((text) => Number(text.replace("−", "-")));
    expect(low).toBe(-high!);
    expect(Math.abs(high! - limit)).toBeLessThanOrEqual(0.005 + largest / 1000);
  };
  const units = columns.map((_, unit) => unit);
  const largest = Math.max(...weights.map(Math.abs));
  const ofLayer = limitOf(weights);
  // A few weights are beyond it: it is not the largest.
  expect(largest - ofLayer).toBeGreaterThan(0.1);
  const strong = units.filter((unit) => Math.max(...columns[unit]!.map(Math.abs)) >= ofLayer);
  expect(strong.length).toBeGreaterThan(0);
  expect(strong.length).toBeLessThan(10);

  expect(
    await full(
      "this layer",
      units.map(() => ofLayer),
    ),
  ).toEqual(strong);
  await says(ofLayer, largest);
  expect(await full("this neuron", columns.map(limitOf))).toEqual(units);
  // Each has its own: there is no one number.
  await expect(ends).toHaveText(["−", "+"]);
  // What leads to the classes is stronger here than what leads from the pixels.
  const ofAll = limitOf(outgoing);
  expect(ofAll).toBeGreaterThan(largest);
  expect(
    await full(
      "all layers",
      units.map(() => ofAll),
    ),
  ).toEqual([]);
  await says(ofAll, ofAll);
});

test("one scale for all layers is the same number in each of them, that of the layer with the largest weights", async ({
  lab,
  page,
}) => {
  const { weights } = await learned(lab, "data=generated&hidden=8,9&lr=1");
  await unfold(page, "Colours");
  await page.getByRole("combobox", { name: "Scale", exact: true }).selectOption({ label: "all layers" });
  const high = page.getByRole("img", { name: "Colour scale of the weights" }).locator("output").last();
  await page.getByRole("radio", { name: "Layer 2", exact: true }).check({ force: true });
  const later = () =>
    lab.element.evaluate((it) => {
      const later = (it as Lab).model.evaluated.value?.later;
      return later ? [[...later.incoming], [...later.outgoing]] : [];
    });
  await expect.poll(async () => (await later()).length, SOON).toBe(2);
  const limits = [weights, ...(await later())].map(limitOf);
  const most = Math.max(...limits);
  expect(Math.min(...limits)).toBeLessThan(0.8 * most);
  for (const layer of ["Layer 2", "Layer 1"]) {
    await page.getByRole("radio", { name: layer, exact: true }).check({ force: true });
    await expect
      .poll(async () => Math.abs(Number(await high.textContent()) - most), SOON)
      .toBeLessThan(0.006 + most / 1000);
  }
});

test("in the classic mode every picture is grey, from its neuron's lowest weight, black, to its highest, white", async ({
  lab,
  page,
}) => {
  const { columns } = await learned(lab, "data=generated&hidden=10");
  await unfold(page, "Colours");
  const mode = page.getByRole("combobox", { name: "Mode", exact: true });
  const greys = async () =>
    Object.values(await pictures(page)).map((one) =>
      one.map(([r, g, b]) => (r === g && r === b ? r! : Number.NaN)),
    );
  const coloured = async () => (await greys()).flat().filter(Number.isNaN).length;
  expect(await coloured()).toBeGreaterThan(1000);
  await mode.selectOption({ label: "classic grey" });
  await expect.poll(coloured).toBe(0);
  (await greys()).forEach((found, unit) => {
    const own = columns[unit]!;
    const [low, high] = [Math.min(...own), Math.max(...own)];
    const expected = own.map((weight) => (255 * (weight - low)) / (high - low));
    expect(apart(found, expected).by, `neuron ${unit}`).toBeLessThanOrEqual(1);
  });
  await expect(page.getByRole("img", { name: "Colour scale of the weights" }).locator("output")).toHaveText([
    "lowest",
    "highest",
  ]);
  await mode.selectOption({ label: "blue up, orange down" });
  await expect.poll(coloured).toBeGreaterThan(1000);
});

// ---- speed ------------------------------------------------------------------------------------------

const speed = (page: Page, name: string) =>
  page.getByRole("radiogroup", { name: "Speed", exact: true }).getByRole("radio", { name, exact: true });

test.describe("how fast it goes", () => {
  test.use({ moves: true });

  test("slow is a few batches a second, one batch for every picture is more, and full many more", async ({
    lab,
    page,
  }) => {
    await lab.visit("data=generated&hidden=10&epochs=10000");
    /** Steps in a second, over about two seconds from the first step on. */
    const measured = async (name: string) => {
      await lab.toTheStart();
      await speed(page, name).check({ force: true });
      return lab.element.evaluate(async (element) => {
        const start = performance.now();
        (element as Lab).train();
        await new Promise((done) => setTimeout(done, 2000));
        return (1000 * (element as Lab).model.step.value) / (performance.now() - start);
      });
    };
    const slow = await measured("slow");
    const frame = await measured("1 batch");
    const full = await measured("full");
    expect(slow).toBeGreaterThanOrEqual(1);
    expect(slow).toBeLessThanOrEqual(5);
    expect(frame).toBeGreaterThan(2 * slow);
    expect(full).toBeGreaterThan(3 * frame);
  });
});
