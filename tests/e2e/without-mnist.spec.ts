// A server without MNIST: the page learns on generated digits and says so, but never in place of MNIST.
import { basename, join } from "node:path";
import { SOON } from "./lab.js";
import { needsMnist } from "./mnist.js";
import { DATA_FOLDER, expect, test } from "./page.js";

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

test.describe("with a mirror", () => {
  needsMnist();
  const mirror = "cdn.jsdelivr.net";
  test.use({ ownTab: true, mayAsk: mirror });

  test("@chromium the button fetches MNIST from it, once: from then on it is here", async ({
    lab,
    page,
    site,
  }) => {
    const address = await site();
    let asked = 0;
    // In place of the mirror, the same files.
    await page.context().route(`https://${mirror}/**`, (route) => {
      asked++;
      const path = join(DATA_FOLDER, "mnist", basename(new URL(route.request().url()).pathname));
      return route.fulfill({ path, headers: { "access-control-allow-origin": "*" } });
    });
    await lab.open("", address);
    await lab.learns(30);
    expect(asked, "nobody is asked before the button is pressed").toBe(0);
    await page.getByRole("button", { name: /^Fetch MNIST/ }).click();
    const chosen = page.getByRole("combobox", { name: "Data set" });
    await expect(chosen).toHaveValue("mnist", SOON);
    await lab.learns(60);
    await expect(page).toHaveURL(/#v=1&data=mnist$/);
    expect((await lab.confusion())!.counts.flat().reduce((sum, count) => sum + count)).toBe(10_000);
    expect(asked).toBe(4);

    await lab.open("", address);
    await lab.learns(60);
    await expect(chosen).toHaveValue("mnist");
    expect(asked, "kept on this machine").toBe(4);
  });
});
