// Visits to a page that is kept for the next one, and hosts whose files can be replaced meanwhile.

import { cp } from "node:fs/promises";
import path from "node:path";

import { ready } from "./page.mjs";
import { serve } from "./server.mjs";
import { DIST, expect, fixture } from "./test.mjs";

/** The first visit, up to the moment when the page is kept. */
export async function visitedOnce(context, site) {
  const page = await context.newPage();
  await page.goto(`${site.url}dashboard`);
  await ready(page);
  await keptAgain(page);
  await page.close();
}

/** Waits until the page is kept, by a worker that is at work. */
export const keptAgain = (page) => expect.poll(() => kept(page)).toMatchObject({ working: true, page: true });

/** Waits until nothing is kept for later visits any more. */
export const keptNothing = (page) => expect.poll(() => kept(page)).toEqual({ working: false, page: false, caches: [] });

function kept(page) {
  return page.evaluate(async () => {
    const workers = await navigator.serviceWorker.getRegistrations();
    const found = await caches.match(document.baseURI);
    return { working: workers.some(({ active }) => active), page: Boolean(found), caches: await caches.keys() };
  });
}

/** A host whose page and data can be replaced. */
export async function changing(folder, options = {}) {
  const [dist, data] = [path.join(folder, "dist"), path.join(folder, "data")];
  await cp(options.dist ?? DIST, dist, { recursive: true });
  await cp(fixture("demo"), data, { recursive: true });
  return { site: await serve({ ...options, dist, folders: { "data/": data } }), dist, data };
}
