// A host that stops and comes back, and what a page says of which numbers it has.

import { expect } from "@playwright/test";

import { keptAgain } from "./kept.mjs";
import { underQueries } from "./native.mjs";
import { kpis, ready, table } from "./page.mjs";
import { query } from "./filters.mjs";
import { serve } from "./server.mjs";

export const notice = (page) => page.locator('[data-notice="offline"]');
export const NOT_KEPT = "Not kept for offline use";

/** A visit at the end of which all that was read is kept. */
export async function visited(context, site, where = "dashboard") {
  const page = await context.newPage();
  await page.goto(site.url + where);
  await ready(page);
  await keptAgain(page);
  await expect.poll(() => amount(page), "what was read is kept").toMatchObject({ config: true, manifest: true });
  await settled(page);
  return page;
}

/** What lies in this hub's caches. */
export function amount(page) {
  return page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) all.push(url);
    }
    const ends = (end) => all.some((url) => url.endsWith(end));
    const blocks = all.filter((url) => url.includes("?hub-bytes="));
    return { config: ends("/config.json"), manifest: ends("manifest.json"), files: all.length - blocks.length, blocks };
  });
}

/** Waits until no more is being kept. */
async function settled(page) {
  let before = -1;
  await expect
    .poll(async () => {
      const { files, blocks } = await amount(page);
      const isSame = before === files + blocks.length;
      before = files + blocks.length;
      return isSame && blocks.length > 0;
    }, { intervals: [500] })
    .toBe(true);
}

/** Stops a host for good, and the network with it; gives what brings both back. */
export async function stopped(context, site, options) {
  const { port } = new URL(site.origin);
  await site.close();
  await context.setOffline(true);
  return async () => {
    const again = await serve({ ...options, port: Number(port) });
    await context.setOffline(false);
    return again;
  };
}

const exact = (rows) => rows.map((cells) => cells.map((cell) => cell.exact ?? null).filter(Boolean));

/**
 * Compares every number on the dashboard with what native code computes under the same filters; those
 * that are not there have to say so. Gives how many of either kind there were.
 */
export async function truthOrMissing(page, snapshot) {
  await ready(page);
  const [native] = await underQueries(snapshot, [query(page)]);
  const counts = { true: 0, missing: 0 };
  const isMissing = async (card) => (await card.textContent()).includes(NOT_KEPT);
  const shown = await kpis(page);
  for (const card of await page.locator("[data-kpi]").all()) {
    const id = await card.getAttribute("data-kpi");
    const missing = await isMissing(card);
    expect(shown[id] ?? null, id).toBe(missing ? null : native.kpis[id].value);
    counts[missing ? "missing" : "true"] += 1;
  }
  for (const card of await page.locator("[data-widget]").all()) {
    const id = await card.getAttribute("data-widget");
    const { table: wanted } = native.widgets[id];
    if (!wanted) continue;
    // What nobody sees is not asked for.
    await card.scrollIntoViewIfNeeded();
    await ready(page);
    const missing = await isMissing(card);
    if (missing) await expect(card.locator("data"), id).toHaveCount(0);
    else expect(exact((await table(page, id)).rows), id).toEqual(exact(wanted.rows));
    counts[missing ? "missing" : "true"] += 1;
  }
  return counts;
}
