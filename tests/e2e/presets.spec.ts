// The course's networks, chosen from the list and run to their ends in the built page: each comes as near as it has to.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { DATA_FOLDER, expect, test } from "./page.js";

/** Chooses a preset, and learns to its end. */
async function runs(lab: LabPage, page: Page, preset: string): Promise<void> {
  const list = page.getByRole("combobox", { name: "Start from" });
  if (!(await list.isVisible()))
    await page
      .locator("summary")
      .filter({ hasText: /^\s*Network/ })
      .click();
  await list.selectOption(preset);
  await lab.call("train");
  const ended = () =>
    lab.element.evaluate((it) => {
      const { state, history, experiment } = (it as Lab).model;
      return state.value.kind === "finished" && history.value.loss.length === experiment.value!.epochs;
    });
  await expect.poll(ended, SOON).toBe(true);
}

/** The network's row beside simpler models: parameters, then errors of what is learned, held out, and all. */
async function figures(page: Page, name = "this network"): Promise<number[]> {
  const beside = page.getByRole("region", { name: "Beside simpler models" });
  const cells = beside.getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell");
  const read = async () => (await cells.allInnerTexts()).map((text) => Number(text.replaceAll(",", "")));
  // Simpler models are learned a moment later.
  await expect.poll(async () => (await read())[3], SOON).toBeGreaterThan(0);
  return read();
}

/** Presets one after the other, each with as many parameters as it should have, and errors below the course's. */
async function come(lab: LabPage, page: Page, near: readonly (readonly [string, number, number])[]) {
  for (const [preset, parameters, most] of near) {
    await runs(lab, page, preset);
    const [count, , , all] = await figures(page);
    expect(count, preset).toBe(parameters);
    expect(all, preset).toBeLessThan(most);
  }
}

test("sines and parabolas are fitted as closely as a course fits them, and straight layers are a line", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=function");
  await come(lab, page, [
    ["sineWide", 1501, 0.046],
    ["sineDeep", 22, 0.026],
    ["squareWide", 2401, 0.1],
  ]);
  await runs(lab, page, "straight");
  const [ours, line] = [await figures(page), await figures(page, "linear")];
  expect(ours[3]! / line[3]!).toBeCloseTo(1, 2);
});

test("heights of the census are told as closely as a course tells them, and the sex of adults", async ({
  lab,
  page,
}) => {
  test.skip(!existsSync(join(DATA_FOLDER, "howell/Howell1.csv")), "needs real Howell");
  await lab.visitAtRest("data=function");
  await come(lab, page, [
    ["howellWeight", 22, 4.93],
    ["howellAge", 25, 4.88],
    ["howellAll", 28, 4.35],
  ]);
  await runs(lab, page, "howellSex");
  expect(await lab.percent()).toBeGreaterThan(80);
});
