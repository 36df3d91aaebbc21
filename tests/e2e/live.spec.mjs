// Events of a live channel: exact under every filter, whatever the line does to them.

import { channel } from "./lib/channel.mjs";
import { kpis, open, ready, table } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { shop } from "./lib/shop.mjs";
import { DIST, expect, fixture, test as plain } from "./lib/test.mjs";

/** Filters of days and categories: classes are held by the snapshot, so what is asked by them differs. */
const QUERIES = ["", "category=Tea", "category=Cups&category=Books", "from=2025-10-01&to=2025-12-31", "compare=year"];
const PARTS = ["monthly_revenue", "category_performance"];

const test = plain.extend({
  shop: [
    async ({}, use) => {
      const made = await shop();
      await use(made);
      await made.remove();
    },
    { scope: "worker" },
  ],
  config: [{ live: "live" }, { option: true }],
  site: async ({ shop, config }, use) => {
    const site = await serve({ dist: DIST, folders: { "data/": shop.before } });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ match: "/config.json", kind: "answer", headers, body: JSON.stringify(config) });
    const line = channel(site);
    await use({ ...site, line });
    line.close();
    await site.close();
  },
});

const state = (page) => page.locator("[data-live]");
const stands = (page, how) => expect(state(page)).toHaveAttribute("data-live", how);

const exact = ({ rows }) => rows.map((cells) => cells.map(({ exact }) => exact ?? null));

/** Waits until the page shows what is true of a snapshot with all of its rows. */
async function shows(page, stop, query) {
  const [native] = await stop.answers([query]);
  const wanted = Object.fromEntries(Object.entries(native.kpis).map(([id, kpi]) => [id, kpi.value ?? undefined]));
  const shown = async () => {
    const now = Object.entries(await kpis(page));
    return now.length > 0 ? now.filter(([id, value]) => value !== wanted[id]) : "nothing is shown";
  };
  await expect.poll(shown, query).toEqual([]);
  for (const id of PARTS) {
    const wanted = exact(native.widgets[id].table);
    await page.locator(`[data-widget="${id}"]`).scrollIntoViewIfNeeded();
    await expect.poll(async () => exact(await table(page, id)), `${id} under ${query}`).toEqual(wanted);
  }
}

/** Opens a filter, and waits until the line is open. */
async function opened(page, site, query = "") {
  await open(page, `${site.url}dashboard?${query}`);
  await stands(page, "connected");
}

test("events count under every filter, at every stop", async ({ page, context, site, shop, complaints }) => {
  await opened(page, site);
  const others = await Promise.all(QUERIES.slice(1).map(async (query) => {
    const other = await context.newPage();
    await opened(other, site, query);
    return other;
  }));
  const frames = [
    (events) => site.line.tell(events),
    (events) => site.line.tellAll(events),
    // Each twice, and the last first.
    (events) => site.line.tell(events, (list) => [...list, ...list].reverse()),
  ];
  for (const [at, stop] of shop.stops.entries()) {
    frames[at](stop.events);
    for (const [tab, other] of [page, ...others].entries()) await shows(other, stop, QUERIES[tab]);
  }
  // A page that comes late asks for all of it.
  await page.goto(`${site.url}dashboard?category=Tea`);
  await shows(page, shop.stops.at(-1), "category=Tea");
  expect(complaints).toEqual([]);
});

test("what is lost on the way is asked for, and nothing after it counts before", async ({ page, site, shop }) => {
  await opened(page, site);
  const [first, second] = shop.stops;
  site.line.tell(first.events);
  await shows(page, first, "");
  const lost = second.events[3].seq;
  site.line.state.without = ({ seq }) => seq === lost;
  site.line.tell(second.events);
  await shows(page, second, "");
  expect(site.line.resumed).toContain(lost - 1);
  await stands(page, "connected");
});

