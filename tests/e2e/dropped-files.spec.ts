// Files that people drop: each broken one gets a sentence that names it, and the run goes on.
import { gzipSync } from "node:zlib";
import { drop, fourFiles, images, labels, NAMES, type MadeFile } from "./idx.js";
import { needsMnist, packedFiles } from "./mnist.js";
import { expect, test } from "./page.js";

const whole = images(40);
const cut = (bytes: Buffer, length: number) => bytes.subarray(0, length);

const CASES: { what: string; files: MadeFile[]; says: (string | RegExp)[] }[] = [
  {
    what: "a gzip file that is cut off",
    files: fourFiles({ testImages: cut(gzipSync(images(20)), 300) }),
    says: [NAMES.testImages, /cut off|damaged/, /again/],
  },
  {
    what: "a file with another magic number",
    files: fourFiles({ trainLabels: Buffer.from("PK\u0003\u0004 this is no IDX file at all") }),
    says: [NAMES.trainLabels, /not the file it should be/],
  },
  {
    what: "images and labels with each other's names",
    files: fourFiles({ trainImages: gzipSync(labels(40)), trainLabels: gzipSync(whole) }),
    says: [NAMES.trainImages, /not the file it should be/],
  },
  {
    what: "a body shorter than its header says",
    files: fourFiles({ trainImages: gzipSync(images(33, 40)) }),
    says: [NAMES.trainImages, /33 of 40/, /again/],
  },
  {
    what: "a header that promises terabytes",
    files: fourFiles({ trainImages: gzipSync(images(3, 0xffff_ffff)) }),
    says: [NAMES.trainImages, /4,294,967,295/],
  },
  {
    what: "a label out of range",
    files: fourFiles({ testLabels: gzipSync(labels(20, 12)) }),
    says: [NAMES.testLabels, /12/],
  },
  {
    what: "labels that do not belong to the images",
    files: fourFiles({ trainLabels: gzipSync(labels(39)) }),
    says: [NAMES.trainImages, NAMES.trainLabels, /40/, /39/],
  },
  {
    what: "an empty file",
    files: fourFiles({ testLabels: Buffer.alloc(0) }),
    says: [NAMES.testLabels],
  },
  {
    what: "three files of four",
    files: fourFiles().slice(0, 3),
    says: [NAMES.testLabels, /missing/],
  },
  {
    what: "something else altogether",
    files: [{ name: "holiday.jpg", bytes: Buffer.from("not a digit") }],
    says: [/missing/],
  },
];

test("each broken file gets a sentence that names it, and the run goes on", async ({ lab }) => {
  await lab.visit("data=generated&hidden=0&epochs=10000");
  await lab.learns(30);
  for (const { what, files, says } of CASES) {
    await test.step(what, async () => {
      await drop(lab, files);
      for (const part of says) await expect(lab.alert, what).toContainText(part);
      const before = await lab.at();
      await lab.passes(before);
      await lab.alert.getByRole("button", { name: "Dismiss" }).click();
      await expect(lab.alert).toBeHidden();
    });
  }
  await expect(lab.page).toHaveURL(/#v=1&data=generated&hidden=0&epochs=10000$/);
});

test.describe("with the real four files", () => {
  needsMnist();

  test("dropping them on a page without MNIST makes it learn on MNIST", async ({ lab, page, site }) => {
    await lab.open("data=mnist&hidden=0", await site());
    await expect(lab.alert).toContainText("MNIST is not here");
    // A broken attempt first: the page still waits, and still says what for.
    await drop(lab, fourFiles({ trainLabels: gzipSync(labels(39)) }));
    await expect(lab.alert).toContainText(NAMES.trainLabels);
    expect(await lab.confusion()).toBeNull();
    await expect(lab.alert).toContainText("MNIST is not here");
    await expect(lab.alert.getByRole("button", { name: "Use generated digits" })).toBeVisible();

    await drop(lab, packedFiles().toReversed());
    await lab.learns(88);
    await expect(lab.alert).toBeHidden();
    await expect(page).toHaveURL(/#v=1&data=mnist&hidden=0$/);
    await expect(page.getByRole("combobox", { name: "Data set" })).toHaveValue("mnist");
  });
});
