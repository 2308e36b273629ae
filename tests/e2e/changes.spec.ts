// Changes that come at an awkward moment: another set while something is shown or loaded, a rate while the past is looked
// at, a new network where the worker is lost.
import type { Page } from "@playwright/test";
import { SOON } from "./lab.js";
import { needsMnist } from "./mnist.js";
import { expect, test } from "./page.js";
import { sabotage, sabotagedSite } from "./sabotage.js";

const LINK = "data=generated&hidden=8";
const bStep = async (page: Page) => {
  const row = page
    .getByRole("region", { name: "A beside B" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "B", exact: true }) });
  const text = (await row.getByRole("cell").allInnerTexts())[1] ?? "";
  return Number(text.replaceAll(",", ""));
};

test.describe("with MNIST", () => {
  needsMnist();

  test("what a drawing was like is of the set that is left, and goes with it", async ({ lab, page }) => {
    await lab.visitAtRest("data=mnist&hidden=8", 20);
    await page.locator("brainbow-draw summary").click();
    const pad = page.getByRole("img", { name: "Drawing pad" });
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.8, { steps: 5 });
    await page.mouse.up();
    const nearest = page.locator("brainbow-draw").getByRole("listitem");
    await expect.poll(() => nearest.count(), SOON).toBeGreaterThan(3);
    await page.getByRole("combobox", { name: "Data set" }).selectOption("generated");
    await expect(page).toHaveURL(/data=generated/);
    await lab.comesTo(0);
    await expect(lab.alert).toBeHidden();
    // Looked for again, among the new ones.
    const ids = async () =>
      (await nearest.evaluateAll((all) => all.map((one) => one.innerHTML))).map((text) =>
        Number(/sample (\d+)/.exec(text)![1]),
      );
    const areNew = async () => (await ids()).length > 3 && (await ids()).every((id) => id < 20_000);
    await expect.poll(areNew, SOON).toBe(true);
    await page.getByRole("button", { name: "Clear", exact: true }).click();
  });
});

test("where the worker is lost, another network begins with a new one", async ({ lab, page }) => {
  const site = await sabotagedSite();
  try {
    await lab.open(`${LINK}&epochs=10000`, site.url);
    await lab.passes(50);
    await sabotage(page, "throw");
    await expect(lab.alert).toContainText("engine stopped", { timeout: 9_000 });
    await lab.chooseHidden("30");
    await expect(lab.alert).toBeHidden();
    await lab.passes(50);
    expect(page.workers()).toHaveLength(1);
    // The page asks for nothing any more when its server ends.
    await page.goto("about:blank");
  } finally {
    site.close();
  }
});

test("a rate that is set while the past is looked at is the present's, and in the link", async ({
  lab,
  page,
}) => {
  await lab.visit(`${LINK}&epochs=2`);
  await lab.endsEpochs(1);
  await lab.call("pause");
  const slider = page.getByRole("slider", { name: "Time", exact: true });
  await slider.fill("2");
  await expect(slider).not.toHaveAttribute("aria-valuetext", "live");
  await lab.type(lab.rate, "0.5");
  await expect(page).toHaveURL(/lr=0\.1;0\.5@\d+/);
  await expect(slider).toHaveAttribute("aria-valuetext", "live");
  await lab.call("train");
  await lab.endsEpochs(2);
  const { fingerprint } = await lab.history();
  const link = new URL(page.url()).hash.slice(1);
  await lab.visit(link);
  await lab.endsEpochs(2);
  expect((await lab.history()).fingerprint[1]).toBe(fingerprint[1]);
});

test("while the page waits for a set that is not here nothing is learned from another", async ({
  lab,
  page,
  site,
}) => {
  await lab.open(LINK, await site());
  await lab.passes(20);
  await page.getByRole("combobox", { name: "Data set" }).selectOption("mnist");
  await expect(lab.alert).toContainText("MNIST is not here");
  await expect(lab.button("Keep as B")).toBeDisabled();
  const step = await lab.at();
  await lab.button("Train").click();
  await lab.button("Train").click();
  await page.waitForTimeout(500);
  expect(await lab.at()).toBe(step);
  // A rate that is set meanwhile is that of the run to come, from its beginning.
  await lab.type(lab.rate, "0.02");
  await expect(page).toHaveURL(/data=mnist.*lr=0\.02$/);
});

test("B rests when it is not to learn along any more", async ({ lab, page }) => {
  await lab.visit(`${LINK}&epochs=10000`);
  await lab.passes(20);
  await lab.button("Keep as B").click();
  await lab.button("Start both again").click();
  const along = page.getByRole("checkbox", { name: "B learns when A does" });
  await expect(along).toBeChecked();
  await expect.poll(() => bStep(page), SOON).toBeGreaterThan(50);
  await along.uncheck();
  await lab.button("Pause").click();
  // What was under way is still shown, however long a busy machine takes for it; then it stands.
  const stands = async () => {
    const step = await bStep(page);
    await page.waitForTimeout(600);
    return (await bStep(page)) - step;
  };
  await expect.poll(stands, SOON).toBe(0);
  expect(await stands()).toBe(0);
  await lab.button("Let B go").click();
});

test("two quick clicks on a language end in the second, and a pasted link brings its own", async ({
  lab,
  page,
}) => {
  await lab.open(LINK);
  await lab.passes(3);
  const language = page.getByRole("combobox", { name: /Language|Idioma/ });
  await language.evaluate((select: HTMLSelectElement) => {
    for (const value of ["es", "en"]) {
      select.value = value;
      select.dispatchEvent(new Event("change"));
    }
  });
  await page.waitForTimeout(300);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.evaluate((link) => (location.hash = `${link}&lang=es`), LINK);
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page).toHaveURL(/lang=es$/);
});
