// Train and pause, one step, restart with the same weights, new seed.
import { SOON } from "./lab.js";
import { expect, test } from "./page.js";

test.use({ moves: true });

const LINK = "data=generated&hidden=10";

test("pausing stops at a step that every view names, and training goes on from there", async ({ lab }) => {
  await lab.visit(`${LINK}&epochs=10000`);
  await lab.learns(40);
  await lab.button("Pause").click();
  await expect(lab.button("Train")).toBeVisible();
  await expect(lab.button("Pause")).toBeHidden();
  await lab.step(0);
  const { steps } = await lab.read();
  await lab.page.waitForTimeout(400);
  const later = await lab.read();
  expect(new Set([...steps, ...later.steps]).size).toBe(1);
  await lab.button("Train").click();
  await expect(lab.button("Pause")).toBeVisible();
  await lab.passes(steps[0]!);
});

test("Step takes exactly one step", async ({ lab }) => {
  await lab.visitAtRest(LINK);
  for (const expected of [1, 2, 3]) {
    await lab.button("Step").click();
    await lab.comesTo(expected);
  }
  await lab.page.waitForTimeout(200);
  expect(new Set((await lab.read()).steps)).toEqual(new Set([3]));
  await expect(lab.epoch).toHaveText("0.0");
});

test("Restart learns the same again to the bit, New seed something else from the same data", async ({
  lab,
}) => {
  /** The fingerprint after the first epoch of the n-th run. */
  const firstOf = async (run: number) => {
    const all = async () => {
      const epochs = (await lab.heard("progress")) as { epoch: number; fingerprint: string }[];
      return epochs.filter(({ epoch }) => epoch === 1).map(({ fingerprint }) => fingerprint);
    };
    await expect.poll(async () => (await all()).length, SOON).toBe(run);
    return (await all())[run - 1];
  };
  await lab.visit(LINK);
  const first = await firstOf(1);
  await lab.button("Restart").click();
  expect(await firstOf(2)).toBe(first);
  await lab.button("New seed").click();
  expect(await firstOf(3)).not.toBe(first);
  await expect(lab.page).toHaveURL(/#v=1&data=generated&seed=\d+$/);
});

test("the learning rate changes without a restart, the network with one", async ({ lab }) => {
  await lab.visit(LINK);
  await lab.learns(40);
  const before = await lab.at();
  await lab.type(lab.rate, "0.02");
  await expect(lab.page).toHaveURL(/lr=0\.1;0\.02@\d+/);
  expect(await lab.at()).toBeGreaterThanOrEqual(before);
  await lab.chooseHidden("30");
  await expect(lab.page).toHaveURL(/#v=1&data=generated&hidden=30&lr=0\.02$/);
  await lab.learns(40);
});

test("any other size of the hidden layer can be typed", async ({ lab, page }) => {
  await lab.visit(LINK);
  const size = page.getByRole("spinbutton", { name: "Hidden neurons", exact: true });
  await lab.type(size, "7");
  await expect(page.getByRole("button", { name: /^Neuron \d+$/ })).toHaveCount(7);
  const group = page.getByRole("radiogroup", { name: "Hidden neurons" });
  await expect(group.getByRole("radio", { checked: true })).toHaveCount(0);
  await lab.learns(40);
});

test("the summary counts parameters as Keras does", async ({ lab, page }) => {
  const total = page.getByRole("table", { name: /parameters/i }).getByRole("row", { name: /^Total/ });
  for (const [hidden, parameters] of [
    ["0", "7,850"],
    ["10", "7,960"],
    ["128", "101,770"],
  ] as const) {
    await lab.visitAtRest(`data=generated&hidden=${hidden}`);
    await expect(total).toContainText(parameters);
  }
});
