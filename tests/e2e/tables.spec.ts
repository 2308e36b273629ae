// Tables: any that somebody drops, and those that everybody has; what is told of them, and the rows behind it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { drop } from "./idx.js";
import { SOON, type LabPage } from "./lab.js";
import { DATA_FOLDER, expect, test } from "./page.js";
import { agreesWithMatrix, pointAt, region, said } from "./plane.js";

const rmse = (page: Page) => page.getByRole("status", { name: "Test RMSE" });
const field = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });
const dropText = (lab: LabPage, name: string, text: string) =>
  drop(lab, [{ name, bytes: Buffer.from(text) }]);
/** The weights' short name after 300 epochs. */
const fingerprint = (lab: LabPage) =>
  lab.element.evaluate((it) => (it as Lab).model.history.value.fingerprint[299] ?? null);
const experimentOf = (lab: LabPage) => lab.element.evaluate((it) => (it as Lab).experiment);

/** Prices by area and town: 100 for each square metre, 5,000 more in one of the towns; decimal commas, a missing value. */
function prices(): string {
  const line = (i: number) => {
    const area = 40 + ((i * 37) % 90) + 0.5;
    const town = ["Ostheim", "Wald; Au"][i % 2]!;
    const price = 100 * area + (i % 2) * 5000;
    return `${String(area).replace(".", ",")};"${town}";${i === 9 ? "" : String(price).replace(".", ",")}`;
  };
  return ["\u{feff}Fläche;Ort;Preis", ...Array.from({ length: 80 }, (_, i) => line(i)), ""].join("\r\n");
}

