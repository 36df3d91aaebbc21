// Everything that can be pressed does what it says, by mouse and by keyboard.

import { open, ready, table } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const background = (page) => page.evaluate(() => getComputedStyle(document.body.parentElement).backgroundColor);

test("the entry page leads to the dashboard", async ({ page, site }) => {
  await open(page, site.url);
  await expect(page.getByText("Sample data, no sign-in")).toBeVisible();
  await page.getByRole("link", { name: "Open the dashboard" }).click();
  await expect(page).toHaveURL(`${site.url}dashboard`);
  await ready(page);
  await expect(page).toHaveTitle("Dashboard · E-Commerce Insights Hub");
  await page.goBack();
  await expect(page).toHaveURL(site.url);
});

test("the menu leads to every view and marks the one on screen", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const menu = page.getByRole("navigation", { name: "Main", exact: true });
  for (const [name, path] of [["Data flow", "data-flow"], ["About the data", "about-data"]]) {
    await menu.getByRole("link", { name }).click();
    await expect(page).toHaveURL(site.url + path);
    await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
    await expect(menu.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await ready(page);
  }
});

test("the sidebar folds, and stays so", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const fold = page.getByRole("button", { name: "Collapse menu" });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await fold.click();
  const unfold = page.getByRole("button", { name: "Expand menu" });
  await expect(unfold).toHaveAttribute("aria-expanded", "false");
  await page.reload();
  await expect(unfold).toBeVisible();
});

test("on a phone the menu is a dialog that Escape closes", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page, `${site.url}dashboard`);
  const button = page.getByRole("button", { name: "Open menu" });
  await button.click();
  const menu = page.getByRole("dialog", { name: "Menu" });
  await expect(menu.getByRole("link", { name: "Dashboard" })).toBeVisible();
  await expect(menu.getByRole("radio", { name: "Dark theme" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await menu.getByRole("link", { name: "Data flow" }).click();
  await expect(page).toHaveURL(`${site.url}data-flow`);
  await expect(menu).toBeHidden();
});

test("the theme changes page and figures", async ({ page, site, complaints }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, `${site.url}dashboard`);
  const light = await background(page);
  const label = page.locator('[data-widget="churn_risk"] .slicetext text').first();
  const color = () => label.evaluate((text) => getComputedStyle(text).fill);
  const before = await color();
  await page.getByRole("radio", { name: "Dark theme" }).check();
  await expect.poll(() => background(page)).not.toBe(light);
  await expect.poll(color).not.toBe(before);
  await ready(page);
  expect(complaints).toEqual([]);
});

test("the theme is kept, or follows the system", async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, `${site.url}help`);
  const light = await background(page);
  await page.getByRole("radio", { name: "Dark theme" }).check();
  const dark = await background(page);
  expect(dark).not.toBe(light);
  await page.reload();
  await ready(page);
  expect(await background(page)).toBe(dark);
  await page.getByRole("radio", { name: "Theme as the system" }).check();
  expect(await background(page)).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => background(page)).toBe(dark);
});

test("every figure turns into its table and back", async ({ page, site, complaints }) => {
  await open(page, `${site.url}dashboard`);
  await expect(page.getByRole("button", { name: /^View .* as table$/ })).toHaveCount(7);
  for (const card of await page.locator("[data-widget]:has([aria-pressed])").all()) {
    const button = card.getByRole("button", { name: /^View .* as table$/ });
    await expect(card.locator("table")).toBeHidden();
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(card.locator("table")).toBeVisible();
    await expect(card.getByRole("figure")).toBeHidden();
    await button.click();
    await expect(card.locator("table")).toBeHidden();
    await expect(card.getByRole("figure")).toBeVisible();
  }
  expect(complaints).toEqual([]);
});

test("every kind of chart can be drawn", async ({ page, site, complaints }) => {
  await open(page, `${site.url}dashboard`);
  for (const card of await page.locator("[data-widget]:has(select)").all()) {
    const choice = card.getByRole("combobox");
    for (const kind of await choice.locator("option").allTextContents()) {
      await choice.selectOption(kind);
      await ready(page);
      await expect(card.locator(".main-svg, .gl-container").first()).toBeVisible();
    }
  }
  expect(complaints).toEqual([]);
});

test("a KPI opens its breakdown and closes it", async ({ page, site, expected }) => {
  await open(page, `${site.url}dashboard`);
  const button = page.getByRole("button", { name: "Total Orders: details" });
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  const panel = page.locator("#total_orders-detail");
  await expect(panel).toContainText("Distinct orders with at least one positive line in scope.");
  const { value, previous } = expected.kpis.default_view.total_orders;
  await expect(panel.locator("dd data").nth(0)).toHaveAttribute("value", value);
  await expect(panel.locator("dd data").nth(1)).toHaveAttribute("value", previous);
  await expect(panel.locator("tbody tr")).toHaveCount(12);
  await panel.getByRole("button", { name: "Close the details of Total Orders" }).click();
  await expect(panel).toHaveCount(0);
});

test("filters ticked faster than numbers move leave nothing behind", async ({ page, site, complaints }) => {
  await open(page, `${site.url}dashboard`);
  const panel = page.getByRole("button", { name: /^Segment/ });
  await panel.click();
  const boxes = page.getByRole("group", { name: /^Segment/ }).getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  // Each tick while the headline is on its way to the number of the one before.
  await boxes.first().evaluate(async (first) => {
    const all = [...first.closest("ul").querySelectorAll("input")];
    for (let times = 0; times < 24; times += 1) {
      all[times % all.length].click();
      for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
    }
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("customers sort by every column", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const card = page.locator('[data-widget="top_customers"]');
  for (const [name, at] of [["Lifetime value", 1], ["Orders", 2], ["Revenue in period", 3]]) {
    const heading = card.getByRole("columnheader", { name });
    for (const [direction, sign] of [["descending", -1], ["ascending", 1]]) {
      await heading.getByRole("button").click();
      await expect(heading).toHaveAttribute("aria-sort", direction);
      const values = (await table(page, "top_customers")).rows.map((row) => Number(row[at].exact));
      expect(values).toEqual(values.toSorted((one, other) => sign * (one - other)));
    }
  }
  await card.getByRole("columnheader", { name: "Customer" }).getByRole("button").click();
  const names = await card.locator(".person__name").allTextContents();
  expect(names.map((name) => name.toLowerCase())).toEqual(
    names.map((name) => name.toLowerCase()).toSorted(),
  );
});

test("the keyboard reaches everything, the skip link first", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page).toHaveURL(`${site.url}dashboard`);
  await page.evaluate(() => document.activeElement.blur());
  const controls = await page.evaluate(
    () =>
      [...document.querySelectorAll("a[href], button, select, input")].filter(
        // A group of radio buttons is one stop.
        (control) => control.checkVisibility() && (control.type !== "radio" || control.checked),
      ).length,
  );
  const reached = new Set();
  for (let step = 0; step < controls * 2; step += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const { activeElement: active } = document;
      if (!active.matches("a[href], button, select, input")) return undefined;
      active.dataset.reached ??= String(Math.random());
      return active.dataset.reached;
    });
    if (name) reached.add(name);
  }
  expect(reached.size).toBe(controls);
});
