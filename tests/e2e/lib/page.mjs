// Reads the page the way its contract says: exact numbers in `<data value>`, `data-kpi`,
// `data-widget`, and `data-ready` on a page that is complete and idle.

/** An address of every view. */
export const VIEWS = [
  "",
  "dashboard",
  "customers",
  "customers/C0000021",
  "satisfaction",
  "kpi/total_revenue",
  "data-flow",
  "own-data",
  "sql",
  "about-data",
  "settings",
  "diagnostics",
  "help",
  "no-such-view",
];

/** Opens an address and waits until the page is complete and idle. */
export async function open(page, url) {
  await page.goto(url);
  await ready(page);
}

/** Waits until the page is complete and idle. */
export async function ready(page) {
  await page.locator('body[data-ready="true"]').waitFor();
}

/** Exact values of the KPI cards: `{ total_revenue: "2297200.8603", … }`. */
export async function kpis(page) {
  return page.locator("[data-kpi]").evaluateAll((cards) =>
    Object.fromEntries(
      cards.map((card) => [card.dataset.kpi, card.querySelector("data")?.getAttribute("value")]),
    ),
  );
}

/**
 * The table behind a widget: `{ columns: ["Segment", …], rows: [[{ text, exact }]] }`, where
 * `exact` is undefined for a cell that is no number.
 */
export async function table(page, widget) {
  return page.locator(`[data-widget="${widget}"] table`).first().evaluate((table) => {
    const cells = (row) =>
      [...row.cells].map((cell) => ({
        text: cell.textContent.trim(),
        exact: cell.querySelector("data")?.getAttribute("value") ?? undefined,
      }));
    return {
      columns: [...table.tHead.rows].flatMap((row) => [...row.cells].map((c) => c.textContent.trim())),
      rows: [...table.tBodies].flatMap((body) => [...body.rows].map(cells)),
    };
  });
}

/** Has a page ask the host for everything from now on, also for what the browser has. */
export async function forgetful(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
}

/** Scrolls through the whole page, so that everything drawn near the viewport only is drawn. */
export async function scrollThrough(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let at = 0; at < height; at += 500) {
    await page.evaluate((top) => scrollTo(0, top), at);
    await page.waitForTimeout(50);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await ready(page);
}
