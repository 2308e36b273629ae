// Child processes that never outlive us. Each runs in a process group of its own, and the whole group is ended
// when its leader ends, when we are told to stop (SIGINT, SIGTERM, SIGHUP), when npm above us is gone, and on exit.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const POSIX = process.platform !== "win32";
const SIGNALS = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });
/** How long a group that was asked to stop may tidy up. */
const GRACE_MS = 4000;

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
let stopping = false;

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {"collect" | "inherit"} [output] collect (the default) hands the output back, inherit shows it at once
 * @property {((line: string) => unknown) | undefined} [onLine] each line as it comes
 * @property {number} [limit] seconds, after which it is ended
 *
 * @typedef {object} Ended
 * @property {number} code what a shell would say: 0, the exit code, or 128 and the signal
 * @property {string} output stdout and stderr in the order they came
 * @property {boolean} timedOut
 */

/**
 * Runs a command to its end. Only a command that cannot be started is an error; a failing one is a result.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(command, args, { env, cwd, output = "collect", onLine, limit } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = output === "inherit" ? "inherit" : "pipe";
    const child = spawn(command, args, { env, cwd, detached: POSIX, stdio: ["ignore", stdio, stdio] });
    running.add(child);
    /** @type {string[]} */
    const chunks = [];
    let timedOut = false;
    const timer = limit
      ? setTimeout(() => {
          timedOut = true;
          void end(child, "SIGTERM");
        }, limit * 1000)
      : undefined;
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        chunks.push(text);
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? "";
        if (onLine) lines.forEach(onLine);
      });
    }
    child.once("error", (error) => {
      clearTimeout(timer);
      running.delete(child);
      reject(error);
    });
    // What the leader leaves in its group goes with it, so that nobody holds its pipes open.
    child.once("exit", () => signalGroup(child, "SIGKILL"));
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      const killed = signal
        ? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[String(signal)] ?? 0)
        : 1;
      // When we are stopping, nobody goes on to the next step.
      if (!stopping) resolve({ code: code ?? killed, output: chunks.join(""), timedOut });
    });
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (POSIX) process.kill(-child.pid, signal);
    else spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
  } catch {
    // The group is gone already.
  }
}

/**
 * Asks a group to stop and, where it does not, ends it.
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function end(child, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
    child.once("close", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    signalGroup(child, signal);
  });
}

/**
 * Ends every child and then this process. Asked a second time it does not wait.
 * @param {keyof typeof SIGNALS} signal
 */
async function stop(signal) {
  if (stopping) process.exit(SIGNALS[signal]);
  stopping = true;
  // Playwright closes its browsers on SIGINT and dies at once on SIGTERM.
  await Promise.all([...running].map((child) => end(child, "SIGINT")));
  process.exit(SIGNALS[signal]);
}

for (const signal of /** @type {(keyof typeof SIGNALS)[]} */ (Object.keys(SIGNALS))) {
  process.on(signal, () => void stop(signal));
}
process.on("exit", () => {
  for (const child of running) signalGroup(child, "SIGKILL");
});

/**
 * Stops when whoever started us is gone. `npm` that is told to stop ends only the shell between it and us, and an
 * `npm` that is killed ends nobody; so both are watched.
 */
export function stopWithParent() {
  if (!POSIX || process.ppid === 1) return;
  const parent = process.ppid;
  const npm = process.env.npm_lifecycle_event ? shellsParent(parent) : undefined;
  setInterval(() => {
    if (process.ppid !== parent || (npm !== undefined && !isAlive(npm))) void stop("SIGTERM");
  }, 250).unref();
}

/**
 * The parent of the process, if that is a shell.
 * @param {number} pid
 */
function shellsParent(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8"); // 4711 (sh) S 4710 …
    const [, name, ppid] = /\((.*)\) \S (\d+)/.exec(stat) ?? [];
    return name?.endsWith("sh") && Number(ppid) > 1 ? Number(ppid) : undefined;
  } catch {
    return undefined; // Not Linux: the shells there hand their process over to the command.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
