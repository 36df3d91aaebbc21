// A snapshot whose columns are too many to be read without being asked for: what is fetched when,
// and that every source gives the same numbers.

import { shown } from "./lib/filters.mjs";
import { underQueries } from "./lib/native.mjs";
import { kpis, open, ready, scrollThrough, table } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

test.use({ snapshot: "many" });

const WIDGETS = ["segment_distribution", "top_customers", "category_performance", "churn_risk"];

/** What only columns can answer: several categories, cut months. */
const ODD = "from=2025-09-10&to=2026-04-20&category=Books&category=Beauty";

/** What cubes answer: one category, whole months. */
const MONTHS = "from=2025-09-01&to=2026-04-30&category=Books";

/** What fine cubes answer: RFM segments within whole months. */
const RFM = "rfm=Champions&rfm=At+Risk";

/** What cubes of pairs answer: two categories within whole months. */
const TWO = ["category=Books&category=Beauty", "from=2025-01-01&to=2025-09-30&category=Garden&category=Grocery&segment=High+Value"];

/** What cubes answer, too: any days, one category over few days, and RFM segments. */
const DAYS = [
  "from=2026-03-10&to=2026-04-20",
  "from=2026-03-10&to=2026-04-20&category=Books",
  "from=2026-02-01&to=2026-04-30&category=Books",
  "from=2024-12-24&to=2025-11-11&segment=High+Value",
  "from=2026-03-10&to=2026-04-20&rfm=Champions",
];

/** Requests for the snapshot's data, without the manifest. */
function fetched(site) {
  const wanted = ({ path }) => path.startsWith("/data/") && !path.endsWith("/manifest.json");
  return site.requests.filter(wanted).map(({ path }) => path.replace(/^\/data\/([a-z-]+)-.*$/, "$1"));
}

async function numbers(page) {
  await scrollThrough(page);
  const tables = {};
  for (const id of WIDGETS) tables[id] = (await table(page, id)).rows;
  return { kpis: await kpis(page), tables };
}

const asked = (site, part) => site.requests.filter(({ path }) => path.includes(part)).length;

test("the default view needs the manifest and two files beside it", async ({ page, site, expected }) => {
  await open(page, `${site.url}dashboard`);
  await scrollThrough(page);
  const { value } = expected.kpis.default_view.total_revenue;
  expect((await kpis(page)).total_revenue).toBe(value);
  expect(fetched(site).sort()).toEqual(["first-view", "places"]);
  expect(asked(site, "sql"), "the SQL engine is not fetched").toBe(0);
});

test("a filter of whole months reads cubes, and columns only for what is left", async ({ page, site }) => {
  await open(page, `${site.url}dashboard?${MONTHS}`);
  const before = fetched(site).length;
  expect(before).toBeGreaterThan(1);
  const shown = await numbers(page);
  expect(shown.kpis.total_revenue).toMatch(/^\d+/);
});

/** Demands that the whole dashboard is what all rows say, and that they were not read for it. */
async function isAnsweredByCubes(page, site, query) {
  await open(page, `${site.url}dashboard?${query}`);
  await scrollThrough(page);
  const { kpis: values, tables } = await shown(page);
  expect(page.workers().filter((worker) => worker.url().endsWith("/compute.js")), query).toEqual([]);
  const [native] = await underQueries("many", [query]);
  for (const [id, value] of Object.entries(values)) expect(value ?? null, id).toBe(native.kpis[id].value);
  expect(Object.keys(tables)).toContain("rfm_segmentation");
  const exact = (rows) => rows.map((row) => row.map((cell) => cell.exact ?? null).filter(Boolean));
  for (const [id, rows] of Object.entries(tables)) {
    expect(exact(rows), `${id} under ${query}`).toEqual(exact(native.widgets[id].table.rows));
  }
}

test("a filter of RFM segments over whole months is answered without columns", async ({ page, site }) => {
  await isAnsweredByCubes(page, site, RFM);
});

test("two categories over whole months are answered without columns, and named without SQL", async ({ page, site }) => {
  test.slow(true, "two whole pages");
  for (const query of TWO) await isAnsweredByCubes(page, site, query);
  const named = (await table(page, "top_customers")).rows.map(([first]) => first.text).filter(Boolean);
  expect(named).toHaveLength(5);
  expect(asked(site, "sql-wasm"), "the SQL engine is not fetched").toBe(0);
});

test("the list of customers begins without columns, and goes on with them", async ({ page, site }) => {
  const row = (at) => page.locator(`.list__rows [role=row][aria-rowindex="${at + 2}"]`);
  for (const query of ["", "?segment=High+Value&churn=Low", "?from=2026-03-10&to=2026-04-20", `?${TWO[0]}`]) {
    await open(page, `${site.url}customers${query}`);
    await expect(row(0).locator(".person__name")).toHaveText(/\S/);
    const values = page.locator(".list__rows .list__cell--value data");
    const listed = await values.evaluateAll((cells) => cells.map((cell) => Number(cell.value)));
    expect(listed.length, query).toBeGreaterThan(20);
    expect(listed, query).toEqual(listed.toSorted((one, other) => other - one));
    expect(page.workers().filter((worker) => worker.url().endsWith("/compute.js")), query).toEqual([]);
  }
  const count = Number(await page.locator("#customers-title data").getAttribute("value"));
  await page.getByRole("grid").press("End");
  await expect(row(count - 1).locator("data").first()).toBeVisible();
  expect(page.workers().some((worker) => worker.url().endsWith("/compute.js"))).toBe(true);
});

test("ranges of any days are answered without columns", async ({ page, site }) => {
  test.slow(true, "five whole pages");
  for (const { query, dropped, kpis: expected, widgets } of await underQueries("many", DAYS)) {
    expect(dropped, query).toEqual([]);
    await open(page, `${site.url}dashboard?${query}`);
    expect(page.workers().filter((worker) => worker.url().endsWith("/compute.js")), query).toEqual([]);
    for (const [id, value] of Object.entries(await kpis(page))) {
      expect(value ?? null, `${id} under ${query}`).toBe(expected[id].value);
    }
    const exact = (rows) => rows.map((row) => row.map((cell) => cell.exact ?? null));
    const { rows } = await table(page, "segment_distribution");
    expect(exact(rows), query).toEqual(exact(widgets.segment_distribution.table.rows));
  }
});

test("columns in a worker and columns in the page give the same numbers", async ({ page, site, context }) => {
  test.slow(true, "two whole pages");
  await open(page, `${site.url}dashboard?${ODD}`);
  expect(page.workers().some((worker) => worker.url().endsWith("/compute.js"))).toBe(true);
  const there = await numbers(page);
  const alone = await context.newPage();
  await alone.route("**/compute.js", (route) => route.abort());
  await open(alone, `${site.url}dashboard?${ODD}`);
  expect(alone.workers().filter((worker) => worker.url().endsWith("/compute.js"))).toEqual([]);
  expect(await numbers(alone)).toEqual(there);
});

test("a fault while columns are read is told, and another try succeeds", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const before = await kpis(page);
  site.faults.add({ match: "/data/snapshot-", kind: "status", status: 404 });
  await page.evaluate((query) => {
    history.pushState(null, "", `${location.pathname}?${query}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, ODD);
  const alert = page.getByRole("alert");
  await expect(alert).toHaveAttribute("data-error", "not-found");
  expect(await kpis(page), "what was shown stays").toEqual(before);
  site.faults.clear();
  await alert.getByRole("button", { name: "Try now" }).click();
  await expect(alert).toHaveCount(0);
  await ready(page);
  expect(await kpis(page)).not.toEqual(before);
});
