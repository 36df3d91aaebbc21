// The filter bar as its readers use it, and what the page shows then.

import { kpis, ready, table } from "./page.mjs";

/** The query of the address, without its question mark. */
export function query(page) {
  return new URL(page.url()).search.slice(1);
}

/** Before the page opens: the RFM figure in 3D, though it is drawn slowly without a graphics card. */
export async function solid(page) {
  const kept = { version: 1, layout: { kinds: { rfm_segmentation: "3d" } } };
  await page.addInitScript(
    (text) => localStorage["hub.preferences"] ??= text,
    JSON.stringify(kept),
  );
}

/** Presses a checkbox in a dimension's panel, which is opened for it and closed again. */
export async function toggle(page, dimension, value) {
  // Lists have buttons of these names, too.
  const bar = page.locator("#filters");
  await bar.getByRole("button", { name: new RegExp(`^${dimension}(, \\d+ chosen)?$`) }).click();
  const panel = bar.getByRole("group", { name: new RegExp(`^${dimension}`) });
  await panel.getByRole("checkbox", { name: new RegExp(`^${value}`) }).click();
  await page.keyboard.press("Escape");
}

/** Chooses a range that has a name. */
export async function preset(page, name) {
  await page.getByRole("button", { name: /^Period:/ }).click();
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
}

/** Chooses two days of one's own. */
export async function days(page, from, to) {
  await page.getByRole("button", { name: /^Period:/ }).click();
  await page.getByLabel("From", { exact: true }).fill(from);
  await page.getByLabel("To", { exact: true }).fill(to);
  await page.getByRole("button", { name: "Apply" }).click();
}

/** Chooses what trends compare with. */
export async function compare(page, label) {
  await page.getByRole("combobox", { name: "Compare with" }).selectOption(label);
}

/** Removes a filter by its chip. */
export async function removeChip(page, text) {
  await page.getByRole("button", { name: `Remove filter ${text}` }).click();
}

/** Everything the dashboard says in numbers once it is complete: KPIs, and tables by widget. */
export async function shown(page) {
  await ready(page);
  const widgets = await page
    .locator("[data-widget]:has(table)")
    .evaluateAll((cards) => cards.map((card) => card.dataset.widget));
  const tables = {};
  for (const id of widgets) tables[id] = (await table(page, id)).rows;
  return { query: query(page), kpis: await kpis(page), tables };
}
