// Each frame of a page that draws slowly: old numbers never stand under a new filter as if they were
// its own, however far drawing has come.

import { days, preset, toggle } from "./lib/filters.mjs";
import { ready, scrollThrough } from "./lib/page.mjs";
import { drawSlowly, numbersNow, numbersSeen, watchNumbers, wrongNumbers } from "./lib/samples.mjs";
import { expect, test } from "./lib/test.mjs";

const STEPS = [
  (page) => toggle(page, "Category", "Books"),
  (page) => toggle(page, "Churn risk", "High"),
  (page) => preset(page, "Last 90 days"),
  (page) => page.goBack(),
  (page) => days(page, "2024-02-03", "2024-05-09"),
];

for (const view of ["dashboard", "satisfaction", "kpi/total_revenue", "customers"]) {
  test(`no frame of ${view} shows old numbers unmarked`, async ({ page, site }) => {
    await watchNumbers(page);
    await drawSlowly(page);
    await page.goto(`${site.url}${view}`);
    const truths = [];
    for (const step of [() => {}, ...STEPS]) {
      await step(page);
      await ready(page);
      await scrollThrough(page);
      await ready(page);
      // Where drawing pauses, a mark goes some frames after the page has come to rest.
      const marked = async () => Object.values((await numbersNow(page)).cards).filter(({ updating }) => updating);
      await expect.poll(marked, { timeout: 2_000 }).toEqual([]).catch(() => {});
      truths.push(await numbersNow(page));
    }
    expect(new Set(truths.map(({ address }) => address)).size).toBeGreaterThan(STEPS.length - 2);
    // What a filter's panel counts is there for as long as it is open.
    const ofCards = ({ cards: { page: _panel, ...cards }, ...where }) => ({ ...where, cards });
    expect(wrongNumbers((await numbersSeen(page)).map(ofCards), truths)).toEqual([]);
  });
}
