// Signing in and out of the built page behind the edge in workerd.

import { violations } from "./lib/axe.mjs";
import { CLIENT, expect, hasSession, kept, pressGoogle, test, watchPolicy } from "./lib/guarded.mjs";
import { ready } from "./lib/page.mjs";

const VIEWS = [
  "dashboard", "customers", "satisfaction", "kpi/total_revenue", "data-flow", "sql", "about-data",
  "settings", "help", "no-such-view",
];
const asked = '[data-sign-in="asked"]';

/** The answers of the data's host to the page, as `[path, status]`. */
function dataAnswers(page) {
  const answers = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/data/")) answers.push([pathname, response.status()]);
  });
  return answers;
}

test("a stranger sees the sign-in and gets no byte of data", async ({ page, site, request }) => {
  const answers = dataAnswers(page);
  await page.goto(site.url);
  await page.locator(asked).waitFor();
  await expect(page.locator('[data-mode="guarded"]')).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  await expect(page.getByLabel("E-mail", { exact: true })).toBeDisabled();
  await expect(page.getByLabel("Password", { exact: true })).toBeDisabled();
  await expect(page).toHaveTitle(/^Sign in · /);
  await ready(page);
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
  for (const path of ["data/manifest.json", "data/", "api/kpis", "data/x.json"]) {
    const answer = await request.get(site.url + path);
    expect([path, answer.status()]).toEqual([path, 401]);
    expect(await answer.text()).not.toContain("format_version");
  }
});

test("a deep link with its filter survives the sign-in, and a reload keeps the session", async ({
  page, site, google,
}) => {
  const answers = dataAnswers(page);
  const wanted = `${site.url}dashboard?segment=High+Value`;
  await page.goto(wanted);
  await page.locator(asked).waitFor();
  expect(page.url()).toBe(wanted);
  await pressGoogle(page);
  await expect(page.locator("[data-kpi] data").first()).toBeVisible();
  expect(page.url()).toBe(wanted);
  await ready(page);
  const served = answers.filter(([, status]) => status !== 401);
  expect(served.map(([, status]) => status).every((status) => [200, 206].includes(status))).toBe(true);
  expect(served.some(([path]) => path.includes("/snapshot-"))).toBe(true);
  const [first] = await page.evaluate(() => globalThis.googleSeen.initialized);
  expect(first).toMatchObject({ client_id: CLIENT, auto_select: false, ux_mode: "popup" });
  expect(await page.evaluate(() => globalThis.googleSeen.prompts)).toBe(0);

  await page.reload();
  await expect(page.locator("[data-kpi] data").first()).toBeVisible();
  expect(google.asked.length).toBe(1);
});

test("no view breaks the policy or keeps a token", async ({ page, context, site }) => {
  test.slow();
  const violations = await watchPolicy(context);
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  for (const view of VIEWS) {
    await page.goto(site.url + view);
    if (view === VIEWS[0]) await pressGoogle(page);
    await ready(page);
  }
  expect(violations).toEqual([]);
  for (const text of [await kept(page), site.log(), said.join("\n")]) {
    expect(text).not.toMatch(/eyJ|v1\.k1\./);
  }
  expect(await page.evaluate(() => document.cookie)).not.toContain("__Host-");
});

test("the menu names the reader; signing out leaves nothing, in no tab", async ({
  page, context, site,
}) => {
  await page.goto(site.url);
  await pressGoogle(page);
  await expect(page).toHaveURL(`${site.url}dashboard`);
  const other = await context.newPage();
  await other.goto(`${site.url}about-data`);
  await expect(other.locator('main [data-mode="guarded"]')).toBeVisible();
  await ready(other);

  const button = page.getByRole("button", { name: /^Signed in as Ann Exámple/ });
  await button.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator("#profile-panel")).toContainText("ann@example.com");
  await page.keyboard.press("Escape");
  await expect(page.locator("#profile-panel")).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await page.getByRole("button", { name: "Sign out" }).click();

  await expect(page.locator('[data-trouble="signed-out"]')).toBeVisible();
  expect(page.url()).toBe(site.url);
  await expect(other.locator('[data-trouble="signed-out-elsewhere"]')).toBeVisible();
  expect(await hasSession(context)).toBe(false);
  await expect.poll(() => page.evaluate(() => globalThis.googleSeen.disabled)).toBe(1);
  await page.goBack();
  await expect(page.locator("[data-kpi] data")).toHaveCount(0);
});

test("axe finds nothing on the sign-in, a refusal and the menu", async ({ page, site, google }) => {
  google.account = { hd: undefined };
  await page.goto(`${site.url}settings`);
  const inBothThemes = async () => {
    await ready(page);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await violations(page)).toEqual([]);
    }
  };
  await page.getByRole("button", { name: "Sign in with Google" }).waitFor();
  await inBothThemes();
  await pressGoogle(page);
  await page.locator('[data-trouble="not-allowed"]').waitFor();
  await inBothThemes();
  google.account = {};
  await pressGoogle(page);
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await inBothThemes();
});

test("who signs in in one tab is in in the other", async ({ page, context, site }) => {
  const other = await context.newPage();
  await other.goto(`${site.url}about-data`);
  await other.locator(asked).waitFor();
  await page.goto(site.url);
  await pressGoogle(page);
  await expect(other.getByRole("heading", { name: "About the data" })).toBeVisible();
});

test("browsers without channels hear of the sign-out through their storage", async ({
  page, context, site,
}) => {
  await context.addInitScript(() => delete globalThis.BroadcastChannel);
  await page.goto(`${site.url}settings`);
  await pressGoogle(page);
  const other = await context.newPage();
  await other.goto(`${site.url}settings`);
  await other.getByRole("button", { name: /^Signed in as/ }).waitFor();
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(other.locator('[data-trouble="signed-out-elsewhere"]')).toBeVisible();
  expect(await hasSession(context)).toBe(false);
});

test.describe("on an iPhone", () => {
  test.use({ userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1.15" });

  test("Google's page posts to the edge, and the wanted view follows", async ({ page, site, google }) => {
    const wanted = `${site.url}about-data?segment=High+Value`;
    await page.goto(wanted);
    await pressGoogle(page);
    await expect(page.getByRole("heading", { name: "About the data" })).toBeVisible();
    expect(page.url()).toBe(wanted);
    expect(google.asked).toEqual(["/gsi/post"]);
    expect(await kept(page)).not.toMatch(/eyJ|insights-hub\.wanted/);
  });

  test("a refusal comes back as words, and a second try succeeds", async ({ page, site, google }) => {
    google.account = { hd: "other.example", email: "eve@other.example" };
    await page.goto(`${site.url}about-data`);
    await pressGoogle(page);
    await expect(page.locator('[data-trouble="not-allowed"]')).toBeVisible();
    expect(page.url()).toBe(site.url);
    google.account = {};
    await pressGoogle(page);
    await expect(page).toHaveURL(`${site.url}about-data`);
  });
});
