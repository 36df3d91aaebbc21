// A host whose data moves on: two snapshots of a shop, of which the second is published when a test
// says so, as `builder` does it: files first, the manifest last.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { serve } from "./server.mjs";
import { DIST, fixture, test as hosted } from "./test.mjs";

export { expect } from "./test.mjs";

const run = promisify(execFile);
const BUILDER = fixture(process.platform === "win32" ? "builder.exe" : "builder");

/** How each snapshot is made; the newer one has fewer customers. */
const SHOPS = { older: ["--customers", "1500", "--seed", "7"], newer: ["--customers", "1300", "--seed", "8"] };

/** A snapshot's folder, its manifest, and the numbers that native code computes from it. */
async function made(folder, name) {
  const out = path.join(folder, name);
  await run(BUILDER, ["demo", "--out", out, ...SHOPS[name]]);
  const { stdout } = await run(BUILDER, ["inspect", "--json", out], { maxBuffer: 1 << 28 });
  const manifest = JSON.parse(await readFile(path.join(out, "manifest.json"), "utf8"));
  return { out, manifest, id: manifest.meta.snapshot_id, numbers: JSON.parse(stdout) };
}

/** KPIs of a snapshot under a query of the page's address: `{ total_revenue: "…" }`. */
export async function kpisUnder({ out }, query) {
  const file = `${out}.query`;
  await writeFile(file, `${query}\n`);
  const { stdout } = await run(BUILDER, ["inspect", out, "--queries", file], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout.trim()).kpis;
}

export const test = hosted.extend({
  /** What `config.json` says. */
  config: [{ refresh: 1 }, { option: true }],

  shops: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "hub-moving-"));
      const [older, newer] = [await made(folder, "older"), await made(folder, "newer")];
      await use({ older, newer });
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],

  /** The host; `publish(shop)` moves on, `point(text)` writes the manifest alone, `file` finds one. */
  site: async ({ shops, config }, use) => {
    const data = await mkdtemp(path.join(tmpdir(), "hub-data-"));
    await cp(shops.older.out, data, { recursive: true });
    const site = await serve({ dist: DIST, folders: { "data/": data } });
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ kind: "answer", match: "config.json", headers, body: JSON.stringify(config) });
    const file = (name) => path.join(data, name);
    const point = async (text) => {
      await writeFile(file("manifest.json.new"), text);
      await rename(file("manifest.json.new"), file("manifest.json"));
    };
    const publish = async ({ out }, text) => {
      const isFile = (name) => path.basename(name) !== "manifest.json";
      await cp(out, data, { recursive: true, filter: isFile });
      await point(text ?? (await readFile(path.join(out, "manifest.json"), "utf8")));
    };
    await use({ ...site, point, publish, file });
    await site.close();
    await rm(data, { recursive: true, force: true });
  },
});
