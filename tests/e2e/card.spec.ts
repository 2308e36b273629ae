// The card of a cell: the images behind "4 taken for 9", the most confident first.
import { SOON, type LabPage } from "./lab.js";
import { FIRST_TEST_ID, inkOf, needsMnist, testLabels } from "./mnist.js";
import { expect, test } from "./page.js";
import { paintedImages, sampleIn } from "./reading.js";

test.use({ moves: true });

needsMnist();

/** Paused after a while of learning, with the card of one cell. */
async function cardOf(lab: LabPage, actual: number, predicted: number) {
  await lab.visit("data=mnist");
  await lab.learns(85);
  await lab.cell(actual, predicted).hover();
  await expect(lab.card(actual, predicted)).toBeVisible();
  // Not by its button: a press may scroll the page, and another cell under the pointer.
  await lab.call("pause");
  await lab.step(0);
  const { card, matrix } = await lab.read();
  expect(card).toMatchObject({ actual, predicted });
  return { card: card!, matrix };
}

test("hovering a cell shows its images, ordered by confidence, each with its probability", async ({
  lab,
}) => {
  const { card, matrix } = await cardOf(lab, 4, 9);
  const count = matrix[4]![9]!;
  expect(count).toBeGreaterThan(3);
  expect(card.count).toContain(`${count} of 982`);
  expect(card.count).toContain(`(${((100 * count) / 982).toFixed(1)} %)`);
  expect(card.images).toHaveLength(Math.min(count, 24));
  if (count > 24) expect(card.count).toContain(`24 of ${count}`);

  const samples = card.images.map(sampleIn);
  const percents = samples.map(({ percent }) => percent);
  expect(percents).toEqual(percents.toSorted((a, b) => b - a));
  expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
  for (const { id, percent } of samples) {
    expect(id).toBeGreaterThanOrEqual(FIRST_TEST_ID);
    expect(testLabels()[id - FIRST_TEST_ID], `the label of sample ${id} in the file`).toBe(4);
    // The greatest of ten probabilities.
    expect(percent).toBeGreaterThanOrEqual(10);
    expect(percent).toBeLessThanOrEqual(100);
  }
});

test("the images shown are the file's, pixel by pixel and in order", async ({ lab }) => {
  const { card } = await cardOf(lab, 4, 9);
  const isPainted = async () =>
    (await paintedImages(lab.anyCard)).every(({ grey }) => new Set(grey).size > 2);
  await expect.poll(isPainted, SOON).toBe(true);
  const painted = await paintedImages(lab.anyCard);
  expect(painted.map(({ name }) => name)).toEqual(card.images);
  for (const { name, grey } of painted) {
    const { id } = sampleIn(name);
    expect(grey, name).toEqual([...inkOf(id)].map((ink) => 255 - ink));
  }
});

test("all images of a cell can be had, also with the least confident first", async ({ lab }) => {
  const { matrix } = await cardOf(lab, 7, 7);
  const count = matrix[7]![7]!;
  const items = lab.card(7, 7).getByRole("listitem");
  await expect(items).toHaveCount(24);
  await lab.card(7, 7).getByRole("button", { name: /all/ }).click();
  await expect(items).toHaveCount(count);
  const { card } = await lab.read();
  const ids = card!.images.map((name) => sampleIn(name).id);
  expect(new Set(ids).size).toBe(count);
  expect(ids.every((id) => testLabels()[id - FIRST_TEST_ID] === 7)).toBe(true);

  await lab.card(7, 7).getByRole("combobox", { name: "Order" }).selectOption("leastConfident");
  const rising = async () => {
    const percents = (await lab.read()).card!.images.map((name) => sampleIn(name).percent);
    return percents.length === count && percents.every((p, i) => i === 0 || p >= percents[i - 1]!);
  };
  await expect.poll(rising, SOON).toBe(true);
});
