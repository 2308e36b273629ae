// Waiting for what learning brings about, in the page itself: questions from outside, many in a second, would keep a
// machine of two cores from learning.
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";

/** The accuracy that is shown, in percent; the step that the views name; the epochs that have ended. */
export type Sign = "percent" | "step" | "epochs";

/** As long as a busy machine may need. */
const PATIENCE_MS = 30_000;

/** Waits until a sign is from `least` to `most`, and gives it; after half a minute whatever it is then. */
export function waitFor(page: Page, sign: Sign, least: number, most = Infinity): Promise<number> {
  return page.evaluate(
    async ({ sign, least, most, patience }) => {
      const read = (): number => {
        const lab = document.querySelector("brainbow-lab") as Lab | null;
        switch (sign) {
          case "percent":
            return Number.parseFloat(
              document.querySelector("[aria-label='Test accuracy']")?.textContent ?? "",
            );
          case "step":
            return lab?.model.evaluated.value?.step ?? -1;
          case "epochs":
            return lab?.history?.loss.length ?? 0;
        }
      };
      const end = performance.now() + patience;
      let value = read();
      while (!(value >= least && value <= most) && performance.now() < end) {
        await new Promise((done) => setTimeout(done, 15));
        value = read();
      }
      return value;
    },
    { sign, least, most, patience: PATIENCE_MS },
  );
}
