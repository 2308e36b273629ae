// What every test of the page builds on: a page that must not complain, and servers of one's own.
import { test as base, expect, type Page } from "@playwright/test";
import { dataFolder, DIST } from "../../scripts/places.mjs";
import { serve } from "../../scripts/serve.mjs";
import { LabPage } from "./lab.js";

export { expect };

/** The built page's folder; another one while the page is being worked on. */
export const BUILT = process.env.BRAINBOW_DIST ?? DIST;

type Site = Omit<Parameters<typeof serve>[0], "root">;

interface Fixtures {
  lab: LabPage;
  /** Serves the built page for the length of a test and gives its address; without data unless some is named. */
  site: (site?: Site) => Promise<string>;
}

export const test = base.extend<Fixtures>({
  page: async ({ page }, use, testInfo) => {
    const complaints = await listen(page);
    await use(page);
    // Of a test that has failed anyway, Playwright's picture puts a style into the page, which the page refuses.
    const failed = testInfo.errors.length > 0;
    const ours = complaints.filter((text) => !(failed && /Content.Security.Policy.*inline style/.test(text)));
    expect(ours, "errors and requests to other hosts").toEqual([]);
  },
  lab: async ({ page }, use) => use(new LabPage(page)),
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants to see what is used.
  site: async ({}, use) => {
    const open: { close: () => Promise<void> }[] = [];
    await use(async (site = {}) => {
      const server = await serve({ root: BUILT, data: null, ...site });
      open.push(server);
      return server.url;
    });
    await Promise.all(open.map((server) => server.close()));
  },
});

/** The folder that the page's own server takes data from. */
export const DATA_FOLDER = dataFolder();

/** Collects whatever must not happen in any test. */
async function listen(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`page: ${error.stack ?? error.message}`));
  page.on("crash", () => complaints.push("the page crashed"));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener("unhandledrejection", ({ reason }) =>
      console.error("unhandled rejection:", String(reason)),
    );
  });
  return complaints;
}
