// Segments that the reader changes: shown at once everywhere, sent, taken back, kept, and let go of
// when the data says so; and the look-ups that follow what has come since the snapshot.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { violations } from "./lib/axe.mjs";
import { flat } from "./lib/filters.mjs";
import { Keeper } from "./lib/keeper.mjs";
import { kpis, open, ready, table } from "./lib/page.mjs";
import { kpisUnder } from "./lib/moving.mjs";
import { BUILDER } from "./lib/native.mjs";
import { serve } from "./lib/server.mjs";
import { DIST, expect, fixture, test as hosted } from "./lib/test.mjs";

const run = promisify(execFile);

/** A customer of each segment, and two more. */
const HIGH = "C0000066";
const NOAH = "Noah Walker";
const OTHERS = ["C0000073", "C0000077"];

const test = hosted.extend({
  snapshot: "small",
  /** What `config.json` says. */
  config: [{ refresh: false, live: "off", edits: "api" }, { option: true }],

  keeper: async ({}, use) => use(new Keeper()),

  site: async ({ snapshot, config, keeper }, use) => {
    const site = await serve({ dist: DIST, folders: { "data/": fixture(snapshot) }, handle: keeper.handle });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ kind: "answer", match: "config.json", headers, body: JSON.stringify(config) });
    await use(site);
    await site.close();
  },
});

const local = { config: { refresh: false, live: "off" } };
const withChannel = { config: { refresh: false, live: "live", edits: "api" } };

test.beforeEach(({ context }) => flat(context));

const shown = (page) => page.locator(".who__tags [data-segment]");
const mark = (page) => page.locator(".who__tags [data-edit]");
const told = (page, what) => page.locator(`[data-told="${what}"]`);
const button = (page) => page.locator("[data-edits]");
const listed = (page) => page.locator("#edits-panel [data-edit]");

/** Chooses another segment where one can be chosen. */
async function choose(page, segment) {
  await page.getByRole("button", { name: "Change segment" }).click();
  await page.getByRole("menuitemradio", { name: segment }).click();
}

/** Opens a customer's profile. */
async function profile(page, site, id = HIGH) {
  await open(page, `${site.url}customers/${id}`);
  await expect(page.getByRole("button", { name: "Change segment" })).toBeVisible();
}

