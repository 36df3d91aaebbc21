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

test("names of any length stay within a phone", async ({ page, site }) => {
  const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(3);
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, `${site.url}customers`);
  await page.locator(".list [role=row] a").first().click();
  await page.locator(".who h1").waitFor();
  const outside = await page.evaluate((long) => {
    const house = document.querySelector(".brand__name");
    house.textContent = `${long.slice(0, 35)} and Daughters, Purveyors of ${long}`;
    document.querySelector(".who h1").textContent = `Ada ${long}`;
    for (const tag of document.querySelectorAll(".who__tags .tag")) tag.textContent = long;
    const header = document.querySelector("header.header").getBoundingClientRect();
    const name = house.getBoundingClientRect();
    const parts = [...document.querySelectorAll("main *")].filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === "visible" && part.clientWidth > 0);
    return {
      house: name.top < header.top || name.bottom > header.bottom || name.right > innerWidth,
      page: document.documentElement.scrollWidth - innerWidth,
      who: parts.filter((part) => part.closest(".who")).map(({ className }) => className),
    };
  }, long);
  expect(outside).toEqual({ house: false, page: 0, who: [] });
});
