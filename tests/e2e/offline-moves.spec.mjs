// What is kept while the data moves: nothing stale, and nothing out of reach.

import { cp } from "node:fs/promises";

import { changing } from "./lib/kept.mjs";
import { amount, truthOrMissing, visited } from "./lib/offline.mjs";
import { open } from "./lib/page.mjs";
import { expect, fixture, manifest, test } from "./lib/test.mjs";

// Each test makes several visits.
test.describe.configure({ timeout: 240_000 });

test.use({ serviceWorkers: "allow" });

test("nothing of an older snapshot is shown or stays", async ({ context }, info) => {
  const { site, data } = await changing(info.outputPath("host"));
  const first = await visited(context, site);
  const of = async (name) => (await manifest(name)).meta.snapshot_id;
  expect((await amount(first)).blocks.join("\n")).toContain(await of("demo"));
  await first.close();
  await cp(fixture("small"), data, { recursive: true });
  const page = await visited(context, site);
  await expect.poll(async () => (await amount(page)).blocks.join("\n")).not.toContain(await of("demo"));
  await site.close();
  await context.setOffline(true);
  await page.goto(`${site.url}dashboard`);
  expect((await truthOrMissing(page, "small")).true).toBeGreaterThan(9);
});

test("a newer snapshot whose files never came does not put the kept one out of reach", async ({ context }, info) => {
  const { site, data } = await changing(info.outputPath("host"));
  const before = await visited(context, site);
  await before.close();
  await cp(fixture("small"), data, { recursive: true });
  const { meta, file } = await manifest("small");
  const names = [file.publishing.path, file.places.path, meta.snapshot_id];
  for (const match of names) site.faults.add({ match, kind: "status", status: 503 });
  const page = await context.newPage();
  await page.goto(`${site.url}dashboard`);
  await expect(page.locator("[data-error]").first()).toBeVisible();
  await site.close();
  await context.setOffline(true);
  await page.goto(`${site.url}dashboard`);
  expect((await truthOrMissing(page, "demo")).missing).toBe(0);
});

test("what is kept goes with the data: everything of the snapshot that has come meanwhile", async ({ context }, info) => {
  const { site, data } = await changing(info.outputPath("host"));
  const page = await visited(context, site);
  await open(page, `${site.url}settings`);
  const card = page.getByRole("region", { name: "Offline" });
  const { file } = await manifest("demo");
  site.faults.add({ match: file.publishing.path, kind: "hang" });
  await card.getByRole("button", { name: /^Keep everything offline/ }).click();
  await card.getByRole("progressbar").waitFor();
  await cp(fixture("small"), data, { recursive: true });
  // Somebody looks again, as after an hour.
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(card.getByText("Everything is kept")).toBeVisible();
  await site.close();
  await context.setOffline(true);
  await page.goto(`${site.url}dashboard?category=Books`);
  expect((await truthOrMissing(page, "small")).missing).toBe(0);
});

test("a manifest that stalls halfway holds up no later one, and does not take its place", async ({ context }, info) => {
  const { site, data } = await changing(info.outputPath("host"));
  const page = await visited(context, site);
  const ask = () => page.evaluate(() => void fetch("data/manifest.json").then((answer) => answer.text()));
  site.faults.add({ match: "manifest.json", kind: "stall", times: 1 });
  const stalled = page.waitForResponse((answer) => answer.url().endsWith("manifest.json"));
  await ask();
  await stalled;
  await cp(fixture("small"), data, { recursive: true });
  const { meta } = await manifest("small");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const kept = async () => (await amount(page)).blocks.some((url) => url.includes(meta.snapshot_id));
  await expect.poll(kept).toBe(true);
  await site.close();
  await context.setOffline(true);
  await page.goto(`${site.url}dashboard`);
  expect((await truthOrMissing(page, "small")).true).toBeGreaterThan(9);
});
