// axe finds nothing on any view, in either theme, nor in what the views can open.

import { violations } from "./lib/axe.mjs";
import { open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

for (const theme of ["light", "dark"]) {
  for (const view of ["", "dashboard", "data-flow", "about-data", "help", "no-such-view"]) {
    test(`/${view}, ${theme}`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await open(page, site.url + view);
      expect(await violations(page)).toEqual([]);
    });
  }

  test(`tables and a breakdown, ${theme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${site.url}dashboard`);
    await page.getByRole("button", { name: "Total Revenue: details" }).click();
    for (const button of await page.getByRole("button", { name: /as table$/ }).all()) {
      await button.click();
    }
    await ready(page);
    expect(await violations(page)).toEqual([]);
  });

  test(`phone with its menu open, ${theme}`, async ({ page, site }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${site.url}dashboard`);
    await page.getByRole("button", { name: "Open menu" }).click();
    expect(await violations(page)).toEqual([]);
  });

  test(`a snapshot that cannot be read, ${theme}`, async ({ page, site }) => {
    site.faults.add({ kind: "status", status: 404, match: "manifest.json" });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${site.url}dashboard`);
    expect(await violations(page)).toEqual([]);
  });
}
