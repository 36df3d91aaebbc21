// A fault stays where it is: in its card, its view, its action. One that ends the program leaves a page
// that says so and begins anew.

import { violations } from "./lib/axe.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";
import { trapping } from "./lib/trap.mjs";

const ended = (page) => page.locator('[data-error="ended"]');
const link = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });

/** What an extension that rewrites pages does to a program that draws them: its next drawing panics. */
async function breakDrawing(page) {
  await page.evaluate(() => {
    Node.prototype.insertBefore = () => {
      throw new DOMException("The node before which the new node is to be inserted is not a child of this node.");
    };
  });
}

/** Opens the details, so that the page stays as it is. */
async function lookedInto(page) {
  await ended(page).getByText("Details", { exact: true }).click();
  await expect(ended(page).locator("pre")).toBeVisible();
}

/** Serves a piece of the app that traps wherever it is entered. */
async function breakPiece(page, piece) {
  // It stands for a fault that was built in, under the name that is its hash: so nothing compares them.
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }));
  await page.route(piece, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: trapping(await response.body()) });
  });
}

test.describe("the program has ended", () => {
  const FILTERED = "dashboard?segment=High+Value";

  test("by a panic: the page says so, keeps the address and begins anew by itself", async ({ page, site }) => {
    await page.clock.install({ time: "2026-01-01T00:00:00Z" });
    await open(page, site.url + FILTERED);
    await page.clock.pauseAt("2026-01-01T01:00:00Z");
    await breakDrawing(page);
    await link(page, "Settings").click();
    await expect(ended(page)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page has stopped");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.getByText("The same view is loaded again in a moment.")).toBeVisible();
    await page.clock.runFor(10_000);
    await page.clock.resume();
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    expect(page.url()).toBe(`${site.url}settings?segment=High+Value`);
  });

  test("Back and Forward lead on from there", async ({ page, site }) => {
    await open(page, site.url + FILTERED);
    const shown = await kpis(page);
    await breakDrawing(page);
    await link(page, "Settings").click();
    await lookedInto(page);
    await page.goBack();
    await ready(page);
    expect(page.url()).toBe(site.url + FILTERED);
    expect(await kpis(page)).toEqual(shown);
  });

  test("by a trap in a view's own code: it is told, with where it was", async ({ page, site }) => {
    await breakPiece(page, "**/views-*.wasm");
    await open(page, `${site.url}dashboard`);
    await link(page, "Settings").click();
    await lookedInto(page);
    await expect(ended(page).locator("pre")).toContainText(/unreachable/);
    await expect(ended(page).locator("pre")).toContainText("/settings");
  });

  test("by a trap behind the first numbers: the page says so, too", async ({ page, site }) => {
    await breakPiece(page, "**/dashboard-*.wasm");
    await page.goto(`${site.url}dashboard`);
    await expect(ended(page)).toBeVisible();
  });

  test("again and again: it waits for the reader, who may begin without preferences", async ({ page, site }) => {
    await open(page, `${site.url}settings`);
    await page.locator("label.theme__option", { hasText: "Dark" }).first().click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await open(page, `${site.url}${FILTERED}`);
    await breakDrawing(page);
    await link(page, "Settings").click();
    await expect(ended(page)).toBeVisible();
    await page.getByRole("button", { name: "Reload" }).click();
    await ready(page);
    expect(page.url()).toBe(`${site.url}settings?segment=High+Value`);
    await breakDrawing(page);
    await link(page, "Dashboard").click();
    await expect(page.getByText("It has stopped more than once by now")).toBeVisible();
    await page.getByRole("button", { name: "Start without preferences and filters" }).click();
    await ready(page);
    expect(page.url()).toBe(`${site.url}dashboard`);
    await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
    const notice = page.locator('[data-notice="aside"]');
    await expect(notice).toContainText("Your preferences are set aside");
    await notice.getByRole("button", { name: "Use them again" }).click();
    await expect(notice).toHaveCount(0);
    await ready(page);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("the details can be copied, and are told among the diagnostics", async ({ page, site, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page, `${site.url}${FILTERED}`);
    await breakDrawing(page);
    await link(page, "Settings").click();
    await page.getByRole("button", { name: "Copy details" }).click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/panicked at/);
    expect(copied).not.toContain("High+Value");
    await open(page, `${site.url}diagnostics`);
    await expect(page.getByRole("region", { name: "Errors of this visit" })).toContainText(/panicked at/i);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing on that page: ${colorScheme}`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme });
      await open(page, `${site.url}dashboard`);
      await breakDrawing(page);
      await link(page, "Settings").click();
      await lookedInto(page);
      for (const width of [1440, 800, 360]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violations(page), `${width} px`).toEqual([]);
      }
    });
  }
});

test.describe("the worker of columns", () => {
  test.use({ snapshot: "many" });

  test("that ends is told, the page goes on, and another one answers", async ({ page, site }) => {
    let started = 0;
    await page.route("**/js/*/compute.js*", async (route) => {
      const response = await route.fetch();
      // The first one traps as soon as it has begun.
      const trap = `
        const say = self.postMessage.bind(self);
        self.postMessage = (text, ...more) => {
          say(text, ...more);
          if (text.includes("Progress")) queueMicrotask(() => { throw new WebAssembly.RuntimeError("unreachable"); });
        };`;
      const body = (started === 0 ? trap : "") + (await response.text());
      started += 1;
      await route.fulfill({ response, body, headers: { ...response.headers(), "cache-control": "no-store" } });
    });
    await page.goto(`${site.url}dashboard?category=Books&category=Beauty&category=Clothing`);
    const notice = page.locator('[role=alert][data-error="worker-failed"]');
    await expect(notice).toContainText("unreachable");
    await expect(notice).toHaveCount(0);
    await ready(page);
    expect(started).toBe(2);
    await expect(page.locator('[data-kpi="total_revenue"]')).not.toHaveAttribute("aria-busy", "true");
  });
});

test.describe("in a card", () => {
  test("a figure that Plotly refuses leaves the table and the other cards", async ({ page, site }) => {
    await page.addInitScript(() => {
      const clone = window.structuredClone;
      window.structuredClone = (value, ...more) => {
        if (value?.[0]?.type === "pie") throw new Error("refused");
        return clone(value, ...more);
      };
    });
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-widget="segment_distribution"]');
    await expect(card.getByRole("alert")).toContainText("This chart could not be drawn (refused)");
    await expect(card.locator("table")).toBeVisible();
    await expect(card.getByRole("button", { name: "Copy details" })).toBeVisible();
    await expect(page.locator('[data-widget="monthly_revenue"] .main-svg').first()).toBeVisible();
  });

  test("a chart whose script did not come is drawn by itself when there is a connection", async ({ page, site }) => {
    const script = "**/js/*/plotly.js*";
    await page.route(script, (route) => route.abort());
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-widget="churn_risk"]');
    await expect(card.getByRole("alert")).toContainText("The charts of this page could not be loaded");
    await page.unroute(script);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(card.locator(".main-svg").first()).toBeVisible();
    await expect(card.getByRole("alert")).toHaveCount(0);
  });

  test("a picture that cannot be made is said so on the card", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-widget="monthly_revenue"]');
    await page.evaluate(() => {
      XMLSerializer.prototype.serializeToString = () => {
        throw new Error("no");
      };
    });
    await card.getByRole("button", { name: /^More for/ }).click();
    await card.getByRole("button", { name: "Download SVG" }).click();
    const said = card.locator('[data-failed="action"]');
    await expect(said).toContainText("The picture could not be made.");
    await said.getByRole("button", { name: "Understood" }).click();
    await expect(said).toHaveCount(0);
  });

  test("a file that the browser does not make is said so on the card", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-widget="monthly_revenue"]');
    await page.evaluate(() => {
      URL.createObjectURL = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await card.getByRole("button", { name: /^More for/ }).click();
    await card.getByRole("button", { name: "Download CSV" }).click();
    await expect(card.locator('[data-failed="action"]')).toContainText("The browser saved no file");
  });
});

test.describe("without a connection", () => {
  test("a part of the app is asked for again by itself", async ({ page, site }) => {
    const file = "**/views-*.wasm";
    await page.route(file, (route) => route.abort());
    await open(page, `${site.url}dashboard`);
    await link(page, "Settings").click();
    const alert = page.locator('[data-error="part"]');
    await expect(alert.getByRole("button", { name: "Reload" })).toBeVisible();
    await page.unroute(file);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(alert).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  });

  test("a profile is looked up again by itself", async ({ page, site }) => {
    site.faults.add({ match: "/data/snapshot-", kind: "status", status: 503 });
    await page.goto(`${site.url}customers/C0000021`);
    await expect(page.getByRole("alert").first()).toBeVisible();
    site.faults.clear();
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(page.getByRole("alert")).toHaveCount(0);
    await ready(page);
    await expect(page.locator("main")).toContainText("C0000021");
  });

  test("a query waits for the host, and it is not called SQLite's fault", async ({ page, site }) => {
    await open(page, `${site.url}sql`);
    site.faults.add({ match: "/data/snapshot-", kind: "status", status: 503 });
    await page.getByRole("textbox", { name: "Query" }).fill("SELECT count(*) AS n FROM purchase_transactions");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const alert = page.getByRole("alert");
    // Another table's scan is asked about first.
    const anyway = page.getByRole("button", { name: "Run anyway" });
    await expect(alert).toContainText(/The snapshot could not be read|reads a large table/);
    if (await anyway.isVisible()) await anyway.click();
    await expect(alert).toContainText("The snapshot could not be read");
    await expect(alert).not.toContainText("SQLite says");
    site.faults.clear();
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(page.locator('[data-widget="sql_result"], .notice--warning').first()).toBeVisible();
  });

  test("a click on a point that leads to a profile says why it does not", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const card = page.locator('[data-widget="rfm_segmentation"]');
    await card.scrollIntoViewIfNeeded();
    await ready(page);
    site.faults.add({ match: "/data/snapshot-", kind: "status", status: 503 });
    await card.getByRole("listbox").focus();
    // The first ones are among the top customers, whose names are known.
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect(card.locator('[data-failed="action"]')).toContainText("The customer could not be looked up.");
  });
});

test.describe("a host without ranges", () => {
  for (const fault of [{ kind: "no-range" }, { kind: "gzip" }]) {
    test(`${fault.kind}: a small snapshot may be read as a whole`, async ({ page, site, expected }) => {
      site.faults.add({ match: "/data/snapshot-", ...fault });
      await page.goto(`${site.url}dashboard?category=Books`);
      const read = page.getByRole("button", { name: /^Read all of it, [\d.]+ MB$/ });
      await expect(read).toBeVisible();
      await read.click();
      await expect(page.getByRole("alert")).toHaveCount(0);
      await ready(page);
      await page.goto(`${site.url}dashboard`);
      await ready(page);
      expect((await kpis(page)).total_revenue).toBe(expected.kpis.default_view.total_revenue.value);
    });
  }

  test("then filters, profiles and SQL are answered from memory", async ({ page, site }) => {
    site.faults.add({ match: "/data/snapshot-", kind: "no-range" });
    await page.goto(`${site.url}dashboard?category=Books`);
    await page.getByRole("button", { name: /^Read all of it/ }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await ready(page);
    const before = site.requests.filter(({ path }) => path.includes("/data/snapshot-")).length;
    await link(page, "SQL console").click();
    await ready(page);
    await page.getByRole("textbox", { name: "Query" }).fill("SELECT count(*) AS n FROM customer_360 WHERE customer_id = 'C0000021'");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page.locator('[data-widget="sql_result"] td').first()).toHaveText("1");
    expect(site.requests.filter(({ path }) => path.includes("/data/snapshot-"))).toHaveLength(before);
  });

  test("reading shows how far it is and can be stopped", async ({ page, site }) => {
    site.faults.add({ match: "/data/snapshot-", kind: "no-range" });
    await page.goto(`${site.url}dashboard?category=Books`);
    const read = page.getByRole("button", { name: /^Read all of it/ });
    await expect(read).toBeVisible();
    site.faults.clear();
    site.faults.add({ match: "/data/snapshot-", kind: "hang" });
    await read.click();
    await expect(page.getByRole("progressbar", { name: /^Reading the whole snapshot/ })).toBeVisible();
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(read).toBeVisible();
  });
});

test.describe("what the browser lacks", () => {
  test("storage that is full: a choice lasts as long as the page, and a note says so", async ({ page, site }) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await open(page, `${site.url}settings`);
    await page.locator("label.theme__option", { hasText: "Dark" }).first().click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.locator('[data-notice="preferences"]')).toContainText("its storage is full or denied");
  });

  test("storage that is denied: the page works, and an end still leaves a page", async ({ page, site }) => {
    await page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("denied", "SecurityError");
          },
        });
      }
    });
    await open(page, `${site.url}dashboard`);
    expect(Object.keys(await kpis(page))).toHaveLength(4);
    await breakDrawing(page);
    await link(page, "Settings").click();
    // Nothing remembers how often it has happened, so it does not begin anew by itself.
    await expect(page.getByText("It has stopped more than once by now")).toBeVisible();
  });

  test("a clock that is years off: the same numbers, and the diagnostics say so", async ({ page, site, expected }) => {
    await page.clock.setFixedTime(new Date("2015-01-01T00:00:00Z"));
    await open(page, `${site.url}dashboard`);
    expect((await kpis(page)).total_revenue).toBe(expected.kpis.default_view.total_revenue.value);
    await open(page, `${site.url}diagnostics`);
    await expect(page.getByRole("region", { name: "Browser", exact: true })).toContainText("s behind the host's; set it right");
  });
});
