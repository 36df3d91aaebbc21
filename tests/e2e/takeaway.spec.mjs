// What is on the page can be taken away: tables, pictures, paper; and asked where it came from.

import { readFile } from "node:fs/promises";

import { toggle } from "./lib/filters.mjs";
import { open, ready, table } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

/** Saves one of the kinds that a card's menu offers, and reads it. */
async function save(page, title, kind) {
  await page.getByRole("button", { name: `More for ${title}` }).click();
  const saving = page.waitForEvent("download");
  await page.locator(".menu__item", { hasText: `Download ${kind}` }).filter({ visible: true }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
  return readFile(await download.path());
}

test("a table as CSV: exact numbers under a header that can be left out", async ({ page, site }) => {
  await open(page, `${site.url}dashboard?segment=High+Value`);
  const { columns, rows } = await table(page, "category_performance");
  const text = (await save(page, "Product Category Performance", "CSV")).toString("utf8");
  expect(text.startsWith("\uFEFF# Title: Product Category Performance\r\n")).toBe(true);
  expect(text).toContain("# Segment: High Value\r\n");
  expect(text).toContain("# Snapshot: ");
  const body = text.split("\r\n").filter((line) => line && !line.replace(/^[\uFEFF"]+/, "").startsWith("#"));
  expect(body[0].split(",")).toEqual(columns);
  for (const [at, row] of rows.entries()) {
    const cells = body[at + 1].split(",");
    expect(cells.slice(1)).toEqual(row.slice(1).map(({ exact }) => exact ?? ""));
  }
  await page.evaluate(() => {
    const kept = { version: 1, export: { header: false, byte_order_mark: false } };
    localStorage.setItem("hub.preferences", JSON.stringify(kept));
  });
  await page.reload();
  await ready(page);
  const bare = (await save(page, "Product Category Performance", "CSV")).toString("utf8");
  expect(bare.startsWith("Category,")).toBe(true);
});

test.describe("with more customers", () => {
  // Not all of whose rows are read.
  test.use({ snapshot: "many" });

  test("what is taken away while an answer is awaited says what it is of", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const lines = (bytes) => bytes.toString("utf8").split("\r\n").filter((line) => !line.startsWith("# Time"));
    const before = lines(await save(page, "Monthly Revenue Trend", "CSV"));
    await page.getByRole("button", { name: "Total Orders: details" }).click();
    site.faults.add({ match: "/data/", kind: "status", status: 503 });
    await toggle(page, "Segment", "High Value");
    await toggle(page, "Category", "Books");
    const card = page.locator('[data-widget="monthly_revenue"]');
    await expect(card).toHaveClass(/widget--updating/);
    expect(lines(await save(page, "Monthly Revenue Trend", "CSV"))).toEqual(before);
    const saving = page.waitForEvent("download");
    await page.locator("#total_orders-detail").getByRole("button", { name: /CSV/ }).click();
    const course = (await readFile(await (await saving).path())).toString("utf8");
    expect(course).not.toContain("# Category");
    site.faults.clear();
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await ready(page);
    await expect(card).not.toHaveClass(/widget--updating/);
    const after = lines(await save(page, "Monthly Revenue Trend", "CSV"));
    expect(after).toContain("# Category: Books");
    expect(after.slice(-3)).not.toEqual(before.slice(-3));
  });
});

test("figures as pictures that say what they show", async ({ page, site, complaints }) => {
  await open(page, `${site.url}dashboard?segment=High+Value`);
  for (const title of ["Churn Risk Distribution", "Monthly Revenue Trend", "Data Flow"]) {
    const svg = (await save(page, title, "SVG")).toString("utf8");
    expect(svg).toMatch(/^<svg/);
    for (const part of [title, "Segment: High Value", "Snapshot: "]) expect(svg).toContain(part);
  }
  for (const title of ["Customer Satisfaction Score", "RFM Segmentation"]) {
    const png = await save(page, title, "PNG");
    expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
    expect(png.length).toBeGreaterThan(20_000);
  }
  expect(complaints).toEqual([]);
});

test("when the browser has printed by itself, figures have the width of their cards again", async ({ page, site }) => {
  await page.setViewportSize({ width: 1000, height: 900 });
  await open(page, `${site.url}dashboard`);
  const widths = () =>
    page.locator(".js-plotly-plot").evaluateAll((plots) => plots.map((plot) => [plot.clientWidth, Math.round(plot._fullLayout.width)]));
  const before = await widths();
  await page.pdf();
  await ready(page);
  await expect.poll(widths).toEqual(before);
});

test("what is printed is whole, light, and as wide as paper", async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.addInitScript(() => {
    window.print = () => {
      window.printed = {
        ready: document.body.dataset.ready,
        paper: getComputedStyle(document.querySelector(".card")).backgroundColor,
        widths: [...document.querySelectorAll("figure:not([hidden]) .figure__canvas")].map((canvas) => [
          canvas.clientWidth,
          canvas.querySelector(".main-svg")?.clientWidth,
        ]),
        text: document.querySelector("main").innerText,
      };
    };
  });
  await open(page, `${site.url}dashboard?churn=High`);
  await page.keyboard.press("Control+p");
  await page.waitForFunction(() => window.printed);
  const { ready: isReady, paper, widths, text } = await page.evaluate(() => window.printed);
  expect(isReady).toBe("true");
  expect(paper).toBe("rgb(255, 255, 255)");
  expect(widths).toHaveLength(7);
  for (const [width, drawn] of widths) {
    expect(width).toBeLessThanOrEqual(700);
    expect(drawn).toBe(width);
  }
  expect(text).toContain("High");
  await expect(page.locator("html")).not.toHaveClass(/printing/);
  await expect(page.getByRole("banner")).toBeVisible();
});

test("what the browser itself prints is whole, too: the list's rows, a profile's cards", async ({ page, site }) => {
  await open(page, `${site.url}customers?segment=High+Value&churn=High`);
  const listed = Number(await page.locator("#customers-title data").getAttribute("value"));
  const rows = page.locator(".list__rows [role=row]");
  expect(listed).toBeGreaterThan(await rows.count());
  expect(listed).toBeLessThan(500);
  // A PDF is printed as from the browser's menu.
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(rows).toHaveCount(listed);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect.poll(() => rows.count()).toBeLessThan(listed);

  await rows.first().click();
  await expect(page).toHaveURL(/\/customers\/.+/);
  await ready(page);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const cards = page.locator("main .card");
  expect(await cards.count()).toBeGreaterThanOrEqual(3);
  for (const part of await page.locator("main .card .table-scroll").all()) {
    expect(await part.evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThanOrEqual(1);
  }
  const heights = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().height));
  expect(heights.every((height) => height > 40)).toBe(true);
});

test("about this number tells definition, filters, rows, source and SQL", async ({ page, site, expected }) => {
  await open(page, `${site.url}dashboard`);
  await page.getByRole("button", { name: "More for Monthly Revenue Trend" }).click();
  await page.getByRole("button", { name: "About this number" }).click();
  const dialog = page.getByRole("dialog", { name: "About Monthly Revenue Trend" });
  await expect(dialog).toContainText("Net revenue of the purchase lines in scope by month");
  await expect(dialog).toContainText("1 Jul 2025 – 30 Jun 2026");
  await expect(dialog).toContainText(expected.meta.snapshot_id);
  await expect(dialog).toContainText(/Recorded answers|Columns|Cubes/);
  await expect(dialog.locator("dd data").first()).toHaveAttribute("value", /^\d+$/);
  await dialog.locator("summary").first().click();
  await expect(dialog.locator("pre").first()).toContainText("FROM purchase_transactions");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "More for Monthly Revenue Trend" })).toBeFocused();

  await page.getByRole("button", { name: "Total Revenue: details" }).click();
  await page.getByRole("button", { name: "About this number" }).click();
  await expect(page.getByRole("dialog", { name: "About Total Revenue" })).toContainText("net of returns");
});
