// A snapshot from the disk: opened in the tab, right in every number, asked of nobody, gone when closed.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

import { violations } from "./lib/axe.mjs";
import { asked, shows } from "./lib/own.mjs";
import { open } from "./lib/page.mjs";
import { expect, fixture, test } from "./lib/test.mjs";

/** Every file of a snapshot, to be chosen as a folder is. */
async function chooseFolder(page, folder) {
  await page.locator("#own-folder").setInputFiles(folder);
}

test.describe("a snapshot from the disk", () => {
  test.use({ snapshot: "demo" });

  test("takes the place of the host's, is saved, opened again, and closed", async ({ page, site, complaints }, info) => {
    await open(page, `${site.url}own-data`);
    const others = asked(page, site);
    await chooseFolder(page, fixture("small"));
    await expect(page).toHaveURL(/dashboard$/);
    await shows(page, "small");
    await expect(page.locator("header .tag--own")).toHaveText("Only in this tab");
    // Filters, look-ups and SQL are asked of it, too.
    await page.getByRole("combobox", { name: /Search customers/ }).fill("office");
    await page.locator('#search-list [role="option"]').first().click();
    await expect(page.locator(".profile data:visible").first()).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "SQL console" }).click();
    await page.getByRole("button", { name: "Run" }).click();
    await expect(page.locator(".sql table tbody tr").first()).toBeVisible();
    expect(others).toEqual([]);

    await page.locator("header .tag--own").click();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as one file" }).click();
    const archive = info.outputPath("snapshot.zip");
    await (await saved).saveAs(archive);
    await expect(page.getByText("Saved. It can be opened here again")).toBeVisible();
    await page.getByRole("button", { name: /^Close, and show/ }).click();
    await expect(page.locator('[data-own="open"]')).toHaveCount(0);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
    await shows(page, "demo");
    await expect(page.locator("header .tag--own")).toHaveCount(0);

    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Your own data" }).click();
    await page.locator("#own-files").setInputFiles(archive);
    await expect(page).toHaveURL(/dashboard$/);
    await shows(page, "small");
    expect(complaints).toEqual([]);
  });

  test("what is no snapshot says what is missing, and leaves what is open", async ({ page, site }, info) => {
    await open(page, `${site.url}own-data`);
    const trouble = page.locator('[data-own="trouble"]');
    const folder = fixture("small");
    const names = await readdir(folder);
    const database = names.find((name) => name.endsWith(".sqlite"));
    const files = async (keep) =>
      Promise.all(
        names.filter((name) => /\.(json|sqlite)$/.test(name) && keep(name)).map(async (name) => ({
          name,
          mimeType: "application/octet-stream",
          buffer: await readFile(path.join(folder, name)),
        })),
      );
    const choose = async (list) => page.locator("#own-files").setInputFiles(list);
    await choose(await files((name) => name !== database));
    await expect(trouble).toContainText(`missing: ${database}`);
    const cut = await files(() => true);
    for (const file of cut) if (file.name === database) file.buffer = file.buffer.subarray(0, 4_096);
    await choose(cut);
    await expect(trouble).toContainText(`copy it anew: ${database}`);
    await choose([{ name: "manifest.json", mimeType: "application/json", buffer: Buffer.from("{") }]);
    await expect(trouble).toContainText("The snapshot cannot be read");
    const head = Buffer.from("504b030414000000", "hex");
    await choose([{ name: "cut.zip", mimeType: "application/zip", buffer: head }]);
    await expect(trouble).toContainText("The archive is damaged, or cut off");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
    await shows(page, "demo");
  });
});