test("a view is left while its figures move, and nothing moves for who wants stillness", async ({ page, site, shop, complaints }) => {
  await opened(page, site);
  await page.locator('[data-widget="monthly_revenue"] .js-plotly-plot').waitFor();
  const left = page.evaluate(
    () =>
      new Promise((done) => {
        const figure = document.querySelector('[data-widget="monthly_revenue"] .js-plotly-plot');
        figure.scrollIntoView({ block: "center" });
        new MutationObserver((_, observer) => {
          observer.disconnect();
          document.querySelector('nav a[href$="customers"]').click();
          done();
        }).observe(figure, { subtree: true, attributeFilter: ["d"] });
      }),
  );
  site.line.tell(shop.stops[0].events);
  await left;
  await expect(page.locator(".list")).toBeVisible();
  await page.emulateMedia({ reducedMotion: "reduce" });
  const moving = () => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);
  await expect.poll(moving).toBe(0);
  // What had begun to move would have ended by now, and have thrown.
  await page.goBack();
  await shows(page, shop.stops[0], "");
  expect(complaints).toEqual([]);
});

test("a line that breaks is opened again and goes on where it was", async ({ page, site, shop }) => {
  await opened(page, site);
  site.line.tell(shop.stops[0].events);
  await shows(page, shop.stops[0], "");
  site.line.state.closed = true;
  site.line.breakOff();
  await stands(page, "broken");
  site.line.tell(shop.stops[1].events);
  await shows(page, shop.stops[0], "");
  site.line.state.closed = false;
  await shows(page, shop.stops[1], "");
  await stands(page, "connected");
});

test("what is no event is passed over, and the reader can look at what came", async ({ page, site, shop }) => {
  await opened(page, site);
  const seq = shop.stops[0].events.at(-1).seq;
  for (const garbage of ["", "{", "null", "[1,2]", '{"type":"weather","at":"x"}', "\u0000", "x".repeat(1_200_000)]) {
    site.line.send(garbage);
  }
  site.line.tell(shop.stops[0].events);
  await shows(page, shop.stops[0], "");
  const at = "2025-11-30T12:00:00Z";
  site.line.tell([
    { type: "order_placed", seq: seq + 1, at, order_id: "x", customer_id: "nobody-knows", lines: [{ amount: 5 }] },
    { type: "order_placed", seq: seq + 2, at, order_id: "y", lines: [{ amount: "five" }] },
    { type: "kpi_update", seq: seq + 3, at, kpi: "total_revenue", value: 12.5 },
  ]);
  await state(page).click();
  const panel = page.getByRole("group", { name: "Live data" });
  await expect(panel.getByText("2 not counted")).toBeVisible();
  await expect(panel.getByText("customer nobody-knows is not known")).toBeVisible();
  await expect(panel.getByText("Total Revenue, as the sender counts it: 12.5")).toBeVisible();
  await shows(page, shop.stops[0], "");
});

test("while the reader has it paused, events wait", async ({ page, site, shop }) => {
  await opened(page, site);
  site.line.tell(shop.stops[0].events);
  await shows(page, shop.stops[0], "");
  await state(page).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await stands(page, "paused");
  site.line.tell(shop.stops[1].events);
  await expect(state(page).locator(".badge")).toHaveText(String(shop.stops[1].events.length));
  await shows(page, shop.stops[0], "");
  await page.getByRole("button", { name: "Go on" }).click();
  await shows(page, shop.stops[1], "");
});

test("a figure out of sight waits while events come, says so to whoever comes there, and is right in the end", async ({
  page,
  context,
  site,
  shop,
}) => {
  await opened(page, site);
  const [{ events }] = shop.stops;
  const rfm = page.locator('[data-widget="rfm_segmentation"]');
  const figure = rfm.locator(".figure__canvas");
  await rfm.scrollIntoViewIfNeeded();
  await ready(page);
  await page.evaluate(() => scrollTo(0, 0));
  const left = [...events];
  const flow = setInterval(() => site.line.tell(left.splice(0, 1)), 200);
  await expect(figure).toHaveAttribute("aria-busy", "true");
  await rfm.scrollIntoViewIfNeeded();
  await expect(figure).not.toHaveAttribute("aria-busy");
  await page.evaluate(() => scrollTo(0, 0));
  clearInterval(flow);
  site.line.tell(left);
  await shows(page, shop.stops[0], "");
  // More days have come, and nobody has taken a step.
  await expect(page.getByRole("status").filter({ hasText: "Revenue now" })).toHaveCount(0);
  const other = await context.newPage();
  await opened(other, site);
  await shows(other, shop.stops[0], "");
  const drawn = async (of) => {
    const card = of.locator('[data-widget="rfm_segmentation"]');
    await card.scrollIntoViewIfNeeded();
    await ready(of);
    const tell = (plot) => plot.data.map(({ name, ids, x, y }) => [name, ids, x, y]);
    return JSON.stringify(await card.locator(".js-plotly-plot").evaluate(tell));
  };
  expect((await drawn(page)).length).toBeGreaterThan(500);
  expect(await drawn(page)).toBe(await drawn(other));
});

