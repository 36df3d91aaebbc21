// Behind a sign-in: nothing is kept, unless the configuration wants it, and then until signing out.

import { violations } from "./lib/axe.mjs";
import { CLIENT, DOMAIN, expect, pressGoogle, test } from "./lib/guarded.mjs";
import { keptAgain, keptNothing } from "./lib/kept.mjs";
import { amount } from "./lib/offline.mjs";
import { ready } from "./lib/page.mjs";

test.describe.configure({ timeout: 240_000 });

test.use({ serviceWorkers: "allow" });

const signIn = { clientId: CLIENT, hostedDomain: DOMAIN };

async function signedIn(page, site) {
  await page.goto(`${site.url}dashboard`);
  await pressGoogle(page);
  await expect(page.locator("[data-kpi] data").first()).toBeVisible();
  await ready(page);
}

/** Waits until nothing of the data is kept. */
const withoutData = (page) =>
  expect.poll(() => amount(page)).toMatchObject({ manifest: false, blocks: [] });

test("behind a sign-in nothing is kept", async ({ page, site }) => {
  await signedIn(page, site);
  await keptNothing(page);
  await page.goto(`${site.url}settings`);
  await expect(page.getByText("Behind a sign-in nothing is kept")).toBeVisible();
});

test.describe("where the configuration wants it", () => {
  test.use({ config: { text: JSON.stringify({ signIn, offline: { keep: "always" } }) } });

  test("data is kept until one tab signs out, for all of them", async ({ page, context, site }) => {
    await signedIn(page, site);
    await keptAgain(page);
    await expect.poll(async () => (await amount(page)).blocks.length).toBeGreaterThan(0);
    const other = await context.newPage();
    await other.goto(`${site.url}dashboard`);
    await ready(other);
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.locator('[data-trouble="signed-out"]')).toBeVisible();
    await expect(other.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
    await withoutData(page);
    await page.reload();
    await ready(page);
    await withoutData(page);
  });

  test("a sign-out that the edge does not hear of leaves nothing in the browser either", async ({ page, site }) => {
    await signedIn(page, site);
    await keptAgain(page);
    await expect.poll(async () => (await amount(page)).blocks.length).toBeGreaterThan(0);
    await page.goto(`${site.url}customers/C0000066`);
    await page.getByRole("button", { name: "Change segment" }).click();
    await page.getByRole("menuitemradio", { name: "Low Value" }).click();
    const stored = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    await expect.poll(stored).toContain("C0000066");
    await page.getByRole("button", { name: /^Signed in as/ }).click();
    await expect(page.getByText("One changed segment is only in this browser. Signing out drops it.")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.route("**/api/auth/logout", (route) => route.abort());
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.locator('[data-trouble="sign-out-unheard"]')).toBeVisible();
    await withoutData(page);
    expect(await stored()).not.toContain("C0000066");
  });

  test("data that is refused is not kept any longer", async ({ page, context, site }) => {
    await signedIn(page, site);
    await keptAgain(page);
    await expect.poll(async () => (await amount(page)).blocks.length).toBeGreaterThan(0);
    await context.clearCookies();
    await page.evaluate(() => fetch("data/manifest.json", { cache: "no-cache" }));
    await withoutData(page);
  });
});
