// One page for many tests: it is put back as it opens, and sent to a link by its address.
import type { Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";
import type { Model } from "../../web/model.js";
import type { Ears } from "./lab.js";

/** What a run, the data or the browser sets; the rest of the model is what somebody has chosen or looks at. */
const NOT_CHOSEN = [
  "name",
  "main",
  "text",
  "systemDark",
  "experiment",
  "opened",
  "running",
  "state",
  "live",
  "step",
  "samplesPerSecond",
  "shown",
  "evaluated",
  "history",
  "curves",
  "curvesDrawn",
  "lastEpoch",
  "loading",
  "setsHere",
  "tables",
  "tablesHere",
  "labels",
] as const satisfies readonly (keyof Model)[];

/**
 * Sends the page to a link and waits until its run is open; what was heard before is forgotten.
 * @param how `fresh`: the page has just been opened for this; `learning`: the run goes, or rests where it begins
 * @returns false, and nothing is done, where there is no page that may be visited
 */
export function visit(
  page: Page,
  link: string,
  how: { fresh: boolean; learning: boolean },
): Promise<boolean> {
  return page.evaluate(
    async ({ link, fresh, learning, kept }) => {
      const lab = document.querySelector("brainbow-lab") as Lab | null;
      // The page reads its language once.
      const language = new URLSearchParams(link).get("lang") ?? "";
      if (fresh && lab?.model?.evaluated.value) Object.assign(globalThis, { visitedIn: language });
      if (!lab || (globalThis as { visitedIn?: string }).visitedIn !== language) return false;
      const { model } = lab;
      const untouched = new (model.constructor as new () => Model)();
      for (const [key, signal] of Object.entries(model)) {
        if (kept.includes(key)) continue;
        signal.value = (untouched[key as keyof Model] as { value: unknown }).value;
      }
      for (const folded of document.querySelectorAll("details")) folded.open = false;
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo(0, 0);
      if (learning) lab.train();
      else lab.pause();
      await new Promise<void>((opened) => {
        let before = true;
        const stop = model.opened.subscribe(() => {
          if (before) return void (before = false);
          for (const details of Object.values((globalThis as unknown as Ears).heard)) details.length = 0;
          opened();
          queueMicrotask(() => stop());
        });
        if (location.hash === `#${link}`) dispatchEvent(new HashChangeEvent("hashchange"));
        else location.hash = link;
      });
      return true;
    },
    { link, ...how, kept: [...NOT_CHOSEN] as string[] },
  );
}
