// What a visit costs on the wire, stage by stage: files compressed as a CDN does, nothing in the
// cache, and no clock. `limits.json` says what each may cost.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { ready, scrollThrough } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { DIST, PROJECT, expect, fixture, test } from "./lib/test.mjs";

const LIMITS = JSON.parse(await readFile(new URL("limits.json", import.meta.url), "utf8"));

/** Requests and bytes since the last call, in all and of the SQL engine. */
function counter(host) {
  let from = 0;
  return () => {
    const requests = host.requests.slice(from);
    from = host.requests.length;
    const sum = (list) => list.reduce((all, { bytes = 0 }) => all + bytes, 0);
    return {
      requests: requests.length,
      bytes: sum(requests),
      engine: sum(requests.filter(({ path }) => /\/sql/.test(path))),
      paths: requests.map(({ path, bytes }) => `${path} ${bytes}`),
    };
  };
}

function within(measured, name) {
  const limits = LIMITS[name];
  for (const [figure, limit] of Object.entries(limits)) {
    const told = `${name}, ${figure}:\n${measured.paths.join("\n")}`;
    expect.soft(measured[figure], told).toBeLessThanOrEqual(limit);
  }
}

test("every stage of a first visit stays within its bytes and requests", async ({ page }) => {
  const host = await serve({ dist: DIST, folders: { "data/": fixture("demo") }, compress: true });
  const count = counter(host);
  const stages = {};
  // The app waits until the first numbers stand and have been counted.
  let goOn;
  const counted = new Promise((resolve) => (goOn = resolve));
  await page.route(/app-\w+(_bg)?\.(js|wasm)$/, async (route) => {
    await counted;
    await route.continue();
  });
  await page.goto(`${host.url}dashboard`);
  await page.locator("[data-kpi]").first().waitFor();
  stages["first KPI"] = count();
  goOn();
  await ready(page);
  await scrollThrough(page);
  stages["default view"] = count();
  const revenue = page.locator('[data-kpi="total_revenue"] data').first();
  const before = await revenue.getAttribute("value");
  await page.evaluate(() => {
    history.pushState(null, "", `${location.pathname}?segment=High+Value`);
    dispatchEvent(new PopStateEvent("popstate"));
  });
  await expect(revenue).not.toHaveAttribute("value", before);
  await ready(page);
  stages["filter change"] = count();
  await host.close();
  for (const stage of Object.values(stages)) {
    console.log(JSON.stringify({ ...stage, paths: undefined }));
  }
  await mkdir(path.join(PROJECT, "target"), { recursive: true });
  await writeFile(path.join(PROJECT, "target/first-load.json"), JSON.stringify(stages, undefined, 2));
  for (const name of Object.keys(stages)) within(stages[name], name);
});

/** Parts of the build by the names of their files; the parts of Plotly by what is in them. */
const PARTS = [
  ["page, styles", /^index\.html$/],
  ["app glue", /^app-\w+\.js$/],
  ["app wasm", /^app-\w+_bg\.wasm$/],
  ["app, later", /^(dashboard|views|chunk_\d+)-[0-9a-f]{16}\.wasm$/],
  ["app, sign-in", /^sign_in-[0-9a-f]{16}\.wasm$/],
  ["SQL engine", /^js\/\w+\/(sql|sqlite)[\w-]*\.(js|wasm)$/],
  ["app, own data", /^own-[0-9a-f]{16}\.wasm$/],
  ["importer", /^js\/\w+\/importer(_bg)?\.(js|wasm)$/],
  ["importer, letters", /^js\/\w+\/importer_letters_bg\.wasm$/],
  ["charts", /^js\/\w+\/(plotly|chunk-|sankey-|scatter3d-)[\w-]*\.(js|css)$/],
];

test("every part of the build stays within its bytes", async () => {
  const names = await readdir(DIST, { recursive: true });
  const sizes = Object.fromEntries(PARTS.map(([part]) => [part, 0]));
  for (const name of names.filter((name) => !/\.(br|gz)$/.test(name) && !name.startsWith("data"))) {
    const [part] = PARTS.find(([, pattern]) => pattern.test(name)) ?? [];
    if (!part) continue;
    const copy = names.includes(`${name}.br`) ? `${name}.br` : name;
    sizes[part] += (await readFile(path.join(DIST, copy))).length;
  }
  for (const [part] of PARTS) {
    expect.soft(sizes[part], part).toBeGreaterThan(0);
    expect.soft(sizes[part], part).toBeLessThanOrEqual(LIMITS.files[part]);
  }
});
