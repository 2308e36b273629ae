// "Don't worry, you can't break it": a learning rate of 1,000 ends in a sentence, and a lower one goes on.
import { expect, test } from "./page.js";

test("a loss that is no number names the step and the setting, and a lower rate goes on", async ({ lab }) => {
  await lab.visit("data=generated&hidden=64,64,64&act=linear&lr=1000");
  await expect(lab.alert).toContainText(/step \d+/i);
  await expect(lab.alert).toContainText(/learning rate of 1,000/i);
  const step = Number(/step ([\d,]+)/i.exec(await lab.alert.innerText())![1]!.replaceAll(",", ""));
  expect(step).toBeLessThan(100);
  expect(await lab.heard("error")).toEqual([expect.objectContaining({ code: "diverged", step })]);

  // The page is alive, and says numbers where there are some.
  await lab.cell(4, 9).hover();
  await expect(lab.card(4, 9)).toBeVisible();
  expect(await lab.accuracy.innerText()).not.toContain("NaN");
  await expect(lab.button("Train")).toBeVisible();

  await lab.type(lab.rate, "0.02");
  await lab.button("Restart").click();
  await expect(lab.alert).toBeHidden();
  if (await lab.button("Train").isVisible()) await lab.button("Train").click();
  await lab.learns(50);
});

test("the button in the message starts again with a tenth, until it learns", async ({ lab }) => {
  await lab.visit("data=generated&hidden=64,64,64&act=linear&lr=1000");
  const lower = lab.alert.getByRole("button", { name: /tenth/ });
  for (const rate of ["100", "10", "1"]) {
    await lower.click();
    await expect(lab.rate).toHaveValue(rate);
    await expect(lab.alert).toContainText(`learning rate of ${rate} `);
  }
  await lower.click();
  await expect(lab.alert).toBeHidden();
  await expect(lab.rate).toHaveValue("0.1");
});
