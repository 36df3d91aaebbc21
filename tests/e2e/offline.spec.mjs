// Without a network: what was kept is shown and is the truth, what was not says so, nothing is stale,
// and nothing stays where it must not.

import { cp, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { violations } from "./lib/axe.mjs";
import { toggle } from "./lib/filters.mjs";
import { changing, keptNothing } from "./lib/kept.mjs";
import { NOT_KEPT, notice, stopped, truthOrMissing, visited } from "./lib/offline.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { fit } from "./lib/site.mjs";
import { DIST, PROJECT, expect, fixture, manifest, numbersOf, test } from "./lib/test.mjs";

// Each test makes several visits.
test.describe.configure({ timeout: 240_000 });

test.use({ serviceWorkers: "allow" });

const PLACES = [
  { base: "/", dist: DIST },
  { base: "/shop/hub/", dist: path.join(PROJECT, "target/tested-below") },
];
const CLIENT = "1-a.apps.googleusercontent.com";

const options = ({ base, dist }, snapshot) => ({ base, dist, folders: { "data/": fixture(snapshot) } });

/** The card in the settings, with everything kept. */
async function keepEverything(page, site) {
  await open(page, `${site.url}settings`);
  const card = page.getByRole("region", { name: "Offline" });
  await card.getByRole("button", { name: /^Keep everything offline \(\d/ }).click();
  await expect(card.getByText("Everything is kept")).toBeVisible({ timeout: 120_000 });
  return card;
}

for (const place of PLACES) {
  test(`under ${place.base}, page, numbers and filters stand without a host, and go on with it`, async ({ context }) => {
    const site = await serve(options(place, "demo"));
    await (await visited(context, site)).close();
    const start = await stopped(context, site, options(place, "demo"));
    const page = await context.newPage();
    await page.goto(`${site.url}dashboard`);
    await expect(notice(page)).toContainText(/Offline, data as of .*2026/);
    expect((await truthOrMissing(page, "demo")).true).toBeGreaterThan(9);
    await toggle(page, "Segment", "High Value");
    await toggle(page, "Category", "Electronics");
    const { true: known, missing } = await truthOrMissing(page, "demo");
    expect(known, `${missing} are missing`).toBeGreaterThan(9);
    expect(await violations(page)).toEqual([]);
    const again = await start();
    await expect(notice(page)).toHaveCount(0);
    await toggle(page, "Category", "Electronics");
    expect((await truthOrMissing(page, "demo")).missing).toBe(0);
    await again.close();
  });
}

test("what was not kept says so on its card, and comes by itself when the host is back", async ({ context }) => {
  const place = options(PLACES[0], "many");
  const site = await serve(place);
  await (await visited(context, site)).close();
  const start = await stopped(context, site, place);
  const page = await context.newPage();
  await page.goto(`${site.url}dashboard`);
  expect((await truthOrMissing(page, "many")).true).toBeGreaterThan(3);
  await toggle(page, "Segment", "High Value");
  await toggle(page, "Category", "Electronics");
  await expect(page.getByText(NOT_KEPT).first()).toBeVisible();
  expect((await truthOrMissing(page, "many")).missing).toBeGreaterThan(0);
  await expect(page.locator("[data-widget]").filter({ hasText: NOT_KEPT }).getByRole("button", { name: "Try again" }).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const again = await start();
  await expect(page.getByText(NOT_KEPT)).toHaveCount(0);
  expect((await truthOrMissing(page, "many")).missing).toBe(0);
  await again.close();
});

test("with everything kept every view works: lists, profiles, search, SQL", async ({ context }) => {
  const place = options(PLACES[0], "many");
  const site = await serve(place);
  const page = await visited(context, site);
  const card = await keepEverything(page, site);
  expect(await violations(page)).toEqual([]);
  await expect(card.getByRole("button", { name: /^Keep everything/ })).toHaveCount(0);
  await stopped(context, site, place);
  await open(page, `${site.url}dashboard?segment=High+Value&category=Electronics`);
  expect(await truthOrMissing(page, "many")).toMatchObject({ missing: 0 });
  for (const view of ["customers", "satisfaction", "kpi/total_revenue", "data-flow", "about-data", "help"]) {
    await open(page, site.url + view);
    await expect(page.locator("main [role=alert]"), view).toHaveCount(0);
    await expect(page.getByText(NOT_KEPT), view).toHaveCount(0);
  }
  await page.keyboard.press("/");
  await page.keyboard.type("C0000021");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/customers\/C0000021$/);
  await ready(page);
  await expect(page.locator("main [role=alert]")).toHaveCount(0);
  const { meta, events } = await manifest("many");
  const isThere = await page.evaluate(async (url) => (await fetch(url)).ok, `${site.url}data/${events.path}`);
  expect(isThere, "the demo's recorded events").toBe(true);
  await open(page, `${site.url}sql`);
  await page.getByRole("textbox").fill("SELECT COUNT(*) AS n FROM product_catalog");
  await page.getByRole("button", { name: /^Run/ }).first().click();
  await expect(page.locator('[data-widget="sql_result"] td').first()).toHaveText(String(meta.rows.product_catalog));
});

test("keeping everything can be cancelled, runs out of room, loses the host, and is cleared", async ({ context }) => {
  const site = await serve(options(PLACES[0], "many"));
  const page = await visited(context, site);
  await open(page, `${site.url}settings`);
  const card = page.getByRole("region", { name: "Offline" });
  const keep = card.getByRole("button", { name: /^Keep everything offline/ });
  const refusal = (kind) => card.locator(`[data-refusal="${kind}"]`);
  await keep.waitFor();
  const client = await context.newCDPSession(page);
  await client.send("Storage.overrideQuotaForOrigin", { origin: site.origin, quotaSize: 1_000_000 });
  await keep.click();
  await expect(refusal("Room")).toBeVisible();
  await client.send("Storage.overrideQuotaForOrigin", { origin: site.origin });
  site.faults.add({ match: ".sqlite", kind: "hang" });
  await keep.click();
  await card.getByRole("progressbar").waitFor();
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(refusal("Ended")).toBeVisible();
  site.faults.clear();
  site.faults.add({ match: ".sqlite", kind: "status", status: 503 });
  await keep.click();
  await expect(refusal("Lost")).toBeVisible();
  site.faults.clear();
  await card.getByRole("button", { name: "Delete what is kept" }).click();
  await expect(card.getByText("Nothing is kept any more")).toBeVisible();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await site.close();
});

test("deleting what is kept ends the keeping in another window", async ({ context }) => {
  const site = await serve(options(PLACES[0], "many"));
  const [keeping, deleting] = [await visited(context, site), await visited(context, site)];
  for (const page of [keeping, deleting]) await open(page, `${site.url}settings`);
  site.faults.add({ match: ".sqlite", kind: "hang" });
  const card = (page) => page.getByRole("region", { name: "Offline" });
  await card(keeping).getByRole("button", { name: /^Keep everything offline/ }).click();
  await card(keeping).getByRole("progressbar").waitFor();
  await card(deleting).getByRole("button", { name: "Delete what is kept" }).click();
  await expect(card(deleting).getByText("Nothing is kept any more")).toBeVisible();
  await expect(card(keeping).locator('[data-refusal="Cleared"]')).toBeVisible();
  expect(await keeping.evaluate(() => caches.keys())).toEqual([]);
  await site.close();
});

test("what was deleted is not kept again before the next visit, and every window says so", async ({ context }) => {
  const site = await serve(options(PLACES[0], "small"));
  const [one, other] = [await visited(context, site), await visited(context, site)];
  const card = await keepEverything(one, site);
  await open(other, `${site.url}settings`);
  await other.getByRole("region", { name: "Offline" }).getByRole("button", { name: "Delete what is kept" }).click();
  await expect(card.locator('[data-refusal="Cleared"]')).toBeVisible();
  await expect(card.getByText("Everything is kept")).toHaveCount(0);
  // Both go on, and look for newer data.
  for (const page of [one, other]) {
    await page.getByRole("link", { name: "Dashboard", exact: true }).first().click();
    await ready(page);
    const looked = page.waitForResponse((answer) => answer.url().endsWith("manifest.json"));
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await looked;
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
  }
  await (await visited(context, site)).close();
  await site.close();
});

/** Another build: the same page under other names. */
async function rebuilt(dist) {
  const page = path.join(dist, "index.html");
  const html = await readFile(page, "utf8");
  const [glue] = /app-[\da-f]{16}\.js/.exec(html);
  const other = "app-00000000000000ff.js";
  await cp(path.join(dist, glue), path.join(dist, other));
  for (const file of [page, path.join(dist, "service-worker.js")]) {
    await writeFile(file, (await readFile(file, "utf8")).replaceAll(glue, other));
  }
  await fit(dist);
  await rename(path.join(dist, glue), path.join(dist, `${glue}.gone`));
  return other;
}

test("a new build is offered to whoever is at work, and both builds work beside each other", async ({ context }, info) => {
  const { site: before, dist, data } = await changing(info.outputPath("host"));
  const old = await visited(context, before, "dashboard?segment=High+Value");
  await old.evaluate(() => (globalThis.marked = true));
  const glue = await rebuilt(dist);
  // The new page has a policy of its own.
  await before.close();
  const site = await serve({ dist, folders: { "data/": data }, port: Number(new URL(before.url).port) });
  const page = await context.newPage();
  await page.goto(`${site.url}dashboard`);
  // The kept page may be taking the new one's place by itself just now.
  await ready(page);
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => globalThis.hub.glue)).toContain(glue);
  const offer = old.locator('[data-notice="newer"]');
  await expect(offer).toBeVisible();
  await expect(page.locator('[data-notice="newer"]')).toHaveCount(0);
  await old.getByRole("link", { name: "Customers", exact: true }).first().click();
  await ready(old);
  await expect(old.locator("main [role=alert]")).toHaveCount(0);
  expect(await old.evaluate(() => globalThis.marked)).toBe(true);
  await old.goBack();
  await offer.getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => old.evaluate(() => globalThis.hub?.glue)).toContain(glue);
  await ready(old);
  await expect(offer).toHaveCount(0);
  await expect(old).toHaveURL(/segment=High/);
  await site.close();
});

