// Draw your own: the pad, what is made of a drawing, and the training images that are like it.
import type { Locator } from "@playwright/test";
import { FIRST_TEST_ID, inkOf, needsMnist, testLabels, trainingSet } from "./mnist.js";
import { expect, test } from "./page.js";
import { painted } from "./reading.js";

const SIDE = 28;

/** Opens the fold with the pad. */
async function pad(page: import("@playwright/test").Page): Promise<{ part: Locator; canvas: Locator }> {
  const part = page.locator("brainbow-draw details");
  await part.evaluate((details: HTMLDetailsElement) => (details.open = true));
  const canvas = part.getByRole("img", { name: "Drawing pad" });
  await canvas.scrollIntoViewIfNeeded();
  return { part, canvas };
}

test.afterEach(async ({ page }) => {
  const clear = page.getByRole("button", { name: "Clear", exact: true });
  if ((await clear.count()) && (await clear.isEnabled())) await clear.click();
  await page
    .locator("brainbow-draw details")
    .evaluateAll((all) => all.forEach((one) => one.removeAttribute("open")));
});

type Places = readonly (readonly [number, number])[];

/** Draws with the mouse: strokes from place to place, in shares of the pad's side. */
async function strokes(canvas: Locator, all: readonly Places[]): Promise<void> {
  const box = (await canvas.boundingBox())!;
  const { mouse } = canvas.page();
  for (const places of all) {
    const [first, ...rest] = places.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
    await mouse.move(...first!);
    await mouse.down();
    for (const place of rest) await mouse.move(...place);
    await mouse.up();
  }
}
const stroke = (canvas: Locator, places: Places) => strokes(canvas, [places]);

/** What is read with the greatest probability, and all probabilities in percent. */
async function reading(part: Locator): Promise<{ label: number; percents: number[] }> {
  const rows = part.getByRole("table", { name: "What the network reads, %" }).getByRole("row");
  await expect(rows).toHaveCount(10);
  const percents = (await rows.allInnerTexts()).map((row) =>
    Number.parseFloat(row.trim().split(/\s+/).at(-1)!),
  );
  return { label: percents.indexOf(Math.max(...percents)), percents };
}

/** How many of the pad's own pixels have been drawn on. */
const inkOn = (canvas: Locator) =>
  canvas.evaluate((pad: HTMLCanvasElement) => {
    const { data } = pad.getContext("2d")!.getImageData(0, 0, pad.width, pad.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length;
  });

test("a drawing is still on the pad when digits are learned again", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=0", 100);
  const before = await pad(page);
  await stroke(before.canvas, [
    [0.5, 0.2],
    [0.5, 0.8],
  ]);
  const ink = await inkOn(before.canvas);
  expect(ink).toBeGreaterThan(0);
  const sets = page.getByRole("combobox", { name: "Data set", exact: true });
  await sets.selectOption({ label: "Points in the plane" });
  await expect(before.part).toHaveCount(0);
  await sets.selectOption({ label: "Generated digits" });
  const after = await pad(page);
  expect(await inkOn(after.canvas)).toBe(ink);
  await after.part.getByRole("button", { name: "Undo" }).click();
  expect(await inkOn(after.canvas)).toBe(0);
});

test("undo takes back a stroke, the eraser takes ink away, Clear leaves nothing to read", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=10", 300);
  const { part, canvas } = await pad(page);
  const ink = () => inkOn(canvas);
  await stroke(canvas, [
    [0.5, 0.2],
    [0.5, 0.8],
  ]);
  const one = await ink();
  const { percents } = await reading(part);
  expect(Math.abs(percents.reduce((sum, p) => sum + p) - 100)).toBeLessThan(0.6);
  await stroke(canvas, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  expect(await ink()).toBeGreaterThan(1.5 * one);
  await part.getByRole("button", { name: "Undo" }).click();
  expect(await ink()).toBe(one);
  await part.getByRole("button", { name: "Eraser" }).click();
  await stroke(canvas, [
    [0.5, 0.2],
    [0.5, 0.5],
  ]);
  expect(await ink()).toBeLessThan(0.7 * one);
  await part.getByRole("button", { name: "Eraser" }).click();
  await part.getByRole("button", { name: "Clear" }).click();
  expect(await ink()).toBe(0);
  await expect(part.getByText("Draw a digit on the pad")).toBeVisible();
});

test("what is read of a drawing changes while the network learns, also when it begins again", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=10");
  const { part, canvas } = await pad(page);
  await stroke(canvas, [
    [0.5, 0.15],
    [0.5, 0.85],
  ]);
  const before = await reading(part);
  await lab.step(300);
  await expect.poll(async () => (await reading(part)).percents).not.toEqual(before.percents);
  expect((await reading(part)).label, "an upright line").toBe(1);
  await lab.chooseHidden("30");
  await lab.toTheStart();
  await expect.poll(async () => (await reading(part)).percents).not.toEqual(before.percents);
  await lab.step(300);
  await expect.poll(async () => (await reading(part)).label).toBe(1);
});

