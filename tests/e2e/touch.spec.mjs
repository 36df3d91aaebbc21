// A phone: sections that fold, steps and swipes between them, targets for fingers, no sideways scroll.

import { open } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });

test("sections fold and unfold", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const card = page.locator('[data-widget="churn_risk"]');
  const fold = card.getByRole("button", { name: "Churn Risk Distribution", exact: true });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await fold.tap();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(card.getByRole("figure")).toBeHidden();
  await fold.tap();
  await expect(card.getByRole("figure")).toBeVisible();
});

test("buttons and swipes lead from section to section", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const bar = page.getByRole("navigation", { name: "Sections" });
  const top = (name) => page.locator(`[data-section="${name}"]`).evaluate((it) => it.getBoundingClientRect().top);
  await bar.getByRole("button", { name: "Next section" }).tap();
  await expect(bar.getByRole("status")).toHaveText(/^2 of 9: Customer Segment Distribution/);
  await expect.poll(() => top("Customer Segment Distribution")).toBeLessThan(180);
  await expect.poll(() => top("Customer Segment Distribution")).toBeGreaterThan(-5);

  const swipe = (dx, dy) =>
    page.evaluate(
      ([dx, dy]) => {
        const target = document.querySelector('[data-widget="segment_distribution"] h2');
        const at = (type, x, y) =>
          target.dispatchEvent(
            new PointerEvent(type, {
              pointerId: 7, pointerType: "touch", isPrimary: true, bubbles: true, clientX: x, clientY: y,
            }),
          );
        at("pointerdown", 200, 300);
        at("pointerup", 200 + dx, 300 + dy);
      },
      [dx, dy],
    );
  await swipe(-120, 10);
  await expect(bar.getByRole("status")).toHaveText(/^3 of 9: Monthly Revenue Trend/);
  await expect.poll(() => top("Monthly Revenue Trend")).toBeLessThan(180);
  await swipe(-40, 160);
  await expect(bar.getByRole("status")).toHaveText(/^3 of 9/);
  await swipe(120, 0);
  await expect(bar.getByRole("status")).toHaveText(/^2 of 9/);
});

for (const width of [320, 360]) {
  test(`nothing scrolls sideways at ${width} px, and targets fit fingers`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 780 });
    for (const view of ["", "dashboard", "data-flow", "settings", "help"]) {
      await open(page, site.url + view);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wider, view).toBeLessThanOrEqual(0);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, select, summary, label:has(input)")]
          .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.closest(".sr-only, .table--people, .card__table, p"))
          .map((control) => [control.ariaLabel ?? control.innerText, control.getBoundingClientRect()])
          .filter(([, { width, height }]) => Math.min(width, height) < 40)
          .map(([name, { width, height }]) => `${name}: ${width} x ${height}`),
      );
      expect(small, view).toEqual([]);
    }
    await open(page, `${site.url}dashboard`);
    const inner = await page.evaluate(() =>
      [...document.querySelectorAll(".figure, .widget--top_customers .table-scroll")]
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => part.closest("[data-widget]").dataset.widget),
    );
    expect(inner, "no figure scrolls within its card").toEqual([]);
  });
}
