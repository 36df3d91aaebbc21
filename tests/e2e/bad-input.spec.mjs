// What bad input gets, row by row of the table that says what the reader sees and what never happens.
//
// Each row's details have tests of their own beside these: `faults`, `page-faults`, `stages`,
// `damaged-records`, `states`, `arrange`, `filter-links`, and `crates/builder/tests/spoiled`.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { chromium } from "@playwright/test";

import { LASTING, hostNamed } from "./lib/bad-hosts.mjs";
import { launchOptions } from "./lib/chromium.mjs";
import { BUILDER } from "./lib/native.mjs";
import { notice } from "./lib/notices.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { native } from "./lib/probe.mjs";
import { expect, places, test } from "./lib/test.mjs";

const SNAPSHOT = "/data/snapshot-";
const KEY = "hub.preferences";

test.describe.configure({ timeout: 240_000 });
// What a browser has kept would hide what the host does wrong: that is for `offline`.
test.use({ snapshot: "small", serviceWorkers: "block" });
/** The numbers on the cards are native code's, or there is none. */
async function onlyTrueNumbers(page, expected) {
  for (const [id, shown] of Object.entries(await kpis(page))) {
    if (shown) expect(shown, id).toBe(expected.kpis.default_view[id].value);
  }
}

/** The page comes to its numbers by itself: nobody presses anything. */
async function comesToItsNumbers(page, expected) {
  const { value } = expected.kpis.default_view.total_revenue;
  await expect(page.locator('[data-kpi="total_revenue"] data').first()).toHaveAttribute("value", value);
  await expect(page.locator("[role=alert]")).toHaveCount(0, { timeout: 60_000 });
  await ready(page);
  await onlyTrueNumbers(page, expected);
}

/** Under each fault the page says what is wrong, shows nothing wrong, and recovers when it ends. */
async function eachIsNamed(page, site, expected, cases) {
  const browser = await page.context().newCDPSession(page);
  for (const [name, match, fault, message] of cases) {
    await test.step(name, async () => {
      // What was read before would be read from the browser's cache.
      await browser.send("Network.clearBrowserCache");
      site.faults.add({ match, ...fault });
      await page.goto(`${site.url}dashboard`);
      expect(await notice(page), name).toMatch(message);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
      await onlyTrueNumbers(page, expected);
      site.faults.clear();
      await comesToItsNumbers(page, expected);
    });
  }
}

const status = (status) => ({ kind: "status", status });

test("snapshot 404, 403, 5xx, offline", async ({ page, site, expected, context }) => {
  const cases = [404, 403, 500, 503].flatMap((code) => [
    [`the manifest ${code}`, "manifest.json", status(code), new RegExp(`manifest\\.json.*${code}|${code}.*manifest\\.json`)],
    [`the file ${code}`, SNAPSHOT, status(code), new RegExp(`/data/snapshot-.*${code}|${code}.*/data/snapshot-`)],
  ]);
  await eachIsNamed(page, site, expected, cases);
  await context.setOffline(true);
  await page.getByRole("combobox", { name: /Search customers/ }).fill("office outfitters");
  await expect(page.locator('[role="alert"], .popup').filter({ hasText: /cannot be reached|Not kept for offline use/ }).first()).toBeVisible();
  await onlyTrueNumbers(page, expected);
  await context.setOffline(false);
  await expect(page.getByRole("option").first()).toBeVisible({ timeout: 60_000 });
});

test("host without ranges, gzip on ranges, wrong length", async ({ page, site, expected }) => {
  const kinds = ["no-range", "gzip", "length"];
  const cases = LASTING.filter(([{ kind }]) => kinds.includes(kind));
  expect(cases).toHaveLength(3);
  await eachIsNamed(page, site, expected, cases.map(([fault, message]) => [hostNamed(fault), SNAPSHOT, fault, message]));
  await expect(page.getByText("malformed")).toHaveCount(0);
});

