// Gradients that vanish or explode are told in words, with their course by layer.
import { expect, test } from "./page.js";

test("through six layers of sigmoids the gradient vanishes, and the page says so; through ReLUs it does not", async ({
  lab,
  page,
}) => {
  const summary = page.locator("details.health > summary");
  await lab.visit("data=generated&hidden=10,10,10,10,10,10&act=sigmoid");
  await lab.passes(100);
  await expect(summary).toHaveText(/gradient vanishes before layer 1 \(1 : [\d,]+\)/);
  const said = Number(/1 : ([\d,]+)/.exec(await summary.innerText())![1]!.replaceAll(",", ""));
  expect(said).toBeGreaterThan(100);

  await summary.click();
  const layers = page.getByRole("table", { name: /^Health/ }).getByRole("row");
  // Each of seven layers has the course of its gradient and of its steps, each layer of sigmoids that of its units.
  await expect(layers.getByRole("img", { name: "Dense, length of the gradient by epoch" })).toHaveCount(7);
  await expect(layers.getByRole("img", { name: "Dense, length of a step by epoch" })).toHaveCount(7);
  await expect(layers.getByRole("img", { name: "sigmoid, share of stuck units by epoch" })).toHaveCount(6);
  await lab.call("pause");
  await lab.step(0);
  const lengths = await layers
    .filter({ has: page.getByRole("cell", { name: "Dense", exact: true }) })
    .evaluateAll((rows) =>
      rows.map((row) => Number.parseFloat(row.querySelectorAll("td")[1]!.innerText.replace("E−", "e-"))),
    );
  // From the top down every gradient is shorter than the one above it, or nearly.
  expect(lengths).toHaveLength(7);
  expect(lengths[6]! / lengths[0]!).toBeGreaterThan(50);
  await summary.click();

  await lab.visit("data=generated&hidden=10,10,10,10,10,10");
  await lab.passes(100);
  await expect(summary).not.toHaveText(/gradient/);
});

test("a rate that is far too high makes the gradient explode, and the page says so before the loss is no number", async ({
  lab,
  page,
}) => {
  const summary = page.locator("details.health > summary");
  await lab.visitAtRest("data=generated&hidden=8&act=linear&loss=mse&lr=0.001");
  for (let point = 0; point < 9; point++) await lab.step(5);
  await expect(summary).not.toHaveText(/gradient/);
  await lab.type(lab.rate, "3");
  let said = "";
  for (let step = 0; step < 20 && said === ""; step++) {
    await lab.step(1);
    said =
      /gradient explodes in layer [12] \(([\d,]+) × the usual\)/.exec(await summary.innerText())?.[1] ?? "";
  }
  expect(Number(said.replaceAll(",", ""))).toBeGreaterThan(100);
  await expect(lab.alert).toBeHidden();
});
