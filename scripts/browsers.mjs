// The browsers that the page is tested in: where they are, and how they get there.
import { execFile } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { run } from "./children.mjs";
import { Failure, follow } from "./steps.mjs";

/** @typedef {"chromium" | "firefox"} Browser */

/** @type {Record<Browser, { programs: string[], debian: string, winget: string }>} */
const BROWSERS = {
  chromium: {
    programs: [
      "chromium",
      "google-chrome-stable",
      "google-chrome",
      "chromium-browser",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ],
    debian: "chromium",
    winget: "Google.Chrome",
  },
  firefox: {
    programs: [
      "firefox-esr",
      "firefox",
      "/Applications/Firefox.app/Contents/MacOS/firefox",
      "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
    ],
    debian: "firefox-esr",
    winget: "Mozilla.Firefox",
  },
};

export const NAMES = /** @type {Browser[]} */ (Object.keys(BROWSERS));

/**
 * Where a browser is, if it is there.
 * @param {Browser} browser
 */
export function findBrowser(browser, path = process.env.PATH ?? "") {
  const folders = path.split(delimiter).filter(Boolean);
  const places = BROWSERS[browser].programs.flatMap((program) =>
    /[\\/]/.test(program) ? [program] : folders.map((folder) => join(folder, program)),
  );
  return places.find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether it really starts: Ubuntu's `chromium-browser` may be a script that only says where to get one.
 * @param {string} path
 */
async function starts(path) {
  if (process.platform === "win32") return true;
  return promisify(execFile)(path, ["--version"], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

/** Those that are not there. */
export async function missingBrowsers() {
  const checked = await Promise.all(
    NAMES.map(async (name) => {
      const path = findBrowser(name);
      return path !== undefined && (await starts(path)) ? [] : [name];
    }),
  );
  return checked.flat();
}

/**
 * The one command that installs them here, if we know it.
 * @param {Browser[]} browsers
 */
export function installCommand(browsers, system = thisSystem(), root = process.getuid?.() === 0) {
  const sudo = root ? "" : "sudo ";
  const packages = browsers.map((name) => BROWSERS[name].debian).join(" ");
  /** @type {Record<string, string>} */
  const commands = {
    debian: `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages}`,
    ubuntu: `${sudo}snap install ${browsers.join(" ")}`,
    fedora: `${sudo}dnf install -y ${browsers.join(" ")}`,
    arch: `${sudo}pacman -S --noconfirm ${browsers.join(" ")}`,
    darwin: `brew install --cask ${browsers.join(" ")}`,
    win32: browsers.map((name) => `winget install ${BROWSERS[name].winget}`).join(" & "),
  };
  return commands[system];
}

/** Debian, one of its children, or another system. */
function thisSystem() {
  if (process.platform !== "linux") return process.platform;
  try {
    return /^ID="?(\w+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "linux";
  } catch {
    return "linux";
  }
}

/**
 * Brings missing browsers where that is ours to do: as root on Debian. Elsewhere it fails with the command to type.
 * @param {(doing: string) => void} say
 */
export async function setUpBrowsers(say) {
  const missing = await missingBrowsers();
  if (missing.length === 0) return "chromium and firefox are there";
  const line = installCommand(missing);
  if (thisSystem() !== "debian" || process.getuid?.() !== 0) {
    throw new Failure(`${missing.join(" and ")} missing.${line ? ` To install: ${line}` : ""}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  let ended = { code: 1, output: "" };
  for (const attempt of ["installing with apt", "installing with apt, second try"]) {
    say(attempt);
    ended = await run("sh", ["-c", String(line)], { env, onLine: follow(say), limit: 900 });
    if (ended.code === 0 && (await missingBrowsers()).length === 0)
      return `${missing.join(" and ")} installed`;
  }
  throw new Failure(`apt could not install ${missing.join(" and ")}.`, ended.output);
}
