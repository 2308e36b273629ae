// CIFAR-10 on the page: photographs, templates in colour, names, what is held out, and what it all costs in memory.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Lab } from "../../web/lab.js";
import { batchNames, coloursOf, needsCifar, recordOf } from "./cifar.js";
import { drop } from "./idx.js";
import { SOON } from "./lab.js";
import { DATA_FOLDER, expect, test } from "./page.js";
import { apart, painted, sampleIn } from "./reading.js";

const CIFAR = "data=cifar10&opt=adam&lr=0.0003&scale=mean";

test.describe("with the real batches", () => {
  needsCifar();

  test("the photographs behind a cell are the file's, in colour, under the class's name", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest(`${CIFAR}&hidden=0`, 150);
    await page.getByRole("gridcell", { name: "actual cat, predicted dog:" }).hover();
    const card = page.getByRole("region", { name: "actual cat, predicted dog", exact: true });
    await expect(card).toContainText("cat taken for dog");
    const items = card.getByRole("listitem");
    await expect.poll(() => items.count(), SOON).toBeGreaterThan(5);
    for (const item of (await items.all()).slice(0, 6)) {
      const { id } = sampleIn((await item.getAttribute("aria-label"))!);
      expect(recordOf(id)[0], `the label of sample ${id}`).toBe(3);
      expect(id).toBeGreaterThanOrEqual((batchNames().length - 1) * 10_000);
      await expect.poll(() => item.locator("img").evaluate(painted), SOON).toEqual(coloursOf(id));
    }
    await expect(
      page.getByRole("list", { name: "Mistakes" }).getByRole("button").first(),
    ).toHaveAccessibleName(/: (airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck) → [a-z]+$/);
    await expect(page.getByRole("rowheader", { name: "automobile" })).toBeVisible();
  });

  test("a template's three channels stand on one scale, with zero at mid grey, and its values are read", async ({
    lab,
    page,
  }) => {
    await lab.visitAtRest(`${CIFAR}&hidden=0`, 60);
    const tile = page.getByRole("button", { name: "Neuron 3, cat", exact: true });
    const colours = await tile.locator("canvas").evaluate(painted);
    const weights = await lab.element.evaluate((it) => [...(it as Lab).model.shown.value!.loan.weights]);
    const weightAt = (pixel: number, channel: number) => weights[(channel * 1024 + pixel) * 10 + 3]!;
    // The scale is what the strongest byte that is not cut off says it is; all others must agree.
    const all = Array.from({ length: 3072 }, (_, i) => ({ pixel: i % 1024, channel: Math.floor(i / 1024) }));
    const byte = ({ pixel, channel }: (typeof all)[0]) => colours[4 * pixel + channel]!;
    const inside = all.filter((at) => byte(at) > 0 && byte(at) < 255);
    const strongest = inside.reduce((a, b) =>
      Math.abs(byte(b) - 127.5) > Math.abs(byte(a) - 127.5) ? b : a,
    );
    const limit = weightAt(strongest.pixel, strongest.channel) / (byte(strongest) / 127.5 - 1);
    expect(limit).toBeGreaterThan(0);
    const expected = all.map(({ pixel, channel }) => 127.5 * (1 + weightAt(pixel, channel) / limit));
    const cutOff = expected.map((byte) => Math.min(255, Math.max(0, byte)));
    expect(apart(all.map(byte), cutOff).by).toBeLessThan(1.5);
    await tile.click();
    await page.locator("canvas.large").hover({ position: { x: 10, y: 10 } });
    const readout = page.locator("brainbow-neuron-card .pixel");
    await expect(readout).toHaveText(
      /column \d+, row \d+: red [−-]?\d\.\d+, green [−-]?\d\.\d+, blue [−-]?\d\.\d+/,
    );
    const [, x, y, ...values] = /column (\d+), row (\d+): red (\S+), green (\S+), blue (\S+)/.exec(
      await readout.innerText(),
    )!;
    values.forEach((value, channel) => {
      const shown = Number(value.replace("−", "-").replace(",", ""));
      expect(Math.abs(shown - weightAt(Number(y) * 32 + Number(x), channel))).toBeLessThan(0.0006);
    });
  });

  test("choosing it brings what suits photographs, says what is held out, and goes again", async ({
    lab,
    page,
  }) => {
    await lab.open("data=generated&hidden=0");
    await lab.passes(5);
    await page.getByText("All sets", { exact: true }).click();
    const cards = page.getByRole("list", { name: "All sets" }).getByRole("listitem");
    await expect(cards).toHaveCount(7);
    await expect(cards.nth(2)).toContainText("Here: on this machine");
    await expect(cards.nth(2)).toContainText("No licence is stated");
    await cards.nth(2).getByRole("button").click();
    await expect(page).toHaveURL(/#v=1&data=cifar10&hidden=0&opt=adam&lr=0\.0003&scale=mean$/);
    await lab.learns(25);
    const last = batchNames()
      .at(-1)!
      .replace(/\.bin.*/, "");
    if (last !== "test_batch")
      await expect(page.getByText(`Held out: ${last}, because the test batch is not here.`)).toBeVisible();
    await expect(page.getByText("The mean of the training images is taken off every pixel.")).toBeVisible();
    await expect(page.getByText("37 % was published")).toBeVisible();
    await page.getByRole("combobox", { name: "Language" }).selectOption("es");
    await expect(page.getByRole("rowheader", { name: "avión" })).toBeVisible();
    await page.getByRole("combobox", { name: "Conjunto de datos" }).selectOption("mnist");
    await expect(page).toHaveURL(/#v=1&data=mnist&hidden=0&lang=es$/);
  });

  test("loading moves a bar, and the page stays usable meanwhile", async ({ lab, page }) => {
    const goOn: (() => void)[] = [];
    let held = true;
    await page.route("**/data/cifar10/*", async (route) => {
      if (held && !route.request().url().includes("data_batch_1"))
        await new Promise<void>((go) => goOn.push(go));
      await route.continue();
    });
    await lab.open(`${CIFAR}&hidden=0`);
    const bar = page.getByRole("progressbar", { name: "Loading" });
    await expect(bar).toBeVisible();
    // The first file has come, whole; the second one is waited for: so far and no further.
    await expect.poll(() => goOn.length, SOON).toBeGreaterThan(0);
    const share = () => bar.evaluate((it: HTMLProgressElement) => it.value / it.max);
    const seen: number[] = [];
    await bar.evaluate((it) => {
      const noted: number[] = [];
      Object.assign(globalThis, { noted });
      new MutationObserver(() => noted.push((it as HTMLProgressElement).value)).observe(it.parentElement!, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
    // Meanwhile a theme can be chosen, and a fold opened.
    await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.getByText("All sets", { exact: true }).click();
    await expect(page.getByRole("list", { name: "All sets" }).getByRole("listitem")).toHaveCount(7);
    seen.push(await share());
    held = false;
    for (const go of goOn) go();
    await lab.learns(20);
    await page.unroute("**/data/cifar10/*");
    const noted = await page.evaluate(() => (globalThis as unknown as { noted: number[] }).noted);
    expect(new Set(noted).size, "places of the bar").toBeGreaterThan(3);
    // It only ever begins again with another file.
    const falls = noted.filter((value, i) => i > 0 && value < noted[i - 1]!).length;
    expect(falls).toBeLessThan(batchNames().length);
    await expect(bar).toBeHidden();
    await page.getByRole("combobox", { name: "Theme" }).selectOption("system");
  });

  test("loading can be cancelled and begun again", async ({ lab, page }) => {
    let held = true;
    let come = (): void => undefined;
    const first = new Promise<void>((resolve) => (come = resolve));
    await page.route("**/data/cifar10/*", async (route) => {
      // One file comes when it is told to, the next one hangs until it is wanted again.
      if (held && !route.request().url().includes("data_batch_1")) return;
      await first;
      await route.continue();
    });
    await lab.open(`${CIFAR}&hidden=0`);
    await expect(page.getByRole("progressbar", { name: "Loading" })).toBeVisible();
    const cancel = page.getByRole("button", { name: "Cancel" });
    const before = await cancel.boundingBox();
    // What is about tables is not there for photographs, not even before they are.
    await expect(page.getByRole("region", { name: "Rows behind the cell" })).toBeHidden();
    come();
    // Whoever is about to press it finds it where it was, however much has come.
    await expect(page.getByText("28.3 of 28.3 MB")).toBeVisible(SOON);
    expect(await cancel.boundingBox()).toEqual(before);
    await cancel.click();
    await expect(lab.alert).toContainText("CIFAR-10 is not here");
    await expect(page.getByRole("progressbar", { name: "Loading" })).toBeHidden();
    held = false;
    await lab.alert.getByRole("button", { name: "Load again" }).click();
    await lab.learns(20);
    await expect(lab.alert).toBeHidden();
    await page.unroute("**/data/cifar10/*");
  });

  test.describe("in a tab of its own", () => {
    test.use({ ownTab: true });

    test("@chromium all six batches leave the page's process below 600 MB, at its peak", async ({
      lab,
      page,
      site,
    }) => {
      test.skip(process.platform !== "linux", "the system's own numbers");
      // Six times what there is: only its size matters here.
      const folder = mkdtempSync(join(tmpdir(), "brainbow-cifar-"));
      mkdirSync(join(folder, "cifar10"));
      const names = batchNames();
      const wanted = [
        "data_batch_1",
        "data_batch_2",
        "data_batch_3",
        "data_batch_4",
        "data_batch_5",
        "test_batch",
      ];
      wanted.forEach((name, i) => {
        const from = names[i % names.length]!;
        copyFileSync(
          join(DATA_FOLDER, "cifar10", from),
          join(folder, "cifar10", name + from.slice(from.indexOf(".bin"))),
        );
      });
      await lab.open(`${CIFAR}&hidden=10`, await site({ data: folder }));
      await lab.learns(20);
      await expect(page.getByText("50,000 to learn from")).toBeVisible();
      await expect(page.getByText("Held out: test_batch, the set's own test images.")).toBeVisible();
      const session = await page.context().browser()!.newBrowserCDPSession();
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      const peaks = processInfo
        .filter(({ type }) => type === "renderer")
        .map(
          ({ id }) =>
            Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]) / 1024,
        );
      console.log(`renderers at their peak: ${peaks.map((peak) => peak.toFixed(0)).join(", ")} MB`);
      expect(Math.max(...peaks)).toBeLessThan(600);
      rmSync(folder, { recursive: true });
    });
  });
});

/** A batch whose bytes repeat, so that it packs small. */
function batch(number: number): Buffer {
  const bytes = Buffer.alloc(30_730_000, number);
  for (let record = 0; record < 10_000; record++) bytes[record * 3073] = (record + number) % 10;
  return bytes;
}

test("batches dropped on a page without data make it learn on them; a broken one is named", async ({
  lab,
  page,
  site,
}) => {
  await lab.open("data=cifar10&hidden=0&classes=3,5", await site());
  await expect(lab.alert).toContainText("CIFAR-10 is not here");
  await page.getByText("All sets", { exact: true }).click();
  await expect(page.getByRole("list", { name: "All sets" })).toContainText("npm run data -- fashion-mnist");
  const packed = (name: string, bytes: Buffer) => ({ name: `${name}.bin.gz`, bytes: gzipSync(bytes) });
  const [one, four] = [packed("data_batch_1", batch(1)), packed("data_batch_4", batch(4))];
  await drop(lab, [one, packed("data_batch_4", batch(4).subarray(3073))]);
  await expect(lab.alert).toContainText(/data_batch_4\.bin\.gz has 30,726,927 bytes.*30,730,000/);
  await drop(lab, [one]);
  await expect(lab.alert).toContainText("two batches at least");
  await drop(lab, [four, one]);
  await lab.passes(3);
  await expect(lab.alert).toBeHidden();
  await expect(page.getByText("Held out: data_batch_4, because the test batch is not here.")).toBeVisible();
  await expect(page.getByText("2,000 to learn from")).toBeVisible();
  expect(await lab.confusion().then((matrix) => matrix!.counts.map((row) => row.length))).toEqual([2, 2]);
  await expect(page.getByRole("rowheader", { name: "dog" })).toBeVisible();
});

test("two of ten digits have one output where the loss asks each by itself, and keep their names", async ({
  lab,
  page,
}) => {
  await lab.open("data=generated&hidden=0&classes=2,9&loss=bce");
  await lab.learns(90);
  await expect(page.getByRole("button", { name: "Neuron 0, 9 against 2", exact: true })).toBeVisible();
  await expect(page.getByRole("gridcell", { name: /^actual 9, predicted 2:/ })).toBeVisible();
  await expect(page.getByRole("gridcell", { name: /^actual/ })).toHaveCount(4);
  await page.getByText("Classes", { exact: true }).click();
  const classes = page.getByRole("group", { name: "Classes" });
  await expect(classes.getByRole("checkbox", { name: "9" })).toBeDisabled();
  await classes.getByRole("checkbox", { name: "4" }).check();
  await expect(page).toHaveURL(/#v=1&data=generated&classes=2,4,9&hidden=0&loss=bce$/);
  await expect(page.getByRole("gridcell", { name: /^actual/ })).toHaveCount(9);
  await expect(page.getByRole("button", { name: "Neuron 2, 9", exact: true })).toBeVisible();
});
