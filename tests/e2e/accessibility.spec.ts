// axe finds nothing, in either theme and either language, with everything unfolded.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { LabPage } from "./lab.js";
import { expect, test } from "./page.js";

// For the window's size and the system's theme.
test.use({ ownTab: true });

async function violations({ page }: LabPage, isFolded = false) {
  // Without a second page (there are no frames), and without describing all that is well.
  const axe = () => new AxeBuilder({ page }).setLegacyMode();
  const resultTypes = ["violations" as const];
  const all = { resultTypes, rules: { "color-contrast": { enabled: false } } };
  // Contrast takes seconds for the numbers of long tables. They are in the colours of each table's first two rows.
  const contrast = { resultTypes, runOnly: ["color-contrast"] };
  expect(await coloursFurtherDown(page), "colours that only rows further down have").toEqual([]);
  const found = [await axe().options(all).analyze()];
  // Whatever is there while the page is folded is there in the same colours when it is not.
  if (!isFolded) found.push(await axe().options(contrast).exclude("tbody tr:nth-child(n + 3)").analyze());
  return found
    .flatMap(({ violations }) => violations)
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ""}`),
      count: nodes.length,
    }));
}

/** The colours and sizes of text in rows after the second that its table's first two rows do not have; a picture's
 *  numbers stand on its pixels, each in black or white, whichever is further from its pixel. */
function coloursFurtherDown(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLTableSectionElement>("table:not(.numbers) > tbody")].flatMap((body) => {
      const looks = [...body.rows].map((row) =>
        [row, ...row.querySelectorAll("*")].map((element) => {
          const { color, backgroundColor, opacity, fontSize, fontWeight } = getComputedStyle(element);
          return [element.tagName, color, backgroundColor, opacity, fontSize, fontWeight].join(" ");
        }),
      );
      const first = new Set(looks.slice(0, 2).flat());
      return looks.slice(2).flatMap((row) => row.filter((look) => !first.has(look)));
    }),
  );
}

/** Opens every <details>, as somebody does who looks at everything. */
async function unfold({ page }: LabPage): Promise<void> {
  const folded = page.locator("details:not([open]) > summary");
  while ((await folded.count()) > 0) await folded.first().click();
}

/** Both themes, as the system changes them. */
async function checkThemes(lab: LabPage, what: string, isFolded: boolean): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.step(0);
    expect.soft(await violations(lab, isFolded), `${what}, ${colorScheme}`).toEqual([]);
  }
}

for (const [lang, table] of [
  ["en", "Show as table"],
  ["es", "Mostrar como tabla"],
] as const) {
  test(`@chromium axe finds no violation in either theme (${lang})`, async ({ lab, page }) => {
    await lab.open(`data=generated&hidden=10&lang=${lang}`);
    await lab.passes(20);
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
    await checkThemes(lab, "folded", true);

    if (lang === "en") {
      // Beside another run, which is itself, and then itself after fewer steps.
      await lab.button("Keep as B").click();
      await page.getByRole("radio", { name: "A − B" }).check({ force: true });
      await expect(page.getByRole("gridcell", { name: /\d: 0$/ }).first()).toBeVisible();
      await lab.step(5);
    }
    await unfold(lab);
    // Each becomes "Hide table".
    const tables = page.getByRole("button", { name: table });
    while ((await tables.count()) > 0) await tables.first().click();
    await checkThemes(lab, "unfolded, with tables", false);
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
