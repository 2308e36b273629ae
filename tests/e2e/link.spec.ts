// The address holds the experiment: readable, checked, and the same run to the bit.
import { needsMnist } from "./mnist.js";
import { expect, test } from "./page.js";

test.describe("the tab's history", () => {
  test.use({ ownTab: true });

  test("the address always names the data set and leaves out defaults", async ({ lab, page }) => {
    await lab.open("data=generated&hidden=10&lr=0.1&batch=64&seed=42&act=relu");
    await expect(page).toHaveURL(/#v=1&data=generated$/);
    await lab.chooseHidden("30");
    await expect(page).toHaveURL(/#v=1&data=generated&hidden=30$/);
    await lab.chooseHidden("10");
    await expect(page).toHaveURL(/#v=1&data=generated$/);
    expect(await page.evaluate(() => history.length)).toBeLessThan(4);
  });
});

test("a value out of bounds is clamped, nonsense is refused, and a notice says so", async ({ lab, page }) => {
  await lab.visit("data=generated&hidden=9999&batch=many&lr=0.2&colour=blue");
  await expect(lab.alert).toContainText("hidden=9999");
  await expect(lab.alert).toContainText("1024");
  await expect(lab.alert).toContainText("batch=many");
  await expect(lab.alert).toContainText("colour");
  await expect(page).toHaveURL(/#v=1&data=generated&hidden=1024&lr=0\.2$/);
  await lab.chooseHidden("10");
  await lab.learns(40);
  await lab.alert.getByRole("button", { name: "Dismiss" }).click();
  await expect(lab.alert).toBeHidden();
});

test("a link carries every setting", async ({ lab }) => {
  const link =
    "v=1&data=generated&digits=2&hidden=20,12&act=tanh,relu&init=he&opt=adam&lr=0.002&batch=32&epochs=3&seed=7&val=0.1";
  await lab.visit(link);
  await lab.learns(40);
  await expect(lab.page).toHaveURL(new RegExp(`#${link}$`));
});

test("a link pasted into the open page is followed", async ({ lab, page }) => {
  await lab.visit("data=generated&hidden=10");
  await lab.learns(30);
  await page.evaluate(() => (location.hash = "#data=generated&hidden=0&seed=5"));
  await expect(lab.hidden("0")).toBeChecked();
  await lab.learns(30);
  await expect(page).toHaveURL(/#v=1&data=generated&hidden=0&seed=5$/);
});

/** The fingerprint after the first epoch of a run whose learning rate a person lowers at step 300. */
async function changedByHand(lab: import("./lab.js").LabPage, data: string): Promise<string> {
  await lab.visitAtRest(`data=${data}`, 300);
  expect(await lab.at()).toBe(300);
  await lab.type(lab.rate, "0.05");
  await expect(lab.page).toHaveURL(new RegExp(`#v=1&data=${data}&lr=0\\.1;0\\.05@300$`));
  await lab.button("Train").click();
  return lab.firstFingerprint();
}

test("opening a link with a change at step 300 gives the run that was changed by hand, to the bit", async ({
  lab,
}) => {
  const byHand = await changedByHand(lab, "generated");
  await lab.visit("data=generated");
  expect(await lab.firstFingerprint()).not.toBe(byHand);
  await lab.open("data=generated&lr=0.1;0.05@300");
  expect(await lab.firstFingerprint()).toBe(byHand);
});

test.describe("on MNIST", () => {
  needsMnist();

  test("the same link gives the same run, to the bit", async ({ lab }) => {
    const byHand = await changedByHand(lab, "mnist");
    await lab.visit("data=mnist&lr=0.1;0.05@300");
    expect(await lab.firstFingerprint()).toBe(byHand);
  });
});
