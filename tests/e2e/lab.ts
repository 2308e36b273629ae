// The page as a person finds it: by the roles and names of LOOK.md, and as a script does: by <brainbow-lab>.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import { read, type Reading } from "./reading.js";
import { visit } from "./visit.js";
import { waitFor } from "./waiting.js";

/** What learning brings about takes as long as the machine needs, and is seen soon after. */
export const SOON = { timeout: 30_000, intervals: [30] };

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

  /** Goes to a link in the page that an earlier visit has left: nothing is loaded or drawn again. For tests that leave
   *  no tables open, and that are not about what stands there before anybody has looked at anything. */
  async visit(link: string, learning = true): Promise<void> {
    if (await visit(this.page, link, { fresh: false, learning })) return;
    await this.open(link);
    await expect.poll(() => visit(this.page, link, { fresh: true, learning }), SOON).toBe(true);
  }

  /** The same, but it rests after so many steps: what learns on takes the machine from what is tested. */
  async visitAtRest(link: string, steps = 0): Promise<void> {
    await this.visit(link, false);
    await this.comesTo(0);
    if (steps > 0) await this.step(steps);
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

  /** Waits until the accuracy that the page shows has come to `percent`. */
  async learns(percent: number): Promise<void> {
    const shown = await waitFor(this.page, "percent", percent);
    expect(shown, "accuracy shown").toBeGreaterThanOrEqual(percent);
  }

  /** Waits until the views name a step beyond `step`. */
  async passes(step: number): Promise<void> {
    expect(await waitFor(this.page, "step", step + 1), "step").toBeGreaterThan(step);
  }

  /** Waits until the views name this very step. */
  async comesTo(step: number): Promise<void> {
    expect(await waitFor(this.page, "step", step, step), "step").toBe(step);
  }

  /** Waits for the end of the `count`-th epoch, or of one after it. */
  async endsEpochs(count: number): Promise<void> {
    expect(await waitFor(this.page, "epochs", count), "epochs").toBeGreaterThanOrEqual(count);
  }

  /** Everything at one moment. */
  read(): Promise<Reading> {
    return read(this.page);
  }

  // ---- as a script uses it --------------------------------------------------------------------------

  /** Calls a method that needs nothing and gives nothing. */
  async call(method: "train" | "pause" | "restart"): Promise<void> {
    await this.element.evaluate((lab, name) => (lab as Lab)[name](), method);
  }

  async step(n: number): Promise<void> {
    await this.element.evaluate((lab, steps) => (lab as Lab).step(steps), n);
  }

  /** The details of the element's events since the beginning. */
  heard(event: Heard): Promise<unknown[]> {
    return this.page.evaluate((type) => (globalThis as unknown as Ears).heard[type], event);
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
  async firstFingerprint(): Promise<string> {
    await this.endsEpochs(1);
    return (await this.history()).fingerprint[0]!;
  }

  /** Pauses and goes back to the first weights, with nothing learned. */
  async toTheStart(): Promise<void> {
    await this.passes(-1);
    await this.call("pause");
    await this.call("restart");
    await this.comesTo(0);
  }
}

/** Events that are noted before anybody asks for them. */
export type Heard = "progress" | "error";
export interface Ears {
  heard: Record<Heard, unknown[]>;
}

/** Notes the element's events in every document to come. */
export async function hearFromTheStart(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: Ears["heard"] = { progress: [], error: [] };
    Object.assign(globalThis, { heard });
    for (const [type, details] of Object.entries(heard)) {
      // They do not bubble; on the way down they pass here all the same.
      const note = (happened: Event) => {
        if (happened instanceof CustomEvent) details.push(happened.detail);
      };
      addEventListener(type, note, true);
    }
  });
}
