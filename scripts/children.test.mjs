import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { run } from "./children.mjs";
import { ROOT } from "./places.mjs";

const posix = process.platform !== "win32";
/** @type {string} */
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "brainbow-children-"));
  const scripts = {
    start: `node ${join(ROOT, "scripts", "serve.mjs")} . --no-data`,
    long: `node ${join(folder, "long.mjs")}`,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stand-in", scripts }));
  writeFileSync(join(folder, "index.html"), "page");
  // A command whose child has a child, which writes its id and deafens itself.
  writeFileSync(
    join(folder, "long.mjs"),
    `import { run } from ${JSON.stringify(join(ROOT, "scripts", "children.mjs"))};
     import { command } from ${JSON.stringify(join(ROOT, "scripts", "steps.mjs"))};
     await command(import.meta.url, async () => {
       await run("sh", ["-c", "trap '' INT; sh -c 'trap \\"\\" INT TERM; echo $$ > pid; while :; do sleep 0.1; done' & wait"]);
     });`,
  );
});

after(() => rmSync(folder, { recursive: true }));

/** @param {() => unknown} holds */
async function eventually(holds, ms = 8000) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    // One that has ended but was not yet asked after does not count.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * Starts an npm script. INIT_CWD and the like are those of this run of npm, not ours.
 * @param {string} script
 */
function npm(script) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/.test(name)),
  );
  const child = spawn("npm", ["run", script], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
    detached: posix,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return { child, ended };
}

describe(
  "npm as the parent is told to stop",
  { skip: !posix && "signals are POSIX's", concurrency: true },
  () => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])) {
      test(`${signal} leaves no server behind`, async (t) => {
        const { child, ended } = npm("start");
        t.after(() => child.kill("SIGKILL")); // Whatever comes, nothing keeps us waiting.
        let printed = "";
        child.stdout.on("data", (text) => (printed += text));
        assert.ok(await eventually(() => / at http:/.test(printed)), "the server is up");
        const url = /http:\S+/.exec(printed)?.[0] ?? "";
        assert.equal((await fetch(url)).status, 200);
        // Ctrl-C reaches everybody in the terminal; other signals only the one they are sent to.
        process.kill(signal === "SIGINT" ? -Number(child.pid) : Number(child.pid), signal);
        await ended;
        const gone = () =>
          fetch(url).then(
            () => false,
            () => true,
          );
        assert.ok(await eventually(gone), "the server is gone");
      });
    }
  },
);

test(
  "a command that is told to stop ends its children's children, even deaf ones",
  { skip: !posix && "POSIX" },
  async (t) => {
    const { child, ended } = npm("long");
    t.after(() => child.kill("SIGKILL"));
    let pid = NaN;
    const started = () => {
      try {
        pid = Number(readFileSync(join(folder, "pid"), "utf8"));
        return pid > 0;
      } catch {
        return false;
      }
    };
    assert.ok(await eventually(started), "it runs");
    assert.ok(isAlive(pid));
    child.kill("SIGTERM");
    await ended;
    assert.ok(await eventually(() => !isAlive(pid), 10_000), "it is gone");
  },
);

test("output comes in order, the code is the shell's, and what the leader leaves behind goes with it", async () => {
  /** @type {string[]} */
  const lines = [];
  const began = Date.now();
  const ended = await run("sh", ["-c", "echo one; echo two >&2; sleep 30 & exit 3"], {
    onLine: (line) => lines.push(line),
  });
  assert.equal(ended.code, 3);
  assert.equal(ended.output, "one\ntwo\n");
  assert.deepEqual(lines, ["one", "two"]);
  assert.ok(Date.now() - began < 5000, "does not wait for the sleeper");
});

test("what takes longer than its limit is ended", async () => {
  const ended = await run("sleep", ["30"], { limit: 0.2 });
  assert.equal(ended.timedOut, true);
  assert.equal(ended.code, 143);
});

test("a program that is not there is an error", async () => {
  await assert.rejects(run("brainbow-no-such-program", []), { code: "ENOENT" });
});