/** A snapshot of the same shop whose segments are those of a file. */
async function edited(segments) {
  const folder = await mkdtemp(path.join(tmpdir(), "hub-edited-"));
  const out = path.join(folder, "data");
  const shop = ["demo", "--customers", "100", "--seed", "7"];
  await run(BUILDER, [...shop, "--segments", segments, "--out", out]);
  return { out, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Waits until the page shows what native code computes from a snapshot under the page's filter. */
async function agrees(page, snapshot, query) {
  const wanted = await kpisUnder(snapshot, query);
  const values = Object.fromEntries(Object.entries(wanted).map(([id, kpi]) => [id, kpi.value ?? undefined]));
  await expect
    .poll(async () => Object.entries(await kpis(page)).filter(([id, value]) => value !== values[id]))
    .toEqual([]);
  expect(Object.keys(await kpis(page)).length).toBeGreaterThan(3);
}

test.describe("without anybody to send it to", () => {
  test.use(local);

  test("a change counts everywhere, survives a reload, and the builder takes its file", async ({ page, site, complaints }) => {
    await profile(page, site);
    await expect(shown(page)).toHaveText("High Value");
    await choose(page, "Low Value");
    await expect(shown(page)).toHaveText("Low Value");
    await expect(mark(page)).toHaveText("Only here");
    await expect(told(page, "changed")).toContainText(`${NOAH} is Low Value now. Only in this browser.`);
    expect(await violations(page)).toEqual([]);

    await button(page).click();
    await expect(listed(page)).toHaveCount(1);
    await expect(listed(page)).toContainText("High Value → Low Value");
    expect(await violations(page)).toEqual([]);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as CSV" }).click();
    const file = await (await saving).path();
    expect(await readFile(file, "utf8")).toBe(`customer_id,customer_segment\r\n${HIGH},Low Value\r\n`);

    const truth = await edited(file);
    for (const query of ["", "segment=High+Value", "segment=Low+Value&churn=Low", "segment=Low+Value&category=Beauty"]) {
      await open(page, `${site.url}dashboard?${query}`);
      await agrees(page, truth, query);
    }
    const { stdout } = await run(BUILDER, ["inspect", "--json", truth.out], { maxBuffer: 1 << 28 });
    const native = JSON.parse(stdout).widgets.segment_distribution.table.rows;
    await open(page, `${site.url}dashboard`);
    const exact = (rows) => rows.map((row) => row.map((cell) => cell.exact ?? cell.text));
    await expect.poll(async () => exact((await table(page, "segment_distribution")).rows)).toEqual(exact(native));
    await truth.remove();

    await open(page, `${site.url}customers?segment=Low+Value&sort=value`);
    const row = page.locator(".list__rows [role=row]").filter({ hasText: NOAH });
    await expect(row.locator("[data-edit=local]")).toHaveText("Only here");
    expect(complaints).toEqual([]);
  });

  test("the last step is taken back, and so are older ones", async ({ page, site }) => {
    await profile(page, site);
    await choose(page, "Low Value");
    await choose(page, "Medium Value");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(shown(page)).toHaveText("Low Value");
    await expect(told(page, "changed")).toHaveCount(0);
    await button(page).click();
    await page.getByRole("button", { name: `Withdraw the change of ${NOAH}` }).click();
    await expect(shown(page)).toHaveText("High Value");
    await expect(button(page)).toHaveCount(0);
    expect(await page.evaluate(() => localStorage["hub.edits"])).toBeUndefined();
  });

  test("rows of the list are selected by pointer and keys, and changed together", async ({ page, site, expected }) => {
    await open(page, `${site.url}customers?sort=value`);
    const rows = page.locator(".list__rows [role=row]");
    await expect(rows.nth(2).getByRole("checkbox")).toBeVisible();
    await rows.nth(0).getByRole("checkbox").click();
    const grid = page.getByRole("grid");
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect(page.getByText("3 customers selected")).toBeVisible();
    await expect(rows.nth(2)).toHaveAttribute("aria-selected", "true");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Change segment" }).press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitemradio", { name: "Low Value" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(told(page, "changed")).toContainText("3 customers are Low Value now.");
    await expect(page.locator(".list__rows [data-edit=local]")).toHaveCount(3);
    const count = page.locator("#customers-title data");
    await open(page, `${site.url}customers?segment=High+Value`);
    const customers = Number(expected.widgets.segment_distribution.table.rows[0][1].exact);
    await expect(count).toHaveAttribute("value", String(customers - 3));
    await button(page).click();
    await page.getByRole("button", { name: "Withdraw all" }).click();
    await expect(count).toHaveAttribute("value", String(customers));
  });

  test("two tabs agree, and what must not be kept is not", async ({ page, site, context }) => {
    await profile(page, site);
    const other = await context.newPage();
    await profile(other, site, OTHERS[0]);
    await choose(page, "Low Value");
    await choose(other, "Medium Value");
    for (const tab of [page, other]) await expect(button(tab)).toHaveAttribute("data-edits", "2");
    await button(page).click();
    await page.getByRole("button", { name: "Withdraw all" }).click();
    await expect(shown(other)).toHaveText("High Value");
    await expect(button(other)).toHaveCount(0);

    site.faults.clear();
    const body = JSON.stringify({ ...local.config, offline: { keep: "never" } });
    site.faults.add({ kind: "answer", match: "config.json", headers: { "Content-Type": "application/json" }, body });
    await profile(page, site);
    await choose(page, "Low Value");
    const kept = () => page.evaluate(() => [localStorage["hub.edits"], sessionStorage["hub.edits"]?.includes("C0000066")]);
    await expect.poll(kept).toEqual([undefined, true]);
    await page.reload();
    await expect(shown(page)).toHaveText("Low Value");
  });

  test("it fits a phone, in the dark", async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    await profile(page, site);
    await choose(page, "Low Value");
    await expect(told(page, "changed")).toBeVisible();
    await button(page).click();
    await expect(listed(page)).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const box = await page.locator("#edits-panel").boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(button(page)).toBeFocused();
  });
});

test("what is sent is accepted once, however often it must be sent", async ({ page, site, keeper }) => {
  keeper.then("drop", 503, "lose");
  await profile(page, site);
  await choose(page, "Low Value");
  await expect(shown(page)).toHaveText("Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", "sent");
  expect(keeper.asked.length).toBe(4);
  expect(new Set(keeper.asked.map(({ key }) => key)).size).toBe(1);
  expect(keeper.asked[0]).toMatchObject({ method: "PATCH", customer: HIGH, segment: "Low Value", was: "High Value" });
  expect(keeper.events.length).toBe(1);
  // What was accepted is taken back by another change.
  await button(page).click();
  await page.getByRole("button", { name: `Withdraw the change of ${NOAH}` }).click();
  await expect.poll(() => keeper.events.map(({ segment }) => segment)).toEqual(["Low Value", "High Value"]);
  await expect(shown(page)).toHaveText("High Value");
  expect(keeper.asked[4].was).toBe("Low Value");
});

test("what is refused is taken back and said, and the other side has the last word", async ({ page, site, keeper }) => {
  await profile(page, site);
  keeper.then([422, { error: "segments are frozen until Monday" }]);
  await choose(page, "Low Value");
  await expect(told(page, "refused")).toContainText(`${NOAH} is not Low Value, but High Value. Segments are frozen until Monday.`);
  await expect(shown(page)).toHaveText("High Value");
  await expect(told(page, "changed")).toHaveCount(0);
  await page.getByRole("button", { name: "Understood" }).click();
  await expect(button(page)).toHaveCount(0);

  // Somebody else was faster.
  keeper.set(HIGH, "Medium Value");
  await choose(page, "Low Value");
  await expect(told(page, "refused")).toContainText("It is Medium Value there, which counts.");
  await expect(shown(page)).toHaveText("Medium Value");
  await page.getByRole("button", { name: "Understood" }).click();

  // It says something else than what was asked.
  await profile(page, site, OTHERS[0]);
  keeper.then([200, { customer_id: OTHERS[0], customer_segment: "Low Value", seq: 9 }]);
  await choose(page, "Medium Value");
  await expect(told(page, "refused")).toContainText("It is Low Value there, which counts.");
  await expect(shown(page)).toHaveText("Low Value");
  await page.getByRole("button", { name: "Understood" }).click();

  // It answers about somebody else, or nothing that is an answer.
  await profile(page, site, OTHERS[1]);
  for (const body of [{ customer_id: HIGH, customer_segment: "Low Value", seq: 10 }, {}]) {
    keeper.then([200, body]);
    await choose(page, "Low Value");
    await expect(told(page, "refused")).toContainText("What was answered could not be understood.");
    await expect(shown(page)).toHaveText("High Value");
    await page.getByRole("button", { name: "Understood" }).click();
  }
});

test("without a line changes wait, survive a reload, and go out once from two tabs", async ({ page, site, keeper, context }) => {
  await profile(page, site);
  await context.setOffline(true);
  await choose(page, "Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", /waiting|sending/);
  await expect(shown(page)).toHaveText("Low Value");
  expect(keeper.asked).toEqual([]);
  keeper.always(503);
  await context.setOffline(false);
  await page.reload();
  await expect(shown(page)).toHaveText("Low Value");
  const other = await context.newPage();
  await profile(other, site);
  await expect(shown(other)).toHaveText("Low Value");
  await expect.poll(() => keeper.asked.length).toBeGreaterThan(0);
  keeper.always("fine");
  for (const tab of [page, other]) await expect(mark(tab)).toHaveAttribute("data-edit", "sent");
  expect(new Set(keeper.asked.map(({ key }) => key)).size).toBe(1);
  expect(keeper.events.length).toBe(1);
});

test("an answer that does not come is not waited for, and what was taken back meanwhile stays so", async ({ page, site, keeper }) => {
  await page.clock.install();
  keeper.then("hold");
  await profile(page, site);
  await choose(page, "Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", "sending");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(shown(page)).toHaveText("High Value");
  await page.clock.fastForward(20_000);
  await expect.poll(() => keeper.asked.length).toBeGreaterThanOrEqual(2);
  keeper.release();
  expect(keeper.asked[1]).toMatchObject({ segment: "High Value" });
  await expect(button(page).or(page.locator("h1")).first()).toBeVisible();
  await expect.poll(() => keeper.events.at(-1).segment).toBe("High Value");
  await expect(shown(page)).toHaveText("High Value");
});

test.describe("with a channel", () => {
  test.use(withChannel);

  /** The other end of the channel: `tell(event)` to every page. */
  async function channel(page) {
    const lines = new Set();
    const events = [];
    await page.routeWebSocket(/\/live$/, (line) => {
      lines.add(line);
      line.onMessage((text) => {
        const { after } = JSON.parse(text);
        line.send(JSON.stringify({ type: "hello", channel: "one", seq: events.length, from: 1 }));
        for (const event of events.slice(after)) line.send(JSON.stringify(event));
      });
      line.onClose(() => lines.delete(line));
    });
    return (...more) => {
      for (const event of more) {
        const next = { at: "2026-07-01T10:00:00Z", ...event, seq: events.length + 1 };
        events.push(next);
        for (const line of lines) line.send(JSON.stringify(next));
      }
    };
  }

  test("when everybody hears of a change it is no change any more, and nothing flickers", async ({ page, site, keeper }) => {
    const tell = await channel(page);
    await profile(page, site);
    await page.evaluate(() => {
      window.seen = [];
      const look = () => {
        const segment = document.querySelector(".who__tags [data-segment]")?.dataset.segment;
        if (window.seen.at(-1) !== segment) window.seen.push(segment);
        requestAnimationFrame(look);
      };
      look();
    });
    await choose(page, "Low Value");
    await expect(mark(page)).toHaveAttribute("data-edit", "sent");
    tell(...keeper.events);
    await expect(button(page)).toHaveCount(0);
    await expect(mark(page)).toHaveCount(0);
    await expect(shown(page)).toHaveText("Low Value");
    expect(await page.evaluate(() => window.seen)).toEqual(["High Value", "Low Value"]);
    // Somebody else changes it again: now the data has the word.
    tell({ type: "customer_changed", customer_id: HIGH, segment: "Medium Value" });
    await expect(shown(page)).toHaveText("Medium Value");
    expect(keeper.asked.length).toBe(1);
  });

  test("profiles, search and list follow what has come since", async ({ page, site }) => {
    const tell = await channel(page);
    await profile(page, site);
    const figure = (name) => page.locator(".figures__one").filter({ has: page.getByText(name, { exact: true }) });
    const exact = (name) => figure(name).locator("data").first().getAttribute("value");
    const before = { value: await exact("Lifetime value"), orders: await exact("Orders"), score: await exact("Satisfaction") };
    expect(before).toEqual({ value: "3363.31", orders: "14", score: "3.6666666666666665".slice(0, before.score.length) });
    const asked = site.requests.length;
    tell(
      { type: "order_placed", customer_id: HIGH, order_id: "N1", date: "2026-07-01", lines: [{ category: "Beauty", amount: 100.5, quantity: 2 }, { category: "Tea", amount: 1 }] },
      { type: "order_returned", customer_id: HIGH, order_id: "N1", date: "2026-07-02", lines: [{ category: "Tea", amount: 1 }] },
      { type: "feedback_received", customer_id: HIGH, date: "2026-07-02", score: 5, channel: "Chat", reason: "Praise" },
      { type: "customer_changed", customer_id: HIGH, first_name: "Zoë", last_name: "Ångström" },
    );
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zoë Ångström");
    await expect.poll(() => exact("Lifetime value")).toBe("3463.81");
    expect(await exact("Orders")).toBe("15");
    // Three scores with a mean of 11/3, and a five.
    expect(Number(await exact("Satisfaction"))).toBeCloseTo(4, 9);
    const events = page.locator(".timeline .event");
    await expect(events.nth(0)).toContainText("score 5 of 5");
    await expect(events.nth(1)).toContainText("returned");
    await expect(events.nth(2)).toContainText("Beauty");
    await expect(page.getByText(/RFM scores are the snapshot's/)).toBeVisible();
    const files = site.requests.slice(asked).filter(({ path }) => path.endsWith(".sqlite"));
    const later = site.requests.length;

    tell(
      { type: "new_customer", customer_id: "N/1", first_name: "Ada", last_name: "Ng", email: "ada@ng.example", city: "Oslo", country: "Norway" },
      { type: "order_placed", customer_id: "N/1", order_id: "N2", date: "2026-07-01", lines: [{ category: "Books", amount: 12.5 }] },
    );
    const box = page.getByRole("combobox", { name: /Search customers/ });
    const options = page.getByRole("option");
    await box.fill("angstrom");
    await expect(options).toHaveText([/Zoë Ångström/]);
    await box.fill("noah walker");
    // Another customer of that name keeps it.
    await expect(options).toHaveText([/Noah Walker\s*C0000069/]);
    await box.fill("noah walker x");
    await expect(page.getByText("No customer begins with “noah walker x”.")).toBeVisible();
    await box.fill("ada n");
    await expect(options).toHaveText([/Ada Ng/]);
    await box.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada Ng");
    expect(await exact("Lifetime value")).toBe("12.50");
    await expect(page.getByText("Oslo, Norway")).toBeVisible();
    await expect(page.locator(".timeline .event")).toHaveCount(1);
    await expect(page.getByText(/Not in the snapshot yet/)).toBeVisible();
    expect(files.length, "rows are read once").toBeLessThan(30);

    await page.getByRole("link", { name: "All customers" }).click();
    await expect(page.locator(".list__rows")).toContainText("Zoë Ångström");
    await page.getByRole("columnheader", { name: "Last purchase" }).getByRole("button").click();
    await expect(page.locator(".list__rows")).toContainText("Ada Ng");
    await ready(page);
    expect(site.requests.slice(later).filter(({ status }) => status >= 400)).toEqual([]);
    await page.getByRole("link", { name: "SQL console" }).click();
    await expect(page.locator("[data-note=snapshot-alone]")).toBeVisible();
  });
});
