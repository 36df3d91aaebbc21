// Where the reader is on the page stays with him: what has the focus may go, views come and go.

import { query, toggle } from "./lib/filters.mjs";
import { focused, press, tabTo } from "./lib/keys.mjs";
import { open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

// Each test makes many visits.
test.describe.configure({ timeout: 180_000 });

test.use({ snapshot: "small" });

/** Presses a button by key; `press` fails where nothing has the focus then. */
async function enter(page, name) {
  await page.getByRole("button", { name, exact: true }).focus();
  await press(page, "Enter");
}

test("whatever goes away under the keyboard, the focus goes on beside it", async ({ page, site, complaints }) => {
  await open(page, `${site.url}dashboard?segment=High+Value&colour=red&snapshot=0000feed0000beef`);
  for (const left of [1, 0]) {
    await page.getByRole("button", { name: "Dismiss" }).first().focus();
    await press(page, "Enter");
    await expect(page.locator("[data-notice]")).toHaveCount(left);
    await press(page, "Shift");
  }

  await enter(page, "Total Revenue: details");
  await enter(page, "Close the details of Total Revenue");
  expect(await focused(page)).toBe("button Total Revenue: details");

  await enter(page, "Segment, 1 chosen");
  await enter(page, "Clear");
  await expect.poll(() => query(page)).toBe("");
  expect(await focused(page)).toBe("button Clear");
  await press(page, "Escape");

  await enter(page, "Saved views");
  await page.getByLabel("Save this view as").fill("Our best");
  await press(page, "Enter");
  await enter(page, "Saved views");
  await enter(page, "Rename Our best");
  await press(page, "Escape");
  expect(await focused(page)).toBe("button Rename Our best");
  await press(page, "Enter");
  await page.keyboard.type("The best");
  await press(page, "Enter");
  expect(await focused(page)).toBe("button Rename The best");
  await enter(page, "Delete The best");
  expect(await focused(page)).toBe("button Undo");
  await press(page, "Enter");
  expect(await focused(page)).toBe("button The best");

  // What nobody thought of: a part with the focus is taken off the page, or put out of use.
  await page.getByRole("button", { name: "More for Monthly Revenue Trend" }).focus();
  await page.evaluate(() => document.activeElement.remove());
  await press(page, "Shift");
  expect(await page.evaluate(() => document.activeElement.closest("[data-widget]")?.dataset.widget)).toBe("monthly_revenue");
  await page.evaluate(() => (document.activeElement.disabled = true));
  await press(page, "Shift");
  // The host is asked for the snapshot that the address names, and has none.
  expect(complaints.filter((text) => !text.includes("status of 404"))).toEqual([]);
});

test("Back leads to where one was, in every view", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const card = page.locator('[data-widget="top_customers"]');
  const third = card.locator("tbody .picked").nth(2);
  await third.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollBy(0, 40));
  const place = (it) => it.evaluate((it) => Math.round(it.getBoundingClientRect().top));
  const before = await place(third);
  await third.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/customers\/.+/);
  await ready(page);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  // After a reload, too.
  await page.reload();
  await ready(page);
  await page.goBack();
  await expect(third).toBeFocused();
  await ready(page);
  expect(Math.abs((await place(third)) - before)).toBeLessThanOrEqual(2);

  // A step of the filter leaves everything where it is; another view begins at its top.
  await toggle(page, "Segment", "High Value");
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Customers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeFocused();
  await ready(page);
  const grid = page.getByRole("grid");
  await grid.focus();
  for (let times = 0; times < 3; times += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(grid).toHaveCount(0);
  await ready(page);
  await page.goBack();
  await expect(grid).toBeFocused();
  await expect(grid.locator(".list__row--active")).toHaveAttribute("aria-rowindex", "5");
  // Forward again: the profile, where its reader left it.
  await page.goForward();
  const back = page.getByRole("link", { name: "All customers" });
  await back.focus();
  await page.goBack();
  await expect(grid).toBeFocused();
  await page.goForward();
  await expect(back).toBeFocused();
});

test("the filters and the cards are a few keys away", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await press(page, "Tab");
  expect(await focused(page)).toBe("a Skip to content");
  await press(page, "Tab");
  expect(await focused(page)).toBe("a Skip to filters");
  await press(page, "Enter");
  expect(await focused(page)).toMatch(/^button Period:/);
  await tabTo(page, /Skip to content/, { back: true });
  // The content as a whole has no mark of its own; what comes next has.
  await page.keyboard.press("Enter");
  await tabTo(page, /Total Revenue: details/, { most: 4 });
});
