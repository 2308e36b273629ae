// A program that answers each line of JSON with one line of JSON; it ends when nobody asks any more.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * @typedef {object} Answering
 * @property {() => Promise<any>} hear the next line
 * @property {(question: object) => Promise<any>} ask
 * @property {() => void} close
 */

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Answering}
 */
export function startAnswering(program, args) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    child.once("error", reject);
    child.stdin.once("error", () => {}); // It has ended: the answer that does not come says so.
  });
  failed.catch(() => {});
  const hear = async () => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) throw new Error(`${program} ended without an answer: ${said.trim()}`);
    return JSON.parse(value);
  };
  return {
    hear,
    ask: (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return hear();
    },
    close: () => child.stdin.end(),
  };
}
