// Golden fingerprints, to the bit, in the built page: the constants that native and Node read too.
import { readFileSync } from "node:fs";
import { initSync, parseLink } from "../../web/generated/brainbow_wasm.js";
import type { Lab } from "../../web/lab.js";
import { expect, test } from "./page.js";

const runs = JSON.parse(readFileSync(new URL("../golden.json", import.meta.url), "utf8")) as {
  link: string;
  steps: number;
  fingerprint: string;
}[];

test("the runs of tests/golden.json end in the golden weights", async ({ lab }) => {
  test.slow();
  initSync({
    module: readFileSync(new URL("../../web/generated/brainbow_wasm_bg.wasm", import.meta.url)),
  });
  await lab.visit("data=generated&hidden=0");
  const found: typeof runs = [];
  for (const { link, steps } of runs) {
    const { experiment } = parseLink(link);
    const fingerprint = await lab.element.evaluate(
      async (element, asked) => {
        const page = element as Lab;
        page.experiment = asked.experiment;
        await page.step(asked.steps);
        return `${page.fingerprint}`;
      },
      { experiment, steps },
    );
    found.push({ link, steps, fingerprint });
  }
  expect(found).toEqual(runs);
});
