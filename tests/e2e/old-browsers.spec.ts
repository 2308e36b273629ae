// A browser that cannot run the engine sees a sentence, not a blank page.
import { expect, test } from "./page.js";

test.use({ ownTab: true });

test("without WebAssembly the page says so", async ({ lab, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  await lab.open();
  await expect(lab.alert).toContainText(/can't run WebAssembly/);
  await expect(lab.alert).toContainText(/Firefox.*Chrome/);
});

test("without vector instructions the page says so", async ({ lab, page }) => {
  await page.addInitScript(() => {
    const real = WebAssembly.validate;
    // The prefix of vector instructions.
    WebAssembly.validate = (bytes) => !new Uint8Array(bytes as ArrayBuffer).includes(0xfd) && real(bytes);
  });
  await lab.open();
  await expect(lab.alert).toContainText(/no vector instructions/);
});

test("without workers the page says so, in Spanish too", async ({ lab, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "Worker");
  });
  await lab.open("lang=es");
  await expect(lab.alert).toContainText(/no puede ejecutar web workers/);
});
