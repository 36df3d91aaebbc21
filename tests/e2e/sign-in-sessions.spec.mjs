// Sessions of the built page behind the edge: renewed, ended, and begun again over the same page.

import { expect, pressGoogle, test } from "./lib/guarded.mjs";
import { ready } from "./lib/page.mjs";

const dialog = '[data-sign-in="renewal"]';

/** Marks the document, to see whether it is still the same one later. */
const mark = (page) => page.evaluate(() => (globalThis.marked = true));
const isMarked = (page) => page.evaluate(() => globalThis.marked === true);

/** Counts the sessions that the edge has renewed for a page. */
function renewals(page) {
  const answers = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/api/auth/validate")) answers.push(response.status());
  });
  return () => answers.filter((status) => status === 200).length;
}

test.describe("a session of seconds", () => {
  test.use({ settings: { SESSION_IDLE_SECONDS: 8, SESSION_LONGEST_SECONDS: 14 } });

  test("is renewed until its end, and then begun again with nothing lost", async ({ page, site }) => {
    const renewed = renewals(page);
    await page.goto(`${site.url}dashboard`);
    await pressGoogle(page);
    await expect(page.locator("[data-kpi] data").first()).toBeVisible();
    await mark(page);
    await expect.poll(renewed).toBeGreaterThan(0);
    await expect(page.locator(dialog)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("heading", { name: "Your session has ended" })).toBeVisible();
    await expect(page.locator("[data-kpi] data").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator(dialog)).toBeVisible();
    expect(await page.evaluate(() => globalThis.googleSeen.prompts)).toBe(1);
    await pressGoogle(page);
    await expect(page.locator(dialog)).toBeHidden();
    expect(await isMarked(page)).toBe(true);
  });

  test("is begun again without a question for who stays signed in at Google", async ({ page, site, google }) => {
    await page.addInitScript(() => (globalThis.staysSignedIn = true));
    await page.goto(`${site.url}settings`);
    await pressGoogle(page);
    await expect(page.getByRole("button", { name: /^Signed in as/ })).toBeVisible();
    await mark(page);
    await expect.poll(() => google.asked.length, { timeout: 30_000 }).toBe(2);
    await expect(page.locator(dialog)).toBeHidden();
    expect(await isMarked(page)).toBe(true);
    const tries = await page.evaluate(() => globalThis.googleSeen.initialized);
    expect(tries.map(({ auto_select }) => auto_select)).toEqual([false, true]);
    expect(new Set(tries.map(({ nonce }) => nonce)).size).toBe(2);
  });
});

test("data that is refused later is asked for again after the next sign-in", async ({ page, context, site }) => {
  await page.goto(`${site.url}settings`);
  await pressGoogle(page);
  await expect(page.getByRole("button", { name: /^Signed in as/ })).toBeVisible();
  await ready(page);
  await mark(page);
  await context.clearCookies();
  await page.getByRole("link", { name: "Dashboard", exact: true }).first().click();
  await expect(page.locator(dialog)).toBeVisible();
  await pressGoogle(page);
  await expect(page.locator(dialog)).toBeHidden();
  await ready(page);
  await expect(page.locator("[data-kpi] data").first()).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await isMarked(page)).toBe(true);
});

test("another account finds nothing of the one before", async ({ page, context, site, google }) => {
  await page.goto(`${site.url}dashboard`);
  await pressGoogle(page);
  await expect(page.locator("[data-kpi] data").first()).toBeVisible();
  await ready(page);
  await context.clearCookies();
  google.account = { sub: "2", name: "Bob", email: "bob@example.com" };
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const other = await context.newPage();
  await other.goto(`${site.url}settings`);
  await pressGoogle(other);
  await expect(other.getByRole("button", { name: "Signed in as Bob" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Signed in as Bob" })).toBeVisible();
  await ready(page);
  expect(asked, "everything is read anew").toContain("/data/manifest.json");
});
