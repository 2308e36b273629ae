// axe finds nothing, in either theme and either language, with everything unfolded.
import AxeBuilder from "@axe-core/playwright";
import type { LabPage } from "./lab.js";
import { expect, test } from "./page.js";

async function violations({ page }: LabPage) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
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

for (const colorScheme of ["light", "dark"] as const) {
  for (const [lang, pause, table] of [
    ["en", "Pause", "Show as table"],
    ["es", "Pausa", "Mostrar como tabla"],
  ] as const) {
    test(`@chromium axe finds no violation in ${colorScheme}, ${lang}`, async ({ lab, page }) => {
      await page.emulateMedia({ colorScheme });
      await lab.open(`data=generated&hidden=10&lang=${lang}`);
      const cell = page.getByRole("gridcell").nth(5);
      await expect(cell).not.toHaveAttribute("aria-label", /–$/);
      await expect.poll(() => lab.at()).toBeGreaterThan(200);
      await lab.button(pause).click();
      await cell.click();
      await lab.step(0);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await page
        .getByRole("list")
        .filter({ has: page.getByRole("button") })
        .getByRole("button")
        .first()
        .click();
      await test.step("as it opens", async () => expect.soft(await violations(lab)).toEqual([]));

      await unfold(lab);
      // Each becomes "Hide table".
      const tables = page.getByRole("button", { name: table });
      while ((await tables.count()) > 0) await tables.first().click();
      await test.step("unfolded, with tables", async () => expect.soft(await violations(lab)).toEqual([]));
    });
  }
}

test("@chromium axe finds no violation with six layers, a message and on a phone", async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open("data=generated&hidden=64,48,32,24,16,12&opt=adam&batch=9999");
  await expect(lab.alert).toBeVisible();
  await expect.poll(() => lab.at()).toBeGreaterThan(50);
  await lab.call("pause");
  await lab.step(0);
  expect.soft(await violations(lab)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(overflow, "pixels to the right of a phone's screen").toBeLessThanOrEqual(0);
});
