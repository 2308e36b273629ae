// Fashion-MNIST on the page: files with MNIST's names, and other pictures under other names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { setsIn } from "../../scripts/sets.mjs";
import { SOON } from "./lab.js";
import { DATA_FOLDER, expect, test } from "./page.js";
import { painted, sampleIn } from "./reading.js";

const unpacked = (name: string, header: number) =>
  gunzipSync(readFileSync(join(DATA_FOLDER, "fashion-mnist", name))).subarray(header);

test.beforeEach(() => {
  test.skip(!setsIn(DATA_FOLDER).sets.includes("fashion"), "needs real Fashion-MNIST");
});

test("choosing Fashion-MNIST learns clothes: their names, and the pictures of the file", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&hidden=0");
  await lab.passes(5);
  await page.getByRole("combobox", { name: "Data set" }).selectOption("fashion");
  await expect(page).toHaveURL(/#v=1&data=fashion&hidden=0$/);
  await lab.learns(70);
  await lab.call("pause");
  await lab.step(0);
  await expect(page.getByRole("rowheader", { name: "ankle boot" })).toBeVisible();
  await page.getByRole("gridcell", { name: "actual shirt, predicted T-shirt:" }).hover();
  const card = page.getByRole("region", { name: "actual shirt, predicted T-shirt", exact: true });
  const items = card.getByRole("listitem");
  await expect.poll(() => items.count(), SOON).toBeGreaterThan(5);
  const [images, labels] = [
    unpacked("t10k-images-idx3-ubyte.gz", 16),
    unpacked("t10k-labels-idx1-ubyte.gz", 8),
  ];
  for (const item of (await items.all()).slice(0, 6)) {
    const place = sampleIn((await item.getAttribute("aria-label"))!).id - 60_000;
    expect(labels[place], `the label of held-out image ${place}`).toBe(6);
    const ink = images.subarray(place * 784, (place + 1) * 784);
    const grey = async () => (await item.locator("img").evaluate(painted)).filter((_, i) => i % 4 === 0);
    await expect.poll(grey, SOON).toEqual([...ink].map((byte) => 255 - byte));
  }
});

test("the longest words of all, in Spanish, leave the bar on one line", async ({ lab, page }) => {
  await lab.visitAtRest("data=fashion&hidden=10&lang=es", 50);
  expect((await page.locator("brainbow-bar").boundingBox())!.height).toBeLessThan(60);
});
