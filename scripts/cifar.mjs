// CIFAR-10 into data/cifar10: the batches of a folder, or those of the published archive.
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { bar, download } from "./download.mjs";
import { DATA } from "./places.mjs";
import { batchesIn, batchFlaw, CIFAR10 } from "./sets.mjs";
import { Failure } from "./steps.mjs";
import { copyWhole } from "./whole.mjs";
import { filesOfTar } from "./untar.mjs";

/**
 * @param {(doing: string) => void} say
 * @param {{ from?: string | undefined, into?: string, mirrors?: string[], archive?: import("./sets.mjs").DataFile }} wish
 * @returns {Promise<string>} what there is to tell
 */
export async function getCifar(
  say,
  { from, into = DATA, mirrors = CIFAR10.mirrors, archive = CIFAR10.archive } = {},
) {
  const folder = join(into, CIFAR10.name);
  const before = wholeBatches(folder);
  if (before.length === CIFAR10.files.length) return "six batches, checked";
  mkdirSync(folder, { recursive: true });
  if (from !== undefined) return copyBatches(from, folder, archive);
  const path = join(folder, archive.name);
  try {
    for (const [i, mirror] of mirrors.entries()) {
      say(`downloading from ${new URL(mirror).host}`);
      const show = process.stdout.isTTY ? (/** @type {number} */ n) => say(bar(n, archive.bytes)) : () => {};
      try {
        await download(mirror + archive.name, archive, path, show);
        break;
      } catch (error) {
        if (i < mirrors.length - 1) continue;
        const reason = /** @type {Error} */ (error).message;
        throw new Failure("no mirror could send CIFAR-10.", `    ${new URL(mirror).host}: ${reason}`);
      }
    }
    say("unpacking");
    return `downloaded, ${await unpack(path, folder)} batches unpacked and checked`;
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Batches that are whole, by their names; what is broken is taken away, so that it is not served.
 * @param {string} folder
 */
function wholeBatches(folder) {
  return batchesIn(folder).filter(({ name, batch }) => {
    const isWhole = batchFlaw(join(folder, name), batch) === undefined;
    if (!isWhole) rmSync(join(folder, name));
    return isWhole;
  });
}

/**
 * @param {string} from
 * @param {string} folder
 * @param {import("./sets.mjs").DataFile} archive
 */
async function copyBatches(from, folder, archive) {
  const places = [join(from, CIFAR10.name), join(from, "cifar-10-batches-bin"), from];
  const source = places.find((place) => batchesIn(place).length > 0);
  const packed = places.map((place) => join(place, archive.name)).find((path) => existsSync(path));
  if (!source && packed) return `${await unpack(packed, folder)} batches unpacked from ${packed}, checked`;
  if (!source) throw new Failure(`There are no batches of CIFAR-10 in ${places[0]} or ${from}.`);
  const batches = batchesIn(source);
  if (batches.length < 2) throw new Failure(`${source} has one batch of CIFAR-10; two are needed at least.`);
  for (const { name, batch } of batches) {
    const wrong = batchFlaw(join(source, name), batch);
    if (wrong) throw new Failure(`${join(source, name)}: ${wrong}.`);
    if (!batchesIn(folder).some((there) => there.batch === batch))
      copyWhole(join(source, name), join(folder, name));
  }
  return `${batches.length} of six batches copied from ${source}, checked`;
}

/**
 * @param {string} archive
 * @param {string} folder
 * @returns {Promise<number>} how many batches were in it
 */
async function unpack(archive, folder) {
  let found = 0;
  const parts = new Set();
  try {
    for await (const { name, body } of filesOfTar(createReadStream(archive).pipe(createGunzip()))) {
      const batch = CIFAR10.files.find((batch) => name === batch.name || name.endsWith(`/${batch.name}`));
      if (!batch) continue;
      const part = join(folder, `${batch.name}.${process.pid}.part`);
      parts.add(part);
      await pipeline(body, createWriteStream(part));
      const wrong = batchFlaw(part, batch);
      if (wrong) throw new Failure(`${batch.name} in ${archive}: ${wrong}.`);
      renameSync(part, join(folder, batch.name));
      found++;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${archive} can't be unpacked: it is cut off or damaged.`);
  } finally {
    for (const part of parts) rmSync(part, { force: true });
  }
  if (found < 2) throw new Failure(`${archive} has ${found} batches of CIFAR-10; two are needed at least.`);
  return found;
}
