// What stands behind the command on its line: options, and a sentence when one is not known.
import { parseArgs } from "node:util";
import { Failure } from "./steps.mjs";

/**
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {string} usage
 * @param {T} options
 * @param {string[]} [line]
 */
export function readArguments(usage, options, line = process.argv.slice(2)) {
  try {
    return parseArgs({ args: line, options, allowPositionals: true, allowNegative: false, strict: true });
  } catch (error) {
    const [reason] = /** @type {Error} */ (error).message.split(". To specify");
    throw new Failure(`${reason}.\n  Usage: ${usage}`.replace("..", "."));
  }
}

/**
 * A port from the command line.
 * @param {string | undefined} text
 */
export function readPort(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Failure(`${text} is not a port (0 to 65535).`);
  return port;
}
