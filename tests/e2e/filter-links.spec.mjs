// The address holds the filter: history, reload, copied links, other snapshots, broken addresses.

import { preset, query, removeChip, toggle } from "./lib/filters.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { expect, manifest, test } from "./lib/test.mjs";

const revenue = async (page) => (await kpis(page)).total_revenue;

/** Address and key figures of a page that is complete. */
async function shown(page) {
  await ready(page);
  return { query: query(page), kpis: await kpis(page) };
}

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
});

test.use({ snapshot: "small" });

test("Back and Forward undo and redo, reload keeps, views keep", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const steps = [await shown(page)];
  for (const step of [
    () => toggle(page, "Segment", "High Value"),
    () => preset(page, "All time"),
    () => toggle(page, "Category", "Books"),
  ]) {
    await step();
    steps.push(await shown(page));
  }
  const [first, , third, last] = steps;
  expect(new Set(steps.map((step) => step.query)).size).toBe(4);
  expect(first.query).toBe("");

  await page.goBack();
  await expect.poll(() => query(page)).toBe(third.query);
  expect(await shown(page)).toEqual(third);
  await page.goForward();
  await expect.poll(() => query(page)).toBe(last.query);
  await page.reload();
  expect(await shown(page)).toEqual(last);

  // The buttons go the same way, after a reload too.
  const undo = page.getByRole("button", { name: "Undo the last filter step" });
  const redo = page.getByRole("button", { name: "Redo the filter step" });
  await expect(redo).toHaveAttribute("aria-disabled", "true");
  for (const step of [third, steps[1], first]) {
    await undo.click();
    await expect.poll(() => query(page)).toBe(step.query);
  }
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await redo.click();
  await expect.poll(() => query(page)).toBe(steps[1].query);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Data flow" }).click();
  await expect(page).toHaveURL(`${site.url}data-flow?${steps[1].query}`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
  expect(await shown(page)).toEqual(steps[1]);
});

test("a list shows the choice in force, whoever has made it", async ({ page, site }) => {
  const choice = (name) => page.getByLabel(name, { exact: true }).evaluate((list) => list.selectedOptions[0].label);
  const compared = () => choice("Compare with");
  await open(page, `${site.url}dashboard`);
  await page.getByRole("combobox", { name: "Compare with" }).selectOption("vs last year");
  await page.getByRole("button", { name: "Undo the last filter step" }).click();
  await expect.poll(compared).toBe("vs previous period");
  await page.getByRole("button", { name: "Redo the filter step" }).click();
  await expect.poll(compared).toBe("vs last year");
  await page.getByRole("button", { name: "Remove filter Compared with: Same period last year" }).click();
  await expect.poll(compared).toBe("vs previous period");

  const kind = () => choice("Show Churn Risk Distribution as");
  const first = await kind();
  await page.getByRole("combobox", { name: "Show Churn Risk Distribution as" }).selectOption("Bar");
  await page.getByRole("button", { name: "Customize" }).click();
  await page.getByRole("button", { name: "Reset layout" }).click();
  await expect.poll(kind).toBe(first);
  await page.keyboard.press("Escape");

  // The order of the list is chosen by headings, on a phone by a list.
  await open(page, `${site.url}customers`);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("Orders, all time");
  await page.setViewportSize({ width: 1440, height: 740 });
  await page.getByRole("columnheader", { name: "Change" }).getByRole("button").click();
  await expect.poll(() => choice("Sort by")).toBe("Change");
});

test("a copied link gives the same numbers in another browser", async ({ page, site, browser }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, `${site.url}dashboard?category=Home+%26+Kitchen&compare=year`);
  const here = await shown(page);
  await page.getByRole("button", { name: /^Share/ }).click();
  await page.getByRole("button", { name: /^Link to this data/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "Link copied" })).toBeInViewport({ ratio: 1 });
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const { meta } = await manifest("small");
  expect(link).toBe(`${site.url}dashboard?category=Home+%26+Kitchen&compare=year&snapshot=${meta.snapshot_id}`);
  const other = await browser.newContext();
  const there = await other.newPage();
  await open(there, link);
  expect((await shown(there)).kpis).toEqual(here.kpis);
  await page.getByRole("button", { name: /^Link to the newest/ }).click();
  const newest = `${site.url}dashboard?category=Home+%26+Kitchen&compare=year`;
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(newest);
  await expect(there.locator("[data-notice]")).toHaveCount(0);
  await other.close();
});

test("without a clipboard the link stands in a field, chosen", async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
  });
  await open(page, `${site.url}dashboard?segment=High+Value`);
  await page.getByRole("button", { name: /^Share/ }).click();
  await page.getByRole("button", { name: /^Link to this data/ }).click();
  const field = page.getByLabel("Copy this link");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/segment=High\+Value&snapshot=/);
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Share/ })).toBeFocused();
});

