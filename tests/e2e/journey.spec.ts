// The first paragraph of the project: it learns at once, and one sets the hidden layer and watches it learn again.
import { SOON } from "./lab.js";
import { classCounts, needsMnist } from "./mnist.js";
import { expect, test } from "./page.js";
import { sum, trace } from "./reading.js";

test.use({ moves: true });

needsMnist();

test("the page opens learning, and reads nine of ten test digits within seconds", async ({ lab, page }) => {
  await lab.open();
  await lab.learns(90);
  expect(await lab.epochs()).toBeGreaterThan(0);
  await lab.endsEpochs(3);
  const { loss } = await lab.history();
  expect(loss.at(-1)).toBeLessThan(loss[0]!);
  await expect(page.getByRole("combobox", { name: "Data set" })).toHaveValue("mnist");
});

test("the matrix counts each of the 10,000 test digits once, and the accuracy is its diagonal", async ({
  lab,
}) => {
  await lab.visit("data=mnist");
  await lab.learns(80);
  for (let i = 0; i < 5; i++) {
    const { matrix, accuracy } = await lab.read();
    expect(matrix.map(sum)).toEqual(classCounts());
    expect(sum(matrix.flat())).toBe(10_000);
    expect(Math.abs(accuracy - trace(matrix) / 100)).toBeLessThanOrEqual(0.0501);
    await lab.page.waitForTimeout(150);
  }
  expect(classCounts().slice(0, 3)).toEqual([980, 1135, 1032]);
});

test("the hidden layer goes from 0 to 10 to 128, and learns again each time", async ({ lab, page }) => {
  await lab.visit("data=mnist&hidden=0");
  await lab.learns(88);
  for (const [size, name] of [
    ["10", "Neuron 9"],
    ["128", "Neuron 127"],
    ["0", "Neuron 9"],
  ] as const) {
    const before = (await lab.heard("progress")).length;
    await lab.chooseHidden(size);
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
    // A small network has soon learned for longer than the one before: what is heard is its first epoch.
    const firstAgain = async () =>
      ((await lab.heard("progress")) as { epoch: number }[]).slice(before).some(({ epoch }) => epoch === 1);
    await expect.poll(firstAgain, SOON).toBe(true);
    await lab.learns(88);
    expect(await page.getByRole("button", { name: /^Neuron \d+$/ }).count()).toBe(Number(size) || 10);
    await expect(page).toHaveURL(
      size === "10" ? /#v=1&data=mnist$/ : new RegExp(`#v=1&data=mnist&hidden=${size}$`),
    );
  }
});
