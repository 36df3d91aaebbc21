// Newer data in an open tab: looked for, opened beside, swapped in as a whole; what the reader has
// in hand is neither mixed nor lost.

import { readFile, rm } from "node:fs/promises";

import { expect, kpisUnder, test } from "./lib/moving.mjs";
import { forgetful, kpis, open, ready } from "./lib/page.mjs";

/** KPI values as the page shows them, of what native code computed. */
const values = (numbers) => Object.fromEntries(Object.entries(numbers).map(([id, kpi]) => [id, kpi.value ?? undefined]));

/** Waits until the page shows the KPIs of a snapshot. */
async function shows(page, numbers) {
  const wanted = values(numbers);
  const wrong = async () => {
    const shown = Object.entries(await kpis(page));
    return shown.length > 0 ? shown.filter(([id, value]) => value !== wanted[id]) : "nothing is shown";
  };
  await expect.poll(wrong).toEqual([]);
}

const ofDefaultView = ({ numbers }) => numbers.kpis.default_view;

/** Waits until the live region has told of newer data. */
async function isTold(page) {
  await expect(page.locator('[data-told="newer"]')).toContainText("Data updated: as of");
}

/** Requests for the manifest so far. */
const looks = (site) => site.requests.filter(({ path }) => path === "/data/manifest.json");