test("truncated, not SQLite, wrong format version, bad checksum", async ({ page, site, expected, snapshot }) => {
  const [, , , , , , [pack]] = (await places(snapshot)).find(([name]) => name === "customers");
  await eachIsNamed(page, site, expected, [
    ["truncated", SNAPSHOT, { kind: "truncated" }, /^wrong-length: .* has \d+ bytes, the manifest says \d+/],
    ["another file", SNAPSHOT, { kind: "swapped", file: BUILDER, padded: true }, /^(not-sqlite|damaged): .*snapshot/],
    ["a wrong format version", "manifest.json", { kind: "version" }, /^version: .*has format 99, this page reads format \d/],
    ["a bad checksum", SNAPSHOT, { kind: "flip", offset: pack }, /^damaged: .*publish it again/],
  ]);
});

test.describe("in names and texts", () => {
  test.use({ snapshot: "demo" });

  test("hostile text in data (HTML, script URLs, formulas)", async ({ page, site, complaints }) => {
    let ran = false;
    page.on("dialog", (dialog) => {
      ran = true;
      return dialog.dismiss();
    });
    const sql = `SELECT customer_id, first_name FROM customer_360
      WHERE first_name LIKE '%<%' OR first_name LIKE '=%' OR first_name LIKE '%''%' OR first_name LIKE '%javascript:%'`;
    const [{ rows }] = await native("demo", [{ sql }]);
    const found = [...rows.matchAll(/Text\("(C\d+)"\), Text\("((?:[^"\\]|\\.)*)"\)/g)];
    const hostile = found.map(([, id, name]) => [id, JSON.parse(`"${name.replaceAll("\\'", "'")}"`)]);
    expect(hostile.some(([, name]) => name.includes("<"))).toBe(true);
    expect(hostile.some(([, name]) => name.startsWith("="))).toBe(true);
    for (const [id, name] of hostile) {
      await open(page, `${site.url}customers/${id}`);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(name.trim());
    }
    expect(await page.locator("main img[src=x], main script, main a[href^='javascript:']").count()).toBe(0);
    await open(page, `${site.url}customers`);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: /CSV/ }).first().click();
    const csv = await readFile(await (await saving).path(), "utf8");
    expect(csv.split("\r\n").flatMap((line) => line.split(",")).filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
    expect(ran).toBe(false);
    expect(complaints).toEqual([]);
  });
});

test("broken URL state, unknown route, old preferences", async ({ page, site, expected, complaints }) => {
  const kept = { version: 0, theme: "dark", layout: { kpis: ["total_revenue", "gold"] }, odd: 1 };
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, JSON.stringify(kept)]);
  await open(page, `${site.url}dashboard?segment=High+Value&segment=Gold&from=2026-02-30&colour=red`);
  const dropped = page.locator('[data-notice="dropped"]');
  for (const part of ["Gold", "2026-02-30", "colour"]) await expect(dropped).toContainText(part);
  await expect(page.getByRole("button", { name: "Remove filter Segment: High Value" })).toBeVisible();
  await expect(page.locator('[data-notice="preferences"]')).toContainText("odd");
  await open(page, `${site.url}no-such-view`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/not found/i);
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await ready(page);
  await onlyTrueNumbers(page, expected);
  expect(complaints).toEqual([]);
});

test("bad config.json", async ({ page, site, expected }) => {
  const answer = (body) => ({ match: "/config.json", kind: "answer", headers: { "Content-Type": "application/json" }, body });
  site.faults.add(answer('{"brand": {"name": "Acme", "accent": "blue"}, "lokale": "de"}'));
  await open(page, `${site.url}dashboard`);
  await expect(page.getByText(/config\.json, brand\.accent: expected a colour/)).toBeVisible();
  await expect(page.getByText(/config\.json, lokale: expected no such key/)).toBeVisible();
  await onlyTrueNumbers(page, expected);
  // What may have asked for a sign-in lets nobody in.
  for (const body of ['{"signIn": {"clientId": 7}}', '{"signIn": {"clientId": "1', "[]"]) {
    site.faults.clear();
    site.faults.add(answer(body));
    await page.goto(`${site.url}dashboard`);
    await expect(page.locator("[data-sign-in]")).toBeVisible();
    await expect(page.getByText(/config\.json, .*expected/).first()).toBeVisible();
    await expect(page.locator("[data-kpi] data")).toHaveCount(0);
  }
});

