// Pictures of the page at the widths of its three grids, in both themes, for people to look at.

import path from "node:path";

import { open, scrollThrough } from "./lib/page.mjs";
import { PROJECT, expect, test } from "./lib/test.mjs";

for (const width of [360, 800, 1440]) {
  for (const theme of ["light", "dark"]) {
    test(`${width} px, ${theme}`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await open(page, `${site.url}dashboard`);
      await scrollThrough(page);
      const file = path.join(PROJECT, `target/screenshots/${width}-${theme}.png`);
      await page.screenshot({ path: file, fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, "nothing is wider than the screen").toBeLessThanOrEqual(0);
    });
  }
}
