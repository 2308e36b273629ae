// The page as a person finds it: by the roles and names of LOOK.md, and as a script does: by <brainbow-lab>.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";

/** What the page says at one moment. */
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

export class LabPage {
  readonly page: Page;
  readonly element: Locator;
  readonly accuracy: Locator;
  readonly epoch: Locator;
  readonly grid: Locator;
  readonly alert: Locator;
  /** The card of whatever cell it is about. */
  readonly anyCard: Locator;
  readonly rate: Locator;

  constructor(page: Page) {
    this.page = page;
    this.element = page.locator("brainbow-lab");
    this.accuracy = page.getByRole("status", { name: "Test accuracy" });
    this.epoch = page.getByRole("status", { name: "Epoch" });
    this.grid = page.getByRole("grid", { name: "Confusion matrix" });
    this.alert = page.getByRole("alert");
    this.anyCard = page.getByRole("region", { name: /^actual \d, predicted \d$/ });
    this.rate = page.getByRole("spinbutton", { name: "Learning rate", exact: true });
  }

  /** Opens a link (what stands behind the #), always as a new page. */
  async open(link = "", address = "./"): Promise<void> {
    if (this.page.url() !== "about:blank") await this.page.goto("about:blank");
    await this.page.goto(link ? `${address}#${link}` : address);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  cell(actual: number, predicted: number): Locator {
    return this.grid.getByRole("gridcell", { name: `actual ${actual}, predicted ${predicted}:` });
  }

  card(actual: number, predicted: number): Locator {
    return this.page.getByRole("region", { name: `actual ${actual}, predicted ${predicted}`, exact: true });
  }

  hidden(size: string): Locator {
    const group = this.page.getByRole("radiogroup", { name: "Hidden neurons" });
    return group.getByRole("radio", { name: size, exact: true });
  }

  async chooseHidden(size: string): Promise<void> {
    await this.hidden(size).check({ force: true });
  }

  /** Types a number in place of what is in the field, key by key: nothing else makes every browser tell of a change. */
  async type(field: Locator, value: string): Promise<void> {
    await field.focus();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.type(value);
    await this.page.keyboard.press("Enter");
  }

  // ---- what it says ---------------------------------------------------------------------------------

  async percent(): Promise<number> {
    return Number.parseFloat(await this.accuracy.innerText());
  }

  async epochs(): Promise<number> {
    return Number.parseFloat(await this.epoch.innerText());
  }

  /** Waits until the accuracy that the page shows has passed `percent`. */
  async learns(percent: number, timeout = 30_000): Promise<void> {
    await expect.poll(() => this.percent(), { timeout, intervals: [50] }).toBeGreaterThan(percent);
  }

  /** Everything at one moment, by the names that assistive technology hears. */
  async read(): Promise<Reading> {
    const said = await this.page.evaluate(() => {
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

  /** The images of the card, as they are painted: one byte of grey for each pixel. */
  async paintedImages(): Promise<{ name: string; grey: number[] }[]> {
    const items = this.anyCard.getByRole("listitem");
    return items.evaluateAll((all) =>
      all.map((item) => {
        const canvas = item.querySelector("canvas")!;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        const grey: number[] = [];
        for (let i = 0; i < data.length; i += 4) {
          const isGrey = data[i] === data[i + 1] && data[i] === data[i + 2] && data[i + 3] === 255;
          grey.push(isGrey ? data[i]! : -1);
        }
        return { name: item.getAttribute("aria-label") ?? "", grey };
      }),
    );
  }

  // ---- as a script uses it --------------------------------------------------------------------------

  /** Calls a method that needs nothing and gives nothing. */
  async call(method: "train" | "pause" | "restart"): Promise<void> {
    await this.element.evaluate((lab, name) => (lab as Lab)[name](), method);
  }

  async step(n: number): Promise<void> {
    await this.element.evaluate((lab, steps) => (lab as Lab).step(steps), n);
  }

  /** Listens to the element's events from the beginning; call it before `open`. */
  async hears(event: "progress" | "error"): Promise<() => Promise<unknown[]>> {
    await this.page.addInitScript((type) => {
      const details: unknown[] = [];
      Object.assign(globalThis, { [`heard ${type}`]: details });
      // They do not bubble; on the way down they pass here all the same.
      const note = (happened: Event) => {
        if (happened instanceof CustomEvent) details.push(happened.detail);
      };
      addEventListener(type, note, true);
    }, event);
    const key = `heard ${event}`;
    return () =>
      this.page.evaluate((name) => (globalThis as unknown as Record<string, unknown[]>)[name]!, key);
  }

  history(): Promise<Lab["history"]> {
    return this.element.evaluate((lab) => (lab as Lab).history);
  }

  confusion(): Promise<{ step: number; counts: number[][] } | null> {
    return this.element.evaluate((lab) => (lab as Lab).confusion);
  }

  /** The step that the views name. */
  async at(): Promise<number> {
    return (await this.confusion())?.step ?? -1;
  }

  /** The weights' fingerprint at the end of the first epoch, once it has come to that. */
  async firstFingerprint(timeout = 20_000): Promise<string> {
    const first = () => this.element.evaluate((lab) => (lab as Lab).history.fingerprint[0] ?? "");
    await expect.poll(first, { timeout, intervals: [50] }).toMatch(/\w{4}/);
    return first();
  }

  /** Pauses and goes back to the first weights, with nothing learned. */
  async toTheStart(): Promise<void> {
    await expect.poll(() => this.at(), { timeout: 20_000, intervals: [50] }).toBeGreaterThan(0);
    await this.call("pause");
    await this.call("restart");
    await expect.poll(() => this.at()).toBe(0);
  }
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

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
export const trace = (matrix: readonly number[][]): number => sum(matrix.map((row, i) => row[i]!));

/** "sample 61014, 98.2 %": the id, and the probability in percent. */
export function sampleIn(name: string): { id: number; percent: number } {
  const [, id, percent] = /^sample (\d+), ([\d.]+) %/.exec(name) ?? [];
  return { id: Number(id), percent: Number(percent) };
}
