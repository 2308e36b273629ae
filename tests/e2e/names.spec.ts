// The roles and names that people with screen readers, keyboards and tests rely on: LOOK.md's table, in both languages.
import type { Page } from "@playwright/test";
import { expect, test } from "./page.js";

/** LOOK.md's table. */
const NAMES = {
  en: {
    buttons: ["Step", "Restart", "New seed"],
    run: ["Pause", "Train"],
    data: "Data set",
    hidden: "Hidden neurons",
    ranges: ["Learning rate", "Batch size"],
    training: "Training",
    accuracy: ["Test accuracy", /^\d+\.\d %$/],
    epoch: ["Epoch", /^\d+\.\d$/],
    neuron: "Neuron 3",
    matrix: "Confusion matrix",
    cell: /^actual 3, predicted 5: [\d,]+$/,
    card: "actual 3, predicted 5",
    sample: /^sample \d+, \d+\.\d %$/,
    curves: ["Loss", "Accuracy"],
    table: "Show as table",
    layer: "Layer 2 neurons",
  },
  es: {
    buttons: ["Paso", "Reiniciar", "Nueva semilla"],
    run: ["Pausa", "Entrenar"],
    data: "Conjunto de datos",
    hidden: "Neuronas ocultas",
    ranges: ["Tasa de aprendizaje", "Tamaño del lote"],
    training: "Entrenamiento",
    accuracy: ["Exactitud de prueba", /^\d+,\d %$/],
    epoch: ["Época", /^\d+,\d$/],
    neuron: "Neurona 3",
    matrix: "Matriz de confusión",
    cell: /^real 3, predicho 5: [\d.]+$/,
    card: "real 3, predicho 5",
    sample: /^muestra \d+, \d+,\d %$/,
    curves: ["Pérdida", "Exactitud"],
    table: "Mostrar como tabla",
    layer: "Neuronas de la capa 2",
  },
} as const;

const named = (page: Page, role: Parameters<Page["getByRole"]>[0], name: string) =>
  page.getByRole(role, { name, exact: true });

for (const lang of ["es", "en"] as const) {
  const names = NAMES[lang];
  const inLanguage = lang === "en" ? "" : `&lang=${lang}`;

  test(`roles and names are as LOOK.md promises (${lang})`, async ({ lab, page }) => {
    await lab.visit(`data=generated&hidden=10${inLanguage}`);
    await lab.passes(100);
    await named(page, "button", names.run[0]).click();
    await expect(named(page, "button", names.run[1])).toBeVisible();
    await expect(named(page, "button", names.run[0])).toBeHidden();
    for (const name of names.buttons) await expect(named(page, "button", name)).toBeVisible();
    await expect(named(page, "combobox", names.data)).toBeVisible();

    const sizes = named(page, "radiogroup", names.hidden);
    for (const size of ["0", "10", "30", "128"]) {
      await expect(sizes.getByRole("radio", { name: size, exact: true })).toBeChecked({
        checked: size === "10",
      });
    }
    await expect(named(page, "spinbutton", names.hidden)).toHaveValue("10");

    await page
      .locator("summary")
      .filter({ hasText: new RegExp(`^\\s*${names.training}`) })
      .click();
    for (const name of names.ranges) {
      await expect(named(page, "slider", name)).toBeVisible();
      await expect(named(page, "spinbutton", name)).toBeVisible();
    }

    for (const [name, text] of [names.accuracy, names.epoch]) {
      await expect(named(page, "status", name)).toHaveText(text);
      await expect(named(page, "status", name)).toHaveAttribute("aria-live", "off");
    }
    await expect(named(page, "button", names.neuron).locator("canvas").first()).toBeVisible();
    for (const name of names.curves) {
      await expect(named(page, "figure", name).getByRole("button", { name: names.table })).toBeVisible();
    }

    const grid = named(page, "grid", names.matrix);
    await expect(grid.getByRole("gridcell", { name: names.cell })).toHaveCount(1);
    const cells = await grid
      .getByRole("gridcell")
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    expect(
      cells.filter((name) => name && /^(actual|real) \d, (predicted|predicho) \d: [\d.,]+$/.test(name)),
    ).toHaveLength(100);
    await grid.getByRole("gridcell", { name: names.cell }).hover();
    const card = named(page, "region", names.card);
    await expect(card.getByRole("list")).toBeVisible();
    await expect(card.getByRole("listitem").first()).toHaveAccessibleName(names.sample);
  });

  test(`with several hidden layers each has its own size, and none of the sizes is checked (${lang})`, async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest(`data=generated&hidden=20,12${inLanguage}`);
    await expect(named(page, "spinbutton", names.layer)).toHaveValue("12");
    const sizes = named(page, "radiogroup", names.hidden);
    await expect(sizes.getByRole("radio")).toHaveCount(4);
    await expect(sizes.getByRole("radio", { checked: true })).toHaveCount(0);
    // The way back is one click.
    await sizes.getByRole("radio", { name: "10", exact: true }).check({ force: true });
    await expect(named(page, "spinbutton", names.hidden)).toHaveValue("10");
  });
}

test("one polite sentence is spoken for each epoch", async ({ lab, page }) => {
  await lab.visit("data=generated&hidden=0");
  const spoken = page.locator("[aria-live='polite']");
  await expect(spoken).toHaveCount(1);
  await expect(spoken).toHaveText(/^Epoch \d+: \d+\.\d % /, { timeout: 20_000 });
});

test("the language is switched in place, the run goes on, and the link carries it", async ({ lab, page }) => {
  await lab.open("data=generated&hidden=10");
  await lab.learns(30);
  const before = await lab.at();
  await page.getByRole("combobox", { name: "Language" }).selectOption("es");
  await expect(named(page, "button", "Pausa")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(page).toHaveURL(/#v=1&data=generated&lang=es$/);
  expect(await lab.at()).toBeGreaterThanOrEqual(before);
});