/** Every exact number in sight, by card, whenever a frame is drawn. */
async function sampled(page) {
  await page.evaluate(() => {
    window.samples = [];
    const look = () => {
      const cards = [...document.querySelectorAll("[data-kpi], [data-widget]")];
      const sample = JSON.stringify(
        cards.map((card) => [
          card.dataset.kpi ?? card.dataset.widget,
          [...card.querySelectorAll("data[value]")].map((data) => data.getAttribute("value")),
        ]),
      );
      if (window.samples.at(-1) !== sample) window.samples.push(sample);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return async () => (await page.evaluate(() => window.samples)).map((sample) => JSON.parse(sample));
}

/** The numbers of a page that knows but one snapshot. */
async function alone(page, url) {
  await open(page, url);
  const samples = await sampled(page);
  await expect.poll(async () => (await samples()).length).toBeGreaterThan(0);
  return Object.fromEntries((await samples()).at(-1));
}

/** True if all cards of a sample that show numbers show those of one snapshot. */
const isOf = (sample, numbers) =>
  sample.every(([id, shown]) => shown.length === 0 || JSON.stringify(shown) === JSON.stringify(numbers[id]));

test("newer data takes over as a whole, at the next look", async ({ page, context, site, shops }) => {
  const older = await alone(page, `${site.url}dashboard`);
  await shows(page, ofDefaultView(shops.older));
  const samples = await sampled(page);
  site.faults.add({ kind: "ok", delayMs: 200, match: "/data/" });
  await site.publish(shops.newer);
  await shows(page, ofDefaultView(shops.newer));
  await isTold(page);
  await ready(page);
  await expect(page.locator('[data-kpi="total_revenue"]')).toHaveClass(/changed/);
  const seen = await samples();
  const newer = await alone(await context.newPage(), `${site.url}dashboard`);
  expect(JSON.stringify(newer)).not.toBe(JSON.stringify(older));
  expect(seen.filter((sample) => !isOf(sample, older) && !isOf(sample, newer))).toEqual([]);
  const empty = ([, shown], at) => shown.length === 0 && seen[0][at][1].length > 0;
  expect(seen.filter((sample) => sample.some(empty)), "nothing is ever taken away").toEqual([]);
});

test("where nothing changed the host is asked and nothing is sent", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const before = looks(site).length;
  await expect.poll(() => looks(site).length).toBeGreaterThan(before + 1);
  const [next] = looks(site).slice(before);
  expect(next.status).toBe(304);
});

test.describe("rarely", () => {
  test.use({ config: { refresh: 3600 } });

  test("whoever comes back is shown what is new", async ({ page, site, shops }) => {
    await page.clock.install();
    await open(page, `${site.url}dashboard`);
    await site.publish(shops.newer);
    await page.clock.fastForward(60_000);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await shows(page, ofDefaultView(shops.newer));
  });

  test("nobody looks for what nobody sees, and at once for who looks again", async ({ page, site, shops }) => {
    await page.clock.install();
    await open(page, `${site.url}dashboard`);
    const see = (hidden) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await see(true);
    await site.publish(shops.newer);
    const before = looks(site).length;
    await page.clock.fastForward(3 * 3_600_000);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.clock.fastForward(3_600_000);
    expect(looks(site)).toHaveLength(before);
    await see(false);
    await shows(page, ofDefaultView(shops.newer));
  });
});

test.describe("never", () => {
  test.use({ config: { refresh: false } });

  test("a page that is not to look does not", async ({ page, site, shops }) => {
    await page.clock.install();
    await open(page, `${site.url}dashboard`);
    const before = looks(site).length;
    await site.publish(shops.newer);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await page.clock.fastForward(86_400_000);
    await ready(page);
    expect(looks(site)).toHaveLength(before);
    await shows(page, ofDefaultView(shops.older));
  });
});

test.describe("wrongly set", () => {
  test.use({ config: { refresh: "often", freshness: -1 } });

  test("a rhythm that is none is named", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    await expect(page.getByText(/config\.json, refresh: expected a whole number of seconds/)).toBeVisible();
    await expect(page.getByText(/config\.json, freshness: expected a whole number of hours/)).toBeVisible();
  });
});

for (const [what, text] of [
  ["garbage", "{"],
  ["a captive portal's page", "<!doctype html><title>Welcome</title>"],
  ["another format", '{"format_version": 99}'],
]) {
  test(`a manifest that is ${what} leaves what is shown, and is looked at again`, async ({ page, site, shops }) => {
    await open(page, `${site.url}dashboard`);
    await site.point(text);
    await expect(page.getByText("Newer data could not be looked for")).toBeVisible();
    await shows(page, ofDefaultView(shops.older));
    await expect(page.getByRole("alert")).toHaveCount(0);
    await site.publish(shops.newer);
    await shows(page, ofDefaultView(shops.newer));
    await expect(page.getByText("Newer data could not be looked for")).toHaveCount(0);
  });
}

test("a newer snapshot whose files are not there yet is waited for", async ({ page, site, shops }) => {
  await open(page, `${site.url}dashboard?category=Books`);
  const { id } = shops.newer;
  site.faults.add({ kind: "status", status: 404, match: new RegExp(`/data/.*${id}`) });
  site.faults.add({ kind: "status", status: 404, match: /\/data\/(places|first-view)-/ });
  await site.publish(shops.newer);
  await expect(page.getByText("Newer data could not be looked for")).toBeVisible();
  await shows(page, await kpisUnder(shops.older, "category=Books"));
  await expect(page.getByRole("alert")).toHaveCount(0);
  site.faults.clear();
  const headers = { "Content-Type": "application/json" };
  site.faults.add({ kind: "answer", match: "config.json", headers, body: '{"refresh": 1}' });
  await shows(page, await kpisUnder(shops.newer, "category=Books"));
});

test("the filter, an open menu and what is typed in it stay", async ({ page, site, shops }) => {
  await open(page, `${site.url}dashboard?segment=High+Value`);
  await shows(page, await kpisUnder(shops.older, "segment=High+Value"));
  await page.getByRole("button", { name: /^Period:/ }).click();
  const from = page.getByLabel("From", { exact: true });
  await from.fill("2025-11-05");
  await site.publish(shops.newer);
  await shows(page, await kpisUnder(shops.newer, "segment=High+Value"));
  await expect(from).toHaveValue("2025-11-05");
  await expect(from).toBeFocused();
  expect(new URL(page.url()).search).toBe("?segment=High+Value");
});

test("the list stays where the reader is, with the newer rows", async ({ page, context, site, shops }) => {
  await open(page, `${site.url}customers`);
  const grid = page.getByRole("grid");
  await grid.evaluate((list) => list.scrollTo(0, 4_000));
  await ready(page);
  await grid.focus();
  const top = await grid.evaluate((list) => list.scrollTop);
  await site.publish(shops.newer);
  await isTold(page);
  await ready(page);
  expect(await grid.evaluate((list) => list.scrollTop)).toBe(top);
  await expect(grid).toBeFocused();
  const fresh = await context.newPage();
  await open(fresh, `${site.url}customers`);
  await fresh.getByRole("grid").evaluate((list) => list.scrollTo(0, 4_000));
  await ready(fresh);
  await expect.poll(() => fresh.getByRole("grid").innerText()).toBe(await grid.innerText());
});

test("a profile is looked up anew", async ({ page, context, site, shops }) => {
  await open(page, `${site.url}customers/C0000021`);
  const before = await page.locator("main").innerText();
  await site.publish(shops.newer);
  await isTold(page);
  await ready(page);
  const fresh = await context.newPage();
  await open(fresh, `${site.url}customers/C0000021`);
  const after = await page.locator("main").innerText();
  expect(after).not.toBe(before);
  expect(after).toBe(await fresh.locator("main").innerText());
});

test("a profile that is not in the newer data says so", async ({ page, site, shops }) => {
  await open(page, `${site.url}customers/C0001450`);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("No such customer");
  await site.publish(shops.newer);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No such customer");
});

test("a query under way is answered by the snapshot that it began with", async ({ page, site, shops }) => {
  const count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000000) SELECT count(*) FROM n";
  const sql = `SELECT (${count}) AS n, (SELECT value FROM meta WHERE key = 'snapshot_id') AS id`;
  await open(page, `${site.url}sql?sql=${encodeURIComponent(sql)}`);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByText("Running…")).toBeVisible();
  await site.publish(shops.newer);
  await isTold(page);
  const result = page.locator('[data-widget="sql_result"]');
  await expect(result).toContainText(shops.older.id);
  await expect(result).toContainText("with which the query began");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(result).toContainText(shops.newer.id);
  await expect(result).not.toContainText("with which the query began");
});

