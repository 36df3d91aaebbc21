// What a first visit costs on the wire: files compressed as a CDN does, nothing in the cache.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { open, scrollThrough } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { DIST, PROJECT, expect, fixture, test } from "./lib/test.mjs";

/** What each part may weigh at most, in bytes, with the demo's 10,000 customers. */
const LIMITS = { app: 480_000, plotly: 600_000, engine: 500_000, data: 1_000_000 };

/** Requests and bytes, in all and by what they are for. */
function summary(requests) {
  const kinds = { app: 0, plotly: 0, engine: 0, data: 0 };
  for (const { path, bytes = 0 } of requests) {
    if (path.startsWith("/data/")) kinds.data += bytes;
    else if (/\/sql/.test(path)) kinds.engine += bytes;
    else if (path.startsWith("/js/")) kinds.plotly += bytes;
    else kinds.app += bytes;
  }
  const bytes = Object.values(kinds).reduce((sum, part) => sum + part, 0);
  return { requests: requests.length, bytes, ...kinds };
}

test("every part of the default view stays within its bytes", async ({ page }) => {
  const folders = { "data/": fixture("demo") };
  const host = await serve({ dist: DIST, folders, compress: true });
  await open(page, `${host.url}dashboard`);
  await scrollThrough(page);
  const measured = summary(host.requests);
  await host.close();
  console.log(`first load: ${JSON.stringify(measured)}`);
  await mkdir(path.join(PROJECT, "target"), { recursive: true });
  const file = path.join(PROJECT, "target/first-load.json");
  await writeFile(file, `${JSON.stringify(measured, undefined, 2)}\n`);
  for (const [part, limit] of Object.entries(LIMITS)) {
    expect.soft(measured[part], part).toBeLessThan(limit);
  }
});
