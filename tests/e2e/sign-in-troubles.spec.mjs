// What can go wrong with a sign-in, each with its words; and what is said of a sign-in's worth.

import { DOMAIN, expect, hasSession, kept, pressGoogle, test } from "./lib/guarded.mjs";
import { ready } from "./lib/page.mjs";

const now = () => Math.floor(Date.now() / 1000);
const trouble = (page, code) => expect(page.locator(`[data-trouble="${code}"]`)).toBeVisible();
const isIn = (page) => expect(page.getByRole("button", { name: /^Signed in as/ })).toBeVisible();

test("refused tokens: each with its reason, and the right one after them", async ({ page, site, google }) => {
  await page.goto(`${site.url}settings`);
  for (const [account, code] of [
    [{ hd: undefined, email: "eve@gmail.com" }, "not-allowed"],
    [{ iat: now() - 4000, exp: now() - 400 }, "clock"],
    [{ iat: now() + 400, exp: now() + 4000 }, "clock"],
    [{ nonce: "of another try" }, "stale"],
    [{ aud: "other.apps.googleusercontent.com" }, "edge-mismatch"],
    [{ iss: "https://evil.example" }, "refused"],
  ]) {
    google.account = account;
    await pressGoogle(page);
    await trouble(page, code);
    await expect(page.locator("[data-kpi]")).toHaveCount(0);
  }
  // The watch over the window that was answered stays silent.
  await page.waitForTimeout(4_000);
  await trouble(page, "refused");
  google.account = {};
  await pressGoogle(page);
  await isIn(page);
});

test("a blocked script, no network, a closed window: words and another try", async ({ page, context, site }) => {
  await page.addInitScript(() => (globalThis.popupBlocked = true));
  const script = "https://accounts.google.com/gsi/client";
  await context.route(script, (route) => route.abort(), { times: 1 });
  await page.goto(`${site.url}settings`);
  await trouble(page, "script-blocked");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Try again" }).click();
  await trouble(page, "offline");
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await pressGoogle(page);
  await trouble(page, "no-answer");
  await page.evaluate(() => (globalThis.popupBlocked = false));
  await pressGoogle(page);
  await isIn(page);
});

test("an edge that is down, and up again", async ({ page, site }) => {
  await page.route("**/api/auth/validate", (route) => route.fulfill({ status: 502, body: "bad" }), { times: 1 });
  await page.goto(`${site.url}settings`);
  await trouble(page, "edge-down");
  await expect(page.locator('[data-sign-in="closed"]')).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await pressGoogle(page);
  await isIn(page);
});

test("a sign-out that the edge did not hear is not called one", async ({ page, context, site }) => {
  await page.goto(`${site.url}settings`);
  await pressGoogle(page);
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.route("**/api/auth/logout", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "Sign out" }).click();
  await trouble(page, "sign-out-unheard");
  await page.getByRole("button", { name: "Try again" }).click();
  await trouble(page, "signed-out");
  expect(await hasSession(context)).toBe(false);
});

test("an edge before data that is public after all", async ({ page, site }) => {
  await page.route("**/data/manifest.json", async (route) => {
    const stranger = !(await route.request().allHeaders()).cookie;
    return stranger ? route.fulfill({ json: {} }) : route.continue();
  });
  await page.goto(`${site.url}dashboard`);
  await expect(page.locator('[data-mode="exposed"]')).toBeVisible();
  await pressGoogle(page);
  await expect(page.locator('[data-notice="exposed"]')).toBeVisible();
});

test("a snapshot that is public behind a guarded description", async ({ page, site }) => {
  await page.route("**/data/snapshot-*/**", async (route) => {
    const stranger = !(await route.request().allHeaders()).cookie;
    return stranger ? route.fulfill({ status: 206, body: "S" }) : route.continue();
  });
  await page.goto(`${site.url}dashboard`);
  await expect(page.locator('[data-mode="guarded"]')).toBeVisible();
  await pressGoogle(page);
  await expect(page.locator('[data-notice="exposed"]')).toBeVisible();
});

test.describe("an edge without its keys", () => {
  test.use({ settings: { SESSION_KEYS: null } });

  test("stays closed and says so", async ({ page, site }) => {
    await page.goto(`${site.url}dashboard`);
    await trouble(page, "edge-unconfigured");
    await expect(page.locator("[data-kpi]")).toHaveCount(0);
  });
});

test.describe("a client id that came after the build", () => {
  test.use({ config: { late: true } });

  test("is kept out by the policy, and that is said", async ({ page, site }) => {
    await page.goto(`${site.url}settings`);
    await trouble(page, "policy-blocked");
  });
});

for (const [name, text, said] of [
  ["a wrong client id", '{"signIn": {"clientId": "me@example.com"}}', "config.json, signIn."],
  [
    "a misspelt key",
    '{"signIn": {"clientId": "1.apps.googleusercontent.com", "domain": "example.com"}}',
    "config.json, signIn.",
  ],
  ["a setting of the edge", '{"ALLOWED_EMAILS": "me@example.com"}', "config.json, ALLOWED_EMAILS:"],
]) {
  test.describe(`config.json with ${name}`, () => {
    test.use({ edge: false, config: { text } });

    test("lets nobody in, and nothing is fetched", async ({ page, site }) => {
      await page.goto(`${site.url}dashboard`);
      await trouble(page, "settings");
      await expect(page.getByText(said)).toBeVisible();
      await ready(page);
      expect(site.requests.filter(({ path }) => path.startsWith("/data/"))).toEqual([]);
    });
  });
}

for (const [name, text] of [
  ["that is no JSON", "{google: {client: '1.apps.googleusercontent.com'}}"],
  ["with nothing in it", "\n"],
]) {
  test.describe(`config.json ${name}`, () => {
    // No build takes it.
    test.use({ edge: false, config: { text, late: true } });

    test("lets nobody in, and no more than the manifest is fetched", async ({ page, site }) => {
      await page.goto(`${site.url}dashboard`);
      await trouble(page, "settings");
      await expect(page.getByText("config.json, the file: expected JSON")).toBeVisible();
      await ready(page);
      await expect(page.locator("[data-kpi]")).toHaveCount(0);
      const fetched = site.requests.map(({ path }) => path).filter((path) => path.startsWith("/data/"));
      expect(fetched.filter((path) => path !== "/data/manifest.json")).toEqual([]);
    });
  });
}

test.describe("without an edge", () => {
  test.use({ edge: false, config: { hostedDomain: DOMAIN }, snapshot: "small" });

  test("a sign-in shows who it is, and that it guards nothing", async ({ page, site, google }) => {
    await page.goto(`${site.url}about-data`);
    await expect(page.locator('[data-mode="identity-only"]')).toContainText("The data files are public");
    google.account = { hd: "other.example" };
    await pressGoogle(page);
    await trouble(page, "wrong-domain");
    google.account = {};
    await pressGoogle(page);
    await isIn(page);
    await expect(page.locator('main [data-mode="identity-only"]')).toBeVisible();
    expect(await kept(page)).not.toContain("eyJ");
    await page.reload();
    await expect(page.locator('[data-sign-in="asked"]')).toBeVisible();
  });

  test("it ends with its token, and the page waits", async ({ page, site, google }) => {
    google.account = { iat: now() - 3597, exp: now() + 6 };
    await page.goto(`${site.url}settings`);
    await pressGoogle(page);
    await isIn(page);
    await expect(page.locator('[data-sign-in="renewal"]')).toBeVisible({ timeout: 15_000 });
    google.account = {};
    await pressGoogle(page);
    await expect(page.locator('[data-sign-in="renewal"]')).toBeHidden();
  });
});