test("a table that nobody has seen is dropped, read as it is written, and learned", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  await dropText(lab, "Preise 2026.csv", prices());
  await expect(field(page, "Tell")).toHaveValue("Preis", SOON);
  await expect(page.getByRole("checkbox", { name: "Fläche" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Ort" })).toBeChecked();
  await expect(page.getByText("1 row is left out, because something is missing.")).toBeVisible();
  await page.getByText("The file", { exact: true }).click();
  await expect(field(page, "Between fields")).toHaveValue(";");
  await expect(field(page, "Decimal comma")).toHaveValue("yes");
  expect((await experimentOf(lab)).data).toMatchObject({
    kind: "table",
    table: "Preise 2026.csv",
    inputs: [
      { column: "Fläche", categories: 0 },
      { column: "Ort", categories: 2 },
    ],
  });
  await page.getByText("The file", { exact: true }).click();
  await lab.step(1500);
  // Prices go from 4,000 to 18,000.
  expect(Number((await rmse(page).textContent())!.replaceAll(",", ""))).toBeLessThan(400);
  const linear = page.getByRole("row", { name: "linear" }).getByRole("cell").nth(2);
  expect(Number((await linear.textContent())!.replaceAll(",", ""))).toBeLessThan(1);
  await expect(page.getByRole("combobox", { name: "Coloured by" })).toBeVisible();
  // The address has all of it: who opens it needs no file.
  await expect(page).toHaveURL(/table=Preise%202026\.csv&target=Preis&inputs=Fl%C3%A4che,Ort:2/);
  await expect(page).toHaveURL(/&csv=Fl%C3%A4che,Ort,Preis~40\.5,Ostheim,4050~77\.5,Wald%3B%20Au,12750~/);
  const print = await fingerprint(lab);
  expect(print).toMatch(/^[0-9a-f]{4}-/);
  await lab.open(new URL(page.url()).hash.slice(1));
  await expect(field(page, "Tell")).toHaveValue("Preis", SOON);
  await expect(page.getByText("80 rows, 3 columns")).toHaveCount(0);
  await expect.poll(() => fingerprint(lab), SOON).toBe(print);
});

test("a link whose table can't be learned says why, and what is learned instead", async ({ lab, page }) => {
  await lab.visit("data=table&table=mine&target=y&inputs=x&csv=x,y~0,low~1,high~2,low~3,high");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The link's table=mine is not understood; sin(x) is used.", SOON);
  await expect(alert).toContainText("The column “y” holds words, not numbers.");
  await lab.passes(20);
});

test("a table in a link is not taken for a file of its name, and stays in the list", async ({
  lab,
  page,
}) => {
  await lab.visitAtRest("data=generated&hidden=10");
  await dropText(lab, "mine.csv", long(2));
  await expect(page).toHaveURL(/fingerprint=/, SOON);
  const ofFile = new URL(page.url()).hash.slice(1);
  const small = "data=table&table=mine.csv&target=y&inputs=x&csv=x,y~0,0~1,1~2,4~3,9~4,16";
  await lab.visitAtRest(small);
  await expect(page.getByText("4 to learn from")).toBeVisible(SOON);
  await page.goto(`./#${ofFile}`);
  await expect(page.getByText("960 to learn from")).toBeVisible(SOON);
  await expect(lab.alert).toHaveCount(0);
  await lab.visitAtRest(small.replace("mine.csv", "other.csv"));
  await field(page, "Table").selectOption("mine.csv");
  await expect(page).toHaveURL(/table=mine\.csv/, SOON);
  await field(page, "Table").selectOption("other.csv");
  await expect(page).toHaveURL(/table=other\.csv.*csv=x,y~0,0~/, SOON);
});

test("names that JavaScript has for itself are names of tables like others", async ({ lab, page }) => {
  for (const name of ["constructor", "__proto__"]) {
    await lab.open(`data=table&table=${name}&target=y&inputs=x`);
    await expect(lab.alert, name).toContainText(`the table ${name}, which is not here`, SOON);
    await page
      .getByRole("button", { name: "Dismiss" })
      .or(page.getByRole("button", { name: /digits/ }))
      .first()
      .click();
  }
});

test("a run whose numbers are none says nothing in numbers", async ({ lab, page }) => {
  const csv = "x,z,y~0,1,0~1,0,1~2,1,4~3,0,9~4,1,16~5,0,25";
  await lab.visit(`data=table&table=t&target=y&inputs=x,z&csv=${csv}&hidden=8&act=linear&lr=1000`);
  await expect(lab.alert).toContainText("learning rate", SOON);
  await expect(page.getByText("NaN")).toHaveCount(0);
  await expect(page.getByText("off by –")).toHaveCount(0);
});

/** A table that no link has room for: y is so many times x. */
const long = (times: number) =>
  ["x,y", ...Array.from({ length: 1200 }, (_, i) => `${i / 8},${(times * i) / 8}`)].join("\n");

test("a link to a large table tells it from another of its name", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  await dropText(lab, "long.csv", long(2));
  await expect(page).toHaveURL(
    /table=long\.csv&target=y&inputs=x&fingerprint=[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/,
    SOON,
  );
  const link = new URL(page.url()).hash.slice(1);
  // Dropped again it is what it is now.
  await dropText(lab, "long.csv", long(3));
  await expect(page).not.toHaveURL(new RegExp(link.match(/fingerprint=[^&]+/)![0]), SOON);
  await expect(page).toHaveURL(/fingerprint=/);
  // Whoever opens the link brings the table that it is about, and no other.
  await lab.open(link);
  await expect(lab.alert).toContainText("which is not here", SOON);
  await dropText(lab, "long.csv", long(3));
  await expect(lab.alert).toContainText("This is another table called “long.csv”", SOON);
  await dropText(lab, "long.csv", long(2));
  await expect(page.getByText("960 to learn from")).toBeVisible(SOON);
  expect(new URL(page.url()).hash.slice(1)).toBe(link);
});

test("what can't be learned from gets a sentence, and the run goes on as it was", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  const link = page.url();
  const rows = (row: string, count = 30) => Array.from({ length: count }, () => row).join("\n");
  for (const [name, text, says] of [
    ["words.csv", `a,b\n${rows("x,y")}`, "No column of the table holds numbers."],
    ["one-row.csv", "a,b\n1,2\n", "A table of 1 row and 2 columns is too small"],
    ["one-column.csv", rows("1"), "A table of 30 rows and 1 column is too small"],
    ["fields.csv", `a,b\n${rows("1,2", 15)}\n1,2,3\n`, "Line 17: 3 fields, the first line has 2."],
    ["nul.csv", `a,b\n1,2\n3,\0\n`, "Line 3 holds a NUL byte"],
    ["commas.csv", ",".repeat(1_000_000), "1,000,001 columns; at most 100 are read."],
    ["constant.csv", `a,b\n${Array.from({ length: 30 }, (_, i) => `${i},7`).join("\n")}`, null],
    [
      "dates.csv",
      `day,b\n${Array.from({ length: 30 }, (_, i) => `2026-01-${i + 1},${i}`).join("\n")}`,
      "no column to tell it from",
    ],
    [
      "categories.csv",
      `word,b\n${Array.from({ length: 10_000 }, (_, i) => `w${i},${i}`).join("\n")}`,
      "no column to tell it from",
    ],
    [
      "infinities.csv",
      `a,b\n${Array.from({ length: 40 }, (_, i) => `${i % 2 ? "" : "-"}inf${i},${i}`).join("\n")}`,
      "no column to tell it from",
    ],
    ["few.csv", `a,b\n${rows("1,2", 3)}`, /can be used|the same in all/],
  ] as const) {
    await dropText(lab, name, text);
    if (says === null) {
      // What varies is told; there is nothing left to tell it from.
      await expect(lab.alert, name).toContainText("no column to tell it from", SOON);
    } else await expect(lab.alert, name).toContainText(says, SOON);
    await page.getByRole("button", { name: "Dismiss" }).click();
    expect(page.url(), name).toBe(link);
  }
  await lab.step(3);
  expect((await lab.confusion())!.step).toBe(3);
});

test("a table that can be read takes away what was said of one that could not", async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  await dropText(lab, "broken.csv", "a,b\n1,2\n3\n");
  await expect(lab.alert).toContainText("Line 3: 1 field,", SOON);
  await dropText(lab, "whole.csv", prices());
  await expect(lab.alert).toHaveCount(0, SOON);
});

