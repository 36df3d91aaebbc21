// Under every filter that can be clicked together, the page says what native code computes.

import { compare, days, preset, query, removeChip, shown, toggle } from "./lib/filters.mjs";
import { underQueries } from "./lib/native.mjs";
import { open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const exact = (rows) => rows.map((row) => row.map((cell) => cell.exact ?? null).filter(Boolean));

/** Presses a part of a figure where it is filled, as a pointer does. */
async function press(page, widget, part, at) {
  const drawn = page.locator(`[data-widget="${widget}"] .figure ${part}`).nth(at);
  await drawn.evaluate((path) => path.scrollIntoView({ block: "center" }));
  const [x, y] = await drawn.evaluate((path) => {
    const { x, y, width, height } = path.getBBox();
    const at = (step) =>
      new DOMPoint(x + (width * ((step % 20) + 0.5)) / 20, y + (height * (Math.floor(step / 20) + 0.5)) / 20);
    const isFilled = (step) => path.isPointInFill(at(step));
    const steps = Array.from({ length: 400 }, (_, step) => step).filter(isFilled);
    if (steps.length === 0) throw new Error("nothing is filled");
    // Well inside where there is room: at the rim a fraction of a pixel decides.
    const around = [-21, -20, -19, -1, 1, 19, 20, 21];
    const isInside = (step) => step % 20 > 0 && step % 20 < 19 && around.every((by) => isFilled(step + by));
    const inside = steps.filter((step) => step > 20 && step < 379 && isInside(step));
    const { x: left, y: top } = at((inside.length ? inside : steps)[0]).matrixTransform(path.getScreenCTM());
    return [left, top];
  });
  await page.mouse.click(x, y);
}

const WALKS = {
  demo: [
    (page) => toggle(page, "Segment", "High Value"),
    (page) => toggle(page, "Churn risk", "High"),
    (page) => toggle(page, "Churn risk", "Medium"),
    (page) => toggle(page, "Category", "Books"),
    (page) => compare(page, "vs last year"),
    (page) => toggle(page, "Category", "Home & Kitchen"),
    (page) => preset(page, "Last 90 days"),
    (page) => removeChip(page, "Segment: High Value"),
    (page) => toggle(page, "RFM segment", "At Risk"),
    (page) => preset(page, "All time"),
    (page) => compare(page, "No comparison"),
    (page) => days(page, "2024-02-29", "2024-03-01"),
    (page) => removeChip(page, "RFM segment: At Risk"),
    (page) => compare(page, "vs previous period"),
    (page) => press(page, "segment_distribution", ".slice path", 1),
    (page) => press(page, "churn_risk", ".slice path", 0),
  ],
  small: [
    (page) => preset(page, "Last 30 days"),
    (page) => toggle(page, "Segment", "Low Value"),
    (page) => toggle(page, "Segment", "Medium Value"),
    (page) => toggle(page, "RFM segment", "Champions"),
    (page) => preset(page, "Year to date"),
    (page) => compare(page, "vs previous period"),
    (page) => toggle(page, "RFM segment", "Potential Loyalist"),
    (page) => toggle(page, "Category", "Garden"),
    (page) => removeChip(page, "Segment: Low Value"),
    (page) => toggle(page, "Category", "Electronics"),
    (page) => days(page, "2025-01-31", "2026-06-15"),
    (page) => toggle(page, "Churn risk", "Low"),
    (page) => page.getByRole("button", { name: "Undo the last filter step" }).click(),
    (page) => page.getByRole("button", { name: "Reset all" }).click(),
    (page) => press(page, "category_performance", ".bars .point path", 2),
    (page) => press(page, "monthly_revenue", ".points path", 3),
  ],
};

for (const [snapshot, walk] of Object.entries(WALKS)) {
  test.describe(snapshot, () => {
    test.use({ snapshot });

    test("numbers under every step", async ({ page, site, complaints }) => {
      test.setTimeout(240_000);
      await open(page, `${site.url}dashboard`);
      const seen = [];
      for (const step of walk) {
        const before = query(page);
        await step(page);
        await expect.poll(() => query(page)).not.toBe(before);
        seen.push(await shown(page));
      }
      expect(new Set(seen.map((step) => step.query)).size).toBeGreaterThanOrEqual(15);
      const native = await underQueries(snapshot, seen.map((step) => step.query));
      for (const [at, step] of seen.entries()) {
        const { kpis, widgets, dropped } = native[at];
        expect(dropped, step.query).toEqual([]);
        for (const [id, value] of Object.entries(step.kpis)) {
          expect(value ?? null, `${id} under ${step.query}`).toBe(kpis[id].value);
        }
        const tables = Object.entries(widgets).filter(([, widget]) => !widget.absent);
        expect(Object.keys(step.tables).toSorted(), step.query).toEqual(tables.map(([id]) => id).toSorted());
        for (const [id, { table }] of tables) {
          expect(exact(step.tables[id]), `${id} under ${step.query}`).toEqual(exact(table.rows));
        }
      }
      expect(complaints).toEqual([]);
    });
  });
}

test("a second press on the same part takes its filter back", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  for (const [widget, part, at] of [
    ["segment_distribution", ".slice path", 0],
    ["churn_risk", ".slice path", 1],
    ["category_performance", ".bars .point path", 0],
  ]) {
    await press(page, widget, part, at);
    await expect(page.getByRole("list", { name: "Active filters" })).toBeVisible();
    await ready(page);
    await press(page, widget, part, at);
    await expect.poll(() => query(page)).toBe("");
    await ready(page);
  }
});
