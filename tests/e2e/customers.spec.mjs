// The list of customers and their profiles: exact, sorted, walked by keyboard, taken away.

import { readFile } from "node:fs/promises";

import { kpis, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const grid = (page) => page.getByRole("grid");
const rows = (page) => grid(page).locator(".list__rows [role=row]");
const count = (page) => page.locator("#customers-title data").getAttribute("value").then(Number);

/** Exact values of a column of the rows in the page. */
const column = (page, key) =>
  page.locator(`.list__rows .list__cell--${key} data`).evaluateAll((cells) => cells.map((cell) => Number(cell.value)));

test("counts are those of native code, whatever is filtered", async ({ page, site, expected }) => {
  const values = expected.kpis.default_view;
  await open(page, `${site.url}customers`);
  expect(await count(page)).toBe(Number(values.total_customers.value));
  expect(await rows(page).count()).toBeLessThan(80);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String((await count(page)) + 1));
  for (const query of ["segment=High+Value&churn=High&category=Beauty", "rfm=Champions&from=2025-01-10&to=2025-03-20"]) {
    await open(page, `${site.url}customers?${query}`);
    const listed = await count(page);
    await open(page, `${site.url}kpi/total_customers?${query}`);
    expect(Number((await kpis(page)).total_customers), query).toBe(listed);
  }
});

test("the list is sorted by what is pressed, and the address keeps it", async ({ page, site }) => {
  await open(page, `${site.url}customers`);
  for (const [name, key] of [["Orders", "orders"], ["In period", "revenue"], ["Change", "change"], ["Satisfaction", "satisfaction"]]) {
    const heading = page.getByRole("columnheader", { name });
    await heading.getByRole("button").click();
    await expect(heading).toHaveAttribute("aria-sort", "descending");
    const falling = await column(page, key);
    expect(falling.length).toBeGreaterThan(10);
    expect(falling).toEqual(falling.toSorted((one, other) => other - one));
    await heading.getByRole("button").click();
    await expect(heading).toHaveAttribute("aria-sort", "ascending");
    const rising = await column(page, key);
    expect(rising).toEqual(rising.toSorted((one, other) => one - other));
  }
  await expect(page).toHaveURL(/sort=satisfaction&order=asc/);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Satisfaction" })).toHaveAttribute("aria-sort", "ascending");
});

test("keys walk the whole list, Enter opens, Back finds the place again", async ({ page, site }) => {
  await open(page, `${site.url}customers?segment=Low+Value`);
  await expect(page.locator(".list__rows .person__name").first()).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press("End");
  const last = page.locator(`.list__rows [aria-rowindex="${(await count(page)) + 1}"]`);
  await expect(last).toBeInViewport();
  await expect(last).toHaveClass(/list__row--active/);
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowUp");
  const active = page.locator(".list__rows .list__row--active");
  await expect(active).toBeInViewport();
  await expect(grid(page)).toHaveAttribute("aria-activedescendant", await active.getAttribute("id"));
  const place = await active.getAttribute("aria-rowindex");
  const name = await active.locator(".person__name").textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeFocused();
  await expect(page).toHaveURL(/segment=Low\+Value/);
  await page.getByRole("link", { name: "All customers" }).click();
  await expect(page.locator(`.list__rows [aria-rowindex="${place}"]`)).toBeInViewport();
});

test("the list is taken away whole, with what it is, and no formula in it", async ({ page, site }) => {
  await open(page, `${site.url}customers?segment=High+Value`);
  const listed = await count(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the list as CSV" }).click();
  const file = await (await saving).path();
  const lines = (await readFile(file, "utf8")).replace(/^\uFEFF/, "").trimEnd().split("\r\n");
  const about = lines.filter((line) => /^"?# /.test(line));
  expect(about.join("\n")).toContain("Segment: High Value");
  expect(about.join("\n")).toContain("Snapshot");
  const table = lines.slice(about.length);
  expect(table[0]).toMatch(/^Customer id,First name,Last name,E-mail,Segment/);
  expect(table.length - 1).toBe(listed);
  expect(new Set(table.slice(1).map((line) => line.split(",")[0])).size).toBe(listed);
  for (const line of table) expect(line).not.toMatch(/(^|,)"?[=@]/);
});

test("a profile adds up and says why", async ({ page, site, complaints }) => {
  await open(page, `${site.url}customers`);
  const row = rows(page).nth(3);
  const value = await row.locator(".list__cell--value data").getAttribute("value");
  const spent = await row.locator(".list__cell--revenue data").getAttribute("value");
  await row.getByRole("link").click();
  await ready(page);
  const figures = page.locator('[data-widget="profile"]');
  await expect(figures.locator(`data[value="${value}"]`).first()).toBeVisible();
  await expect(figures.locator(`data[value="${spent}"]`).first()).toBeVisible();
  await page.getByRole("radio", { name: /^Orders/ }).check();
  const more = page.getByRole("button", { name: /^Show more/ });
  while (await more.isVisible()) await more.click();
  const orders = await page
    .locator(".event--orders .event__head data")
    .evaluateAll((cells) => cells.map((cell) => Math.round(Number(cell.value) * 100)));
  expect(orders.reduce((all, one) => all + one, 0)).toBe(Math.round(Number(value) * 100));
  const days = await page.locator(".event--orders time").evaluateAll((times) => times.map((time) => time.dateTime));
  expect(days).toEqual(days.toSorted().reverse());
  await expect(page.getByText(/of buyers/).first()).toBeVisible();
  await expect(page.getByText(/usually buys every/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test("names are text whatever they look like, and strangers are told so", async ({ page, site }) => {
  await open(page, `${site.url}customers`);
  const box = page.getByRole("combobox", { name: /Search customers/ });
  await box.fill("<img");
  const option = page.getByRole("option").first();
  await expect(option).toContainText("<img");
  await option.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("<img");
  expect(await page.locator("main img").count()).toBe(0);
  await open(page, `${site.url}customers/${encodeURIComponent("no/such customer?#")}`);
  await expect(page.getByRole("heading", { level: 1, name: "No such customer" })).toBeVisible();
  await expect(page.getByText("“no/such customer?#”")).toBeVisible();
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("a narrow list stays within the page", async ({ page, site }) => {
    await open(page, `${site.url}customers`);
    for (const width of [320, 390, 600, 760]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.locator(".list__rows [role=row]").first()).toBeVisible();
      const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(wider, `${width} px`).toBeLessThanOrEqual(0);
    }
  });
});
