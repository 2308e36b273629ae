// The Rust toolchain that rust-toolchain.toml names, and the environment in which cargo runs.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./children.mjs";
import { ROOT } from "./places.mjs";
import { Failure, follow, note } from "./steps.mjs";

/** What rust-toolchain.toml asks for. */
export function wantedToolchain() {
  const text = readFileSync(join(ROOT, "rust-toolchain.toml"), "utf8");
  /** @param {string} key */
  const list = (key) => [
    ...(new RegExp(`^${key}\\s*=\\s*\\[(.*?)\\]`, "ms").exec(text)?.[1] ?? "").matchAll(/"(.+?)"/g),
  ];
  return {
    channel: /^channel\s*=\s*"(.+?)"/m.exec(text)?.[1] ?? "stable",
    // As `rustup component list` names them: clippy-x86_64-…, rust-std-wasm32-…
    components: ["cargo", "rustc", ...list("components").map(([, name]) => String(name))],
    targets: list("targets").map(([, name]) => `rust-std-${name}`),
  };
}

/**
 * Asks rustup without the network whether the toolchain has all its parts.
 * @param {string} toolchain
 */
function isComplete(toolchain) {
  const { components, targets } = wantedToolchain();
  const args = ["component", "list", "--installed", "--toolchain", toolchain];
  const asked = spawnSync("rustup", args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, RUSTUP_AUTO_INSTALL: "0" },
  });
  if (asked.status !== 0) return false;
  const installed = asked.stdout.split("\n");
  return [...components, ...targets].every((part) =>
    installed.some((name) => name === part || name.startsWith(`${part}-`)),
  );
}

/** An installed toolchain of the wanted version under another name, such as `stable`. */
function equivalent() {
  const { channel } = wantedToolchain();
  const listed = spawnSync("rustup", ["toolchain", "list"], { cwd: ROOT, encoding: "utf8" }).stdout ?? "";
  const names = listed.split("\n").map((line) => line.split(" ")[0] ?? "");
  return names.filter(Boolean).find((name) => {
    const version =
      spawnSync("rustup", ["run", name, "rustc", "--version"], { encoding: "utf8" }).stdout ?? "";
    return version.startsWith(`rustc ${channel} `) && isComplete(name);
  });
}

/**
 * Sets the toolchain up if anything of it is missing.
 * @param {(doing: string) => void} say
 */
export async function setUpRust(say) {
  if (spawnSync("rustup", ["--version"], { stdio: "ignore" }).error) {
    const home = join(homedir(), ".cargo", "bin");
    if (!existsSync(join(home, "rustup"))) {
      throw new Failure(
        "rustup is missing: install it from https://rustup.rs, open a new terminal and try again.",
      );
    }
    process.env.PATH = `${home}${delimiter}${process.env.PATH}`;
  }
  const { channel } = wantedToolchain();
  if (process.env.RUSTUP_TOOLCHAIN) {
    note(
      `RUSTUP_TOOLCHAIN=${process.env.RUSTUP_TOOLCHAIN} is set aside: the project is built with ${channel}.`,
    );
    delete process.env.RUSTUP_TOOLCHAIN;
  }
  if (isComplete(channel)) return `${channel} with wasm32 is there`;
  say(`installing ${channel} with wasm32 (rustup toolchain install)`);
  const { code, output } = await run("rustup", ["toolchain", "install", "--no-self-update"], {
    cwd: ROOT,
    onLine: follow(say),
  });
  if (code === 0 && isComplete(channel)) return `${channel} with wasm32 installed`;
  const other = equivalent();
  if (!other) throw new Failure(`rustup could not install the toolchain ${channel}.`, output);
  process.env.RUSTUP_TOOLCHAIN = other;
  return `${channel} could not be installed; ${other} is the same version and serves`;
}

/**
 * Our environment for cargo. RUSTFLAGS would replace the flags of .cargo/config.toml, and with them the wasm
 * package's SIMD; so they are handed to the native builds alone.
 * @param {NodeJS.ProcessEnv} env
 * @param {() => string} host asks rustc for this machine's target
 */
export function cargoEnvironment(env = process.env, host = hostTriple) {
  const { RUSTFLAGS, CARGO_ENCODED_RUSTFLAGS, ...rest } = env;
  const flags = RUSTFLAGS || CARGO_ENCODED_RUSTFLAGS?.replaceAll("\x1f", " ");
  if (!flags) return rest;
  const name = `CARGO_TARGET_${host().toUpperCase().replaceAll("-", "_")}_RUSTFLAGS`;
  return { ...rest, [name]: rest[name] ? `${rest[name]} ${flags}` : flags };
}

function hostTriple() {
  const told = execFileSync("rustc", ["-vV"], { cwd: ROOT, encoding: "utf8" });
  return /^host: (.+)$/m.exec(told)?.[1] ?? "unknown";
}
