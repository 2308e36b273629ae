// Everything by keyboard: the grid is one tab stop; Space, "." and R only where they cannot be meant otherwise.
import { expect, test } from "./page.js";

test("the matrix is one tab stop, and arrows, Home and End walk in it", async ({ lab, page }) => {
  await lab.visit("data=generated&epochs=10000");
  await lab.learns(30);
  await expect(lab.grid.locator("[tabindex='0']")).toHaveCount(1);
  await lab.cell(0, 0).focus();
  for (const [key, actual, predicted] of [
    ["ArrowDown", 1, 0],
    ["ArrowDown", 2, 0],
    ["ArrowRight", 2, 1],
    ["End", 2, 9],
    ["ArrowRight", 2, 9],
    ["ArrowLeft", 2, 8],
    ["ArrowUp", 1, 8],
    ["Home", 1, 0],
    ["Control+End", 9, 9],
    ["ArrowDown", 9, 9],
    ["Control+Home", 0, 0],
    ["ArrowUp", 0, 0],
    ["ArrowRight", 0, 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(lab.cell(actual, predicted), key).toBeFocused();
    await expect(lab.card(actual, predicted), key).toBeVisible();
    await expect(lab.grid.locator("[tabindex='0']")).toHaveCount(1);
  }
  await page.keyboard.press("Tab");
  await expect(lab.grid.locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(lab.cell(0, 1)).toBeFocused();
});

test("Enter pins a cell and Escape releases it", async ({ lab, page }) => {
  await lab.visit("data=generated&epochs=10000");
  await lab.learns(30);
  await lab.cell(0, 0).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(lab.cell(0, 1)).toHaveAttribute("aria-selected", "true");
  // Previewing another does not change what is pinned, and leaving goes back to it.
  await lab.cell(5, 5).hover();
  await expect(lab.card(5, 5)).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(lab.card(0, 1)).toBeVisible();
  await lab.cell(0, 1).focus();
  await page.keyboard.press("Escape");
  await expect(lab.grid.locator("[aria-selected='true']")).toHaveCount(0);
});

test("a click pins a neuron and Escape releases it", async ({ lab, page }) => {
  await lab.visit("data=generated&epochs=10000");
  const neuron = page.getByRole("button", { name: "Neuron 3", exact: true });
  await neuron.focus();
  await expect(page.getByRole("region", { name: "Neuron 3", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(neuron).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(neuron).toHaveAttribute("aria-pressed", "false");
});

test("Space runs and pauses, a full stop steps and R restarts, while the focus is in the lab", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&epochs=10000");
  await lab.learns(30);
  await lab.cell(2, 2).focus();
  await page.keyboard.press("Space");
  await expect(lab.button("Train")).toBeVisible();
  await lab.step(0);
  const step = await lab.at();
  await page.keyboard.press(".");
  await lab.comesTo(step + 1);
  await page.keyboard.press("r");
  await lab.comesTo(0);
  await page.keyboard.press("Space");
  await expect(lab.button("Pause")).toBeVisible();
  await lab.passes(0);
});

test("the same keys do nothing in a field and outside of the lab", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated", 100);
  const step = await lab.at();
  await lab.rate.focus();
  for (const key of ["Space", ".", "r"]) await page.keyboard.press(key);
  await page.getByRole("combobox", { name: "Data set" }).focus();
  for (const key of [".", "r"]) await page.keyboard.press(key);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  for (const key of ["Space", ".", "r"]) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  expect(await lab.at()).toBe(step);
  await expect(lab.button("Train")).toBeVisible();
});

test("Space on a focused button presses that button alone", async ({ lab, page }) => {
  await lab.visit("data=generated&epochs=10000");
  await lab.learns(30);
  await lab.button("Pause").focus();
  await page.keyboard.press("Space");
  await expect(lab.button("Train")).toBeVisible();
  await lab.step(0);
  const step = await lab.at();
  await lab.button("Step").focus();
  await page.keyboard.press("Space");
  await lab.comesTo(step + 1);
  await expect(lab.button("Train")).toBeVisible();
});
