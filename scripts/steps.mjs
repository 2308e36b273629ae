// A command is a list of steps; each says what it does and how long it took.
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { stopWithParent } from "./children.mjs";

const tty = process.stdout.isTTY === true && !process.env.CI;
const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;

/** @param {number} code */
const paint = (code) => (/** @type {string} */ text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);
export const dim = paint(2);
export const bold = paint(1);

/** Something that is told to a person as it is, without a stack; `output` is what the failing tool said. */
export class Failure extends Error {
  /**
   * @param {string} sentence
   * @param {string} [output]
   */
  constructor(sentence, output = "") {
    super(sentence);
    this.output = output.trimEnd();
    /** Whether a step has told it already. */
    this.told = false;
  }
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 9950 ? 2 : 1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/**
 * Does one step. `act` may `say` what it is busy with, and returns what there is to tell in the end.
 * @template {string} T
 * @param {string} title
 * @param {(say: (doing: string) => void) => Promise<T> | T} act
 */
export async function step(title, act) {
  const began = performance.now();
  const elapsed = () => duration(performance.now() - began);
  let doing = "";
  /** @type {NodeJS.Timeout | undefined} */
  let ticking;
  const name = bold(title.padEnd(16));
  const draw = () => {
    const room = (process.stdout.columns || 80) - 34;
    process.stdout.write(`\r\x1b[K  ${name} ${doing.slice(0, Math.max(room, 20))} … ${dim(elapsed())}`);
  };
  /** @param {string} text */
  const say = (text) => {
    if (!tty && text !== doing) console.log(`  ${name} ${text} …`);
    doing = stripVTControlCharacters(text);
    if (!tty || ticking) return;
    draw();
    ticking = setInterval(draw, 200);
  };
  const clear = () => {
    clearInterval(ticking);
    if (ticking) process.stdout.write("\r\x1b[K");
  };
  try {
    const told = await act(say);
    clear();
    console.log(`${green("✓")} ${name} ${told} ${dim(elapsed())}`);
    return told;
  } catch (error) {
    clear();
    console.log(
      `${red("✗")} ${name} ${error instanceof Failure ? error.message : "failed"} ${dim(elapsed())}`,
    );
    if (error instanceof Failure) error.told = true;
    throw error;
  }
}

/**
 * Shows a tool's lines while it works, where they can replace one another; a log gets them only if it fails.
 * @param {(doing: string) => void} say
 */
export function follow(say) {
  return tty ? (/** @type {string} */ line) => void (line.trim() && say(line.trim())) : undefined;
}

/** @param {string} sentence */
export function note(sentence) {
  console.log(`  ${yellow("note")}             ${sentence}`);
}

/**
 * Runs a command's main function if its file is what node was started with. A `Failure` ends it with its sentence,
 * anything else with its stack.
 * @param {string} url of the file
 * @param {() => Promise<number | void>} main the exit code, if it is to end now
 */
export async function command(url, main) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== realpathSync(fileURLToPath(url))) return;
  stopWithParent();
  try {
    const code = await main();
    if (code !== undefined) process.exit(code);
  } catch (error) {
    if (!(error instanceof Failure)) console.error(error);
    else if (error.output) console.error(`\n${error.output}\n`);
    if (error instanceof Failure && !error.told) console.error(`${red("✗")} ${error.message}`);
    process.exit(1);
  }
}