test("a kept piece that was spoiled is asked for again", async ({ context, site, expected }) => {
  const page = await visited(context, site);
  const spoiled = await page.evaluate(async () => {
    let count = 0;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (!/\?hub-bytes=|_bg\.wasm$/.test(request.url)) continue;
        const answer = await cache.match(request);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        bytes[bytes.length >> 1] ^= 1;
        await cache.put(request, new Response(bytes, { headers: answer.headers }));
        count += 1;
      }
    }
    return count;
  });
  expect(spoiled).toBeGreaterThan(2);
  // What the browser has beside it is not to help.
  const client = await context.newCDPSession(page);
  await client.send("Network.clearBrowserCache");
  const before = site.requests.length;
  await open(page, `${site.url}dashboard?segment=High+Value`);
  const asked = site.requests.slice(before).map((request) => request.path);
  expect(asked.some((where) => where.endsWith(".sqlite"))).toBe(true);
  await open(page, `${site.url}dashboard`);
  expect((await kpis(page)).total_revenue).toBe(expected.kpis.default_view.total_revenue.value);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("what was kept is not asked for again", async ({ context, site }) => {
  const page = await visited(context, site);
  const client = await context.newCDPSession(page);
  await client.send("Network.clearBrowserCache");
  const before = site.requests.length;
  await open(page, `${site.url}dashboard`);
  const asked = site.requests.slice(before).map((request) => request.path);
  expect(asked.filter((where) => /\.sqlite$|places-|first-view-/.test(where))).toEqual([]);
});

