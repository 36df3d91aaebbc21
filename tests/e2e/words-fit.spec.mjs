// Words of every language have their room: no heading runs over what stands beside it.

import { open } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

/** Headings and controls of cards and lists whose words lie over their neighbours. */
const crowded = (page) =>
  page.evaluate(() => {
    const seen = (part) => part.checkVisibility() && part.getBoundingClientRect().width > 1;
    /** Where the words are, which may stick out of the part that holds them. */
    const words = (part) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      return range.getBoundingClientRect();
    };
    const over = (one, other) => {
      const [a, b] = [words(one), words(other)];
      return a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1;
    };
    const rows = [...document.querySelectorAll(".card__head, .list__head [role=row], .table--people thead tr")];
    return rows.flatMap((row) => {
      const parts = [...row.children].filter(seen);
      const pairs = parts.slice(1).map((part, at) => [parts[at], part]);
      return pairs.filter(([one, other]) => over(one, other)).map((pair) => pair.map((part) => part.innerText.trim()).join(" | "));
    });
  });

for (const locale of ["en-US", "de-DE"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("headings stay clear of each other", async ({ page, site }) => {
      for (const view of ["dashboard", "customers", "satisfaction"]) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await open(page, site.url + view);
        for (const width of [1440, 800, 360]) {
          await page.setViewportSize({ width, height: 900 });
          await expect.poll(() => crowded(page), `${view} at ${width} px`).toEqual([]);
        }
      }
    });
  });
}
