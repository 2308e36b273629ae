// How free the page's thread stays while a network learns at full speed: Chromium's own records.
import { nameOf } from "./shapes.mjs";
import { median, rounded } from "./statistics.mjs";

/**
 * Figures of 784-10-10 and 784-128-10: samples a second as the page itself counts them, long tasks (over 50 ms) of the
 * page's thread, and how long a hovered cell takes to show its images.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {{ seconds: number }} options
 */
export async function measurePage(browser, url, { seconds }) {
  /** @type {Record<string, Awaited<ReturnType<typeof measure>>>} */
  const figures = {};
  for (const hidden of [10, 128]) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    figures[nameOf(hidden)] = await measure(page, `${url}#hidden=${hidden}&epochs=10000`, seconds);
    await page.close();
  }
  return figures;
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} url
 * @param {number} seconds
 */
async function measure(page, url, seconds) {
  await page.goto(url);
  await page.getByRole("gridcell", { name: /^actual 0, predicted 0: \d/ }).waitFor();
  await page.waitForTimeout(3000);
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.longTasks = [];
    new PerformanceObserver((list) =>
      seen.longTasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: "longtask",
    });
  });
  const data = await page.getByRole("combobox", { name: "Data set" }).inputValue();
  const speeds = [];
  const hovers = [];
  const end = Date.now() + seconds * 1000;
  for (let i = 0; Date.now() < end; i++) {
    hovers.push(await page.evaluate(hover, { actual: i % 10, predicted: (i * 3 + 1) % 10 }));
    speeds.push(await page.evaluate(() => document.querySelector("brainbow-lab")?.samplesPerSecond ?? 0));
    await page.waitForTimeout(200);
  }
  const long = await page.evaluate(() => /** @type {any} */ (window).longTasks);
  const looks = [];
  for (let i = 0; i < 12; i++) looks.push(await page.evaluate(look, (i * 5) % 12));
  return {
    data,
    seconds,
    "samples/s": Math.round(median(speeds)),
    "long tasks": long.length,
    "long task median ms": rounded(median(long)) ?? 0,
    "long task worst ms": rounded(Math.max(0, ...long)),
    "hover median ms": rounded(median(hovers)),
    "hover worst ms": rounded(Math.max(...hovers)),
    "time slider median ms": rounded(median(looks)),
    "time slider worst ms": rounded(Math.max(...looks)),
  };
}

/**
 * In the page: from the pointer's arrival on a cell to the frame that shows that cell's card with its answer.
 * @param {{ actual: number, predicted: number }} cell
 * @returns {Promise<number>}
 */
function hover({ actual, predicted }) {
  const target = document.querySelector(
    `[role="gridcell"][aria-label^="actual ${actual}, predicted ${predicted}:"]`,
  );
  const began = performance.now();
  target?.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
  return new Promise((resolve) => {
    const look = () => {
      const card = document.querySelector(
        `[role="region"][aria-label="actual ${actual}, predicted ${predicted}"]`,
      );
      const pictures = [...(card?.querySelectorAll("brainbow-picture") ?? [])];
      const painted = pictures.every((picture) => /** @type {any} */ (picture).picture);
      if (card && painted && card.querySelector("li, .hint")) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/**
 * In the page: from the time slider's move to the frame that shows weights and matrix of that step. The first move is made
 * while the network learns.
 * @param {number} place of the slider, from 0
 * @returns {Promise<number>}
 */
function look(place) {
  const slider = /** @type {HTMLInputElement} */ (document.querySelector("brainbow-time input"));
  const steps = () => [...document.querySelectorAll(".step")].map((said) => said.textContent);
  const began = performance.now();
  slider.value = String(place);
  slider.dispatchEvent(new InputEvent("input"));
  return new Promise((resolve) => {
    const wait = () => {
      const step = document.querySelector("brainbow-time output")?.textContent;
      const isShown = step?.startsWith("step") && steps().every((shown) => shown === step);
      if (isShown) requestAnimationFrame(() => resolve(performance.now() - began));
      else requestAnimationFrame(wait);
    };
    requestAnimationFrame(wait);
  });
}
