// What stands folded in the controls has an effect: on the address, on the network, on when it ends.
import { execFileSync } from "node:child_process";
import type { Locator } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";

const LINK = "data=generated&hidden=8";

/** Opens a folded part by how its heading begins; it is closed again for the test after this one. */
async function unfold(lab: LabPage, heading: string): Promise<Locator> {
  const part = lab.page
    .locator("details")
    .filter({ has: lab.page.locator("summary b", { hasText: heading }) });
  await part.evaluate((details: HTMLDetailsElement) => (details.open = true));
  return part;
}
test.afterEach(async ({ page }) => {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = false;
  });
});

const choose = (part: Locator, name: string, option: string) =>
  part.getByRole("combobox", { name, exact: true }).selectOption({ label: option });
const field = (part: Locator, name: string) => part.getByRole("spinbutton", { name, exact: true });

test("another loss begins again, stands in the address and has other weights after the first epoch", async ({
  lab,
  page,
}) => {
  await lab.visit(LINK);
  const first = await lab.firstFingerprint();
  const training = await unfold(lab, "Training");
  await choose(training, "What is minimised", "mean squared error");
  await expect(page).toHaveURL(/[#&]loss=mse(&|$)/);
  await expect.poll(() => lab.firstFingerprint(), SOON).not.toBe(first);
  await lab.learns(40);
});

test("a preset can be taken again after something has been changed", async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=0", 5);
  const network = await unfold(lab, "Network");
  const presets = network.getByRole("combobox", { name: "Start from", exact: true });
  await presets.selectOption({ label: "128 hidden neurons, Adam" });
  await expect(lab.page).toHaveURL(/[#&]hidden=128(&|$)/);
  await expect(presets).toHaveValue("");
  await lab.chooseHidden("30");
  await expect(lab.page).toHaveURL(/[#&]hidden=30(&|$)/);
  await presets.selectOption({ label: "128 hidden neurons, Adam" });
  await expect(lab.page).toHaveURL(/[#&]hidden=128(&|$)/);
});

test("another schedule begins with the rate that is shown, whatever it was before", async ({ lab, page }) => {
  await lab.visitAtRest(LINK, 20);
  await lab.type(lab.rate, "0.01");
  await expect(page).toHaveURL(/[#&]lr=0\.1;0\.01@20(&|$)/);
  const course = await unfold(lab, "Course");
  await choose(course, "Learning rate falls", "along a cosine");
  await expect(lab.rate).toHaveValue("0.01");
  await expect(page).toHaveURL(/[#&]lr=0\.01(&|$)/);
});

test("a stop at an accuracy ends the run there, with a sentence, and Train goes on", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest(LINK);
  const course = await unfold(lab, "Course");
  await lab.type(field(course, "Stop at accuracy (%)"), "50");
  await lab.call("train");
  await expect(lab.page.getByText("The accuracy you asked for is reached.")).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveURL(/[#&]stop=/);
  const { val_accuracy } = await lab.history();
  expect(val_accuracy!.at(-1)).toBeGreaterThanOrEqual(0.5);
  expect(val_accuracy!.slice(0, -1).every((accuracy) => accuracy < 0.5)).toBe(true);
  await expect(lab.button("Train")).toBeVisible();
  await lab.button("Train").click();
  await lab.endsEpochs(val_accuracy!.length + 1);
});

test("a rate that falls in steps, warm-up, a penalty and scaled pixels stand in the address", async ({
  lab,
  page,
}) => {
  await lab.visit(LINK);
  const course = await unfold(lab, "Course");
  await choose(course, "Learning rate falls", "in steps");
  await lab.type(field(course, "Warm-up steps"), "30");
  await lab.type(field(await unfold(lab, "Training"), "L2 penalty"), "0.01");
  await choose(await unfold(lab, "Start"), "Pixels", "standardised");
  await lab.type(field(await unfold(lab, "Network"), "Layer 1 dropout"), "0.2");
  const { searchParams } = new URL((await page.evaluate(() => location.href)).replace("#", "?"));
  expect(Object.fromEntries(searchParams)).toMatchObject({
    decay: expect.stringMatching(/^step/),
    warmup: "30",
    l2: "0.01",
    scale: "standard",
    drop: "0.2",
  });
  await lab.learns(50);
});

test("what is being typed stays while the network learns", async ({ lab, page }) => {
  await lab.visit(`${LINK}&epochs=10000`);
  const penalty = field(await unfold(lab, "Training"), "L2 penalty");
  await penalty.focus();
  await page.keyboard.press("ControlOrMeta+A");
  for (const [typed, digit] of ["0", "0.", "0.0", "0.01"].map((text) => [text, text.at(-1)!] as const)) {
    await page.keyboard.press(digit);
    await lab.passes(await lab.at());
    await lab.passes(await lab.at());
    expect(Number(await penalty.inputValue()), typed).toBe(Number(typed));
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[#&]l2=0\.01(&|$)/);
  // A field that must have a number gets its own back.
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await expect(penalty).toHaveValue("0.01");
});

test("health counts the units that never answer, and names every layer", async ({ lab }) => {
  // A step of this length throws every ReLU unit over the edge from which nothing pulls it back.
  await lab.visitAtRest(`${LINK}&lr=30`, 100);
  const health = await unfold(lab, "Health");
  await expect(health.locator("tbody tr")).toHaveText([/^\s*Dense/, /^\s*ReLU/, /^\s*Dense/]);
  const row = health.locator("tbody tr").nth(1);
  await expect(row).toHaveText(/\d never active, \d saturated of 8/, SOON);
  const counted = Number(/(\d) never/.exec(await row.innerText())![1]);
  await expect(health.locator("summary")).toHaveText(/\d+ units stuck/);
  expect(counted).toBeGreaterThan(0);
});

test("the command for one's own machine carries the very link of the address", async ({ lab, page }) => {
  await lab.visitAtRest(`${LINK}&lr=0.05&batch=32`);
  const command = (await unfold(lab, "On your machine")).locator("code");
  await expect(command).toContainText("--link 'v=1&data=generated");
  const link = /--link '([^']*)'/.exec(await command.innerText())![1]!.replaceAll("\n", "");
  expect(page.url().endsWith(`#${link}`)).toBe(true);
});

test("the command for one's own machine comes to the page's weights", async ({ lab }) => {
  test.setTimeout(300_000); // Where it has not been built yet.
  await lab.visitAtRest("data=generated&hidden=3&act=tanh&batch=1000&epochs=1", 20);
  const command = (await unfold(lab, "On your machine")).locator("code");
  // As the Rust tests have built it, which changes no bit.
  const here = (await command.innerText()).replaceAll("\n", "").replace("--release", "--quiet");
  expect(here).toContain("cargo run --quiet -p brainbow-cli -- train --link");
  const told = execFileSync("bash", ["-c", here], { encoding: "utf8", timeout: 280_000 });
  const fingerprint = await lab.element.evaluate((element) => (element as Lab).fingerprint!);
  expect(fingerprint).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/);
  expect(told).toContain(fingerprint);
});
