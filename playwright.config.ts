// The built page in real browsers, those of the machine: Playwright's own builds are not downloaded.
import { defineConfig, type Project } from "@playwright/test";
import { findBrowser } from "./scripts/browsers.mjs";

const chromium = findBrowser("chromium");
const firefox = findBrowser("firefox");

const CHROMIUM_ARGS = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const MEASURES = /responsive\.spec\.ts/;

const projects: Project[] = [];
if (chromium) {
  // Chromium's sandbox does not work for root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...CHROMIUM_ARGS] : CHROMIUM_ARGS;
  const use: Project["use"] = { browserName: "chromium", launchOptions: { executablePath: chromium, args } };
  projects.push({ name: "chromium", testIgnore: MEASURES, use });
  // What measures times has the machine to itself.
  projects.push({ name: "chromium-alone", testMatch: MEASURES, use, workers: 1 });
}
if (firefox) {
  projects.push({
    name: "firefox",
    // What only Chromium can do or measure.
    grepInvert: /@chromium/,
    // The main journey, by pointer and by keyboard, and the same bits; Chromium goes through everything.
    testMatch: /(journey|card|keyboard|golden)\.spec\.ts/,
    // Starting Firefox once more would take longer than what the second one could take over.
    workers: 1,
    // Mozilla's Firefox, by WebDriver BiDi; the channel wants its place told.
    use: {
      browserName: "firefox",
      channel: "moz-firefox",
      launchOptions: { executablePath: firefox },
    },
  });
}

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "tests/output/playwright",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  retries: 0,
  // A page that learns keeps two cores busy by itself, but most tests wait, or pause it. A third takes longer in all.
  workers: 2,
  reporter: "list",
  use: {
    // Set by the server below before the tests read it.
    ...(process.env.BRAINBOW_URL ? { baseURL: process.env.BRAINBOW_URL } : {}),
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
  projects,
  webServer: {
    // Serves dist/ and the data on a free port, and says which: the group's name becomes the variable BRAINBOW_URL.
    command: "node scripts/serve.mjs --port 0",
    wait: { stdout: /at (?<brainbow_url>http:\S+)/ },
    timeout: 10_000,
  },
});
