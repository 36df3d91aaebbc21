// Figures can be walked and picked, by keyboard and by pointer; what is picked filters or opens.

import { solid } from "./lib/filters.mjs";
import { open, ready, table } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const card = (page, id) => page.locator(`[data-widget="${id}"]`);
const walk = (page, id) => card(page, id).getByRole("listbox");
const current = (page, id) => walk(page, id).getByRole("option");

/** The digits of a text, so that formats do not matter. */
const digits = (text) => text.replace(/[^0-9]/g, "");

test("arrow keys walk every figure, and what they say is in its table", async ({ page, site, complaints }) => {
  await open(page, `${site.url}dashboard`);
  const figures = ["segment_distribution", "monthly_revenue", "category_performance", "churn_risk"];
  for (const id of figures) {
    const { rows } = await table(page, id);
    await walk(page, id).focus();
    for (const row of rows.slice(0, 3)) {
      const text = await current(page, id).innerText();
      expect(text, id).toContain(row[0].text);
      expect(digits(text), id).toContain(digits(row[1].text));
      await expect(card(page, id).locator(".is-marked").first(), id).toBeVisible();
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("End");
    const last = await current(page, id).getAttribute("aria-posinset");
    expect(last).toBe(await current(page, id).getAttribute("aria-setsize"));
    await page.keyboard.press("Escape");
    await expect(current(page, id)).toBeHidden();
    await expect(walk(page, id)).toBeFocused();
  }
  expect(complaints).toEqual([]);
});

test("the gauge, the cloud and the flow are walked too", async ({ page, site, expected }) => {
  await solid(page);
  await open(page, `${site.url}dashboard`);
  await walk(page, "customer_satisfaction").focus();
  await expect(current(page, "customer_satisfaction")).toContainText("Mean score");
  await page.keyboard.press("End");
  await expect(current(page, "customer_satisfaction")).toContainText("Score 5");

  await walk(page, "rfm_segmentation").focus();
  await expect(current(page, "rfm_segmentation")).toContainText(/^High Value/);
  await page.keyboard.press("ArrowRight");
  await expect(current(page, "rfm_segmentation")).toContainText("Last purchase");
  await page.keyboard.press("PageDown");
  await expect(current(page, "rfm_segmentation")).toContainText(/^Medium Value/);

  await walk(page, "data_flow").focus();
  const links = expected.widgets.data_flow.table.rows.length;
  for (let step = 0; step < 60; step += 1) {
    if ((await current(page, "data_flow").innerText()).startsWith("customer_360")) break;
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("Enter");
  await expect(card(page, "data_flow").locator(".sankey-link.is-path")).toHaveCount(links);
  await page.keyboard.press("Enter");
  await expect(card(page, "data_flow").locator(".is-path")).toHaveCount(0);
});

test("a slice filters by Enter and by click, and once more takes it back", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await walk(page, "segment_distribution").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/segment=High/);
  await ready(page);
  await expect(walk(page, "segment_distribution")).toBeFocused();
  await expect(current(page, "segment_distribution")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${site.url}dashboard`);
  await ready(page);
  await card(page, "churn_risk").locator(".slice").nth(2).click();
  await expect(page).toHaveURL(/churn=High/);
  await page.goBack();
  await expect(page).toHaveURL(`${site.url}dashboard`);
});

test("a bar, a month and the gauge lead on by click", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  const press = async (locator, side = 0.5) => {
    await locator.scrollIntoViewIfNeeded();
    const box = await locator.boundingBox();
    await page.mouse.move(box.x + box.width * side, box.y + box.height / 2);
    await page.mouse.click(box.x + box.width * side, box.y + box.height / 2);
  };
  await press(card(page, "category_performance").locator(".bars .point").first());
  await expect(page).toHaveURL(/category=/);
  await ready(page);
  await press(card(page, "monthly_revenue").locator(".points path").nth(3));
  await expect(page).toHaveURL(/from=2025-10-01&to=2025-10-31/);
  await ready(page);
  const arc = card(page, "customer_satisfaction").locator(".value-arc");
  await arc.scrollIntoViewIfNeeded();
  const { x, y, height } = await arc.boundingBox();
  await page.mouse.move(x + 6, y + height - 6);
  await expect(card(page, "customer_satisfaction").locator(".hoverlayer")).toContainText("responses");
  await page.mouse.click(x + 6, y + height - 6);
  await expect(page).toHaveURL(/\/satisfaction\?/);
});

test("rows of tables and customers are picked as well", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await page.getByRole("button", { name: "View RFM Segmentation as table" }).click();
  const row = card(page, "rfm_segmentation").getByRole("button", { name: "Champions" });
  await row.click();
  await expect(page).toHaveURL(/rfm=Champions/);
  await ready(page);
  await expect(row).toHaveAttribute("aria-pressed", "true");
  const name = card(page, "top_customers").getByRole("link").first();
  const href = await name.getAttribute("href");
  await name.click();
  await expect(page).toHaveURL(new URL(href, site.url).href);
  await expect(page).toHaveURL(/\/customers\/C/);
});
