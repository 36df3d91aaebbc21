// Every number on the page is the one that native code computes from the same snapshot.

import { kpis, open, table } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const SHOWN_BY_DEFAULT = 4;
const ORDER = [
  "total_revenue",
  "total_orders",
  "avg_satisfaction",
  "campaign_response_rate",
  "total_customers",
  "total_lifetime_value",
];

/** The exact values of a table's rows; texts are left out. */
const exact = (rows) => rows.map((row) => row.map((cell) => cell.exact ?? null).filter(Boolean));

for (const snapshot of ["demo", "small", "chunked", "superstore"]) {
  test.describe(snapshot, () => {
    test.use({ snapshot });

    test("KPI cards", async ({ page, site, expected }) => {
      await open(page, `${site.url}dashboard`);
      const wanted = expected.kpis.default_view;
      const ids = ORDER.filter((id) => id in wanted).slice(0, SHOWN_BY_DEFAULT);
      const value = (id) => wanted[id].value ?? undefined;
      expect(await kpis(page)).toEqual(Object.fromEntries(ids.map((id) => [id, value(id)])));
      for (const id of ids) {
        const card = page.locator(`[data-kpi="${id}"]`);
        await expect(card.locator(".kpi__value")).toHaveText(wanted[id].text);
        if (!wanted[id].trend) continue;
        const trend = card.locator(".kpi__change data");
        await expect(trend).toHaveText(wanted[id].trend_text);
        await expect(trend).toHaveAttribute("value", wanted[id].trend);
      }
    });

    test("tables of the widgets", async ({ page, site, expected }) => {
      await open(page, `${site.url}dashboard`);
      const shown = await page.locator("[data-widget]").evaluateAll((cards) =>
        cards.map((card) => card.dataset.widget),
      );
      // What the snapshot has no data for has no card.
      const known = Object.entries(expected.widgets).filter(([, { absent }]) => !/^This snapshot has no/.test(absent ?? ""));
      expect(shown.toSorted()).toEqual(known.map(([id]) => id).toSorted());
      for (const id of shown) {
        const wanted = expected.widgets[id];
        const card = page.locator(`[data-widget="${id}"]`);
        await expect(card.locator("h2")).toHaveText(wanted.title);
        if (wanted.absent) {
          await expect(card, id).toContainText(wanted.absent);
          continue;
        }
        const { rows } = await table(page, id);
        expect(exact(rows), id).toEqual(exact(wanted.table.rows));
        for (const [at, [first]] of wanted.table.rows.entries()) {
          expect(rows[at][0].text, id).toContain(first.text);
        }
      }
    });

    test("the breakdown of a KPI adds up to its card", async ({ page, site, expected }) => {
      await open(page, `${site.url}dashboard`);
      await page.getByRole("button", { name: "Total Revenue: details" }).click();
      const panel = page.getByRole("region", { name: "Total Revenue", exact: true }).first();
      const values = await panel
        .locator("tbody data")
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("value")));
      const { exponent } = expected.meta.currency;
      const units = (text) => BigInt(text.replace(".", ""));
      const scale = (text) => units(text) * 10n ** BigInt(exponent - (text.split(".")[1] ?? "").length);
      const total = values.reduce((sum, text) => sum + scale(text), 0n);
      expect(total).toBe(scale(expected.kpis.default_view.total_revenue.value));
    });
  });
}

test.describe("a real shop", () => {
  test.use({ snapshot: "superstore" });

  test("all sales are there to the last digit", async ({ page, site, expected }) => {
    expect(expected.kpis.whole_period.total_revenue.value).toBe("2297200.8603");
    await open(page, site.url);
    await expect(page.getByText("Data from Superstore, no sign-in")).toBeVisible();
    const rows = page.locator('data[value="9994"]');
    await expect(rows).toHaveText("9,994");
  });

  test("what the source lacks is not there, and not invented", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    await expect(page.locator('[data-widget="customer_satisfaction"]')).toHaveCount(0);
    await expect(page.locator('[data-kpi="avg_satisfaction"]')).toHaveCount(0);
  });
});

test("about the data tells what the snapshot tells", async ({ page, site, expected }) => {
  await open(page, `${site.url}about-data`);
  for (const [name, rows] of Object.entries(expected.meta.rows)) {
    const row = page.getByRole("row", { name: new RegExp(`^${name} `) });
    await expect(row.locator("data").first()).toHaveAttribute("value", String(rows));
  }
  await expect(page.getByText(expected.meta.snapshot_id).first()).toBeVisible();
});
