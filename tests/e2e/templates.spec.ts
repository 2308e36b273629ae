// An independent network: the ten templates as the page's tables show them, times the files' own bytes.
import type { LabPage } from "./lab.js";
import { FIRST_TEST_ID, inkOf, needsMnist, testLabels } from "./mnist.js";
import { expect, test } from "./page.js";
import { sampleIn, sum } from "./reading.js";

needsMnist();

interface Template {
  bias: number;
  /** 784, rounded to two decimals by the page. */
  weights: number[];
}

async function readTemplates({ page }: LabPage): Promise<Template[]> {
  const templates: Template[] = [];
  for (let unit = 0; unit < 10; unit++) {
    await page.getByRole("button", { name: `Neuron ${unit}`, exact: true }).click();
    const region = page.getByRole("region", { name: `Neuron ${unit}`, exact: true });
    if (unit === 0) await region.getByRole("button", { name: "Show as table" }).click();
    const cells = await region.getByRole("table").first().getByRole("cell").allTextContents();
    const bias = /bias ([-−]?[\d.]+)/.exec(await region.innerText())?.[1];
    templates.push({ bias: numberIn(bias!), weights: cells.map(numberIn) });
  }
  return templates;
}

const numberIn = (text: string) => Number(text.trim().replace("−", "-").replace(",", ""));

/** Softmax of x·W + b, with ink from 0 to 1. */
function read(templates: readonly Template[], id: number): number[] {
  const ink = inkOf(id);
  const logits = templates.map(({ bias, weights }) => {
    let logit = bias;
    for (let i = 0; i < ink.length; i++) logit += (ink[i]! / 255) * weights[i]!;
    return logit;
  });
  const most = Math.max(...logits);
  const odds = logits.map((logit) => Math.exp(logit - most));
  return odds.map((odd) => odd / sum(odds));
}

test("the weights shown, times the file's pixels, give the matrix and the probabilities shown", async ({
  lab,
}) => {
  await lab.open("data=mnist&hidden=0");
  await lab.toTheStart();
  await lab.step(300);
  await lab.cell(4, 9).hover();
  const templates = await readTemplates(lab);
  expect(templates.map(({ weights }) => weights.length)).toEqual(Array(10).fill(784));
  const { matrix, card } = await lab.read();

  const own = Array.from({ length: 10 }, () => Array<number>(10).fill(0));
  testLabels().forEach((label, i) => {
    const probabilities = read(templates, FIRST_TEST_ID + i);
    own[label]![probabilities.indexOf(Math.max(...probabilities))]!++;
  });
  const apart = sum(own.flatMap((row, i) => row.map((count, j) => Math.abs(count - matrix[i]![j]!))));
  // Weights rounded to two decimals move a few of 10,000 digits across a border.
  expect(apart, "digits counted elsewhere").toBeLessThan(200);

  const images = card!.images.map(sampleIn);
  expect(images.length).toBeGreaterThan(5);
  for (const { id, percent } of images) {
    expect(Math.abs(read(templates, id)[9]! * 100 - percent), `sample ${id}`).toBeLessThan(4);
  }
});
