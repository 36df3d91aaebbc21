// The main journey in a second engine, a stock Firefox: `node tests/firefox/run.mjs [words]`.
//
// It looks at the release build in `target/tested`, on the snapshots of the browser tests;
// `HUB_FIREFOX` names the program. With words, only steps whose names hold them are taken.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { BUILDER, underQueries } from "../e2e/lib/native.mjs";
import { answersOf } from "../e2e/lib/own.mjs";
import { latin } from "../e2e/lib/sales.mjs";
import { serve } from "../e2e/lib/server.mjs";
import { DIST, fixture, numbersOf } from "../e2e/lib/test.mjs";
import { firefox, freshPage, kpis, press, ready, table, until } from "./lib.mjs";

const run = promisify(execFile);

const HIGH = "segment=High+Value";

/** Exact values of a native table, row by row. */
const exact = ({ table }) => table.rows.map((row) => row.flatMap((cell) => cell.exact ?? []));

const shownOf = (kpis, ids) => Object.fromEntries(ids.map((id) => [id, kpis[id].value]));

const STEPS = {
  async "the dashboard opens, and its numbers are those of native code"(page, site) {
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    const { kpis: wanted, widgets } = await numbersOf("demo");
    const shown = await kpis(page);
    assert.deepEqual(shown, shownOf(wanted.default_view, Object.keys(shown)));
    for (const id of ["segment_distribution", "monthly_revenue", "top_customers", "category_performance"]) {
      assert.deepEqual(await table(page, id), exact(widgets[id]), id);
    }
  },

  async "figures are drawn, the cloud of customers too"(page, site) {
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    for (const widget of ["monthly_revenue", "rfm_segmentation"]) {
      await page.$eval(`[data-widget="${widget}"]`, (card) => card.scrollIntoView());
      const is3d = (id) => document.querySelector(`[data-widget="${id}"] .main-svg, [data-widget="${id}"] canvas`) !== null;
      await until(page, is3d, widget);
    }
  },

  async "a filter is chosen, undone and redone"(page, site) {
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    const before = await kpis(page);
    await press(page, "Segment");
    await (await page.waitForSelector('[role="group"] input[type="checkbox"]', { visible: true })).click();
    await page.keyboard.press("Escape");
    await until(page, (query) => location.search === `?${query}`, HIGH);
    await ready(page);
    const [native] = await underQueries("demo", [HIGH]);
    assert.deepEqual(await kpis(page), shownOf(native.kpis, Object.keys(before)));
    await press(page, "Undo the last filter step");
    await until(page, () => location.search === "");
    await ready(page);
    assert.deepEqual(await kpis(page), before);
    await page.goForward();
    await until(page, (query) => location.search === `?${query}`, HIGH);
    await ready(page);
    assert.deepEqual(await kpis(page), shownOf(native.kpis, Object.keys(before)));
  },

  async "somebody is searched for, and the profile opens"(page, site) {
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    await page.keyboard.press("/");
    await until(page, () => document.activeElement?.getAttribute("role") === "combobox");
    await page.keyboard.type("big office");
    await page.waitForSelector('[role="option"]');
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(page, () => document.querySelector("h1")?.textContent === "Big Office Outfitters");
    await ready(page);
    assert.ok((await page.$$(".profile data")).length > 3);
  },

  async "the list of customers is walked by keys"(page, site) {
    await page.goto(`${site.url}customers`);
    await ready(page);
    const all = await page.$eval("#customers-title data", (count) => Number(count.value));
    const { kpis: wanted } = await numbersOf("demo");
    assert.equal(String(all), wanted.default_view.total_customers.value);
    await page.focus('[role="grid"]');
    await page.keyboard.press("End");
    const isLast = (index) => {
      const row = document.getElementById(document.querySelector('[role="grid"]').getAttribute("aria-activedescendant"));
      return row?.getAttribute("aria-rowindex") === index && row.querySelector("a") !== null;
    };
    await until(page, isLast, String(all + 1));
    await page.keyboard.press("Enter");
    await until(page, () => /\/customers\/C\d+$/.test(location.pathname));
  },

  async "a statement is answered"(page, site) {
    await page.goto(`${site.url}sql`);
    await ready(page);
    const editor = await page.waitForSelector("textarea");
    await editor.click();
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.type("SELECT count(*) AS n FROM customer_360");
    await press(page, "Run");
    const { rows } = (await numbersOf("demo")).meta;
    const shown = await until(page, () => document.querySelector('[data-widget="sql_result"] tbody td')?.textContent);
    assert.equal(Number(shown.replaceAll(",", "")), rows.customer_360 ?? rows.customer_info);
  },

  async "an export of another encoding is dropped, built, and its numbers are those of native code"(page, site) {
    const folder = await mkdtemp(path.join(tmpdir(), "hub-firefox-"));
    const [from, toml, out] = ["verkauf.csv", "mapping.toml", "out"].map((name) => path.join(folder, name));
    await writeFile(from, latin(400));
    await run(BUILDER, ["guess", from, "--out", toml]);
    await run(BUILDER, ["build", "--from", from, "--mapping", toml, "--out", out]);
    const [native] = await answersOf(out, [""]);
    await page.goto(`${site.url}own-data`);
    await ready(page);
    await (await page.waitForSelector("#own-files")).uploadFile(from);
    await until(page, () => document.querySelector('[data-own="rows"]')?.textContent.includes("Möbel"));
    await press(page, "Build the dashboard");
    await until(page, () => location.pathname.endsWith("/dashboard"));
    await ready(page);
    const shown = await kpis(page);
    assert.deepEqual(shown, shownOf(native.kpis, Object.keys(shown)));
    assert.ok(site.requests.some(({ path }) => path.includes("importer_letters")));
    await rm(folder, { recursive: true });
  },

  async "every other view completes"(page, site) {
    for (const view of ["satisfaction", "kpi/total_revenue", "data-flow", "about-data", "own-data", "settings", "help", "no-such-view"]) {
      await page.goto(site.url + view);
      await ready(page);
      assert.ok((await page.$eval("h1", (heading) => heading.textContent)).length > 2, view);
    }
  },

  async "a later visit, on a host that is gone, shows the numbers that were kept"(page, site) {
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    const before = await kpis(page);
    await page.waitForFunction(() => caches.match(document.baseURI).then(Boolean), { polling: 200 });
    site.faults.add({ match: "/", kind: "reset" });
    await page.goto(`${site.url}dashboard`, { waitUntil: "domcontentloaded" });
    await page.waitForSelector('[data-kpi="total_revenue"] data');
    assert.deepEqual(await kpis(page), before);
    site.faults.clear();
  },

  async "a site with a sign-in shows its door and no number"(page, site) {
    const config = { signIn: { clientId: "1-a.apps.googleusercontent.com" } };
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ match: "/config.json", kind: "answer", headers, body: JSON.stringify(config) });
    await page.goto(`${site.url}dashboard`);
    await page.waitForSelector("[data-sign-in]");
    assert.equal((await page.$$("[data-kpi] data")).length, 0);
    assert.ok(site.requests.every(({ path }) => !path.includes("/data/snapshot-")));
  },
};

const words = process.argv.slice(2);
const wanted = Object.entries(STEPS).filter(([name]) => words.every((word) => name.includes(word)));
const browser = await firefox();
console.log(await browser.version());
const tally = { passed: 0, failed: 0 };
for (const [name, step] of wanted) {
  const site = await serve({ dist: DIST, folders: { "data/": fixture("demo") } });
  const { page, complaints, close } = await freshPage(browser);
  try {
    await step(page, site);
    if (!name.includes("gone") && !name.includes("sign-in")) assert.deepEqual(complaints, []);
    tally.passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    tally.failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`, complaints);
  } finally {
    await close();
    await site.close();
  }
}
await browser.close();
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
