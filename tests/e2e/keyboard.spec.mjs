// The main journey by keys alone: who are our high-value customers at risk in one category, how
// has that changed against last year, what did they buy; pass it on, and take the list away.

import { readFile } from "node:fs/promises";

import { query } from "./lib/filters.mjs";
import { focused, press, tabTo } from "./lib/keys.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** Opens the panel of a filter that has the focus, checks a value, and goes back to its button. */
async function choose(page, value) {
  await press(page, "Enter");
  for (let times = 0; times < 20 && !value.test(await focused(page)); times += 1) {
    await press(page, "ArrowDown");
  }
  expect(await focused(page)).toMatch(value);
  await press(page, "Space");
  await press(page, "Escape");
}

test("the main journey by keys alone, with the focus always in sight", async ({ page, site, complaints }) => {
  test.setTimeout(120_000);
  await open(page, `${site.url}dashboard`);
  const before = await kpis(page);

  // Past the menu to the filters: high value, at high risk, in one category.
  await press(page, "Tab");
  expect(await focused(page)).toMatch(/Skip to/);
  await tabTo(page, /^button Segment/);
  await choose(page, /High Value/);
  expect(await focused(page)).toMatch(/^button Segment/);
  await tabTo(page, /^button Churn risk/, { most: 3 });
  await choose(page, /High/);
  await tabTo(page, /^button Category/, { most: 3 });
  await choose(page, /Beauty/);
  // Against last year.
  await tabTo(page, /Compare with/, { back: true, most: 6 });
  await press(page, "ArrowDown");
  await ready(page);
  expect(query(page)).toBe("segment=High+Value&churn=High&category=Beauty&compare=year");
  const now = await kpis(page);
  expect(Number(now.total_revenue)).toBeLessThan(Number(before.total_revenue));
  await expect(page.locator('[data-kpi="total_revenue"]')).toContainText("vs same period last year");

  // The key figure itself, and a part of it.
  await tabTo(page, /Total Revenue: details/);
  await press(page, "Enter");
  await tabTo(page, /Open the full view/, { most: 12 });
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Total Revenue" })).toBeFocused();
  await ready(page);
  expect((await kpis(page)).total_revenue).toBe(now.total_revenue);

  // Passed on: the link opens the same numbers.
  await tabTo(page, /Share: copy a link/, { back: true });
  await press(page, "Enter");
  await tabTo(page, /Link to this data/, { most: 3 });
  await press(page, "Enter");
  await expect(page.getByRole("status").filter({ hasText: "Link copied" })).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain("segment=High+Value&churn=High&category=Beauty&compare=year&snapshot=");

  // Who they are, as a file.
  await tabTo(page, /Customers$/, { back: true });
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeFocused();
  await ready(page);
  const listed = Number(await page.locator("#customers-title data").getAttribute("value"));
  expect(listed).toBeGreaterThan(3);
  await tabTo(page, /Download the list as CSV/);
  const saving = page.waitForEvent("download");
  await press(page, "Enter");
  const text = await readFile(await (await saving).path(), "utf8");
  const lines = text.replace(/^\uFEFF/, "").trimEnd().split("\r\n");
  expect(lines.filter((line) => !/^"?# /.test(line))).toHaveLength(listed + 1);

  // What one of them bought.
  await tabTo(page, /^grid/);
  await press(page, "ArrowDown");
  const name = await page.locator(".list__rows .list__row--active .person__name").textContent();
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeFocused();
  await ready(page);
  await tabTo(page, /^(radio|input) All/);
  await press(page, "ArrowRight");
  expect(await focused(page)).toMatch(/Orders/);
  await expect(page.locator(".event--orders").filter({ hasText: "Beauty" }).first()).toBeVisible();
  await expect(page.locator(".event:not(.event--orders)")).toHaveCount(0);
  expect(complaints).toEqual([]);

  // Whoever gets the link sees the same number.
  await open(page, link);
  expect((await kpis(page)).total_revenue).toBe(now.total_revenue);
});
