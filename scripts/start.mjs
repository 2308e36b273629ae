// `npm start`: sets up, builds, gets the data, and serves the page until it is stopped.
//   --port N     this port (else 5173 or the next free one)
//   --host       for the whole network: a classroom
//   --data DIR   where MNIST's files are, if you have them
//   --no-data    without MNIST; the page learns on generated digits
//   --no-open    does not open a browser
import { spawn } from "node:child_process";
import { readArguments, readPort } from "./arguments.mjs";
import { build } from "./build.mjs";
import { getPairs, namedFolder } from "./data.mjs";
import { DATA, DIST } from "./places.mjs";
import { networkAddresses, serve } from "./serve.mjs";
import { MNIST } from "./sets.mjs";
import { setUp } from "./setup.mjs";
import { bold, command, dim, duration, Failure, note, step } from "./steps.mjs";

const PORT = 5173;

/** @param {string | undefined} from */
async function tryMnist(from) {
  try {
    await step("MNIST", (say) => getPairs(MNIST, say, { from }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.output) console.log(error.output);
    note("the page learns on generated digits until `npm run data` has brought MNIST.");
  }
}

/**
 * The program that opens an address where there is a desktop.
 * @returns {[string, ...string[]] | undefined}
 */
export function opener(platform = process.platform, env = process.env) {
  if (env.CI || env.SSH_CONNECTION) return undefined;
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["cmd", "/c", "start", ""];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}

/** @param {string} url */
function open(url) {
  const [program, ...args] = opener() ?? [];
  if (!program) return;
  // The browser outlives us, and a desktop without one is no error: the address is printed.
  spawn(program, [...args, url], { detached: true, stdio: "ignore" })
    .on("error", () => {})
    .unref();
}

await command(import.meta.url, async () => {
  const { values } = readArguments("npm start [-- --port N] [--host] [--data DIR | --no-data] [--no-open]", {
    port: { type: "string" },
    host: { type: "boolean" },
    data: { type: "string" },
    "no-data": { type: "boolean" },
    "no-open": { type: "boolean" },
  });
  const wanted = readPort(values.port);
  await setUp();
  await build();
  if (!values["no-data"]) await tryMnist(namedFolder(values.data));
  const { port, url } = await serve({
    root: DIST,
    data: values["no-data"] ? null : DATA,
    port: wanted ?? PORT,
    ports: wanted === undefined ? 20 : 1,
    host: values.host,
  });
  console.log(
    `\n  Brainbow is at ${bold(url)} ${dim(`ready in ${duration(performance.now())}, Ctrl-C stops it`)}`,
  );
  if (values.host) {
    for (const address of networkAddresses())
      console.log(`  in your network  ${bold(`http://${address}:${port}/`)}`);
  }
  if (!values["no-open"]) open(url);
});
