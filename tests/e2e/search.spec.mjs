// The search in the header finds people, by keyboard and on a phone, and asks for little.

import { violations } from "./lib/axe.mjs";
import { open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const box = (page) => page.getByRole("combobox", { name: /Search customers/ });
const options = (page) => page.getByRole("option");

/** What was asked of the snapshot since a number of requests. */
function spent(site, since) {
  const asked = site.requests.slice(since).filter(({ path }) => path.endsWith(".sqlite"));
  return { requests: asked.length, bytes: asked.reduce((sum, { bytes = 0 }) => sum + bytes, 0) };
}

test("a word finds people, the arrows choose, Enter opens the profile", async ({ page, site, complaints }) => {
  await open(page, `${site.url}help`);
  await page.keyboard.press("/");
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.type("Müll");
  await expect(options(page).first()).toContainText("Müller");
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText(/most valuable of/)).toBeVisible();
  const second = await options(page).nth(1).getAttribute("id");
  await page.keyboard.press("ArrowDown");
  await expect(box(page)).toHaveAttribute("aria-activedescendant", second);
  expect(await violations(page)).toEqual([]);
  const name = await options(page).nth(1).locator(".person__name").textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
  await expect(page).toHaveURL(/\/customers\/C\d+$/);
  expect(complaints).toEqual([]);
});

test("accents, order of names, apostrophes and ids make no difference", async ({ page, site }) => {
  await open(page, `${site.url}help`);
  for (const [typed, name] of [
    ["oneill", "Siobhán O'Néill-D’Arcy"],
    ["gesla-jazn", "Zażółć Gęślą-Jaźń"],
    ["office outfitters b", "Big Office Outfitters"],
    ["C0000021", "Big Office Outfitters"],
    ["big.office", "Big Office Outfitters"],
  ]) {
    await box(page).fill(typed);
    await expect(options(page).filter({ hasText: name })).toHaveCount(1);
  }
  await box(page).fill("zzzzzz");
  await expect(page.getByText("No customer begins with “zzzzzz”.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveValue("");
});

test("a five-letter word costs at most ten requests and 64 KB, however it is typed", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await box(page).fill("zz");
  await ready(page);
  // The first search opens the database; what is measured is the word.
  for (const delay of [30, 250]) {
    for (const word of ["smith", "maria"]) {
      const since = site.requests.length;
      await box(page).fill("");
      await box(page).pressSequentially(word, { delay });
      await expect(page.getByText("Searching…").first()).toBeHidden();
      await ready(page);
      const { requests, bytes } = spent(site, since);
      expect(requests, word).toBeLessThanOrEqual(10);
      expect(bytes, word).toBeLessThanOrEqual(65_536);
    }
  }
});

test("a search that fails says why and can be tried again", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await box(page).fill("zz");
  await ready(page);
  site.faults.add({ kind: "status", status: 500, match: ".sqlite" });
  await box(page).fill("smith");
  const alert = page.getByRole("search").getByRole("alert");
  await expect(alert).toBeVisible();
  site.faults.clear();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(options(page).first()).toContainText("Smith");
});

test("on a phone the search opens over the header", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await open(page, `${site.url}help`);
  await expect(box(page)).toBeHidden();
  await page.getByRole("button", { name: "Search customers" }).click();
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("smith");
  await expect(options(page).first()).toContainText("Smith");
  expect(await violations(page)).toEqual([]);
  await options(page).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Smith");
  await expect(box(page)).toBeHidden();
});

test("whoever goes on after Enter is not taken to somebody", async ({ page, site }) => {
  await open(page, `${site.url}help`);
  await box(page).fill("zz");
  await ready(page);
  const answers = () => spent(site, 0).requests;
  site.faults.add({ kind: "ok", delayMs: 300, match: "/data/snapshot-" });
  for (const [word, goOn] of [
    ["Müll", () => page.keyboard.press("Escape")],
    ["Garc", () => page.keyboard.type("í")],
    ["Schm", () => box(page).blur()],
  ]) {
    await box(page).fill(word);
    const before = answers();
    await page.keyboard.press("Enter");
    await goOn();
    await ready(page);
    expect(answers(), word).toBeGreaterThan(before);
    await expect(page).toHaveURL(`${site.url}help`);
  }
  // Who waits is.
  await box(page).fill("C000002");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/customers\/C\d+$/);
});