test("a switch to a sign-in deletes all that was kept", async ({ context }, info) => {
  const { site, dist } = await changing(info.outputPath("host"));
  const page = await visited(context, site);
  await writeFile(path.join(dist, "config.json"), JSON.stringify({ signIn: { clientId: CLIENT } }));
  await page.goto(`${site.url}dashboard`);
  await page.locator("h1").first().waitFor();
  await keptNothing(page);
  await site.close();
});

test("a host that wants nothing kept is obeyed, and the settings say so", async ({ context }, info) => {
  const { site, dist } = await changing(info.outputPath("host"));
  const page = await visited(context, site);
  await writeFile(path.join(dist, "config.json"), JSON.stringify({ offline: { keep: "never" } }));
  await page.goto(`${site.url}settings`);
  await ready(page);
  await expect(page.getByText("wants nothing of it kept")).toBeVisible();
  await keptNothing(page);
  await site.close();
});

test("files of others beside the data are left to them", async ({ context }) => {
  const site = await serve({
    ...options(PLACES[1], "small"),
    others: { "/shop/hub/handbook/": fixture("small"), "/data/": fixture("small") },
  });
  const page = await visited(context, site);
  const { file } = await manifest("small");
  const theirs = ["/shop/hub/handbook/manifest.json", `/shop/hub/handbook/${file.places.path}`, `/data/${file.places.path}`];
  const answers = [];
  page.on("response", (response) => answers.push([new URL(response.url()).pathname, response.fromServiceWorker()]));
  for (const address of [...theirs, `/shop/hub/data/${file.places.path}`]) {
    await page.evaluate((where) => fetch(where).then((answer) => answer.text()), address);
  }
  for (const address of theirs) expect(answers).toContainEqual([address, false]);
  expect(answers).toContainEqual([`/shop/hub/data/${file.places.path}`, true]);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const urls = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return urls.flat();
  });
  expect(kept.filter((url) => url.includes("/handbook/") || !url.includes("/shop/hub/"))).toEqual([]);
  await site.close();
});

