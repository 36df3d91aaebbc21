// axe finds nothing on any view, in either theme and at any width, nor in what the views can open.

import { violations } from "./lib/axe.mjs";
import { VIEWS, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const WIDTHS = [1440, 800, 360];

for (const theme of ["light", "dark"]) {
  for (const view of VIEWS) {
    test(`/${view}, ${theme}`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await open(page, site.url + view);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await ready(page);
        expect(await violations(page), `${width} px`).toEqual([]);
      }
    });
  }

  test(`tables and a breakdown, ${theme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${site.url}dashboard`);
    await page.getByRole("button", { name: "Total Revenue: details" }).click();
    for (const button of await page.getByRole("button", { name: /as table$/ }).all()) {
      await button.click();
    }
    await ready(page);
    expect(await violations(page)).toEqual([]);
  });

  test(`phone with its menu open, ${theme}`, async ({ page, site }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${site.url}dashboard`);
    await page.getByRole("button", { name: "Open menu" }).click();
    expect(await violations(page)).toEqual([]);
  });

  test(`a snapshot that cannot be read, ${theme}`, async ({ page, site }) => {
    site.faults.add({ kind: "status", status: 404, match: "manifest.json" });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page, `${site.url}dashboard`);
    expect(await violations(page)).toEqual([]);
  });
}

/** What forced colours would leave to be guessed: choices and sizes told by a background alone. */
const guessed = (page) =>
  page.evaluate(() => {
    const plain = (it) => {
      const { outlineStyle, borderTopStyle } = getComputedStyle(it);
      return outlineStyle === "none" && borderTopStyle === "none";
    };
    const chosen = '[aria-current="page"], .preset[aria-pressed="true"], .filter-button--active, .scale__on, .theme__option:has(:checked), .choice input:checked + span';
    const marks = [...document.querySelectorAll(chosen)].filter((it) => it.checkVisibility() && plain(it));
    const bars = [...document.querySelectorAll("meter")].filter((meter) => {
      const bar = getComputedStyle(meter, "::-webkit-meter-optimum-value").backgroundColor;
      return bar === getComputedStyle(document.body).backgroundColor || bar === "rgba(0, 0, 0, 0)";
    });
    return [...marks, ...bars].map((it) => it.outerHTML.slice(0, 120));
  });

test("forced colours, and what opens over the dashboard", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  for (const view of ["customers/C0000021", "satisfaction", "dashboard?segment=High+Value"]) {
    await open(page, site.url + view);
    expect(await violations(page), view).toEqual([]);
    expect(await guessed(page), view).toEqual([]);
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving, "nothing moves for who asked for less motion").toBe(0);
  }
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce" });
  await page.getByRole("button", { name: "More for RFM Segmentation" }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "About this number" }).click();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Customize" }).click();
  expect(await violations(page)).toEqual([]);
});

test("every figure states its point, has a table and a way through its marks", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const figures = await page.locator("[data-widget]:has(figure)").all();
  expect(figures).toHaveLength(7);
  for (const card of figures) {
    const point = await card.getByRole("figure").getAttribute("aria-label");
    expect(point).toMatch(/\d.*\.$/);
    await expect(card.locator("table tbody tr").first()).toBeAttached();
    await expect(card.getByRole("listbox")).toHaveAttribute("aria-label", /, mark by mark$/);
    await expect(card.locator(".main-svg").first()).toHaveAttribute("aria-hidden", "true");
  }
});

test("text at twice its size stays on the page", async ({ page, site }) => {
  // Half the window at twice the pixels is what zooming to 200% gives.
  await page.setViewportSize({ width: 640, height: 450 });
  for (const view of ["dashboard", "customers", "settings"]) {
    await open(page, site.url + view);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, view).toBeLessThanOrEqual(0);
  }
});
