// A phone: sections that fold, steps and swipes between them, targets for fingers, no sideways scroll.

import { VIEWS, open, ready } from "./lib/page.mjs";
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

/** Controls whose place for a finger is smaller than one; links within a text may be. */
const small = (page) =>
  page.evaluate(() => {
    // A name may be pressed in the whole of its cell, its row or its person.
    const place = (control) => {
      const { content, position } = getComputedStyle(control, "::after");
      const spreads = content !== "none" && position === "absolute";
      return control.closest("[role=row][id]") ?? (spreads ? control.offsetParent : control);
    };
    return [...document.querySelectorAll("a[href], button, select, summary, label:has(input)")]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.closest(".sr-only, .skip, p:not(.back), li:not([class]), dd"))
      .map((control) => [control.ariaLabel ?? control.innerText, place(control).getBoundingClientRect()])
      .filter(([, { height }]) => height < 43.5)
      .map(([name, { width, height }]) => `${name}: ${width} x ${height}`);
  });

/** What stands out of the page at its side, or of the card that holds it. */
const wide = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const inner = [...document.querySelectorAll(".figure, .widget--top_customers .table-scroll, .figures")]
      .filter((part) => part.scrollWidth > part.clientWidth + 1)
      .map((part) => part.closest("[data-widget]")?.dataset.widget ?? part.className);
    return scrollWidth > clientWidth ? [`the page: ${scrollWidth} of ${clientWidth}`, ...inner] : inner;
  });

test("what the keyboard reaches is not behind the bar at the foot", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const hidden = await page.evaluate(() => {
      const { activeElement: it } = document;
      const bar = document.querySelector(".sections").getBoundingClientRect();
      if (it === document.body || it.closest(".sections, .skip")) return undefined;
      const { top, bottom } = it.getBoundingClientRect();
      // What is higher than the window is in sight as far as it can be.
      return bottom - top < bar.top - 200 && bottom > bar.top + 1 ? `${it.ariaLabel ?? it.innerText}: to ${bottom}` : undefined;
    });
    expect(hidden).toBeUndefined();
  }
});

// 320 px is what a window of 1280 px has at 400% zoom.
test("at 360 and 320 px nothing scrolls sideways, and targets fit fingers", async ({ page, site }) => {
  test.setTimeout(120_000);
  for (const view of VIEWS) {
    await page.setViewportSize({ width: 360, height: 780 });
    await open(page, site.url + view);
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 780 });
      // Figures follow the window a moment later.
      await expect.poll(() => wide(page), `/${view} at ${width} px`).toEqual([]);
      expect.soft(await small(page), `/${view} at ${width} px`).toEqual([]);
    }
  }
  await open(page, `${site.url}dashboard`);
  await page.getByRole("button", { name: "More for Churn Risk Distribution" }).tap();
  await expect(page.getByRole("button", { name: "Move later" })).toBeInViewport({ ratio: 1 });
  expect(await wide(page), "with a card's menu open").toEqual([]);
});