for (const { base, dist } of PLACES) {
  test(`under ${base}, the page can be installed`, async ({ page }) => {
    const site = await serve({ base, dist, folders: { "data/": fixture("small") } });
    await page.goto(`${site.url}dashboard`);
    const href = await page.locator("link[rel=manifest]").getAttribute("href");
    const answer = await page.request.get(new URL(href, site.url).href);
    expect(answer.headers()["content-type"]).toBe("application/manifest+json");
    const app = await answer.json();
    expect(app).toMatchObject({ id: base, scope: base, start_url: `${base}dashboard`, display: "standalone" });
    expect(app.name.length * app.short_name.length).toBeGreaterThan(0);
    expect([app.theme_color, app.background_color].every((colour) => /^#[\da-f]{6}$/.test(colour))).toBe(true);
    expect(app.icons.map(({ purpose }) => purpose)).toContain("maskable");
    for (const { src, sizes, type } of app.icons) {
      expect(src.startsWith(base), src).toBe(true);
      const icon = await page.request.get(new URL(src, site.origin).href);
      expect(icon.headers()["content-type"], src).toBe(type);
      const found = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      if (type === "image/png") expect(found, src).toBe(sizes);
    }
    const client = await page.context().newCDPSession(page);
    const { errors } = await client.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
    expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
    await site.close();
  });
}

test("a host whose snapshot a page has never read is not needed for its numbers", async ({ context, site }) => {
  // The record of the first view is in the manifest.
  await (await visited(context, site)).close();
  await context.setOffline(true);
  const page = await context.newPage();
  await page.goto(`${site.url}dashboard`);
  await page.locator("[data-kpi]").first().waitFor();
  const { kpis: native } = await numbersOf("demo");
  expect((await kpis(page)).total_revenue).toBe(native.default_view.total_revenue.value);
});
