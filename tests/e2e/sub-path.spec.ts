// The built page is a folder of files: it works wherever somebody puts it.
import { DATA_FOLDER, expect, test } from "./page.js";
import { hasMnist } from "./mnist.js";

test("the page works under a sub-path, with the data beside it", async ({ lab, page, site }) => {
  const address = await site({ base: "/course/week-3/", data: DATA_FOLDER });
  await lab.open("", address);
  await lab.learns(60);
  await expect(page).toHaveURL(new RegExp(`/course/week-3/#v=1&data=${hasMnist ? "mnist" : "generated"}$`));
});