test("a file under way is of one snapshot", async ({ page, browser, site, shops }) => {
  const take = async (page) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the list as CSV" }).click();
    return download;
  };
  const text = async (download) => readFile(await (await download).path(), "utf8");
  // A browser of its own: what it has read must not be at hand in the other one.
  const other = await browser.newContext();
  const there = await other.newPage();
  await open(there, `${site.url}customers`);
  const older = await text(await take(there));
  await other.close();
  await open(page, `${site.url}customers`);
  // The names in sight came with all others of so few customers.
  await forgetful(page);
  site.faults.add({ kind: "ok", delayMs: 4_000, match: `/data/snapshot-${shops.older.id}` });
  const download = take(page);
  await expect(page.getByRole("progressbar", { name: "Reading the list" })).toBeVisible();
  await site.publish(shops.newer);
  await isTold(page);
  await expect(page.getByRole("progressbar", { name: "Reading the list" })).toBeVisible();
  site.faults.clear();
  expect(await text(await download)).toBe(older);
  await ready(page);
  expect(await text(await take(page))).not.toBe(older);
});

test("a link that names a snapshot keeps it, and leads to the newest", async ({ page, site, shops }) => {
  await site.publish(shops.newer);
  await open(page, `${site.url}dashboard?snapshot=${shops.older.id}`);
  await shows(page, ofDefaultView(shops.older));
  const notice = page.locator('[data-notice="newer-snapshot"]');
  await expect(notice).toContainText("Newer data is there, as of");
  await page.goto(`${site.url}dashboard?segment=High+Value&snapshot=${shops.older.id}`);
  await shows(page, await kpisUnder(shops.older, "segment=High+Value"));
  await page.getByRole("button", { name: /Remove.*High Value/ }).click();
  await shows(page, ofDefaultView(shops.older));
  expect(new URL(page.url()).search, "a step keeps it").toBe(`?snapshot=${shops.older.id}`);
  await notice.getByRole("button", { name: "Show the newest" }).click();
  await shows(page, ofDefaultView(shops.newer));
  await expect(notice).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("");
});

test("a link keeps its snapshot when newer data comes, and Back leads to it", async ({ page, site, shops }) => {
  await open(page, `${site.url}dashboard?snapshot=${shops.older.id}`);
  await site.publish(shops.newer);
  await expect(page.locator('[data-notice="newer-snapshot"]')).toBeVisible();
  await shows(page, ofDefaultView(shops.older));
});

test("a link to a snapshot that is gone says so and shows the newest", async ({ page, site, shops }) => {
  await site.publish(shops.newer);
  await rm(site.file(`manifest-${shops.older.id}.json`));
  await open(page, `${site.url}dashboard?snapshot=${shops.older.id}`);
  await expect(page.locator('[data-notice="other-snapshot"]')).toContainText(shops.newer.id);
  await shows(page, ofDefaultView(shops.newer));
});

test("each of two tabs follows", async ({ page, context, site, shops }) => {
  const other = await context.newPage();
  await open(page, `${site.url}dashboard`);
  await open(other, `${site.url}dashboard?segment=Low+Value`);
  await site.publish(shops.newer);
  await shows(page, ofDefaultView(shops.newer));
  await shows(other, await kpisUnder(shops.newer, "segment=Low+Value"));
});

test.describe("a rhythm", () => {
  test.use({ config: { refresh: 1, freshness: 2 } });

  test("data tells its age, and that it is late", async ({ page, site, shops }) => {
    const aged = (shop, hours) => {
      const built_at = new Date(Date.now() - hours * 3_600_000 - 60_000).toISOString();
      return JSON.stringify({ ...shop.manifest, meta: { ...shop.manifest.meta, demo: false, built_at } });
    };
    await site.point(aged(shops.older, 3));
    await open(page, `${site.url}dashboard`);
    await expect(page.getByText("updated 3 hours ago")).toBeVisible();
    await expect(page.getByText("Late: expected within 2 h")).toBeVisible();
    await site.publish(shops.newer, aged(shops.newer, 0));
    await expect(page.getByText("updated 1 minute ago")).toBeVisible();
    await expect(page.getByText("Late: expected")).toHaveCount(0);
  });
});
