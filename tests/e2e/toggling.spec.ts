// Somebody who cannot leave the hidden size alone: 200 changes end in the last one, one worker and no more memory.
import { expect, test } from "./page.js";
import { countWorkers, memoryBytes, sabotagedSite } from "./sabotage.js";

test.use({ ownTab: true });

const SIZES = ["0", "10", "30", "128"];
/** More steps than any run of the toggling takes: a longer run has a longer past to look back at. */
const PAST = 2000;

test("200 fast changes of the hidden size end in the last one, with one worker and no more memory", async ({
  lab,
}) => {
  const counts = await countWorkers(lab.page);
  const site = await sabotagedSite(null);
  try {
    await lab.open("data=generated&hidden=0", site.url);
    await lab.learns(30);
    const radios = await Promise.all(SIZES.map((size) => lab.hidden(size).elementHandle()));
    /** Clicks in the page, some in one go, some a picture apart; gives the longest wait for a picture. */
    const toggle = (from: number, to: number) =>
      lab.page.evaluate(
        async ({ handles, first, last }) => {
          let longest = 0;
          for (let i = first; i <= last; i++) {
            (handles[i % 4] as HTMLElement).click();
            if (i % 5 === 0) continue;
            const before = performance.now();
            await new Promise(requestAnimationFrame);
            longest = Math.max(longest, performance.now() - before);
          }
          return longest;
        },
        { handles: radios, first: from, last: to },
      );
    const settles = async (size: string) => {
      await expect(lab.page.getByRole("button", { name: /^Neuron \d+$/ })).toHaveCount(Number(size) || 10);
      await lab.learns(30);
    };

    /** After a few steps of the size that was chosen last; then it learns on. */
    const memory = async () => {
      await lab.toTheStart();
      await lab.step(20);
      const bytes = await memoryBytes(lab.page);
      await lab.call("train");
      return bytes;
    };

    // Each size once, until it has been evaluated, and once more in its own place, as when three changes go by at once:
    // from then on there is nothing new to keep.
    for (const [i, size] of SIZES.entries()) {
      await toggle(i, i);
      await settles(size);
      await lab.passes(PAST);
      await memory();
    }
    await toggle(4, 20);
    const after20 = await memory();
    await settles("0");
    const longest = await toggle(21, 199);
    const after200 = await memory();
    await settles("128");

    expect(after20).toBeGreaterThan(1 << 20);
    // Which of the networks the worker is asked for is up to the machine, and so is how its memory is cut up: to the
    // byte the worker's own tests say it. Half of the smallest network, left behind by every change, would be seen.
    const smallest = 4 * (784 + 1) * 10;
    expect((after200 - after20) / 180, "bytes of wasm memory for each change").toBeLessThan(smallest / 2);
    expect(longest, "ms between two pictures").toBeLessThan(1000);
    await expect(lab.hidden("128")).toBeChecked();
    await expect(lab.page).toHaveURL(/#v=1&data=generated&hidden=128$/);
    expect(await counts()).toEqual({ started: 1, ended: 0 });
    const { experiment, weights } = await lab.element.evaluate((element) => {
      const { experiment } = element as import("../../web/lab.js").Lab;
      return { experiment, weights: experiment.layers.length };
    });
    expect(weights).toBe(3);
    expect(experiment.layers[0]).toMatchObject({ kind: "dense", units: 128 });
  } finally {
    site.close();
  }
});
