import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { DIST, ROOT } from "./places.mjs";

test("data that would be lost while dist is made anew is refused before anything is done", () => {
  for (const folder of [DIST, join(DIST, "data")]) {
    const script = join(ROOT, "scripts/build.mjs");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--data", folder], {
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.equal(status, 1);
    assert.match(stdout + stderr, /lies in dist\/, which is made anew/);
  }
});
