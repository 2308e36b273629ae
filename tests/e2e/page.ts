// What every test of the page builds on: a page that must not complain, and servers of one's own.
import { test as base, expect, type Page } from "@playwright/test";
import { dataFolder, DIST } from "../../scripts/places.mjs";
import { serve } from "../../scripts/serve.mjs";
import { hearFromTheStart, LabPage } from "./lab.js";
import { Tab } from "./tab.js";

export { expect };

/** The built page's folder; another one while the page is being worked on. */
export const BUILT = process.env.BRAINBOW_DIST ?? DIST;

type Site = Omit<Parameters<typeof serve>[0], "root">;

interface Fixtures {
  /** A tab for this test alone: for what a new document does not put back, such as scripts that run before it, the
   *  window's size or the tab's history. */
  ownTab: boolean;
  /** Pictures change as often as they can. Most tests ask for less motion (Firefox cannot be asked), which leaves the two
   *  cores to what they test. */
  moves: boolean;
  /** The one other host that may be asked: a button says so. */
  mayAsk: string;
  page: Page;
  lab: LabPage;
  /** Serves the built page for the length of a test and gives its address; without data unless some is named. */
  site: (site?: Site) => Promise<string>;
}

export const test = base.extend<Fixtures, { shared: { tab: Tab | null } }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants to see what is used.
  shared: [async ({}, use) => use({ tab: null }), { scope: "worker" }],
  ownTab: [false, { option: true }],
  moves: [false, { option: true }],
  mayAsk: ["", { option: true }],
  page: async ({ browser, browserName, shared, ownTab, moves, mayAsk, baseURL, viewport }, use, testInfo) => {
    const open = async () => {
      const tab = await Tab.open(browser, { viewport, ...(baseURL ? { baseURL } : {}) });
      await hearFromTheStart(tab.page);
      return tab;
    };
    const tab = ownTab ? await open() : (shared.tab ??= await open());
    // Where an earlier test has left the pointer, nothing shall be hovered.
    if (!ownTab) await tab.page.mouse.move(0, 0);
    if (browserName === "chromium")
      await tab.page.emulateMedia({ reducedMotion: moves ? "no-preference" : "reduce" });
    await use(tab.page);
    const complaints = await tab.complaints();
    if (ownTab) await tab.close();
    // Of a test that has failed anyway, Playwright's picture puts a style into the page, which the page refuses.
    const failed = testInfo.errors.length > 0;
    const isOurs = (text: string) => !(failed && /Content.Security.Policy.*inline style/.test(text));
    const isAsked = (text: string) => mayAsk !== "" && text.startsWith(`request: https://${mayAsk}/`);
    const ours = complaints.filter((text) => isOurs(text) && !isAsked(text));
    expect(ours, "errors and requests to other hosts").toEqual([]);
  },
  lab: async ({ page }, use) => use(new LabPage(page)),
  site: async ({ page }, use) => {
    const open: { close: () => Promise<void> }[] = [];
    await use(async (site = {}) => {
      const server = await serve({ root: BUILT, data: null, ...site });
      open.push(server);
      return server.url;
    });
    // The page asks for nothing any more when its server ends.
    if (open.length > 0) await page.goto("about:blank");
    await Promise.all(open.map((server) => server.close()));
  },
});

/** The folder that the page's own server takes data from. */
export const DATA_FOLDER = dataFolder();
