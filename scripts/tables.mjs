// Tables that come in files: what they are called, how to know them, where they are to be had.
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { download } from "./download.mjs";
import { DATA } from "./places.mjs";
import { flaw, setsIn } from "./sets.mjs";
import { Failure } from "./steps.mjs";
import { copyWhole } from "./whole.mjs";

/**
 * @typedef {object} TableFile
 * @property {string} name the word for `npm run data`, and what links call it
 * @property {string} title
 * @property {string[]} places where it may lie in a folder; the first is where it is put
 * @property {import("./sets.mjs").DataFile} file
 * @property {string} address
 */

/** @type {TableFile[]} */
export const TABLES = [
  {
    name: "howell",
    title: "Howell",
    places: ["howell/Howell1.csv", "Howell1.csv"],
    file: {
      name: "Howell1.csv",
      bytes: 12_205,
      sha256: "768d2fb53d44490b35260903f58955548b26f587e7afaf4e00b2603715279bbd",
    },
    address: "https://raw.githubusercontent.com/rmcelreath/rethinking/master/data/Howell1.csv",
  },
  {
    name: "penguins",
    title: "Penguins",
    places: ["penguins/penguins.csv", "tabular/penguins.csv", "penguins.csv"],
    file: {
      name: "penguins.csv",
      bytes: 15_241,
      sha256: "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
    },
    address: "https://raw.githubusercontent.com/allisonhorst/palmerpenguins/main/inst/extdata/penguins.csv",
  },
];

/**
 * Where in a folder a table lies.
 * @param {string} folder
 * @param {TableFile} table
 */
export function findTable(folder, { places }) {
  return places.find((place) => existsSync(join(folder, place)));
}

/**
 * The tables that a folder holds, by name: where each lies, with slashes, for an address.
 * @param {string} folder
 * @returns {Record<string, string>}
 */
export function tablesIn(folder) {
  const found = TABLES.map((table) => [table.name, findTable(folder, table)]);
  return Object.fromEntries(found.filter(([, place]) => place !== undefined));
}

/**
 * All that a folder holds, as `data.json` beside the page lists it.
 * @param {string | null} folder
 */
export function listOf(folder) {
  const tables = folder === null ? {} : tablesIn(folder);
  return { ...setsIn(folder), ...(Object.keys(tables).length > 0 ? { tables } : {}) };
}

/**
 * A table into a folder, from another that has it, else from where it is published.
 * @param {TableFile} table
 * @param {(doing: string) => void} say
 * @param {{ from?: string | undefined, into?: string, address?: string }} [wish]
 * @returns {Promise<string>} what there is to tell
 */
export async function getTable(table, say, { from, into = DATA, address = table.address } = {}) {
  const target = join(into, String(table.places[0]));
  if (!flaw(target, table.file)) return "there, checked";
  mkdirSync(dirname(target), { recursive: true });
  if (from !== undefined) {
    const place = findTable(from, table);
    const wrong = place === undefined ? "it is missing" : flaw(join(from, place), table.file);
    if (place === undefined || wrong) throw new Failure(`${table.file.name} in ${from}: ${wrong}.`);
    copyWhole(join(from, place), target);
    return `copied from ${join(from, place)}, checked`;
  }
  const { host } = new URL(address);
  say(`downloading from ${host}`);
  await download(address, table.file, target, () => {});
  return `downloaded ${table.file.bytes.toLocaleString("en")} bytes from ${host}, checked`;
}
