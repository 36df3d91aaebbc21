// What the reader sees while something loads, fails, or is configured wrong.

import { chromium } from "@playwright/test";

import { launchOptions } from "./lib/chromium.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

/** Asks again by a button, unless the page does so by itself first. */
async function byHand(within, name) {
  const button = within.getByRole("button", { name });
  await Promise.any([button.click(), button.waitFor({ state: "hidden" })]);
}

test("a missing snapshot is named, and found when it is there", async ({ page, site }) => {
  site.faults.add({ kind: "status", status: 404, match: "manifest.json" });
  await open(page, `${site.url}dashboard`);
  const notice = page.getByRole("alert");
  await expect(notice).toHaveAttribute("data-error", "not-found");
  await expect(notice).toContainText("/data/manifest.json (404)");
  site.faults.clear();
  await notice.getByRole("button", { name: "Try now" }).click();
  await expect(notice).toHaveCount(0);
  await ready(page);
  expect(Object.keys(await kpis(page))).toHaveLength(4);
});

test("a failing server is asked again by itself", async ({ page, site, expected }) => {
  site.faults.add({ kind: "status", status: 503, match: "manifest.json", times: 4 });
  await page.goto(`${site.url}dashboard`);
  await expect(page.getByRole("alert")).toContainText("Trying again in 1 s.");
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  const { value } = expected.kpis.default_view.total_revenue;
  expect((await kpis(page)).total_revenue).toBe(value);
});

test("a connection that is there again is used at once", async ({ page, site }) => {
  site.faults.add({ kind: "status", status: 503, match: "manifest.json" });
  await page.goto(`${site.url}dashboard`);
  await expect(page.getByRole("alert")).toContainText("Trying again in 8 s.");
  site.faults.clear();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByRole("alert")).toHaveCount(0, { timeout: 5_000 });
  await ready(page);
});

