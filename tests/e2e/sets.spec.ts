// The sets to choose from: what each is and whether it is here, with the first of its images.
import { coloursOf, hasCifar } from "./cifar.js";
import { SOON } from "./lab.js";
import { hasMnist } from "./mnist.js";
import { expect, test } from "./page.js";
import { painted } from "./reading.js";

test("each set that is here shows its first images, also when another one is learned", async ({
  lab,
  page,
}) => {
  test.skip(!hasMnist || !hasCifar, "needs real MNIST and CIFAR-10");
  await lab.visitAtRest("data=generated&hidden=0");
  await page.getByText("All sets", { exact: true }).click();
  const cards = page.getByRole("list", { name: "All sets" }).getByRole("listitem");
  // The last three have no images.
  await expect(cards).toHaveCount(7);
  for (const place of [0, 1, 2, 3]) await expect(cards.nth(place).locator("img[src]")).toHaveCount(10, SOON);
  const photographs = cards.nth(2).locator("img");
  for (const id of [0, 9]) expect(await photographs.nth(id).evaluate(painted)).toEqual(coloursOf(id));
  await page.getByText("All sets", { exact: true }).click();
});
