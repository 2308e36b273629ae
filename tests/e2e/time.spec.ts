// One slider for the time of everything: the past as it was, on from there to the same bits, and back to the present.
import type { Page } from "@playwright/test";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";

const LINK = "data=generated&hidden=8&epochs=6";

const slider = (page: Page) => page.getByRole("slider", { name: "Time", exact: true });
/** Goes to a place of the slider, and gives the step that every view names then. */
async function goTo(lab: LabPage, place: number): Promise<number> {
  await slider(lab.page).fill(String(place));
  const step = Number((await slider(lab.page).getAttribute("aria-valuetext"))!.replaceAll(/\D/g, ""));
  await expect.poll(async () => new Set((await lab.read()).steps), SOON).toEqual(new Set([step]));
  return step;
}
const weightsOf = (lab: LabPage) =>
  lab.page
    .locator("brainbow-neuron-card canvas.large")
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

/** Lets a run end, and gives its fingerprints. */
async function wholeRun(lab: LabPage): Promise<(string | null)[]> {
  await lab.visit(LINK);
  await lab.endsEpochs(6);
  await expect(lab.button("Train")).toBeVisible();
  return (await lab.history()).fingerprint;
}

test("a step of the past is what a fresh run shows that was stopped there", async ({ lab, page }) => {
  await wholeRun(lab);
  const present = await weightsOf(lab);
  const places = Number(await slider(page).getAttribute("max"));
  expect(places).toBeGreaterThan(8);
  const step = await goTo(lab, Math.round(places / 3));
  expect(step).toBeGreaterThan(0);
  const past = await lab.read();
  const weights = await weightsOf(lab);
  expect(weights).not.toBe(present);

  await lab.button("Live").click();
  await expect.poll(() => weightsOf(lab)).toBe(present);

  await lab.toTheStart();
  await lab.step(step);
  const fresh = await lab.read();
  expect(fresh.matrix).toEqual(past.matrix);
  expect(fresh.mistakes).toEqual(past.mistakes);
  expect(fresh.accuracy).toBe(past.accuracy);
  expect(await weightsOf(lab)).toBe(weights);
});

test("going on from a step of the past gives the bits of the run it left", async ({ lab, page }) => {
  const prints = await wholeRun(lab);
  expect(new Set(prints).size).toBe(6);
  const places = Number(await slider(page).getAttribute("max"));
  const step = await goTo(lab, Math.round(places / 2));
  await lab.button("Continue from here").click();
  await expect.poll(async () => (await lab.history()).fingerprint.length, SOON).toBe(6);
  expect((await lab.history()).fingerprint.at(-1)).toBe(prints.at(-1));
  expect(step).toBeLessThan(6 * 313);
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "live");
});

test("played back, it comes from the first steps to the present by itself", async ({ lab, page }) => {
  await wholeRun(lab);
  const step = await lab.at();
  await page.getByRole("button", { name: "Play back", exact: true }).click();
  await expect(slider(page)).not.toHaveAttribute("aria-valuetext", "live");
  await expect.poll(() => lab.at(), SOON).toBeLessThan(step / 2);
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "live", SOON);
  await expect.poll(() => lab.at(), SOON).toBe(step);
});

test("Train and Step leave the past for the present", async ({ lab }) => {
  await lab.visit("data=generated&hidden=8&epochs=2000");
  await lab.passes(300);
  await lab.call("pause");
  await lab.step(0);
  const step = await lab.at();
  expect(await goTo(lab, 1)).toBeLessThan(step);
  await lab.step(5);
  expect(await lab.at()).toBe(step + 5);
  await goTo(lab, 0);
  await lab.button("Train").click();
  await lab.passes(step + 5);
});
