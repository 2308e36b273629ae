// Sets up what is missing, with Node's own modules only: it runs before there are any others.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./children.mjs";
import { ROOT } from "./places.mjs";
import { setUpRust } from "./rust.mjs";
import { Failure, follow, note, step } from "./steps.mjs";

const OLDEST_NODE = [20, 19];

export async function setUp() {
  checkNode();
  await step("node packages", setUpPackages);
  await step("Rust toolchain", setUpRust);
  if (process.env.RUSTFLAGS || process.env.CARGO_ENCODED_RUSTFLAGS) {
    note(
      "RUSTFLAGS is set: it goes to the native builds only, the wasm package keeps the project's own flags.",
    );
  }
}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldest = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return;
  throw new Failure(
    `Node ${version} is too old: Brainbow needs ${OLDEST_NODE.join(".")} or newer (https://nodejs.org).`,
  );
}

/**
 * `npm ci` when the lock file is not the one that was last installed. It empties node_modules first, so a stamp in
 * there never outlives an installation that was broken off.
 * @param {(doing: string) => void} say
 */
async function setUpPackages(say) {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  const wanted = `${lock} ${process.platform} ${process.arch}\n`;
  const stamp = join(ROOT, "node_modules", ".brainbow-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return "as the lock file says";
  say("installing (npm ci)");
  const npm = npmCommand();
  const args = [...npm.args, "ci", "--no-audit", "--no-fund", "--prefer-offline"];
  const { code, output } = await run(npm.command, args, { cwd: ROOT, onLine: follow(say) });
  if (code !== 0) throw new Failure("npm ci could not install the node packages.", output);
  writeFileSync(stamp, wanted);
  return "installed";
}

/** npm, as a script for our own node where it has told us its place (on Windows it is no program). */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /\.c?js$/.test(script)) return { command: process.execPath, args: [script] };
  return { command: "npm", args: [] };
}

/**
 * A tool from node_modules, as a command line for our own node: starting it by npx costs half a second.
 * @param {string} name of the package
 * @param {string} [program] where the package has several
 */
export function tool(name, program = name) {
  const folder = join(ROOT, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[program]);
}
