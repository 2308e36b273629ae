// The curves are drawn to their last point, however quickly a run goes by.
import { SOON } from "./lab.js";
import { expect, test } from "./page.js";

test.use({ moves: true });

test("of a run that is evaluated with every picture the curves end where the run does", async ({
  lab,
  page,
}) => {
  const epochs = 60;
  await lab.visit(`data=generated&classes=2,9&hidden=0&batch=4000&epochs=${epochs}`);
  await lab.endsEpochs(epochs);
  await expect(lab.button("Train")).toBeVisible();
  const curve = page.locator("brainbow-curve").first();
  const box = (await curve.locator(".u-over").boundingBox())!;
  const epochAtTheEnd = async () => {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2);
    return Number.parseFloat(/epoch ([\d.,]+)/.exec(await curve.locator(".readout").innerText())?.[1] ?? "");
  };
  await expect.poll(epochAtTheEnd, SOON).toBe(epochs);
});
