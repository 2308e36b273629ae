// <brainbow-lab> as a script uses it: properties, methods, events.
import type { Lab } from "../../web/lab.js";
import { expect, test } from "./page.js";
import { sum, trace } from "./reading.js";

test("the experiment is read and set as data, and what cannot be built is thrown back", async ({ lab }) => {
  await lab.visit("data=generated&hidden=0");
  await lab.learns(30);
  const experiment = await lab.element.evaluate((element) => {
    const lab = element as Lab;
    const { experiment } = lab;
    experiment.layers = [
      { kind: "dense", units: 5, init: "heUniform" },
      { kind: "activation", function: "tanh" },
      { kind: "dense", units: 10, init: "glorotUniform" },
    ];
    lab.experiment = experiment;
    return lab.experiment;
  });
  expect(experiment.layers).toHaveLength(3);
  await expect(lab.page).toHaveURL(/#v=1&data=generated&hidden=5&act=tanh/);
  await lab.learns(30);
  const thrown = await lab.element.evaluate((element) => {
    const lab = element as Lab;
    try {
      lab.experiment = { ...lab.experiment, batchSize: 0 };
      return null;
    } catch (error) {
      return JSON.stringify(error) + String(error);
    }
  });
  expect(thrown).not.toBeNull();
  expect(await lab.element.evaluate((element) => (element as Lab).experiment.batchSize)).toBe(64);
});

test("step(n) takes exactly n steps and resolves when the views show that step", async ({ lab }) => {
  await lab.visitAtRest("data=generated&hidden=10");
  let expected = 0;
  for (const n of [1, 7, 250]) {
    expected += n;
    await lab.step(n);
    const { steps, matrix } = await lab.read();
    expect(new Set(steps)).toEqual(new Set([expected]));
    expect(await lab.confusion()).toEqual({ step: expected, counts: matrix });
  }
});

test("step(n) right after restart() counts from the start", async ({ lab }) => {
  await lab.visit("data=generated&hidden=10");
  await lab.learns(30);
  const step = await lab.element.evaluate(async (element) => {
    const lab = element as Lab;
    lab.restart();
    await lab.step(30);
    return lab.confusion?.step;
  });
  expect(step).toBe(30);
});

test("the history has Keras's names, and every epoch is told as it ends", async ({ lab }) => {
  await lab.visit("data=generated&hidden=0&epochs=3");
  await lab.endsEpochs(3);
  const history = await lab.history();
  expect(Object.keys(history)).toEqual(
    expect.arrayContaining(["loss", "accuracy", "val_loss", "val_accuracy"]),
  );
  expect(history.loss[2]).toBeLessThan(history.loss[0]!);
  const epochs = (await lab.heard("progress")) as {
    epoch: number;
    step: number;
    valAccuracy: number;
    fingerprint: string;
  }[];
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(epochs.map(({ valAccuracy }) => valAccuracy)).toEqual(history.val_accuracy!);
  expect(epochs.map(({ fingerprint }) => fingerprint)).toEqual(history.fingerprint);

  // It has ended: what the page shows is the third epoch, evaluated at its last step.
  await expect(lab.button("Train")).toBeVisible();
  await expect(lab.epoch).toHaveText("3.0");
  const confusion = (await lab.confusion())!;
  expect(confusion.step).toBe(epochs[2]!.step);
  expect(trace(confusion.counts) / sum(confusion.counts.flat())).toBeCloseTo(history.val_accuracy![2]!, 6);
  const fingerprint = await lab.element.evaluate((element) => (element as Lab).fingerprint);
  expect(fingerprint).toBe(epochs[2]!.fingerprint);
  await expect(lab.page.getByText(fingerprint!)).toBeVisible();
});

test("the curves' tables say what the history says", async ({ lab, page }) => {
  await lab.visit("data=generated&hidden=0&epochs=2");
  await lab.endsEpochs(2);
  const { loss, val_loss } = await lab.history();
  const figure = page.getByRole("figure", { name: "Loss", exact: true });
  await figure.getByRole("button", { name: "Show as table" }).click();
  const rows = await figure.getByRole("row").allInnerTexts();
  expect(rows.slice(1).map((row) => row.split(/\s+/).filter(Boolean))).toEqual(
    [0, 1].map((i) => [`${i + 1}`, loss[i]!.toFixed(4), val_loss[i]!.toFixed(4)]),
  );
  await figure.getByRole("button", { name: "Hide table" }).click();
});

test.describe("before the page", () => {
  test.use({ ownTab: true });

  test("step(n) called before anything is loaded takes its steps as soon as it can", async ({
    lab,
    page,
  }) => {
    await page.addInitScript(() => {
      const taken = customElements.whenDefined("brainbow-lab").then(() => {
        return (document.querySelector("brainbow-lab") as unknown as Lab).step(5);
      });
      Object.assign(globalThis, { taken });
    });
    await lab.open("data=generated&hidden=10");
    await page.evaluate(() => (globalThis as unknown as { taken: Promise<void> }).taken);
    expect(await lab.at()).toBe(5);
  });
});
