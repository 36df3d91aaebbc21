// Small shops with odd names and with little data: everything can be seen and pressed, what the
// data does not have is nowhere, and no place is left empty for it.

import { open, ready, scrollThrough, table } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

// Each test makes many visits.
test.describe.configure({ timeout: 180_000 });

const card = (page, id) => page.locator(`[data-widget="${id}"]`);

/** Texts without the marks that keep directions apart. */
const bare = (text) => text.replace(/[\u2068\u2069]/g, "").trim();

/** How much of each row of the grid its cards fill: 1 for a row without a hole. */
async function rows(page) {
  return page.locator(".board").evaluate((board) => {
    const { left, right } = board.getBoundingClientRect();
    const gap = Number.parseFloat(getComputedStyle(board).columnGap);
    const taken = new Map();
    for (const one of board.children) {
      const { top, width } = one.getBoundingClientRect();
      const key = Math.round(top);
      taken.set(key, (taken.get(key) ?? -gap) + width + gap);
    }
    return [...taken.values()].map((width) => Math.round((100 * width) / (right - left)) / 100);
  });
}

test.describe("odd names", () => {
  test.use({ snapshot: "odd" });

  test("bars and rows are called as written, in one order", async ({ page, site, complaints }) => {
    await open(page, `${site.url}dashboard`);
    const bars = card(page, "category_performance");
    await bars.scrollIntoViewIfNeeded();
    await ready(page);
    const ticks = (await bars.locator(".ytick text").allTextContents()).map(bare);
    const { rows } = await table(page, "category_performance");
    expect(rows).toHaveLength(19);
    expect(ticks).toHaveLength(12);
    for (const [at, tick] of ticks.entries()) {
      const name = rows[at][0].text;
      if (tick.endsWith("…")) expect(name).toContain(tick.slice(0, -1).trim());
      else expect(tick).toBe(name);
    }
    const names = rows.map(([name]) => name.text);
    for (const name of ["2024-01-15", "007", "1e3", "etalp", "U+200B"]) expect(names).toContain(name);
    // Figures draw nothing outside of their cards.
    await scrollThrough(page);
    const outside = await page.locator(".board .main-svg text").evaluateAll((texts) =>
      texts
        .filter((text) => {
          const [own, around] = [text, text.closest(".card")].map((it) => it.getBoundingClientRect());
          return own.width > 0 && (own.left < around.left - 1 || own.right > around.right + 1);
        })
        .map((text) => text.textContent),
    );
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("whoever has no name to see is called by id, and can be pressed", async ({ page, site }) => {
    await open(page, `${site.url}customers`);
    await page.locator(".list__rows .person__name", { hasText: /^c2$/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("c2");
    await expect(page).toHaveURL(/customers\/c2/);
  });

  test("no card, view, column or hole stands for what is not there", async ({ page, site }) => {
    for (const width of [1440, 800, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await open(page, `${site.url}dashboard`);
      expect(await rows(page), `${width} pixels`).toEqual(expect.arrayContaining([1]));
      expect(new Set(await rows(page)), `${width} pixels`).toEqual(new Set([1]));
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(card(page, "customer_satisfaction")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Satisfaction" })).toHaveCount(0);
    await open(page, `${site.url}customers`);
    await expect(page.getByRole("columnheader", { name: "Orders" })).toBeVisible();
    await expect(page.getByRole("columnheader", { name: "Satisfaction" })).toHaveCount(0);
    await open(page, `${site.url}satisfaction`);
    await expect(page.getByText("no satisfaction scores")).toBeVisible();
  });
});

test.describe("guests only", () => {
  test.use({ snapshot: "guests" });

  test("there are sales and no customers, in the currency's own decimals", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const ids = await page.locator("[data-kpi]").evaluateAll((all) => all.map((it) => it.dataset.kpi));
    expect(ids).toEqual(["total_revenue", "total_orders", "average_order_value"]);
    await expect(page.locator('[data-kpi="total_revenue"] data').first()).toHaveText(/^KWD.16\.755$/);
    const cards = page.locator(".board [data-widget]");
    expect(await cards.evaluateAll((all) => all.map((it) => it.dataset.widget))).toEqual([
      "monthly_revenue",
      "category_performance",
    ]);
    expect(new Set(await rows(page))).toEqual(new Set([1]));
    const filters = page.getByRole("region", { name: "Filters" });
    await expect(filters.getByRole("button", { name: "Category" })).toBeVisible();
    for (const name of ["Segment", "Churn risk", "RFM segment"]) {
      await expect(filters.getByRole("button", { name, exact: true })).toHaveCount(0);
    }
    const menu = page.getByRole("navigation", { name: "Main" });
    for (const name of ["Customers", "Satisfaction", "Data flow"]) {
      await expect(menu.getByRole("link", { name })).toHaveCount(0);
    }
    await open(page, `${site.url}customers`);
    await expect(page.getByText("knows no customers")).toBeVisible();
  });
});

test.describe("sparklines", () => {
  test.use({ snapshot: "small" });

  const kpi = (page) => page.locator('[data-kpi="total_revenue"]');

  test("a pointer finds the months and values, and nothing moves", async ({ page, site, complaints }) => {
    await open(page, `${site.url}dashboard`);
    await expect(page.locator(".kpi .main-svg")).toHaveCount(0);
    const spark = kpi(page).locator(".kpi__spark");
    const [before, whole] = [await spark.boundingBox(), await kpi(page).boundingBox()];
    await spark.hover({ position: { x: before.width - 2, y: before.height / 2 } });
    await expect(spark.locator(".main-svg").first()).toBeVisible();
    await ready(page);
    expect(await spark.boundingBox()).toEqual(before);
    expect(await kpi(page).boundingBox()).toEqual(whole);
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
    await expect(spark.locator(".hovertext")).toHaveText(/^[A-Z][a-z]{2} \d{4}: \$[\d,.]+$/);
    await spark.click();
    await expect(kpi(page).getByRole("button", { name: /details/ })).toHaveAttribute("aria-expanded", "true");
    expect(complaints).toEqual([]);
  });

  test("the keyboard walks it, and it says what the breakdown says", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const details = kpi(page).getByRole("button", { name: /details/ });
    await details.focus();
    const list = kpi(page).getByRole("listbox");
    await expect(list).toBeVisible();
    await ready(page);
    await page.keyboard.press("Tab");
    await expect(list).toBeFocused();
    await page.keyboard.press("End");
    const last = await kpi(page).getByRole("option").innerText();
    await details.press("Enter");
    const row = page.locator("#total_revenue-detail tbody tr").last();
    for (const text of await row.locator("th, td").allInnerTexts()) expect(last).toContain(text);
  });
});

test.describe("sparklines under a finger", () => {
  test.use({ snapshot: "small", hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test("a tap draws it and opens nothing else", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-kpi="total_revenue"]');
    await card.locator(".kpi__spark").tap();
    await expect(card.locator(".kpi__spark .main-svg").first()).toBeVisible();
    await expect(card.getByRole("button", { name: /details/ })).toHaveAttribute("aria-expanded", "false");
  });
});
