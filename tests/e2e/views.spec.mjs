// KPI detail, satisfaction, SQL console and settings.

import { kpis, open, ready } from "./lib/page.mjs";
import { expect, manifest, test } from "./lib/test.mjs";

const values = (locator) => locator.evaluateAll((cells) => cells.map((cell) => Number(cell.value)));
const editor = (page) => page.getByRole("textbox", { name: "Query" });

async function run(page, sql) {
  await editor(page).fill(sql);
  await editor(page).press("Control+Enter");
}

test("a KPI in detail is that of native code, and its parts add up", async ({ page, site, expected, complaints }) => {
  for (const [id, wanted] of Object.entries(expected.kpis.default_view)) {
    await open(page, `${site.url}kpi/${id}`);
    expect((await kpis(page))[id], id).toBe(wanted.value ?? undefined);
  }
  await open(page, `${site.url}kpi/total_customers`);
  const parts = await values(page.locator('[data-widget="by-segment"] tbody td:nth-child(2) data'));
  expect(parts.reduce((all, one) => all + one, 0)).toBe(Number(expected.kpis.default_view.total_customers.value));
  const over = page.locator('[data-widget="kpi_course"] tbody tr');
  expect(await over.count()).toBe(12);
  await page.locator('[data-widget="by-churn"]').getByRole("button", { name: "High" }).click();
  await expect(page).toHaveURL(/churn=High/);
  await ready(page);
  const high = page.locator('[data-widget="by-churn"] tr.is-chosen td:nth-child(2) data');
  await expect(high).toHaveAttribute("value", (await kpis(page)).total_customers);
  await open(page, `${site.url}kpi/no_such_figure`);
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("satisfaction adds up to the responses of native code", async ({ page, site, expected }) => {
  await open(page, `${site.url}satisfaction`);
  const scores = page.locator('[data-widget="satisfaction_scores"]');
  const [mean, csat, responses] = await values(scores.locator(".figures dd > data"));
  expect(mean).toBe(Number(expected.kpis.default_view.avg_satisfaction.value));
  const counts = await values(scores.locator("tbody td:nth-child(2) data"));
  expect(counts.reduce((all, one) => all + one, 0)).toBe(responses);
  expect((counts[0] + counts[1]) / responses).toBeCloseTo(csat, 12);
  // Each response came by one channel and for one reason; so it is under any filter.
  const total = (counts) => counts.reduce((all, one) => all + one, 0);
  const told = async (aspect) => total(await values(page.locator(`[data-widget="${aspect}"] td:nth-child(2) data`)));
  expect(await told("by-channel")).toBe(responses);
  expect(await told("by-reason")).toBe(responses);
  await expect(page.locator('[data-widget="by-channel"]')).toContainText(/is rated best with \d\.\d\d of 5/);
  await open(page, `${site.url}satisfaction?from=2026-01-10&to=2026-05-20&churn=Low&category=Beauty`);
  const [, , fewer] = await values(scores.locator(".figures dd > data"));
  expect(fewer).toBeGreaterThan(0);
  expect(fewer).toBeLessThan(responses);
  expect(await told("by-channel")).toBe(fewer);
  expect(await told("by-reason")).toBe(fewer);
});

test("the console answers, warns, refuses, and can be stopped", async ({ page, site, snapshot }) => {
  const { meta } = await manifest(snapshot);
  await open(page, `${site.url}sql`);
  await run(page, "SELECT customer_segment AS segment, count(*) AS customers FROM customer_360 GROUP BY 1 ORDER BY 2");
  await ready(page);
  const result = page.locator('[data-widget="sql_result"]');
  const counts = await values(result.locator("td data"));
  expect(counts.reduce((all, one) => all + one, 0)).toBe(meta.rows.customer_360);
  await result.getByRole("button", { name: "Chart" }).click();
  await expect(result.locator(".js-plotly-plot .point").first()).toBeVisible();
  await run(page, "SELECT sum(amount) FROM purchase_transactions");
  await expect(page.getByText("This reads a large table as a whole")).toBeVisible();
  await page.getByRole("button", { name: "Run anyway" }).click();
  await expect(result.getByRole("heading", { name: "1 row" })).toBeVisible();
  for (const [sql, said] of [
    ["DELETE FROM customer_360", /only be read/],
    ["SELECT no_such_column FROM customer_360", /no such column/],
    ["SELECT 1; SELECT 2", /one statement/],
  ]) {
    await run(page, sql);
    await expect(page.getByRole("alert").filter({ hasText: said })).toBeVisible();
  }
  await run(page, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
  await expect(page.getByText("Running…")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("The query was ended with its worker")).toBeVisible();
  await run(page, "SELECT 6 * 7 AS answer");
  await expect(result.locator('td data[value="42"]')).toBeVisible();
  await editor(page).press("Home");
  await editor(page).evaluate((area) => area.setSelectionRange(0, 0));
  await editor(page).press("ArrowUp");
  await editor(page).evaluate((area) => area.setSelectionRange(0, 0));
  await editor(page).press("ArrowUp");
  await expect(editor(page)).toHaveValue(/WITH RECURSIVE/);
  await page.getByText("customer_360", { exact: true }).click();
  await page.getByRole("button", { name: "churn_risk" }).click();
  await expect(editor(page)).toHaveValue(/churn_risk/);
});

test("many rows are read a page at a time and cut honestly", async ({ page, site }) => {
  await open(page, `${site.url}sql`);
  await run(page, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) SELECT i FROM n");
  const result = page.locator('[data-widget="sql_result"]');
  await expect(result.getByRole("heading", { name: "10,000 rows" })).toBeVisible();
  await expect(result.getByText("Only the first 10,000 rows are read")).toBeVisible();
  await result.getByRole("button", { name: "Next" }).click();
  await expect(result.locator('td data[value="101"]')).toBeVisible();
});

test("an answer that is too large is cut where it is computed", async ({ page, site }) => {
  const result = page.locator('[data-widget="sql_result"]');
  for (const cell of ["hex(zeroblob(25000))", "zeroblob(100000)"]) {
    await open(page, `${site.url}sql`);
    await run(page, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000) SELECT ${cell} FROM n`);
    await expect(result.getByText("Only the first 1,024 rows are read")).toBeVisible();
    await expect(result.getByText("1,024 cells are longer than 32,767 characters")).toBeVisible();
  }
});

test("settings are kept", async ({ page, site }) => {
  await open(page, `${site.url}settings`);
  const lines = page.getByRole("switch", { name: /Lines about the file/ });
  await expect(lines).toBeChecked();
  await lines.uncheck();
  await page.reload();
  await expect(lines).not.toBeChecked();
  await page.getByRole("combobox", { name: /Language/ }).selectOption("Deutsch");
  await expect(page.getByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
});
