// Runs with the page already built: `npm start`, warm.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { ROOT } from "./places.mjs";

/** @param {string} url */
const isGone = (url) =>
  fetch(url).then(
    () => false,
    () => true,
  );

test(
  "npm start serves the built page, is up soon, and leaves nothing behind",
  { timeout: 60_000 },
  async (t) => {
    const began = performance.now();
    const env = { ...process.env, CI: "true" };
    const args = ["start", "--", "--port", "0", "--no-data", "--no-open"];
    const npm = spawn("npm", args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => npm.kill("SIGKILL"));
    const ended = new Promise((resolve) => npm.once("exit", resolve));
    let printed = "";
    const url = await new Promise((resolve, reject) => {
      npm.stdout.on("data", (text) => {
        printed += text;
        const address = /Brainbow is at (http:\S+)/.exec(printed)?.[1];
        if (address) resolve(address);
      });
      void ended.then(() => reject(new Error(`npm start ended:\n${printed}`)));
    });
    const seconds = (performance.now() - began) / 1000;
    console.log(`npm start was up after ${seconds.toFixed(2)} s`);
    // 3 s on a quiet machine; here the tests' own load is beside it.
    assert.ok(seconds < 9, `up after ${seconds} s`);
    assert.match(printed, /up to date/);
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<script type="module"/);
    assert.deepEqual(await (await fetch(new URL("data.json", url))).json(), { sets: [] });
    npm.kill("SIGTERM");
    await ended;
    const end = Date.now() + 5000;
    while (!(await isGone(url)) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(await isGone(url), "the server is gone");
  },
);
