// What the reader of the page sees when the snapshot's host misbehaves, and after it has recovered.

import { LASTING, hostNamed } from "./lib/bad-hosts.mjs";
import { crc32 } from "./lib/crc32.mjs";
import { notice } from "./lib/notices.mjs";
import { expect, places, test } from "./lib/test.mjs";

test.use({ snapshot: "small" });

const SNAPSHOT = "/data/snapshot-";

/** Asks again by the button, unless the page does so by itself first. */
async function again(page) {
  const alert = page.getByRole("alert");
  const button = alert.getByRole("button", { name: "Try now" });
  await Promise.any([button.click(), alert.waitFor({ state: "hidden" })]);
  await expect(alert).toHaveCount(0);
}

async function showsTheNumbers(page, expected) {
  const { value } = expected.kpis.default_view.total_revenue;
  const shown = page.locator('[data-kpi="total_revenue"] data').first();
  await expect(shown).toHaveAttribute("value", value);
}

/** The page reads packs alone: what stands at the file's beginning is not looked at. */
const FAULTS = LASTING.filter(([fault]) => fault.kind !== "flip");

/** Where the first byte of a pack stands in the file. */
async function inPack(snapshot) {
  const [, , , , , , [at]] = (await places(snapshot)).find(([name]) => name === "customers");
  return at;
}

for (const [fault, message] of FAULTS) {
  test(`${hostNamed(fault)}: a notice, and the dashboard after it`, async ({ page, site, expected }) => {
    test.slow(fault.kind === "hang", "the page's patience is 12 s, twice");
    site.faults.add({ match: SNAPSHOT, ...fault });
    await page.goto(`${site.url}dashboard`);
    const said = await notice(page);
    expect(said).toMatch(message);
    site.faults.clear();
    await again(page);
    await showsTheNumbers(page, expected);
  });
}

test("one fault goes unnoticed", async ({ page, site, expected }) => {
  site.faults.add({ match: SNAPSHOT, kind: "status", status: 500, times: 1 });
  await page.goto(`${site.url}dashboard`);
  await showsTheNumbers(page, expected);
});

test("a bit that is wrong for good is damage", async ({ page, site, snapshot }) => {
  site.faults.add({ match: SNAPSHOT, kind: "flip", offset: await inPack(snapshot) });
  await page.goto(`${site.url}dashboard`);
  expect(await notice(page)).toMatch(/^damaged: .*publish it again/s);
});

test("a bit that flipped in transit goes unnoticed, too", async ({ page, site, snapshot, expected }) => {
  site.faults.add({ match: SNAPSHOT, kind: "flip", offset: await inPack(snapshot), times: 1 });
  await page.goto(`${site.url}dashboard`);
  await showsTheNumbers(page, expected);
});

test("a snapshot for a newer page says so", async ({ page, site }) => {
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    await route.fulfill({ json: { ...manifest, format_version: 99 } });
  });
  await page.goto(`${site.url}dashboard`);
  expect(await notice(page)).toMatch(/^version: .*has format 99, this page reads format \d+/s);
});

/** Serves a manifest that a test may spoil. */
async function withManifest(page, spoil) {
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    await route.fulfill({ json: spoil(manifest) ?? manifest });
  });
}

/** Numbers that no builder writes: what is said, and how the manifest comes to say it. */
const IMPOSSIBLE = [
  [/file\.page_size is 0, it must be a power of two/, ({ file }) => void (file.page_size = 0)],
  [
    /file\.publishing\.chunk_bytes is 0, it must be 16384 to/,
    ({ file }) => void (file.publishing = { mode: "chunked", prefix: "s/", digits: 5, chunk_bytes: 0 }),
  ],
  [
    /the number of first_view\.headline is 20000, it must be 0 to 24/,
    ({ first_view: view }) => void (view.headline = Array(20_000).fill(view.headline[0])),
  ],
];

for (const [message, spoil] of IMPOSSIBLE) {
  test(`a manifest of impossible numbers is named: ${message.source}`, async ({ page, site }) => {
    await withManifest(page, spoil);
    await page.goto(`${site.url}dashboard`);
    const said = await notice(page);
    expect(said).toMatch(/^damaged: .*\/data\/manifest\.json/s);
    expect(said).toMatch(message);
  });
}

test("a pack that lies past the file's end is named", async ({ page, site, snapshot }) => {
  const all = await places(snapshot);
  const at = all.findIndex(([name]) => name === "customers");
  const [, , , , , , head] = all[at];
  all[at] = all[at].with(6, [3_000_000_000, head[1]]);
  const text = JSON.stringify(all);
  await page.route("**/data/places-*.json", (route) => route.fulfill({ body: text }));
  await withManifest(page, ({ file }) => {
    file.places = { ...file.places, bytes: text.length, crc32: crc32(text) };
  });
  await page.goto(`${site.url}dashboard`);
  expect(await notice(page)).toMatch(
    /^damaged: .*places-\S+\.json: place of pack customers 0 is 30000\d+, it must be 0 to/s,
  );
});

test("a manifest of another snapshot never shows numbers", async ({ page, site }) => {
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    manifest.meta.snapshot_id = "0000000000000000";
    await route.fulfill({ json: manifest });
  });
  await page.goto(`${site.url}dashboard`);
  expect(await notice(page)).toMatch(/^other-snapshot: .*0000000000000000.*publish both again/s);
  await expect(page.locator("[data-kpi] data")).toHaveCount(0);
});

test("without a network the notice says so, and goes when it is back", async ({
  page,
  site,
  context,
  expected,
}) => {
  site.faults.add({ match: "manifest.json", kind: "status", status: 403 });
  await page.goto(`${site.url}dashboard`);
  expect(await notice(page)).toMatch(/^forbidden: /);
  site.faults.clear();
  await context.setOffline(true);
  await page.getByRole("alert").getByRole("button", { name: "Try now" }).click();
  await page.locator('[role=alert][data-error="offline"]').waitFor();
  await context.setOffline(false);
  await again(page);
  await showsTheNumbers(page, expected);
});
