// The page's thread stays free while 784-128-10 learns at full speed: by the browser's own records.
import type { Page } from "@playwright/test";
import { hasMnist } from "./mnist.js";
import { expect, test } from "./page.js";

test.use({ moves: true });

/** What DESIGN asks for is 50 and 100 ms (`npm run bench` reports them); this holds on a busy machine too, which may
 *  keep one of the pictures and one of the tasks waiting. */
const BOUND_MS = 250;
const ONCE_MS = 1000;

/** The time from the pointer's arrival to all images of the card being painted. */
async function hoverTime(page: Page, actual: number, predicted: number): Promise<number> {
  const name = `actual ${actual}, predicted ${predicted}`;
  const time = page.evaluateHandle((cell) => {
    const isPainted = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0;
    const shown = () => {
      const items = [...document.querySelectorAll(`[aria-label="${cell}"] li`)];
      return items.length > 0 && items.every((item) => isPainted(item.querySelector("img")!));
    };
    const result = new Promise<number>((resolve) => {
      const entered = (event: Event) => {
        if (!(event.target as Element).getAttribute?.("aria-label")?.startsWith(`${cell}:`)) return;
        document.removeEventListener("pointerover", entered, true);
        const look = () => {
          if (shown()) resolve(performance.now() - event.timeStamp);
          else requestAnimationFrame(look);
        };
        look();
      };
      document.addEventListener("pointerover", entered, true);
    });
    return { result };
  }, name);
  const handle = await time;
  await page.getByRole("gridcell", { name: `${name}:` }).hover();
  return handle.evaluate(({ result }) => result);
}

test("@chromium learning at full speed leaves the page's thread free, and hovering shows images at once", async ({
  lab,
  page,
}) => {
  await lab.open(`data=${hasMnist ? "mnist" : "generated"}&hidden=128&epochs=10000`);
  await lab.learns(80);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: "longtask",
    });
  });
  const before = await lab.at();
  const times: number[] = [];
  const { matrix } = await lab.read();
  // The fullest error cells: they have images at any moment.
  const cells = matrix
    .flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted }) => actual !== predicted)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 8);
  for (const { actual, predicted } of cells) {
    times.push(await hoverTime(page, actual, predicted));
    await page.waitForTimeout(100);
  }
  expect(await lab.at()).toBeGreaterThan(before);
  const tasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
  const told = (all: number[]) => all.map((ms) => ms.toFixed(0)).join(", ") || "none";
  test.info().annotations.push({ type: "hover (ms)", description: told(times) });
  test.info().annotations.push({ type: "long tasks (ms)", description: told(tasks) });
  for (const [what, all] of Object.entries({ hover: times, "long tasks": tasks })) {
    const [longest = 0, second = 0] = all.toSorted((a, b) => b - a);
    expect(second, `${what}: ${told(all)} ms`).toBeLessThan(BOUND_MS);
    expect(longest, `${what}: ${told(all)} ms`).toBeLessThan(ONCE_MS);
  }
});
