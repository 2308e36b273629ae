// axe finds nothing, in either theme and either language, with everything unfolded.
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import type { LabPage } from "./lab.js";
import { drop } from "./idx.js";
import { expect, test } from "./page.js";

// For the window's size and the system's theme.
test.use({ ownTab: true });

/** What axe looks for. What `colours` finds depends on the theme, all else on the page alone. */
const RULES = {
  all: { rules: { "color-contrast": { enabled: false } } },
  colours: { runOnly: ["color-contrast", "link-in-text-block"] },
} as const;
type Rules = readonly (keyof typeof RULES)[];

async function violations({ page }: LabPage, ...what: Rules) {
  const resultTypes = ["violations" as const];
  expect(await coloursFurtherDown(page), "colours that only rows further down have").toEqual([]);
  const found = [];
  for (const name of what) {
    // Without a second page (there are no frames), and without describing all that is well.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes, ...(RULES[name] as object) });
    // Contrast takes seconds for the numbers of long tables. They are in the colours of each table's first two rows.
    found.push(await (name === "colours" ? axe.exclude("tbody tr:nth-child(n + 3)") : axe).analyze());
  }
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

/** Opens every <details> and every table, as somebody does who looks at everything. */
async function unfold({ page }: LabPage, table: string): Promise<void> {
  const press = async (locator: Locator) => {
    // In the page itself: of a long page every click of a mouse takes its time.
    while ((await locator.count()) > 0)
      await locator.evaluateAll((all) => all.forEach((one) => (one as HTMLElement).click()));
  };
  await press(page.locator("details:not([open]) > summary"));
  // Each becomes "Hide table".
  await press(page.getByRole("button", { name: table }));
}

/** Both themes, as the system changes them. */
async function checkThemes(lab: LabPage, what: string, inLight: Rules, inDark: Rules): Promise<void> {
  for (const [colorScheme, rules] of [
    ["light", inLight],
    ["dark", inDark],
  ] as const) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.step(0);
    expect.soft(await violations(lab, ...rules), `${what}, ${colorScheme}`).toEqual([]);
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
    // Whatever is there while the page is folded is there in the same colours when it is not.
    await checkThemes(lab, "folded", ["all"], []);

    if (lang === "en") {
      // Beside another run, which is itself, and then itself after fewer steps.
      await lab.button("Keep as B").click();
      await page.getByRole("radio", { name: "A − B" }).check({ force: true });
      await expect(page.getByRole("gridcell", { name: /\d: 0$/ }).first()).toBeVisible();
      await lab.step(5);
    }
    await unfold(lab, table);
    // Longer words do not have other colours: they are looked at in one language, when everything is there.
    const [inLight, inDark]: Rules[] = lang === "en" ? [["all", "colours"], ["colours"]] : [["all"], []];
    await checkThemes(lab, "unfolded, with tables", inLight!, inDark!);
  });
}

test("@chromium axe finds no violation on points in the plane, in either theme", async ({ lab, page }) => {
  await lab.open("data=moons&hidden=4");
  await lab.passes(20);
  await lab.call("pause");
  await page.getByRole("listbox", { name: /^The plane/ }).focus();
  await page.getByRole("region", { name: "What it makes of the plane" }).getByRole("button").click();
  await checkThemes(lab, "points", ["all", "colours"], ["colours"]);
});

test("@chromium axe finds no violation on a function, what it is made of and simpler models, in either theme", async ({
  lab,
  page,
}) => {
  await lab.open("data=function&hidden=4&act=tanh&opt=adam");
  await expect(page.getByRole("row", { name: "polynomial, degree 8" })).toBeVisible();
  await lab.call("pause");
  const fit = page.getByRole("region", { name: "The fit" });
  await fit.getByRole("button", { name: "What it is made of" }).click();
  await fit.getByRole("button", { name: "Show as table" }).click();
  await fit.getByRole("slider").focus();
  await page.getByRole("textbox", { name: "Formula" }).fill("2x");
  await page.keyboard.press("Enter");
  await expect(lab.alert).toBeVisible();
  await checkThemes(lab, "a function", ["all", "colours"], ["colours"]);
});

test("@chromium axe finds no violation on a table, of numbers and of classes, in either theme", async ({
  lab,
  page,
}) => {
  const line = (i: number) => `${i % 9},${["on", "off"][i % 2]},${2 * (i % 9) + 5 * ((i + 1) % 2)}`;
  const text = ["a,b,y", ...Array.from({ length: 60 }, (_, i) => line(i))].join("\n");
  await lab.open("data=generated&hidden=4");
  await lab.passes(5);
  await drop(lab, [{ name: "own.csv", bytes: Buffer.from(text) }]);
  await expect(page.getByRole("row", { name: "linear" })).toBeVisible();
  await lab.call("pause");
  await page.getByText("The file", { exact: true }).click();
  await page.getByRole("combobox", { name: "Coloured by" }).selectOption({ label: "b=on" });
  await expect(page.getByText("b=on 1", { exact: true })).toBeVisible();
  await checkThemes(lab, "a table of numbers", ["all", "colours"], ["colours"]);
  await page.getByRole("combobox", { name: "Tell", exact: true }).selectOption("b");
  await expect(page.getByRole("row", { name: "logistic regression" })).toBeVisible();
  await lab.step(2);
  await expect(page.getByRole("table", { name: "Rows behind the cell" })).toBeVisible();
  await checkThemes(lab, "a table of classes", ["all", "colours"], ["colours"]);
});

test("@chromium axe finds no violation with six layers, a message and on a phone", async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open("data=generated&hidden=64,48,32,24,16,12&opt=adam&colour=blue");
  await expect(lab.alert).toBeVisible();
  await lab.passes(50);
  await lab.call("pause");
  await lab.step(0);
  expect.soft(await violations(lab, "all", "colours")).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(overflow, "pixels to the right of a phone's screen").toBeLessThanOrEqual(0);
});

test("@chromium where less motion is asked for, pictures change four times a second at most while it learns", async ({
  lab,
  page,
}) => {
  await lab.open("data=generated&hidden=10&epochs=10000");
  await lab.passes(20);
  const { shown, steps, seconds } = await page.evaluate(async () => {
    const { model } = document.querySelector("brainbow-lab") as Lab;
    const [began, before] = [performance.now(), model.step.value];
    let shown = -1;
    const stop = model.shown.subscribe(() => void shown++);
    await new Promise((done) => setTimeout(done, 2000));
    stop();
    return { shown, steps: model.step.value - before, seconds: (performance.now() - began) / 1000 };
  });
  expect(shown).toBeLessThanOrEqual(4 * seconds + 1);
  expect(shown).toBeGreaterThan(1);
  expect(steps, "learned meanwhile").toBeGreaterThan(20);
});
