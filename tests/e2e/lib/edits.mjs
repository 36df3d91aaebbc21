// What tests of edits share: a host that takes them, and what the page shows of them.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { Keeper } from "./keeper.mjs";
import { kpis, open } from "./page.mjs";
import { kpisUnder } from "./moving.mjs";
import { BUILDER } from "./native.mjs";
import { serve } from "./server.mjs";
import { DIST, expect, fixture, test as hosted } from "./test.mjs";

/** Runs a program. */
export const run = promisify(execFile);

/** A customer of high value, whose row is among the first of the list. */
export const HIGH = "C0000066";

/**
 * With a host that takes edits (`keeper`) and publishes other snapshots (`site.publish`), and a
 * configuration of one's own.
 */
export const test = hosted.extend({
  snapshot: "small",
  /** What `config.json` says. */
  config: [{ refresh: false, live: "off", edits: "api" }, { option: true }],

  keeper: async ({}, use) => use(new Keeper()),

  site: async ({ snapshot, config, keeper }, use) => {
    const folders = { "data/": fixture(snapshot) };
    const site = await serve({ dist: DIST, folders, handle: keeper.handle });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ kind: "answer", match: "config.json", headers, body: JSON.stringify(config) });
    await use({ ...site, publish: ({ out }) => (folders["data/"] = out) });
    await site.close();
  },
});

/** The segment on the profile. */
export const shown = (page) => page.locator(".who__tags [data-segment]");
/** What the profile says of a change of it. */
export const mark = (page) => page.locator(".who__tags [data-edit]");
/** A message about a change. */
export const told = (page, what) => page.locator(`[data-told="${what}"]`);
/** The button of the list of changes. */
export const button = (page) => page.locator("[data-edits]");
/** The changes listed. */
export const listed = (page) => page.locator("#edits-panel [data-edit]");

/** Chooses another segment where one can be chosen. */
export async function choose(page, segment) {
  await page.getByRole("button", { name: "Change segment" }).click();
  await page.getByRole("menuitemradio", { name: segment }).click();
}

/** Opens a customer's profile. */
export async function profile(page, site, id = HIGH) {
  await open(page, `${site.url}customers/${id}`);
  await expect(page.getByRole("button", { name: "Change segment" })).toBeVisible();
}

/** A snapshot of the same shop whose segments are those of a file, or those given: `{ C0000066: "Low Value" }`. */
export async function edited(segments) {
  const folder = await mkdtemp(path.join(tmpdir(), "hub-edited-"));
  if (typeof segments !== "string") {
    const rows = Object.entries(segments).map((row) => `${row.join(",")}\n`);
    segments = path.join(folder, "segments.csv");
    await writeFile(segments, ["customer_id,customer_segment\n", ...rows].join(""));
  }
  const out = path.join(folder, "data");
  const shop = ["demo", "--customers", "100", "--seed", "7"];
  await run(BUILDER, [...shop, "--segments", segments, "--out", out]);
  return { out, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Waits until the page shows what native code computes from a snapshot under the page's filter. */
export async function agrees(page, snapshot, query) {
  const wanted = await kpisUnder(snapshot, query);
  const values = Object.fromEntries(Object.entries(wanted).map(([id, kpi]) => [id, kpi.value ?? undefined]));
  await expect
    .poll(async () => Object.entries(await kpis(page)).filter(([id, value]) => value !== values[id]))
    .toEqual([]);
  expect(Object.keys(await kpis(page)).length).toBeGreaterThan(3);
}
