// What a view shows while an answer is on its way, and when it does not come.

import { toggle } from "./lib/filters.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

// What two categories have in common has to be fetched here: each alone is told beside the figure.
test.use({ snapshot: "many" });

const FIGURE = "total_customers";
const SNAPSHOT = "/data/snapshot-";

/** The value on screen, exact. */
const value = async (page) => (await kpis(page))[FIGURE];

test("an old number under a new filter is marked until the right one comes", async ({ page, site }) => {
  await open(page, `${site.url}kpi/${FIGURE}?category=Books`);
  const card = page.locator(`[data-kpi="${FIGURE}"]`);
  const before = await value(page);
  site.faults.add({ kind: "ok", delayMs: 1_500, match: SNAPSHOT });
  await toggle(page, "Category", "Beauty");
  await expect(card.getByRole("status")).toHaveText("Updating");
  await expect(card).toHaveAttribute("aria-busy", "true");
  expect(await value(page)).toBe(before);
  await ready(page);
  await expect(card.getByRole("status")).toHaveCount(0);
  await expect(card).not.toHaveAttribute("aria-busy", "true");
  const after = await value(page);
  expect(after).not.toBe(before);
  site.faults.clear();
  await page.reload();
  await ready(page);
  expect(await value(page)).toBe(after);
});

test("a question that failed is asked again where it stands", async ({ page, site }) => {
  await open(page, `${site.url}kpi/${FIGURE}?category=Books`);
  const card = page.locator(`[data-kpi="${FIGURE}"]`);
  const before = await value(page);
  site.faults.add({ kind: "status", status: 503, match: SNAPSHOT });
  await toggle(page, "Category", "Beauty");
  const again = card.getByRole("button", { name: "Try again" });
  await expect(card).toContainText("answered 503");
  await expect(card).toHaveClass(/widget--updating/);
  expect(await value(page)).toBe(before);
  site.faults.clear();
  // Unless the page does so by itself first.
  await Promise.any([again.click(), again.waitFor({ state: "hidden" })]);
  await expect(again).toHaveCount(0);
  await ready(page);
  expect(await value(page)).not.toBe(before);
});