for (const view of ["", "dashboard"]) {
  test(`a configuration that is late is waited for: /${view}`, async ({ page, site }) => {
    // The page's head asks for it once, the app twice a try.
    site.faults.add({ kind: "status", status: 503, match: "config.json", times: 5 });
    await page.goto(`${site.url}${view}`);
    await expect(page.getByRole("alert")).toContainText("/config.json");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await ready(page);
    await expect(page.locator("[data-sign-in]")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(view ? "Dashboard" : "E-Commerce Insights Hub");
  });
}

test("what a filter waits for is said to be on its way", async ({ page, site }) => {
  site.faults.add({ kind: "ok", delayMs: 1_000, match: "/data/snapshot-" });
  await page.goto(`${site.url}dashboard?category=Books&category=Beauty`);
  await expect(page.locator('[data-widget="churn_risk"]')).toHaveAttribute("aria-busy", "true");
  await ready(page);
  await expect(page.locator('[data-widget="churn_risk"]')).not.toHaveAttribute("aria-busy", "true");
});

test.describe("a large snapshot", () => {
  test.use({ snapshot: "many" });

  test("shows how far what a filter waits for has come", async ({ page, site }) => {
    site.faults.add({ kind: "ok", delayMs: 1_000, match: "/data/snapshot-" });
    await page.goto(`${site.url}dashboard?category=Books&category=Beauty&category=Clothing`);
    await expect(page.getByRole("progressbar", { name: "Reading customers and purchases" })).toBeVisible();
    await ready(page);
    await expect(page.getByRole("progressbar")).toHaveCount(0);
  });
});

test("a chart that cannot be drawn leaves its table and is drawn on demand", async ({ page, site }) => {
  const script = "**/js/*/plotly.js*";
  await page.route(script, (route) => route.abort());
  await open(page, `${site.url}dashboard`);
  const card = page.locator('[data-widget="churn_risk"]');
  await expect(card.getByRole("alert")).toContainText("The charts of this page could not be loaded");
  await expect(page.locator('[data-kpi="total_revenue"] data').first()).toBeVisible();
  await expect(card.locator("table")).toBeVisible();
  await page.unroute(script);
  await byHand(card, "Try again");
  await expect(card.locator(".main-svg").first()).toBeVisible();
  await expect(card.getByRole("alert")).toHaveCount(0);
});

test("a view whose code does not come says so, and comes on demand", async ({ page, site }) => {
  const file = "**/views-*.wasm";
  await page.route(file, (route) => route.abort());
  await open(page, `${site.url}dashboard`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  const alert = page.locator('[data-error="part"]');
  await expect(alert).toContainText("A part of this page could not be fetched");
  await page.unroute(file);
  await byHand(alert, "Try now");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
});

test("a wrong configuration names its keys and the page works", async ({ page, site }) => {
  const config = { brand: { name: "Acme", logo: "javascript:alert(1)" }, lokale: "de" };
  await page.route("**/config.json", (route) => route.fulfill({ json: config }));
  await open(page, `${site.url}dashboard`);
  await expect(page.getByText(/config\.json, brand\.logo: expected the path of a picture/)).toBeVisible();
  await expect(page.getByText(/config\.json, lokale: expected no such key/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Acme" })).toBeVisible();
  expect(Object.keys(await kpis(page))).toHaveLength(4);
});

test("a brand brings its name, colour and links", async ({ page, site }) => {
  const config = {
    brand: { name: "Acme", accent: "#c2410c" },
    links: { documentation: "https://docs.acme.example/", support: "mailto:help@acme.example" },
  };
  await page.route("**/config.json", (route) => route.fulfill({ json: config }));
  await open(page, site.url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Acme");
  await expect(page).toHaveTitle("Acme");
  const accent = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue("--accent"),
  );
  expect(accent).toBe("#c2410c");
  await expect(page.getByRole("link", { name: "Support" })).toHaveAttribute(
    "href",
    "mailto:help@acme.example",
  );
});

test("without WebGL the 3D figure is drawn flat, and says so", async ({ site }) => {
  const options = launchOptions();
  const browser = await chromium.launch({
    ...options,
    args: [...options.args, "--disable-software-rasterizer", "--disable-webgl"],
  });
  try {
    const page = await browser.newPage();
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-widget="rfm_segmentation"]');
    await expect(card).toContainText("Drawn flat: this browser offers no WebGL for 3D.");
    await expect(card.locator(".main-svg").first()).toBeVisible();
    expect(site.requests.some(({ path }) => path.includes("/scatter3d-"))).toBe(false);
  } finally {
    await browser.close();
  }
});

test("without a graphics card 3D is drawn when the reader wants it, and not before", async ({ page, site, complaints }) => {
  const isSolid = ({ path }) => path.includes("/scatter3d-");
  await open(page, `${site.url}dashboard`);
  const card = page.locator('[data-widget="rfm_segmentation"]');
  await card.scrollIntoViewIfNeeded();
  await ready(page);
  await expect(card.locator(".main-svg").first()).toBeVisible();
  await expect(card).toContainText("Drawn flat: without a graphics card 3D is slow, and can be chosen.");
  expect(site.requests.some(isSolid)).toBe(false);
  const choice = card.getByRole("combobox", { name: "Show RFM Segmentation as" });
  await expect(choice.locator("option")).toHaveText(["2D", "3D"]);
  await choice.selectOption("3D");
  await ready(page);
  const space = card.locator(".gl-container canvas");
  await expect(space.first()).toBeVisible();
  await expect(card).not.toContainText("Drawn flat");
  expect(site.requests.some(isSolid)).toBe(true);
  await page.reload();
  await card.scrollIntoViewIfNeeded();
  await ready(page);
  await expect(space.first()).toBeVisible();
  await choice.selectOption("2D");
  await ready(page);
  await expect(space).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("text from the data stays text", async ({ page, site, complaints }) => {
  let alerted = false;
  page.on("dialog", async (dialog) => {
    alerted = true;
    await dialog.dismiss();
  });
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    manifest.meta.source = '<img src=x onerror="alert(1)"><b>Shop</b>';
    manifest.meta.demo = false;
    await route.fulfill({ json: manifest });
  });
  await open(page, site.url);
  await expect(page.getByText('<img src=x onerror="alert(1)"><b>Shop</b>').first()).toBeVisible();
  expect(await page.locator("main img[src=x], main b").count()).toBe(0);
  expect(alerted).toBe(false);
  expect(complaints).toEqual([]);
});

test("what the import noted is told in words", async ({ page, site }) => {
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    manifest.meta.warnings = [
      { kind: "shared_orders", file: "sales.csv", count: 7, places: [{ id: "<b>#9</b>", lines: [2, 40] }] },
      { kind: "left_out", file: "sales.csv", count: 1, places: [{ lines: [99] }] },
      { kind: "of a later builder", file: "x.csv", count: 2, places: [] },
    ];
    await route.fulfill({ json: manifest });
  });
  await open(page, `${site.url}about-data`);
  const notes = page.getByRole("region", { name: "Notes on the import" }).getByRole("listitem");
  await expect(notes.nth(0)).toContainText("Order numbers of more than one customer: 7.");
  await expect(notes.nth(0)).toContainText("sales.csv: <b>#9</b> (lines 2, 40); …");
  await expect(notes.nth(1)).toContainText("sales.csv: line 99");
  await expect(notes.nth(2)).toContainText("Doubtful rows: 2.");
});

test("printing leaves the content alone", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.locator('[data-kpi="total_revenue"] data').first()).toBeVisible();
});
