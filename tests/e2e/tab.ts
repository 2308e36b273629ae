// A tab that must not complain. Tests share one, because a browser's new context costs more than most tests; each
// begins with a document of its own, or with one that an earlier test has left tidy.
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import type { Lab } from "../../web/lab.js";

export class Tab {
  readonly page: Page;
  readonly #complaints: string[] = [];

  static async open(browser: Browser, options: BrowserContextOptions): Promise<Tab> {
    const context = await browser.newContext(options);
    const tab = new Tab(await context.newPage());
    await tab.#listen();
    return tab;
  }

  private constructor(page: Page) {
    this.page = page;
  }

  /** What must not happen in any test, and has since this was asked last; lets the page rest. */
  async complaints(): Promise<string[]> {
    const rest = () => {
      document.querySelector<Partial<Lab> & Element>("brainbow-lab")?.pause?.();
      return new Promise((done) => setTimeout(done));
    };
    // What the page has said before it answers is here when the answer is.
    await this.page.evaluate(rest).catch(() => {});
    return this.#complaints.splice(0);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  async #listen(): Promise<void> {
    const { page } = this;
    const complain = (text: string) => this.#complaints.push(text);
    page.on("console", (message) => {
      if (message.type() === "error") complain(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => complain(`page: ${error.stack ?? error.message}`));
    page.on("crash", () => complain("the page crashed"));
    page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "127.0.0.1") complain(`request: ${request.url()}`);
    });
    await page.addInitScript(() => {
      addEventListener("unhandledrejection", ({ reason }) =>
        console.error("unhandled rejection:", String(reason)),
      );
    });
  }
}
