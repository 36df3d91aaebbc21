// Data of the reader's own, as tests bring it and look at it.

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";

import { BUILDER, underQueries } from "./native.mjs";
import { kpis, table } from "./page.mjs";
import { expect } from "./test.mjs";

const run = promisify(execFile);
const TABLES = ["monthly_revenue", "category_performance"];
const exact = ({ rows }) => rows.map((cells) => cells.map(({ exact }) => exact ?? null));

/** The key figures that are shown and are not what native code says; waits until there are none. */
export async function agrees(page, native, query) {
  const wrong = async () => {
    const shown = Object.entries(await kpis(page));
    const others = shown.filter(([id, value]) => value !== (native.kpis[id].value ?? undefined));
    return shown.length > 0 ? others : "nothing is shown";
  };
  await expect.poll(wrong, query).toEqual([]);
}

/** What the dashboard shows is what native code says of a snapshot. */
export async function shows(page, snapshot, query = "") {
  const [native] = await underQueries(snapshot, [query]);
  await agrees(page, native, query);
  for (const id of TABLES.filter((id) => native.widgets[id]?.table)) {
    await page.locator(`[data-widget="${id}"]`).scrollIntoViewIfNeeded();
    await expect.poll(async () => exact(await table(page, id)), id).toEqual(exact(native.widgets[id].table));
  }
}

/** Requests for anything but the page's own program, from now on. */
export function asked(page, site) {
  const others = [];
  page.on("request", (request) => {
    const url = request.url();
    const own = url.startsWith(site.url) && !url.startsWith(`${site.url}data/`) && request.method() === "GET";
    if (!own && !url.startsWith("blob:") && !url.startsWith("data:")) others.push(`${request.method()} ${url}`);
  });
  return others;
}

/** A folder for what a test makes, and what native code says of a snapshot that is built there. */
export async function answersOf(out, queries) {
  const file = `${out}.queries`;
  await writeFile(file, queries.map((query) => `${query}\n`).join(""));
  const { stdout } = await run(BUILDER, ["inspect", out, "--queries", file], { maxBuffer: 1 << 28 });
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
}
