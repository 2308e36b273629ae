import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { readArguments, readPort } from "./arguments.mjs";
import { findBrowser, installCommand } from "./browsers.mjs";
import { fingerprint, makeIfStale } from "./freshness.mjs";
import { ROOT } from "./places.mjs";
import { cargoEnvironment, wantedToolchain } from "./rust.mjs";
import { checkNode } from "./setup.mjs";
import { opener } from "./start.mjs";
import { duration } from "./steps.mjs";

test("RUSTFLAGS go to the native builds, so that the wasm package keeps the project's own", () => {
  const host = () => "x86_64-unknown-linux-gnu";
  const name = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS";
  assert.deepEqual(cargoEnvironment({ PATH: "/bin" }, host), { PATH: "/bin" });
  assert.deepEqual(cargoEnvironment({ RUSTFLAGS: "-D warnings" }, host), { [name]: "-D warnings" });
  assert.deepEqual(cargoEnvironment({ CARGO_ENCODED_RUSTFLAGS: "-C\x1fopt-level=3" }, host), {
    [name]: "-C opt-level=3",
  });
  assert.deepEqual(cargoEnvironment({ RUSTFLAGS: "-g", [name]: "-O" }, host), { [name]: "-O -g" });
});

test("rust-toolchain.toml is read", () => {
  const { channel, components, targets } = wantedToolchain();
  assert.match(channel, /^\d+\.\d+\.\d+$/);
  assert.ok(components.includes("clippy") && components.includes("rustfmt"));
  assert.deepEqual(targets, ["rust-std-wasm32-unknown-unknown"]);
});

test("an old Node is told apart", () => {
  for (const version of ["20.19.0", "20.20.2", "22.0.0", "26.1.0"]) checkNode(version);
  for (const version of ["18.20.0", "20.18.3"]) {
    assert.throws(() => checkNode(version), {
      message: `Node ${version} is too old: Brainbow needs 20.19 or newer (https://nodejs.org).`,
    });
  }
});

test("the command that installs browsers fits the system", () => {
  const install = "apt-get install -y --no-install-recommends chromium firefox-esr";
  assert.equal(installCommand(["chromium", "firefox"], "debian", true), `apt-get update && ${install}`);
  assert.equal(
    installCommand(["chromium", "firefox"], "debian", false),
    `sudo apt-get update && sudo ${install}`,
  );
  assert.equal(installCommand(["firefox"], "ubuntu", false), "sudo snap install firefox");
  assert.equal(installCommand(["firefox"], "darwin", false), "brew install --cask firefox");
  assert.equal(installCommand(["firefox"], "plan9", false), undefined);
});

test(
  "a browser is found on the PATH, the preferred one first",
  { skip: process.platform === "win32" },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "brainbow-browsers-"));
    try {
      assert.equal(
        findBrowser("firefox", folder),
        process.platform === "darwin" ? findBrowser("firefox", "") : undefined,
      );
      writeFileSync(join(folder, "firefox"), "");
      chmodSync(join(folder, "firefox"), 0o755);
      assert.equal(findBrowser("firefox", `/nowhere${delimiter}${folder}`), join(folder, "firefox"));
      writeFileSync(join(folder, "firefox-esr"), "");
      assert.equal(
        findBrowser("firefox", folder),
        join(folder, "firefox"),
        "one that cannot be run does not count",
      );
      chmodSync(join(folder, "firefox-esr"), 0o755);
      assert.equal(findBrowser("firefox", folder), join(folder, "firefox-esr"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("the page is opened where there is a desktop, and only there", () => {
  assert.deepEqual(opener("linux", { DISPLAY: ":0" }), ["xdg-open"]);
  assert.deepEqual(opener("linux", { WAYLAND_DISPLAY: "wayland-0" }), ["xdg-open"]);
  assert.deepEqual(opener("darwin", {}), ["open"]);
  assert.equal(opener("linux", {}), undefined);
  assert.equal(opener("linux", { DISPLAY: ":0", CI: "true" }), undefined);
  assert.equal(opener("darwin", { SSH_CONNECTION: "10.0.0.1" }), undefined);
});

test("work is done when something changed, and not otherwise", async () => {
  const stamp = `test-${process.pid}`;
  let [from, to, made] = ["a", "x", 0];
  const make = async () => void made++;
  const once = () => makeIfStale(stamp, { from: () => from, to: () => to }, make);
  try {
    assert.deepEqual([await once(), await once(), made], [true, false, 1]);
    from = "b";
    assert.deepEqual([await once(), await once(), made], [true, false, 2]);
    to = "y"; // Somebody touched what came out.
    assert.deepEqual([await once(), await once(), made], [true, false, 3]);
    from = "c";
    const failing = makeIfStale(stamp, { from: () => from, to: () => to }, () =>
      Promise.reject(new Error("no")),
    );
    await assert.rejects(failing);
    from = "b"; // What a failed attempt left is not trusted.
    assert.equal(await once(), true);
  } finally {
    rmSync(join(ROOT, "target", "stamps", `${stamp}.json`), { force: true });
  }
});

test("a fingerprint is that of names and contents", () => {
  const all = fingerprint(["scripts", "package.json"]);
  assert.equal(fingerprint(["scripts", "package.json"]), all);
  assert.notEqual(fingerprint(["scripts"]), all);
  assert.notEqual(
    fingerprint(["scripts", "package.json"], (name) => name !== "scripts/setup.mjs"),
    all,
  );
});

test("an unknown option is told with the usage", () => {
  const read = () => readArguments("npm start", { port: { type: "string" } }, ["--prot", "1"]);
  assert.throws(read, /Unknown option '--prot'\.\n {2}Usage: npm start/);
  assert.equal(readPort("8080"), 8080);
  assert.throws(() => readPort("80a"), { message: "80a is not a port (0 to 65535)." });
});

test("durations are short to read", () => {
  assert.deepEqual([40, 9949, 12_340, 151_000].map(duration), ["0.04 s", "9.95 s", "12.3 s", "2 min 31 s"]);
});
