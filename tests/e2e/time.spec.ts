// One slider for the time of everything: the past as it was, on from there to the same bits, and back to the present.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";

test.use({ moves: true });

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

/** The logits of the sample that is pinned, and the samples that excite a neuron, with their sums. */
const logitsOf = (page: Page) =>
  page
    .locator("brainbow-why")
    .getByRole("row")
    .filter({ hasText: "logit" })
    .first()
    .getByRole("cell")
    .allInnerTexts();
const excitingOf = (page: Page) =>
  page
    .locator("main > .middle > brainbow-neuron-card")
    .getByRole("list")
    .getByRole("button")
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));

/** The curves as they are painted, once they rest: a short name for each. */
async function curvesOf(page: Page): Promise<string[]> {
  const painted = () =>
    page
      .locator("brainbow-curve canvas")
      .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
  let before = await painted();
  for (;;) {
    await page.waitForTimeout(400);
    const now = await painted();
    if (now.join() === before.join())
      return now.map((picture) => createHash("sha256").update(picture).digest("hex").slice(0, 8));
    before = now;
  }
}

/** Lets a run end, and gives its fingerprints. */
async function wholeRun(lab: LabPage): Promise<(string | null)[]> {
  await lab.visit(LINK);
  await lab.endsEpochs(6);
  await expect(lab.button("Train")).toBeVisible();
  // Its last evaluation may come after its last step.
  await lab.comesTo(6 * 313);
  return (await lab.history()).fingerprint;
}

test("a step of the past is what a fresh run shows that was stopped there", async ({ lab, page }) => {
  await wholeRun(lab);
  const present = await weightsOf(lab);
  const unmarked = await curvesOf(page);
  // The quicker the machine, the fewer; the last ones come with the last picture.
  const kept = async () => Number(await slider(page).getAttribute("max"));
  await expect.poll(kept).toBeGreaterThan(4);
  const places = await kept();
  const step = await goTo(lab, Math.round(places / 3));
  expect(step).toBeGreaterThan(0);
  // A sample, what excites a neuron and the curves' mark are of that step, too.
  const image = page.getByRole("list", { name: "Mistakes" }).getByRole("button").last();
  const sample = Number(/\d+/.exec((await image.getAttribute("aria-label"))!)![0]);
  await image.click();
  const pinned = page.locator("brainbow-why section");
  await expect(pinned).toContainText(`step ${step.toLocaleString("en")}`);
  const past = { ...(await lab.read()), why: await logitsOf(page), exciting: await excitingOf(page) };
  expect(past.why).toHaveLength(10);
  const marked = await curvesOf(page);
  expect(marked).not.toEqual(unmarked);
  const weights = await weightsOf(lab);
  expect(weights).not.toBe(present);

  await lab.button("Live").click();
  await expect.poll(() => weightsOf(lab)).toBe(present);
  expect(await curvesOf(page)).toEqual(unmarked);
  await expect(pinned).not.toContainText(`step ${step.toLocaleString("en")}`);
  await expect.poll(() => logitsOf(page)).not.toEqual(past.why);

  await lab.toTheStart();
  await lab.step(step);
  const fresh = await lab.read();
  await expect(pinned).toContainText(`sample ${sample}`);
  await expect.poll(() => logitsOf(page), SOON).toEqual(past.why);
  await expect.poll(() => excitingOf(page), SOON).toEqual(past.exciting);
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

test("at four times the speed more steps of the past go by, and the choice holds while it plays", async ({
  lab,
  page,
}) => {
  await lab.visit("data=generated&hidden=8&epochs=10000");
  await expect.poll(async () => Number(await slider(page).getAttribute("max")), SOON).toBeGreaterThan(45);
  await lab.call("pause");
  await lab.step(0);
  await page.getByRole("button", { name: "Play back", exact: true }).click();
  const speed = page.getByRole("combobox", { name: "Playback speed" });
  /** Steps of the past that are turned to in most of a second. */
  const turns = async (times: string) => {
    await speed.selectOption(times);
    return lab.element.evaluate(async (it) => {
      let turns = -1;
      const stop = (it as Lab).model.looking.subscribe(() => void turns++);
      await new Promise((done) => setTimeout(done, 800));
      stop();
      return turns;
    });
  };
  const slow = await turns("0.5");
  const quick = await turns("4");
  // A busy machine turns late, but never early.
  expect(slow).toBeLessThanOrEqual(4);
  expect(quick).toBeGreaterThan(1.5 * slow);
  await expect(speed).toHaveValue("4");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await lab.button("Live").click();
  await expect(speed).toHaveCount(0);
});

test("Train and Step leave the past for the present", async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=8&epochs=2000");
  // However quick the machine: between them snapshots are kept.
  for (let part = 0; part < 3; part++) await lab.step(100);
  const step = await lab.at();
  expect(await goTo(lab, 1)).toBeLessThan(step);
  await lab.step(5);
  expect(await lab.at()).toBe(step + 5);
  await goTo(lab, 0);
  await lab.button("Train").click();
  await lab.passes(step + 5);
});
