// axe finds nothing, in either theme and either language, with everything unfolded.
import AxeBuilder from "@axe-core/playwright";
import type { LabPage } from "./lab.js";
import { expect, test } from "./page.js";

// For the window's size and the system's theme.
test.use({ ownTab: true });

type Rules = Parameters<AxeBuilder["options"]>[0]["rules"];

async function violations({ page }: LabPage, rules?: Rules) {
  // Without a second page (there are no frames), and without describing all that is well.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations: found } = await axe
    .options({ resultTypes: ["violations"], ...(rules ? { rules } : {}) })
    .analyze();
  return found.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes
      .slice(0, 4)
      .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ""}`),
    count: nodes.length,
  }));
}

/** Opens every <details>, as somebody does who looks at everything. */
async function unfold({ page }: LabPage): Promise<void> {
  const folded = page.locator("details:not([open]) > summary");
  while ((await folded.count()) > 0) await folded.first().click();
}

/** Both themes, as the system changes them. */
async function checkThemes(lab: LabPage, what: string, rules?: Rules): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.step(0);
    expect.soft(await violations(lab, rules), `${what}, ${colorScheme}`).toEqual([]);
  }
}

for (const [lang, table] of [
  ["en", "Show as table"],
  ["es", "Mostrar como tabla"],
] as const) {
  test(`@chromium axe finds no violation in either theme (${lang})`, async ({ lab, page }) => {
    await lab.open(`data=generated&hidden=10&lang=${lang}`);
    await lab.passes(200);
    await lab.call("pause");
    await page.getByRole("gridcell").nth(5).click();
    await lab.step(0);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await page
      .getByRole("list")
      .filter({ has: page.getByRole("button") })
      .getByRole("button")
      .first()
      .click();
    await checkThemes(lab, "as it opens");

    await unfold(lab);
    // Each becomes "Hide table".
    const tables = page.getByRole("button", { name: table });
    while ((await tables.count()) > 0) await tables.first().click();
    // Contrast takes seconds for a table's 784 numbers, whose colours do not depend on the language.
    const rules = lang === "en" ? undefined : { "color-contrast": { enabled: false } };
    await checkThemes(lab, "unfolded, with tables", rules);
  });
}

test("@chromium axe finds no violation with six layers, a message and on a phone", async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open("data=generated&hidden=64,48,32,24,16,12&opt=adam&colour=blue");
  await expect(lab.alert).toBeVisible();
  await lab.passes(50);
  await lab.call("pause");
  await lab.step(0);
  expect.soft(await violations(lab)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(overflow, "pixels to the right of a phone's screen").toBeLessThanOrEqual(0);
});
