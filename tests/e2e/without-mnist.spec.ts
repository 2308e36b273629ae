// A server without MNIST: the page learns on generated digits and says so, but never in place of MNIST.
import { expect, test } from "./page.js";

test("without data the page learns on generated digits, and says that they are generated", async ({
  lab,
  page,
  site,
}) => {
  await lab.open("", await site());
  await lab.learns(60);
  await expect(page.getByRole("combobox", { name: "Data set" })).toHaveValue("generated");
  await expect(
    page.getByText("These digits are drawn by the program. They are not handwriting."),
  ).toBeVisible();
  await expect(page).toHaveURL(/#v=1&data=generated$/);
  const fetch = page.getByRole("button", { name: /^Fetch MNIST/ });
  await expect(fetch).toBeVisible();
  await expect(fetch).toContainText("MB");
  await expect(fetch).toHaveAccessibleDescription(/jsdelivr.*CC BY-SA/);
});

test("a link about MNIST does not quietly learn on something else", async ({ lab, page, site }) => {
  await lab.open("data=mnist&hidden=30", await site());
  await expect(lab.alert).toContainText("MNIST is not here");
  await expect(lab.alert.getByRole("button", { name: /^Fetch MNIST.*MB/ })).toBeVisible();
  await page.waitForTimeout(1000);
  expect(await lab.confusion()).toBeNull();
  await expect(lab.accuracy).toHaveText("–");
  await expect(page).toHaveURL(/#v=1&data=mnist&hidden=30$/);
  // Nor does it when somebody presses on.
  await lab.button("Step").click();
  await lab.button("Restart").click();
  await page.waitForTimeout(300);
  expect(await lab.confusion()).toBeNull();
  await expect(lab.alert).toContainText("MNIST is not here");

  await lab.alert.getByRole("button", { name: "Use generated digits" }).click();
  await lab.button("Train").click();
  await lab.learns(30);
  await expect(lab.alert).toBeHidden();
  await expect(page).toHaveURL(/#v=1&data=generated&hidden=30$/);
});