test.describe("with MNIST", () => {
  needsMnist();

  test("ten test digits, drawn with the mouse, are read as their images are; the nearest are those of brute force", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest("data=mnist&hidden=128", 1500);
    const { part, canvas } = await pad(page);
    await part.getByRole("slider", { name: "Pen width" }).fill("20");
    const read: number[] = [];
    const ids = Array.from({ length: 10 }, (_, label) => FIRST_TEST_ID + testLabels().indexOf(label));
    for (const id of ids) {
      await strokes(canvas, runsOf(inkOf(id)));
      read.push(await settledLabel(part));
      if (id !== ids.at(-1)) await part.getByRole("button", { name: "Clear" }).click();
    }
    const right = read.filter((label, i) => label === i).length;
    expect(right, `read as ${read.join(" ")}`).toBeGreaterThanOrEqual(9);

    const list = part.getByRole("list", { name: /^The nearest/ });
    await expect(list.getByRole("button")).toHaveCount(8, { timeout: 30_000 });
    const seen = await part.locator("figure img").evaluate(painted);
    const fitted = Array.from({ length: seen.length / 4 }, (_, i) => 255 - seen[4 * i]!);
    const named = await list
      .getByRole("button")
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    const brute = nearest(fitted, 8).map(
      ({ id, distance }) => `sample ${id}, distance ${distance.toFixed(1)}`,
    );
    expect(named).toEqual(brute);
    // The gauge: held-out images, spread evenly, that are nearer to a training image than this one to its nearest.
    const [{ squares } = { squares: 0 }] = nearest(fitted, 1);
    const typical = Array.from({ length: 50 }, (_, i) => inkOf(FIRST_TEST_ID + 200 * i));
    const nearer = typical.filter((image) => hasNearer(image, squares)).length;
    expect(nearer).toBeGreaterThan(0);
    await expect(part.getByText(`Of 50 held-out images, ${nearer} are nearer`)).toBeVisible({
      timeout: 30_000,
    });
  });
});

/** What is read once the last stroke has been answered: two answers in a row are the same. */
async function settledLabel(part: Locator): Promise<number> {
  let last = await reading(part);
  for (;;) {
    await part.page().waitForTimeout(150);
    const now = await reading(part);
    if (now.percents.join() === last.percents.join()) return now.label;
    last = now;
  }
}

/** Strokes along the runs of ink in every other row; where a run lies on the one before, without lifting the pen. */
function runsOf(ink: Uint8Array): [number, number][][] {
  const strokes: { from: number; to: number; y: number; places: [number, number][] }[] = [];
  for (let y = 0; y < SIDE; y += 2) {
    let start = -1;
    for (let x = 0; x <= SIDE; x++) {
      const inked = x < SIDE && ink[y * SIDE + x]! > 110;
      if (inked && start < 0) start = x;
      if (inked || start < 0) continue;
      const [from, to] = [start, x - 1];
      const at = (column: number): [number, number] => [(column + 0.5) / SIDE, (y + 0.5) / SIDE];
      const above = strokes.find((last) => last.y === y - 2 && last.from <= to && from <= last.to);
      // To and fro, as one shades.
      const isAtRight = above && Math.abs(above.places.at(-1)![0] * SIDE - to) < (to - from) / 2;
      const places = isAtRight ? [at(to), at(from)] : [at(from), at(to)];
      if (above) {
        above.places.push(...places);
        Object.assign(above, { from, to, y });
      } else strokes.push({ from, to, y, places });
      start = -1;
    }
  }
  return strokes.map(({ places }) => places);
}

/** The training images with the smallest distance, from the file's own bytes. */
function nearest(image: ArrayLike<number>, most: number) {
  const all = Array.from({ length: trainingSet().length / image.length }, (_, id) => {
    const squares = squaresTo(image, id, Infinity);
    return { id, squares, distance: Math.sqrt(squares) / 255 };
  });
  return all.toSorted((a, b) => a.squares - b.squares || a.id - b.id).slice(0, most);
}

/** Whether a training image is nearer than that. */
function hasNearer(image: ArrayLike<number>, squares: number): boolean {
  const count = trainingSet().length / image.length;
  for (let id = 0; id < count; id++) if (squaresTo(image, id, squares) < squares) return true;
  return false;
}

/** The sum of the squares between an image and a training image; it need not be gone beyond `enough`. */
function squaresTo(image: ArrayLike<number>, id: number, enough: number): number {
  const set = trainingSet();
  let squares = 0;
  for (let i = 0; i < image.length && squares < enough; i++) {
    const apart = image[i]! - set[id * image.length + i]!;
    squares += apart * apart;
  }
  return squares;
}