test("another numbering begins anew, and what is gone for good is said to be", async ({ page, site, shop }) => {
  await opened(page, site);
  site.line.tell(shop.stops[0].events);
  await shows(page, shop.stops[0], "");
  site.line.begin("two");
  site.line.breakOff();
  // Nothing of the other numbering counts any more.
  await shows(page, shop.begin, "");
  // Under the same numbers, the same events come in the end.
  site.line.tell(shop.stops[0].events);
  await stands(page, "connected");
  await shows(page, shop.stops[0], "");
  // A channel that has lost its beginning.
  site.line.tell(shop.stops[1].events);
  site.line.state.from = shop.stops[0].events.length + 2;
  await page.reload();
  await stands(page, "lost");
});

test.describe("a newer snapshot", () => {
  test.use({ config: { live: "live", refresh: 1 } });

  test("holds what it covers, exactly once", async ({ page, shop }) => {
    const folders = { "data/": shop.before };
    const site = await serve({ dist: DIST, folders });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ match: "/config.json", kind: "answer", headers, body: '{"live": "live", "refresh": 1}' });
    const line = channel(site);
    await opened(page, site);
    const [first, second, third] = shop.stops;
    line.tell(first.events);
    line.tell(second.events);
    await shows(page, second, "");
    folders["data/"] = second.covering;
    await expect(page.locator('[data-told="newer"]:not(:empty)')).toBeAttached({ timeout: 60_000 });
    await shows(page, second, "");
    line.tell(third.events);
    await shows(page, third, "");
    await state(page).click();
    const counted = (events) => expect(page.getByText(`${events} counted since the snapshot of`)).toBeVisible();
    await counted(third.events.length);
    // An older one holds less: what it does not hold is asked for again.
    folders["data/"] = shop.before;
    await counted(third.events.at(-1).seq);
    await shows(page, third, "");
    line.close();
    await site.close();
  });
});

test.describe("a newer snapshot while events wait", () => {
  test.use({ config: { live: "live", refresh: 1 } });

  test("takes those that it holds out of what waits", async ({ page, shop }) => {
    const folders = { "data/": shop.before };
    const site = await serve({ dist: DIST, folders });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ match: "/config.json", kind: "answer", headers, body: '{"live": "live", "refresh": 1}' });
    const line = channel(site);
    await opened(page, site);
    const [first, second] = shop.stops;
    line.tell(first.events);
    await shows(page, first, "");
    await state(page).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await stands(page, "paused");
    line.tell(second.events);
    const badge = state(page).locator(".badge");
    await expect(badge).toHaveText(String(second.events.length));
    folders["data/"] = second.covering;
    await expect(page.locator('[data-told="newer"]:not(:empty)')).toBeAttached({ timeout: 60_000 });
    await shows(page, second, "");
    await expect(badge).toHaveCount(0);
    line.close();
    await site.close();
  });
});

test.describe("the sample data", () => {
  test.use({ config: { live: "demo" } });

  test("replays recorded events, and says that they are", async ({ page }) => {
    const site = await serve({ dist: DIST, folders: { "data/": fixture("small") } });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ match: "/config.json", kind: "answer", headers, body: '{"live": "demo"}' });
    await open(page, `${site.url}dashboard`);
    const before = (await kpis(page)).total_orders;
    await stands(page, "simulated");
    await expect.poll(async () => (await kpis(page)).total_orders, { timeout: 60_000 }).not.toBe(before);
    await expect(state(page)).toHaveText(/Simulated/);
    await ready(page);
    await site.close();
  });
});
