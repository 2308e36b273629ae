// What the page says at one moment, by the names that assistive technology hears.
import type { Locator, Page } from "@playwright/test";

export interface Reading {
  /** Rows actual. */
  matrix: number[][];
  /** As the status has it, in percent. */
  accuracy: number;
  epoch: number;
  /** The step that each view names. */
  steps: number[];
  card: { actual: number; predicted: number; count: string; images: string[] } | null;
  mistakes: string[];
}

export async function read(page: Page): Promise<Reading> {
  const said = await page.evaluate(() => {
    const all = (selector: string, root: ParentNode | null = document) => [
      ...(root?.querySelectorAll(selector) ?? []),
    ];
    const names = (elements: Element[]) =>
      elements.map((element) => element.getAttribute("aria-label") ?? "");
    const text = (element: Element | undefined) => element?.textContent ?? "";
    const card = all('[aria-label^="actual "]').find((element) => !element.matches("[role=gridcell], ul"));
    return {
      cells: names(all('[aria-label="Confusion matrix"] [aria-label^="actual "]')),
      accuracy: text(all('[aria-label="Test accuracy"]')[0]),
      epoch: text(all('[aria-label="Epoch"]')[0]),
      steps: all(".step").map(text),
      card: card ? { name: names([card])[0]!, count: text(card), images: names(all("li", card)) } : null,
      mistakes: names(all('ul[aria-label="Mistakes"] [aria-label]')),
    };
  });
  return understood(said);
}

/** Reads the names: "actual 3, predicted 5: 71", "91.3 %", "step 1,234". */
function understood(said: {
  cells: string[];
  accuracy: string;
  epoch: string;
  steps: string[];
  card: { name: string; count: string; images: string[] } | null;
  mistakes: string[];
}): Reading {
  const matrix = Array.from({ length: 10 }, () => Array<number>(10).fill(Number.NaN));
  for (const name of said.cells) {
    const [, actual, predicted, count] = /^actual (\d), predicted (\d): ([\d,]+)$/.exec(name) ?? [];
    if (count !== undefined) matrix[Number(actual)]![Number(predicted)] = Number(count.replaceAll(",", ""));
  }
  const [, actual, predicted] = /^actual (\d), predicted (\d)$/.exec(said.card?.name ?? "") ?? [];
  return {
    matrix,
    accuracy: Number.parseFloat(said.accuracy),
    epoch: Number.parseFloat(said.epoch),
    steps: said.steps.map((text) => Number(text.replaceAll(/[^\d]/g, ""))),
    card: said.card && { ...said.card, actual: Number(actual), predicted: Number(predicted) },
    mistakes: said.mistakes,
  };
}

/** An image or a canvas as it is on the screen: red, green, blue and opacity of each pixel. Runs in the page. */
export function painted(shown: Element): number[] {
  if (shown instanceof HTMLCanvasElement)
    return [...shown.getContext("2d")!.getImageData(0, 0, shown.width, shown.height).data];
  const image = shown as HTMLImageElement;
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d")!;
  context.drawImage(image, 0, 0);
  return canvas.width === 0 ? [] : [...context.getImageData(0, 0, canvas.width, canvas.height).data];
}

/** A card's images, as they are painted: one byte of grey for each pixel. */
export async function paintedImages(card: Locator): Promise<{ name: string; grey: number[] }[]> {
  const items = await card.getByRole("listitem").all();
  return Promise.all(
    items.map(async (item) => {
      const data = await item.locator("img").evaluate(painted);
      const isGrey = (i: number) => data[i] === data[i + 1] && data[i] === data[i + 2] && data[i + 3] === 255;
      const grey = Array.from({ length: data.length / 4 }, (_, i) => (isGrey(4 * i) ? data[4 * i]! : -1));
      return { name: (await item.getAttribute("aria-label")) ?? "", grey };
    }),
  );
}

/** "sample 61014, 98.2 %": the id, and the probability in percent. */
export function sampleIn(name: string): { id: number; percent: number } {
  const [, id, percent] = /^sample (\d+), ([\d.]+) %/.exec(name) ?? [];
  return { id: Number(id), percent: Number(percent) };
}

/** How far two lists of numbers are apart, where they are farthest: one expectation for a whole picture, because thousands
 *  of them take seconds. */
export function apart(found: readonly number[], expected: readonly number[]): { by: number; at: number } {
  const worst = { by: found.length === expected.length ? 0 : Number.NaN, at: -1 };
  found.forEach((number, at) => {
    const by = Math.abs(number - expected[at]!);
    if (!(by <= worst.by)) Object.assign(worst, { by, at });
  });
  return worst;
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
export const trace = (matrix: readonly number[][]): number => sum(matrix.map((row, i) => row[i]!));
