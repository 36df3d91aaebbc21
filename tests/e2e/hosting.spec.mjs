// The built folder on the hosts it is made for.

import { readFile } from "node:fs/promises";
import path from "node:path";

import { kpis, open, ready } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { DIST, PROJECT, expect, fixture, test } from "./lib/test.mjs";

const BELOW = { dist: path.join(PROJECT, "target/tested-below"), base: "/shop/hub/" };
const DATA = { "data/": fixture("small") };

/** Serves a folder for the length of one look at it. */
async function hosted(site, look) {
  const host = await serve({ folders: DATA, ...site });
  await look(host).finally(() => host.close());
}

test("below a path, deep links and every file are found", async ({ page, complaints }) => {
  await hosted(BELOW, async (host) => {
    await open(page, `${host.url}dashboard`);
    expect(page.url()).toBe(`${host.url}dashboard`);
    const outside = host.requests.filter(({ path }) => !path.startsWith(BELOW.base));
    expect(outside).toEqual([]);
    expect(host.requests.filter(({ status }) => status >= 400)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test("a host without rewrites shows the page by its 404.html", async ({ page }) => {
  await hosted({ ...BELOW, unknown: "404.html" }, async (host) => {
    const answer = await page.goto(`${host.url}dashboard`);
    expect(answer.status()).toBe(404);
    await page.locator('body[data-ready="true"]').waitFor();
    await expect(page.locator("[data-kpi]").first()).toBeVisible();
  });
});

for (const site of [{ dist: DIST }, BELOW]) {
  test(`the page's own name is an address of the dashboard, under ${site.base ?? "/"}`, async ({ page }) => {
    // A folder of files, as object stores have it: no other address leads to the page.
    await hosted({ ...site, unknown: "no-such-file" }, async (host) => {
      await open(page, `${host.url}index.html?segment=High%20Value`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
      await expect(page.getByRole("link", { name: "Dashboard" })).toHaveAttribute("aria-current", "page");
      await page.getByRole("button", { name: "Remove filter Segment: High Value" }).click();
      await expect(page).toHaveURL(`${host.url}index.html`);
      await page.reload();
      await ready(page);
      expect(Object.keys(await kpis(page))).toHaveLength(4);
    });
  });
}

test("files with a hash are kept for ever, all others are asked for again", async ({ page }) => {
  await hosted({ dist: DIST }, async (host) => {
    const kept = new Map();
    page.on("response", (response) =>
      kept.set(new URL(response.url()).pathname, response.headers()["cache-control"] ?? "unset"),
    );
    await open(page, `${host.url}dashboard`);
    const hashed = /-[0-9a-f]{8,}|^\/js\/[0-9a-f]{16}\//;
    for (const [name, control] of kept) {
      const wanted = hashed.test(name) ? /immutable/ : /no-cache|unset/;
      expect.soft(control, name).toMatch(wanted);
    }
    expect(kept.get("/data/manifest.json")).toBe("no-cache");
  });
});

test("the policy for scripts comes by header and names the page's own script", async ({ page }) => {
  await hosted({ dist: DIST }, async (host) => {
    const answer = await page.goto(host.url);
    const policy = answer.headers()["content-security-policy"];
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+';/);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
    const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(policy).toContain(await meta.getAttribute("content"));
  });
});

test("unknown addresses are rewritten to the page", async () => {
  const rules = await readFile(path.join(BELOW.dist, "_redirects"), "utf8");
  const answers = rules.split("\n").filter((rule) => /^\/shop\/hub\/(api|backend)\b/.test(rule));
  expect(rules).toBe([...answers, "/shop/hub/* /shop/hub/index.html 200", ""].join("\n"));
});
