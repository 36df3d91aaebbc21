// A later visit: the page and the numbers that the browser has kept, until the host has spoken.

import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { changing, keptAgain, visitedOnce } from "./lib/kept.mjs";
import { kpis, ready } from "./lib/page.mjs";
import { DIST, expect, fixture, numbersOf, test } from "./lib/test.mjs";

// Each test makes many visits.
test.describe.configure({ timeout: 180_000 });

test.use({ serviceWorkers: "allow" });

const REVENUE = '[data-kpi="total_revenue"] .kpi__value data';

/** Takes the app's files from the browser, as it may do itself when it needs the room. */
async function withoutFiles(context, page, site) {
  await page.goto(`${site.url}icons/favicon.svg`);
  await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.includes(".files."));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
  await (await context.newCDPSession(page)).send("Network.clearBrowserCache");
}

/** Every value that the first number has had, from the start of the page. */
async function watchRevenue(page) {
  await page.addInitScript((where) => {
    const seen = (globalThis.seen = []);
    const look = () => {
      const value = document.querySelector(where)?.value;
      if (value && seen.at(-1) !== value) seen.push(value);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true });
  }, REVENUE);
  return () => page.evaluate(() => globalThis.seen);
}

test("the numbers stand before a silent host says a word", async ({ context, site, expected }) => {
  await visitedOnce(context, site);
  site.faults.add({ match: "/", kind: "hang" });
  const page = await context.newPage();
  await page.goto(`${site.url}dashboard`, { waitUntil: "commit" });
  await page.locator(REVENUE).waitFor();
  const shown = await kpis(page);
  expect(shown.total_revenue).toBe(expected.kpis.default_view.total_revenue.value);
  await expect(page.getByText("Data as of")).toBeVisible();
});

test("kept numbers make room for newer ones, and the app begins with those", async ({ context }, info) => {
  const { site, data } = await changing(info.outputPath("host"));
  await visitedOnce(context, site);
  await cp(fixture("small"), data, { recursive: true });
  site.faults.add({ match: "manifest.json", kind: "slow", delayMs: 500 });
  const page = await context.newPage();
  const seen = await watchRevenue(page);
  await page.goto(`${site.url}dashboard`);
  await ready(page);
  const revenue = async (name) => (await numbersOf(name)).kpis.default_view.total_revenue.value;
  const values = await seen();
  expect(values[0]).toBe(await revenue("demo"));
  expect(values.at(-1)).toBe(await revenue("small"));
  await site.close();
});

test("a page that was renewed takes the place of the kept one at once", async ({ context }, info) => {
  const { site, dist } = await changing(info.outputPath("host"));
  await visitedOnce(context, site);
  const file = path.join(dist, "index.html");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace('<html lang="en"', '<html data-renewed lang="en"'));
  const page = await context.newPage();
  // The app is slower than the question whether there is another page.
  await withoutFiles(context, page, site);
  site.faults.add({ match: /_bg\.wasm$/, kind: "slow", delayMs: 1_000 });
  await page.goto(`${site.url}dashboard`);
  await page.locator("html[data-renewed]").waitFor({ state: "attached" });
  await ready(page);
  expect(Object.keys(await kpis(page)).length).toBeGreaterThan(3);
  await site.close();
});

test("a kept page whose files are gone is given up for the host's own", async ({ context, site }) => {
  await visitedOnce(context, site);
  const page = await context.newPage();
  // As after a renewal, when the browser has dropped the files of before.
  await withoutFiles(context, page, site);
  site.faults.add({ match: /_bg\.wasm$/, kind: "status", status: 404, times: 1 });
  const before = site.requests.length;
  await page.goto(`${site.url}dashboard`);
  await ready(page);
  expect(Object.keys(await kpis(page)).length).toBeGreaterThan(3);
  const asked = site.requests.slice(before).filter((request) => request.path.endsWith("_bg.wasm"));
  expect(asked.length).toBeGreaterThan(1);
  // The host's page is kept in its place.
  await keptAgain(page);
});

test("a page whose files are gone for good says so, and is not loaded for ever", async ({ context, site }) => {
  await visitedOnce(context, site);
  const page = await context.newPage();
  await withoutFiles(context, page, site);
  site.faults.add({ match: /_bg\.wasm$/, kind: "status", status: 404 });
  let loads = 0;
  page.on("domcontentloaded", () => (loads += 1));
  await page.goto(`${site.url}dashboard`);
  await page.locator(".start-failed").waitFor();
  await page.reload();
  await page.locator(".start-failed").waitFor();
  expect(loads).toBeLessThan(4);
});

test("files are not taken for views, and a page behind a sign-in is not kept", async ({ context, site }) => {
  await visitedOnce(context, site);
  const page = await context.newPage();
  const answer = await page.goto(`${site.url}data/manifest.json`);
  expect(answer.headers()["content-type"]).toBe("application/json");
  const guarded = { signIn: { clientId: "1-a.apps.googleusercontent.com" } };
  const html = await readFile(path.join(DIST, "index.html"), "utf8");
  const closed = html.replace(/(hub-snapshot"? content=)"[^"]*"/, '$1""');
  expect(closed).not.toBe(html);
  await page.route("**/config.json", (route) => route.fulfill({ json: guarded }));
  await page.route("**/dashboard", (route) => route.fulfill({ contentType: "text/html", body: closed }));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
  await page.goto(`${site.url}dashboard`);
  await page.locator("h1").waitFor();
  const kept = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  expect(kept).toBe(0);
});
