// Points in the plane: what the page colours is what the network answers, and the points lie where they are.
import type { Lab } from "../../web/lab.js";
import { SOON, type LabPage } from "./lab.js";
import { expect, test } from "./page.js";
import { painted } from "./reading.js";

const LINK = "data=moons&hidden=8&act=tanh&opt=adam&lr=0.01&batch=16&epochs=1000";

/** At rest after some steps, with the plane that was asked for. */
async function after(lab: LabPage, steps: number, link = LINK): Promise<void> {
  await lab.visit(link);
  await lab.toTheStart();
  await lab.step(steps);
  const plane = () => lab.element.evaluate((it) => (it as Lab).model.evaluated.value?.plane !== null);
  await expect.poll(plane, SOON).toBe(true);
}

test("moons are parted: the plane's colour under a held-out point is its class's where the matrix says so", async ({
  lab,
  page,
}) => {
  await after(lab, 2000);
  expect(await lab.percent()).toBeGreaterThan(95);
  await expect(page.getByRole("img", { name: /^The plane, coloured by the likeliest class/ })).toBeVisible();
  await expect.poll(() => lab.element.evaluate((it) => (it as Lab).model.labels.value?.length)).toBe(600);
  const counts = await lab.element.evaluate((it) => {
    const { evaluated, labels } = (it as Lab).model;
    const { asked, places, probabilities } = evaluated.value!.plane!;
    const found = [
      [0, 0],
      [0, 0],
    ];
    for (let id = 400; id < 600; id++) {
      const square = (at: number) => Math.floor(((at / asked.reach + 1) / 2) * asked.side);
      const place = square(-places[2 * id + 1]!) * asked.side + square(places[2 * id]!);
      found[labels.value![id]!]![probabilities[2 * place + 1]! > 0.5 ? 1 : 0]!++;
    }
    return found;
  });
  const matrix = (await lab.confusion())!.counts;
  for (const [actual, row] of counts.entries())
    for (const [predicted, count] of row.entries())
      // A point and the middle of its square may lie on two sides of the border.
      expect(Math.abs(count - matrix[actual]![predicted]!), `${actual} taken for ${predicted}`).toBeLessThan(
        6,
      );
});

test("pointing at the plane reads probabilities that add up to one, and the colours follow them", async ({
  lab,
  page,
}) => {
  await after(lab, 1000);
  const plane = page.locator("canvas.plane");
  const colours = await plane.evaluate(painted);
  const at = (x: number, y: number) => colours.slice(4 * (y * 512 + x), 4 * (y * 512 + x) + 3);
  const region = page.getByRole("region", { name: "What it makes of the plane" });
  for (const [x, y, likelier] of [
    [30, 30, 0],
    [480, 480, 1],
  ] as const) {
    const box = (await plane.boundingBox())!;
    await plane.hover({ position: { x: (x / 512) * box.width, y: (y / 512) * box.height } });
    const text = await region.locator(".hint").innerText();
    const [first, second] = [...text.matchAll(/\d: ([\d.]+) %/g)].map(([, share]) => Number(share));
    expect(first! + second!).toBeCloseTo(100, 0);
    expect(likelier === 0 ? first! : second!).toBeGreaterThan(90);
    const [red, , blue] = at(x, y) as [number, number, number];
    expect(likelier === 0 ? red - blue : blue - red).toBeGreaterThan(40);
  }
});

test("other points and another shape are chosen by hand, and stand in the address", async ({ lab, page }) => {
  await lab.visit(LINK);
  await page.getByRole("combobox", { name: "Shape" }).selectOption("blobs");
  await expect(page).toHaveURL(/data=blobs&hidden=8/);
  await expect(page.getByRole("gridcell", { name: /^actual/ })).toHaveCount(9);
  await page.getByRole("button", { name: "Other points" }).click();
  await expect(page).toHaveURL(/data=blobs&draw=2&hidden=8/);
  await lab.type(page.getByRole("spinbutton", { name: "Points to learn from" }), "120");
  await expect(page.getByText("120 to learn from")).toBeVisible();
  await page.getByRole("combobox", { name: "Data set" }).selectOption("generated");
  await expect(page).toHaveURL(/#v=1&data=generated&hidden=8&act=tanh$/);
});