test("a link of another snapshot says so, and applies its filter", async ({ page, site }) => {
  await open(page, `${site.url}dashboard?segment=High+Value&snapshot=0000feed0000beef`);
  const notice = page.locator('[data-notice="other-snapshot"]');
  await expect(notice).toContainText("made under another snapshot");
  await expect(notice).toContainText("0000feed0000beef");
  await expect(page.getByRole("button", { name: "Remove filter Segment: High Value" })).toBeVisible();
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await expect(notice).toHaveCount(0);
  expect(query(page)).toBe("segment=High+Value");
});

test("of a broken address the valid part holds and the rest is named", async ({ page, site, complaints }) => {
  const broken =
    "segment=High+Value&segment=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&from=2026-02-30&to=1999-01-01" +
    "&compare=week&churn=%FF%FE&colour=red";
  await open(page, `${site.url}dashboard?${broken}`);
  const notice = page.locator('[data-notice="dropped"]');
  await expect(notice).toContainText("<img src=x onerror=alert(1)>");
  for (const part of ["2026-02-30", "1999-01-01", "week", "colour"]) await expect(notice).toContainText(part);
  await expect(page.getByRole("button", { name: "Remove filter Segment: High Value" })).toBeVisible();
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await expect(notice).toHaveCount(0);
  expect(query(page)).toBe("segment=High+Value");
  expect(complaints).toEqual([]);
});

test("by keyboard alone: open, choose, search, close, remove", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const button = page.getByRole("button", { name: /^Category/ });
  await button.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("checkbox", { name: /^Beauty/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect.poll(() => query(page)).toBe("category=Books");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(page.getByRole("checkbox", { name: /^Beauty/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: /^Revenue now .*Books\.$/ })).toBeAttached();

  await page.getByRole("button", { name: /^Period:/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("From", { exact: true }).fill("2026-06-01");
  await page.getByLabel("To", { exact: true }).fill("2026-05-01");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The first day must not lie after the last.")).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("2026-06-15");
  await page.keyboard.press("Enter");
  await expect.poll(() => query(page)).toBe("from=2026-06-01&to=2026-06-15&category=Books");

  const chips = page.getByRole("list", { name: "Active filters" }).getByRole("button", { name: /^Remove/ });
  await chips.first().focus();
  await page.keyboard.press("Enter");
  await expect(chips).toHaveCount(1);
  await expect(chips.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => query(page)).toBe("");
  await expect(page.getByRole("main")).toBeFocused();
});

test("a press outside closes a panel; on a phone one button holds the filters", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, `${site.url}dashboard`);
  const before = await revenue(page);
  const fold = page.getByRole("button", { name: /^Filters/ });
  await expect(page.getByRole("button", { name: /^Segment/ })).toBeHidden();
  await fold.click();
  await toggle(page, "Segment", "High Value");
  await expect(fold).toHaveAccessibleName("Filters, 1 active");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(fold).toBeFocused();
  await ready(page);
  expect(await revenue(page)).not.toBe(before);
  await page.getByRole("button", { name: /^Period:/ }).click();
  await expect(page.getByRole("button", { name: /^All time/ })).toBeVisible();
  await page.mouse.click(180, 735);
  await expect(page.getByRole("button", { name: /^All time/ })).toHaveCount(0);
  await removeChip(page, "Segment: High Value");
  await ready(page);
  expect(await revenue(page)).toBe(before);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
});

test("views are saved, applied, renamed, deleted and brought back", async ({ page, site }) => {
  await open(page, `${site.url}dashboard?segment=High+Value`);
  const menu = page.getByRole("button", { name: "Saved views" });
  await menu.click();
  await page.getByLabel("Save this view as").fill("Our best");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Reset all" }).click();
  await expect.poll(() => query(page)).toBe("");
  await page.reload();
  await ready(page);
  await menu.click();
  await page.getByRole("button", { name: "Our best", exact: true }).click();
  await expect.poll(() => query(page)).toBe("segment=High+Value");
  await menu.click();
  await page.getByRole("button", { name: "Rename Our best" }).click();
  await page.keyboard.type("The best");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete The best" }).click();
  await expect(page.getByText("“The best” was deleted.")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("button", { name: "The best", exact: true })).toBeVisible();
});

test.describe("a real shop", () => {
  test.use({ snapshot: "superstore" });

  test("values that a snapshot lacks are named, those it has are applied", async ({ page, site }) => {
    await open(page, `${site.url}dashboard?category=Books&category=Furniture`);
    await expect(page.locator('[data-notice="dropped"]')).toContainText("Books");
    await expect(page.getByRole("button", { name: "Remove filter Category: Furniture" })).toBeVisible();
  });
});