test("bytes that are no UTF-8 are refused with their line", async ({ lab, page }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  const latin = Buffer.concat([Buffer.from("a,b\n1,2\n"), Buffer.from([0xe9, 0x2c, 0x33, 0x0a])]);
  await drop(lab, [{ name: "latin1.csv", bytes: latin }]);
  await expect(lab.alert).toContainText("Line 3 is not UTF-8", SOON);
  await page.getByRole("button", { name: "Dismiss" }).click();
});

test.describe("with the tables that everybody has", () => {
  test.skip(!existsSync(join(DATA_FOLDER, "howell/Howell1.csv")), "needs real Howell");

  const HOWELL = "data=table&table=howell&opt=adam&batch=32&scale=standard&val=0.2";

  test("heights are told from weight, age and sex, coloured by sex, beside simpler models", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest(
      `${HOWELL}&target=height&inputs=weight,age,male&hidden=3,3&act=tanh&lr=0.005&epochs=5000`,
      14_000,
    );
    expect(Number(await rmse(page).textContent())).toBeLessThan(5.5);
    await expect(page.getByRole("row", { name: "polynomial, degree 8" })).toBeVisible(SOON);
    const all = page.getByRole("row", { name: "polynomial, degree 2" }).getByRole("cell").nth(3);
    expect(Number(await all.textContent())).toBeGreaterThan(4.5);
    await page.getByRole("combobox", { name: "Coloured by" }).selectOption({ label: "male" });
    await expect(page.getByText("male 1", { exact: true })).toBeVisible(SOON);
    const groups = () =>
      lab.element.evaluate(
        (it) => (it as Lab).model.evaluated.value?.fit?.groups.map((curve) => curve.at(-10)!) ?? [],
      );
    await expect.poll(async () => (await groups()).length, SOON).toBe(2);
    const [women, men] = await groups();
    expect(men! - women!, "cm at a great weight").toBeGreaterThan(1);
  });

  test("the sex of adults is told; the rows behind a cell are those of the table, the surest first", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest(
      `${HOWELL}&target=male:2&inputs=height,weight,age&rows=age%3E%3D18&hidden=3,3&lr=0.01&epochs=500`,
      900,
    );
    expect(await lab.percent()).toBeGreaterThan(75);
    const counts = (await lab.confusion())!.counts;
    expect(counts.flat().reduce((sum, count) => sum + count)).toBe(70);
    await page.getByRole("gridcell", { name: "actual male 1, predicted male 0:" }).click();
    const table = page.getByRole("table", { name: "Rows behind the cell" });
    await expect(table.getByRole("row")).toHaveCount(1 + counts[1]![0]!, SOON);
    await expect(table.getByRole("columnheader", { name: "age" })).toBeVisible();
    const cells = await Promise.all(
      (await table.getByRole("row").all()).slice(1).map((row) => row.getByRole("cell").allTextContents()),
    );
    for (const [, , age, male] of cells) {
      expect(Number(age)).toBeGreaterThanOrEqual(18);
      expect(male).toBe("1");
    }
    const shares = cells.map((row) => Number.parseFloat(row.at(-1)!));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    expect((await saved).suggestedFilename()).toBe("male_1-as-male_0.csv");
  });

  test("somebody's own Howell1.csv is told from the one that everybody has", async ({ lab, page }) => {
    await lab.visitAtRest("data=generated&hidden=10");
    await dropText(
      lab,
      "Howell1.csv",
      "height;weight\n" + Array.from({ length: 30 }, (_, i) => `${i};${i * i}`).join("\n"),
    );
    await expect(page).toHaveURL(/table=Howell1\.csv.*csv=height,weight~0,0~/, SOON);
    // And the one that everybody has is known by what is in it.
    const bytes = readFileSync(join(DATA_FOLDER, "howell/Howell1.csv"));
    await drop(lab, [{ name: "census.csv", bytes }]);
    await expect(page).toHaveURL(/table=howell&target=male&inputs=height,weight,age&/, SOON);
    await expect(page).not.toHaveURL(/fingerprint|csv=/);
    await lab.visitAtRest(`${HOWELL}&target=height&inputs=weight&hidden=3`);
    await expect(page.getByText("436 to learn from")).toBeVisible(SOON);
  });

  test("classes that are chosen keep their names, and an accuracy is not drawn over errors", async ({
    lab,
    page,
  }) => {
    test.skip(!existsSync(join(DATA_FOLDER, "tabular/penguins.csv")), "needs the penguins");
    const penguins =
      "data=table&table=penguins&inputs=bill_length_mm,bill_depth_mm&opt=adam&scale=standard&hidden=4";
    await lab.visitAtRest(`${penguins}&target=species:3&classes=0,2`, 40);
    await expect(page.getByRole("gridcell", { name: /^actual Gentoo, predicted Adelie/ })).toBeVisible(SOON);
    await expect(page.getByRole("gridcell", { name: /Chinstrap/ })).toHaveCount(0);
    await lab.visitAtRest(`${penguins}&target=body_mass_g`, 40);
    await field(page, "Tell").selectOption("species");
    await expect(lab.grid).toBeVisible(SOON);
    const before = await lab.element.evaluate((it) => (it as Lab).model.ghost.value?.isOfClasses ?? null);
    expect(before).toBe(false);
    await expect(page.getByText("before", { exact: true })).toHaveCount(0);
  });

  test("a column of few numbers is a number or a category, as somebody says", async ({ lab, page }) => {
    await lab.visitAtRest(`${HOWELL}&target=height&inputs=weight,male&hidden=3`, 3);
    const type = page.getByRole("combobox", { name: "male as" });
    await expect(type).toHaveValue("number");
    await type.selectOption("category");
    await expect(page).toHaveURL(/inputs=weight,male:2/, SOON);
    await expect(field(page, "male")).toBeVisible(SOON);
    // Weights are too many to be categories.
    await expect(page.getByRole("combobox", { name: "weight as" })).toHaveCount(0);
    await type.selectOption("number");
    await expect(page).toHaveURL(/inputs=weight,male&/, SOON);
  });

  test("two columns of numbers span a plane in the colours of what the network makes of it", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest(
      `${HOWELL}&target=male:2&inputs=height,weight&rows=age%3E%3D18&hidden=4&act=tanh&lr=0.01&epochs=500`,
      900,
    );
    await expect(region(page)).toContainText("step 900", SOON);
    await expect(region(page)).toContainText(/to the right: height, 13\d to 1[78]\d/);
    const isThere = () => lab.element.evaluate((it) => (it as Lab).model.plane.value?.step ?? 0);
    await expect.poll(isThere, SOON).toBe(900);
    await agreesWithMatrix(lab, 4);
    for (const [height, weight, likelier] of [
      [142, 36, 0],
      [166, 52, 1],
    ] as const) {
      await pointAt(page, height, weight);
      await expect(said(page)).toContainText(
        new RegExp(`height 1\\d\\d.\\d\\d, weight ${String(weight)[0]}`),
      );
      const shares = [...(await said(page).innerText()).matchAll(/male (\d): ([\d.]+) %/g)].map(
        ([, , share]) => Number(share),
      );
      expect(shares[0]! + shares[1]!).toBeCloseTo(100, 0);
      expect(shares[likelier]).toBeGreaterThan(85);
    }
    // At half the threshold finds what the matrix counts, and at none all of both.
    const { counts } = (await lab.confusion())!;
    const [women, men] = counts.map((row) => row[0]! + row[1]!);
    const roc = page.locator("brainbow-roc");
    await roc.getByText("ROC curve").click();
    await expect(roc).toContainText(/area 0\.[89]\d\d/, SOON);
    await expect(roc).toContainText(`(${counts[1]![1]}/${men})`);
    await expect(roc).toContainText(`(${counts[0]![1]}/${women})`);
    await roc.getByRole("slider", { name: "Threshold" }).press("Home");
    await expect(roc).toContainText(`(${men}/${men})`);
    await expect(roc).toContainText(`(${women}/${women})`);
    await roc.getByText("ROC curve").click();
    // With a third column there is no plane.
    await page.getByRole("checkbox", { name: "age" }).check();
    await expect(region(page)).toHaveCount(0, SOON);
    await expect(lab.grid).toBeVisible();
  });

  test("a row that is not there is asked about, and its answer is the engine's own arithmetic", async ({
    lab,
    page,
  }) => {
    // Without a hidden layer the answer can be worked out by hand.
    await lab.visitAtRest(
      `${HOWELL}&target=height&inputs=weight,age,male:2&hidden=0&lr=0.05&epochs=200`,
      400,
    );
    const whatIf = page.getByRole("region", { name: "What if" });
    const told = whatIf.getByRole("status", { name: "What is told of height" });
    await expect(told).toContainText(/height \d/, SOON);
    const number = async () => {
      await expect(told).toHaveAttribute("aria-busy", "false", SOON);
      return Number((await told.innerText()).match(/[\d.]+/)![0]);
    };
    const usual = await number();
    const weight = whatIf.getByRole("slider", { name: "weight" });
    await weight.focus();
    await weight.press("End");
    await expect(weight).toHaveAttribute("aria-valuetext", /beyond all rows/);
    await expect.poll(number, SOON).toBeGreaterThan(usual + 5);
    const heavy = await number();
    const choose = (male: string) => whatIf.getByRole("combobox", { name: "male" }).selectOption(male);
    const { ranges, weights } = await lab.element.evaluate((it) => {
      const { opened, shown } = (it as Lab).model;
      return {
        ranges: opened.value!.inputRanges,
        weights: [...shown.value!.loan.weights],
      };
    });
    expect(ranges.length).toBe(4);
    // The shares of women and men are those of the rows, and add up to one.
    expect(ranges[2]!.mean + ranges[3]!.mean).toBeCloseTo(1, 6);
    const isMale = (await whatIf.getByRole("combobox", { name: "male" }).inputValue()) === "1";
    await choose(isMale ? "0" : "1");
    await expect.poll(number, SOON).not.toBe(heavy);
    // Men are taller where the network says so.
    const sign = Math.sign(((await number()) - heavy) * (isMale ? -1 : 1));
    expect(sign).toBe(Math.sign(weights[3]! - weights[2]!));
    await whatIf.getByRole("button", { name: "The usual row" }).click();
    await expect.poll(number, SOON).toBe(usual);
  });

  test("a condition that is none is refused in its field while the run goes on", async ({ lab, page }) => {
    await lab.visitAtRest(`${HOWELL}&target=height&inputs=weight&hidden=3`, 5);
    const rows = page.getByRole("textbox", { name: "Rows" });
    await rows.fill("older than 18");
    await rows.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "is no comparison" })).toBeVisible();
    await rows.fill("age >= 18");
    await rows.press("Enter");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByText("282 to learn from")).toBeVisible(SOON);
    await expect(page).toHaveURL(/rows=age%20%3E%3D%2018/);
  });

  test("what is refused elsewhere leaves the condition in its field", async ({ lab, page }) => {
    test.skip(!existsSync(join(DATA_FOLDER, "tabular/penguins.csv")), "needs the penguins");
    await lab.visitAtRest(
      "data=table&table=penguins&target=species:3&inputs=bill_length_mm&rows=year%3E2007&hidden=0",
      5,
    );
    const rows = page.getByRole("textbox", { name: "Rows" });
    await expect(rows).toHaveValue("year>2007");
    // The only input: then there is nothing to learn from.
    await page.getByRole("combobox", { name: "Tell", exact: true }).selectOption({ label: "bill_length_mm" });
    await expect(page.getByRole("alert")).not.toHaveCount(0);
    await expect(rows).toHaveValue("year>2007");
  });
});