const MAPPING = `source = "My shop"
currency.code = "EUR"

[purchase_transactions.columns]
order_id = "Order"
customer_id = "Client"
transaction_date = "Date"
amount = "Total"
`;
const LINES = "Order,Client,Total,Date\nA1,C1,10.00,2024-01-05\nA2,C2,ten,2024-01-06\nA3,C3,5.00,2024-02-31\n";

test("bad CSV, bad mapping", async ({}, info) => {
  const folder = info.outputPath("import");
  const out = path.join(folder, "out");
  const build = async (lines, mapping) => {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "sales.csv"), lines);
    await writeFile(path.join(folder, "my.toml"), mapping);
    const from = ["build", "--from", path.join(folder, "sales.csv"), "--mapping", path.join(folder, "my.toml")];
    return spawnSync(BUILDER, [...from, "--out", out], { encoding: "utf8" });
  };
  const lines = await build(LINES, MAPPING);
  expect(lines.status).toBe(1);
  expect(lines.stderr).toContain(`sales.csv, line 3, column "Total": 'ten' is not an amount`);
  expect(lines.stderr).toContain(`sales.csv, line 4, column "Date": '2024-02-31' is not a date`);
  const mapping = await build(LINES, MAPPING.replace("source", "sauce"));
  expect(mapping.status).toBe(1);
  expect(mapping.stderr).toMatch(/my\.toml: line 1, .*there is no setting 'sauce'/);
  expect(existsSync(out)).toBe(false);
});

test("two tabs, two versions of the app", async ({ site, context }) => {
  const newer = { version: 1, newer: { part: 1 }, layout: { kinds: {} } };
  await context.addInitScript(
    ([key, text]) => localStorage.setItem(key, localStorage.getItem(key) ?? text),
    [KEY, JSON.stringify(newer)],
  );
  // Pages that begin with no other preferences than these.
  const [page, other] = [await context.newPage(), await context.newPage()];
  await open(page, `${site.url}settings`);
  await open(other, `${site.url}settings`);
  const kept = (of) => of.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);
  await page.bringToFront();
  const theme = (of) => of.getByRole("group", { name: "Theme" }).last();
  await theme(page).getByRole("radio", { name: "Dark theme" }).check({ force: true });
  await expect.poll(async () => (await kept(page)).theme).toBe("dark");
  await other.bringToFront();
  await other.getByRole("switch", { name: /Lines about the file/ }).uncheck();
  await expect.poll(async () => (await kept(other)).export?.header).toBe(false);
  // The newer write of one part wins, and what only another version knows stays.
  await theme(other).getByRole("radio", { name: "Light theme" }).check({ force: true });
  await expect.poll(async () => (await kept(page)).theme).toBe("light");
  await expect(theme(page).getByRole("radio", { name: "Light theme" })).toBeChecked();
  expect(await kept(page)).toMatchObject({ theme: "light", export: { header: false }, newer: { part: 1 } });
});

test("a missing part of the app", async ({ page, site, expected }) => {
  await open(page, `${site.url}dashboard`);
  site.faults.add({ match: /\/views-[^/]*\.wasm$/, kind: "status", status: 404 });
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "Settings" }).click();
  await expect(page.locator('[data-error="part"]')).toBeVisible();
  await expect(page).toHaveURL(/\/settings$/);
  await main.getByRole("link", { name: "Dashboard" }).click();
  await ready(page);
  await onlyTrueNumbers(page, expected);
  await page.goBack();
  site.faults.clear();
  await expect(page.getByRole("heading", { level: 2, name: "Appearance" })).toBeVisible({ timeout: 60_000 });
});

test("WebGL missing, storage full or denied, clock wrong", async ({ site, expected }) => {
  const options = launchOptions();
  const args = [...options.args, "--disable-software-rasterizer", "--disable-webgl"];
  const browser = await chromium.launch({ ...options, args });
  try {
    const page = await browser.newPage({ locale: "en-US" });
    await page.clock.setFixedTime(new Date("1999-12-31T23:59:59Z"));
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await open(page, `${site.url}dashboard`);
    await expect(page.locator('[data-widget="rfm_segmentation"]')).toContainText("this browser offers no WebGL");
    await onlyTrueNumbers(page, expected);
    await page.getByRole("radio", { name: "Dark theme" }).check();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.locator('[data-notice="preferences"]')).toContainText("keeps no preferences");
  } finally {
    await browser.close();
  }
});
