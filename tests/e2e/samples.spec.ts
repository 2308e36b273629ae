// A random look at the data: a grid of samples, of any class or of one, and any of them as a table of its numbers.
import { coloursOf, needsCifar, recordOf } from "./cifar.js";
import { FIRST_TEST_ID, needsMnist, inkOf, testLabels } from "./mnist.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { painted } from "./reading.js";
import type { Lab } from "../../web/lab.js";

/** Id and class in the name of a sample. */
function idAndClass(name: string): { id: number; cls: string } {
  const [, id, cls] = /^sample (\d+): (?:a )?(.+)$/.exec(name) ?? [];
  return { id: Number(id), cls: cls! };
}

/** Unfolds the grid and gives the names in it. */
async function names({ page }: LabPage): Promise<string[]> {
  const buttons = page.getByRole("list", { name: "Samples" }).getByRole("button");
  await expect.poll(() => buttons.count(), SOON).toBe(30);
  return buttons.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!));
}

const unfold = ({ page }: LabPage) => page.locator("brainbow-samples summary").click();

/** The numbers of a sample, plane by plane, as the page's tables have them. */
async function numbersOf({ page }: LabPage, name: string): Promise<number[]> {
  await page.getByRole("button", { name, exact: true }).click();
  const region = page.getByRole("region", { name: `The numbers of ${name}`, exact: true });
  const cells = region.getByRole("cell");
  await expect.poll(() => cells.count(), SOON).toBeGreaterThan(700);
  return (await cells.allTextContents()).map(Number);
}

test.afterEach(async ({ page }) => {
  await page.getByRole("combobox", { name: "Class" }).selectOption("");
  await page.locator("brainbow-samples summary").click();
});

test("the grid shows other samples when asked, and only those of a class", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=0&classes=2,4,9", 3);
  await unfold(lab);
  const first = await names(lab);
  expect(new Set(first).size).toBe(30);
  expect(new Set(first.map((name) => idAndClass(name).cls))).toEqual(new Set(["2", "4", "9"]));
  await page.getByRole("button", { name: "Show others" }).click();
  await expect.poll(() => names(lab)).not.toEqual(first);
  await page.getByRole("combobox", { name: "Class" }).selectOption("9");
  await expect
    .poll(async () => new Set((await names(lab)).map((name) => idAndClass(name).cls)))
    .toEqual(new Set(["9"]));
  // Another data set, other samples.
  await lab.element.evaluate((it) => {
    const lab = it as Lab;
    lab.experiment = { ...lab.experiment, data: { kind: "generated", seed: 9 } };
  });
  await lab.comesTo(0);
  expect(await names(lab)).toHaveLength(30);
});

test("a sample of the grid shows its way through the network", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10", 100);
  await unfold(lab);
  const [name] = await names(lab);
  const { id, cls } = idAndClass(name!);
  await page.getByRole("button", { name: name!, exact: true }).click();
  const why = page.getByRole("region", { name: `sample ${id}: a ${cls}`, exact: true });
  await expect(why).toBeVisible();
  const row = why.getByRole("row").filter({ hasText: "%" }).first();
  await expect(row.getByRole("cell")).toHaveCount(10);
  const shares = (await row.getByRole("cell").allInnerTexts()).map(Number);
  expect(Math.abs(shares.reduce((sum, share) => sum + share) - 100)).toBeLessThan(0.6);
  await page.keyboard.press("Escape");
});

test.describe("with MNIST", () => {
  needsMnist();

  test("a digit's numbers are the file's", async ({ lab }) => {
    await lab.visitAtRest("data=mnist&hidden=0", 3);
    await unfold(lab);
    for (let tries = 0; tries < 20; tries++) {
      const name = (await names(lab)).find((name) => idAndClass(name).id >= FIRST_TEST_ID);
      if (name) {
        const { id, cls } = idAndClass(name);
        expect(testLabels()[id - FIRST_TEST_ID]).toBe(Number(cls));
        expect(await numbersOf(lab, name)).toEqual([...inkOf(id)]);
        return;
      }
      await lab.page.getByRole("button", { name: "Show others" }).click();
    }
    throw new Error("among 600 samples none of the test set");
  });
});

test.describe("with CIFAR-10", () => {
  needsCifar();

  test("a photograph's numbers are the file's three planes", async ({ lab, page }) => {
    await lab.visitAtRest("data=cifar10&hidden=0&opt=adam&lr=0.0003&scale=mean", 3);
    await unfold(lab);
    await page.getByRole("combobox", { name: "Class" }).selectOption("frog");
    await expect
      .poll(async () => new Set((await names(lab)).map((name) => idAndClass(name).cls)))
      .toEqual(new Set(["frog"]));
    const [name] = await names(lab);
    const { id } = idAndClass(name!);
    expect(recordOf(id)[0]).toBe(6);
    expect(await numbersOf(lab, name!)).toEqual([...recordOf(id).subarray(1)]);
    const picture = page.getByRole("button", { name: name!, exact: true }).locator("img");
    expect(await picture.evaluate(painted)).toEqual(coloursOf(id));
  });
});
