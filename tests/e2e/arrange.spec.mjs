// The reader arranges the dashboard: by menu, by dragging, by ticks; it stays so, travels as a
// file, and a broken file or full storage costs nothing but itself.

import { readFile } from "node:fs/promises";

import { open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const order = (page) =>
  page.locator("[data-widget]").evaluateAll((cards) => cards.map((card) => card.dataset.widget));
const figures = (page) =>
  page.locator("[data-kpi]").evaluateAll((cards) => cards.map((card) => card.dataset.kpi));
const KEY = "hub.preferences";

test("cards move by menu and by grip, and stay there", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const house = await order(page);
  const menu = page.getByRole("button", { name: "More for Churn Risk Distribution" });
  await menu.click();
  await page.getByRole("button", { name: "Move earlier" }).click();
  await expect(page.getByRole("status").filter({ hasText: "now 5 of 8" })).toBeAttached();
  await expect(menu).toBeFocused();
  const moved = house.with(4, "churn_risk").with(5, "customer_satisfaction");
  expect(await order(page)).toEqual(moved);

  const grip = page.locator('[data-widget="data_flow"] .card__grip');
  const target = page.locator('[data-widget="rfm_segmentation"]');
  // Both the upper half of the target and the grip below it are on the screen.
  await target.evaluate((card) => card.scrollIntoView({ block: "center" }));
  const from = await grip.boundingBox();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y - 20, { steps: 3 });
  const over = await target.boundingBox();
  await page.mouse.move(over.x + 40, Math.max(over.y + 40, 200), { steps: 4 });
  await expect(target).toHaveClass(/lands-before/);
  await page.mouse.up();
  const dropped = [...moved.slice(0, 6), "data_flow", "rfm_segmentation"];
  await expect.poll(() => order(page)).toEqual(dropped);
  await page.reload();
  await ready(page);
  expect(await order(page)).toEqual(dropped);
  for (const width of [800, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider).toBeLessThanOrEqual(0);
  }
});

test("key figures are chosen and ordered in a dialog", async ({ page, site, expected }) => {
  await open(page, `${site.url}dashboard`);
  await page.getByRole("button", { name: "Customize" }).click();
  const dialog = page.getByRole("dialog", { name: "Customize the dashboard" });
  await dialog.getByRole("checkbox", { name: /^Campaign Response Rate/ }).uncheck();
  await dialog.getByRole("checkbox", { name: /^Retention Rate/ }).check();
  await dialog.getByRole("button", { name: "Move Retention Rate earlier" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await ready(page);
  const chosen = ["total_revenue", "total_orders", "retention_rate", "avg_satisfaction"];
  expect(await figures(page)).toEqual(chosen);
  const value = page.locator('[data-kpi="retention_rate"] data').first();
  await expect(value).toHaveAttribute("value", expected.kpis.default_view.retention_rate.value);
  await page.getByRole("button", { name: "Customize" }).click();
  await dialog.getByRole("button", { name: "Reset layout" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => figures(page)).toHaveLength(4);
  expect((await figures(page))[3]).toBe("campaign_response_rate");
});

test("the kind of a chart is remembered", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const choice = page.getByRole("combobox", { name: "Show Churn Risk Distribution as" });
  await choice.selectOption("Bar");
  await ready(page);
  await page.reload();
  await ready(page);
  await expect(choice).toHaveValue("Bar");
  await expect(page.locator('[data-widget="churn_risk"] .bars').first()).toBeVisible();
});

test("broken preferences: the valid part is used, the rest is named", async ({ page, site }) => {
  const kept = { version: 1, theme: "dark", layout: { kpis: ["units_sold", "gold"], cards: 7 }, odd: 1 };
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, JSON.stringify(kept)]);
  await open(page, `${site.url}dashboard`);
  expect(await figures(page)).toEqual(["units_sold"]);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const notice = page.locator('[data-notice="preferences"]');
  for (const part of ["layout.kpis: gold", "layout.cards", "odd"]) await expect(notice).toContainText(part);
  await notice.getByRole("button").click();
  await expect(notice).toHaveCount(0);
});

test("storage that is denied costs the memory, not the choice", async ({ page, site, complaints }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await open(page, `${site.url}dashboard`);
  await page.getByRole("radio", { name: "Dark theme" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator('[data-notice="preferences"]')).toContainText("keeps no preferences");
  expect(complaints).toEqual([]);
});

test("preferences go to a file and come back from it", async ({ page, site }) => {
  const layout = { kpis: ["units_sold"], kinds: { churn_risk: "bar" } };
  const kept = JSON.stringify({ version: 1, theme: "dark", layout });
  await open(page, `${site.url}settings`);
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, kept]);
  await page.reload();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const file = await (await saving).path();
  expect(JSON.parse(await readFile(file, "utf8")).layout).toEqual(layout);
  await page.getByRole("button", { name: "Reset everything" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
  await page.getByLabel("Load from a file").setInputFiles(file);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.goto(`${site.url}dashboard`);
  await ready(page);
  expect(await figures(page)).toEqual(["units_sold"]);
});

test("two pages of one browser keep each other's choices", async ({ page, site, context }) => {
  await context.addInitScript(
    ([key, text]) => localStorage.setItem(key, localStorage.getItem(key) ?? text),
    [KEY, JSON.stringify({ version: 1, views: [{ name: "Mine", query: "churn=High" }], newer: { part: 1 } })],
  );
  const kept = (of) => of.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);
  const other = await context.newPage();
  await open(page, `${site.url}settings`);
  await open(other, `${site.url}settings`);
  const theme = (of) => of.getByRole("group", { name: "Theme" }).last().getByRole("radio", { name: "Dark theme" });
  const lines = (of) => of.getByRole("switch", { name: /Lines about the file/ });
  // As if the other page had heard nothing, as one that the browser has put aside.
  await other.evaluate(() => addEventListener("storage", (event) => event.stopImmediatePropagation(), true));
  await page.bringToFront();
  await theme(page).check({ force: true });
  await page.getByRole("button", { name: "Rename Mine" }).click();
  await page.keyboard.type("Ours");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await kept(page)).views[0].name).toBe("Ours");
  await other.bringToFront();
  await lines(other).uncheck();
  await expect.poll(async () => (await kept(other)).export.header).toBe(false);
  const all = await kept(other);
  expect(all).toMatchObject({ theme: "dark", views: [{ name: "Ours" }], newer: { part: 1 } });
  // Each shows what is kept.
  await expect(lines(page)).not.toBeChecked();
  await expect(theme(other)).toBeChecked();
  await expect(other.getByRole("button", { name: "Rename Ours" })).toBeVisible();
  await other.getByRole("button", { name: "Delete Ours" }).click();
  await expect.poll(async () => (await kept(other)).views).toEqual([]);
});
