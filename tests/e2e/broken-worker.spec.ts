// A worker that throws, traps or is silent: a message, and a button that goes on from the last epoch's snapshot.
import { SOON, type LabPage } from "./lab.js";
import { hasMnist } from "./mnist.js";
import { expect, test } from "./page.js";
import { countWorkers, sabotage, sabotagedSite, type Failure } from "./sabotage.js";

test.use({ ownTab: true });

async function survives(lab: LabPage, data: string, failure: Failure, says: RegExp): Promise<void> {
  const counts = await countWorkers(lab.page);
  const site = await sabotagedSite();
  try {
    await lab.open(`data=${data}&hidden=10&epochs=10000`, site.url);
    await lab.endsEpochs(2);
    await sabotage(lab.page, failure);
    await expect(lab.alert).toContainText(says, { timeout: 9_000 });
    const { loss, fingerprint } = await lab.history();
    const epochs = loss.length;
    // Nothing is left hanging: the page answers, and what it showed is still there.
    await lab.cell(4, 9).hover();
    await expect(lab.card(4, 9)).toBeVisible();
    expect(await counts()).toEqual({ started: 1, ended: 1 });

    await lab.alert.getByRole("button", { name: new RegExp(`again.* ${epochs}$`) }).click();
    await expect(lab.alert).toBeHidden();
    const shown: number[] = [];
    const goesOn = async () => {
      shown.push(await lab.epochs());
      return (await lab.history()).loss.length;
    };
    await expect.poll(goesOn, SOON).toBeGreaterThan(epochs + 1);
    expect(Math.min(...shown), `epochs shown: ${shown.join(", ")}`).toBeGreaterThanOrEqual(epochs);
    const { fingerprint: whole } = await lab.history();
    expect(whole.slice(0, epochs)).toEqual(fingerprint);
    expect(await lab.percent()).toBeGreaterThan(60);
    expect(await counts()).toEqual({ started: 2, ended: 1 });

    // It is the run that nothing had happened to, to the bit.
    await lab.toTheStart();
    await lab.call("train");
    await lab.endsEpochs(epochs + 2);
    expect((await lab.history()).fingerprint.slice(0, epochs + 2)).toEqual(whole.slice(0, epochs + 2));
  } finally {
    site.close();
  }
}

test("a worker that throws ends in a message, and learning goes on from the last epoch", async ({ lab }) => {
  // A new worker needs the files once more.
  await survives(lab, hasMnist ? "mnist" : "generated", "throw", /engine stopped.*sabotaged/);
});

test("an engine that traps ends in a message, and learning goes on from the last epoch", async ({ lab }) => {
  await survives(lab, "generated", "trap", /engine stopped.*unreachable/);
});

test("a worker that hangs ends in a message, and learning goes on from the last epoch", async ({ lab }) => {
  await survives(lab, "generated", "hang", /5 seconds/);
});

test("a rate that is set while the worker hangs is that of the run that goes on", async ({ lab, page }) => {
  const site = await sabotagedSite();
  try {
    await lab.open("data=generated&hidden=10&epochs=10000", site.url);
    await lab.endsEpochs(2);
    await sabotage(page, "hang");
    await lab.type(lab.rate, "0.02");
    await expect(lab.alert).toContainText("5 seconds", { timeout: 9_000 });
    await expect(page).toHaveURL(/lr=0\.1;0\.02@\d+/);
    await lab.alert.getByRole("button", { name: /again/ }).click();
    await lab.endsEpochs(4);
    await expect(page).toHaveURL(/lr=0\.1;0\.02@\d+/);
    await expect(lab.rate).toHaveValue("0.02");
  } finally {
    site.close();
  }
});

test("a worker that hears nothing any more ends in a message", async ({ lab }) => {
  await survives(lab, "generated", "deaf", /5 seconds/);
});
