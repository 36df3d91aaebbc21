// Figures can be walked and picked, by keyboard and by pointer; what is picked filters or opens.

import { readFile } from "node:fs/promises";

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
    await expect(card(page, id).locator(".is-marked"), id).toHaveCount(0);
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

test("thousands of points are painted where they lie, and are hovered, clicked, pointed out and taken away", async ({
  page,
  site,
}) => {
  await open(page, `${site.url}dashboard`);
  const rfm = card(page, "rfm_segmentation");
  await rfm.scrollIntoViewIfNeeded();
  await ready(page);
  const known = await rfm.locator(".js-plotly-plot").evaluate((plot) => {
    const { left, top } = plot.getBoundingClientRect();
    const { xaxis, yaxis } = plot._fullLayout;
    const all = plot.data.flatMap(({ x, y, hovertext, marker }, trace) =>
      x.map((day, at) => ({ trace, at, day, worth: y[at], text: hovertext[at], color: marker.color })),
    );
    // The first of each trace is Plotly's own.
    const [most] = all.filter(({ at }) => at > 0).toSorted((one, other) => other.worth - one.worth);
    return {
      ...most,
      count: all.length,
      drawn: plot.querySelectorAll(".scatterlayer .point").length,
      where: { x: left + xaxis._offset + xaxis.d2p(most.day), y: top + yaxis._offset + yaxis.d2p(most.worth) },
    };
  });
  expect(known.count).toBeGreaterThan(2_000);
  expect(known.drawn).toBeLessThan(10);
  const ink = () =>
    rfm.locator("canvas.cloud").evaluate((canvas, { x, y }) => {
      const { left, top, width } = canvas.getBoundingClientRect();
      const scale = canvas.width / width;
      const brush = canvas.getContext("2d");
      const [red, green, blue, alpha] = brush.getImageData(Math.round((x - left) * scale), Math.round((y - top) * scale), 1, 1).data;
      return { color: `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`, alpha };
    }, known.where);
  const { color, alpha } = await ink();
  const parts = (hex) => hex.match(/[\da-f]{2}/gi).map((part) => Number.parseInt(part, 16));
  // Half transparent ink is kept in whole steps.
  parts(color).forEach((part, at) => expect(Math.abs(part - parts(known.color)[at]), color).toBeLessThan(4));
  expect(alpha).toBe(Math.round(0.6 * 255));
  const painting = () =>
    rfm.locator("canvas.cloud").evaluate(async (canvas) => {
      const bytes = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].join();
    });
  const before = await painting();
  await walk(page, "rfm_segmentation").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(painting).not.toBe(before);
  await page.keyboard.press("Escape");
  await expect.poll(painting).toBe(before);
  await page.mouse.move(known.where.x - 40, known.where.y);
  await page.mouse.move(known.where.x, known.where.y);
  const told = known.text.replace(/<br>/g, "").replace(/<[^>]+>/g, "");
  await expect(rfm.locator(".hoverlayer")).toContainText(told);
  await page.keyboard.press("Escape");
  await expect(rfm.locator(".hoverlayer")).not.toContainText(told);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "More for RFM Segmentation" }).click();
  await page.locator(".menu__item", { hasText: "Download SVG" }).filter({ visible: true }).click();
  const svg = await readFile(await (await saving).path(), "utf8");
  expect(svg.match(/class="point"/g)).toHaveLength(known.count);
  await page.mouse.click(known.where.x, known.where.y);
  await expect(page).toHaveURL(/\/customers\/C/);
});
