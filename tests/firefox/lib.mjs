// A stock Firefox, driven by WebDriver BiDi, and a page in it that is read by the page's contract.

import puppeteer from "puppeteer-core";

/** Milliseconds after which what has not come will not. */
const PATIENCE = 60_000;

/** Starts the Firefox that `HUB_FIREFOX` names. */
export function firefox() {
  return puppeteer.launch({ browser: "firefox", executablePath: process.env.HUB_FIREFOX, headless: true });
}

/** A page of its own profile, and what its console has complained of. */
export async function freshPage(browser) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({ width: 1440, height: 900 });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  return { page, complaints, close: () => context.close() };
}

/** Waits until something is so in the page, and gives what it says. */
export async function until(page, isSo, ...given) {
  const handle = await page.waitForFunction(isSo, { polling: 100 }, ...given);
  return handle.jsonValue();
}

/** Waits until the page is complete and idle. */
export const ready = (page) => until(page, () => document.body?.dataset.ready === "true");

/** Presses the button of a name, by the pointer. */
export async function press(page, name) {
  const found = (name) =>
    [...document.querySelectorAll("button")].find((button) => {
      const called = button.getAttribute("aria-label") ?? button.textContent.trim();
      return called === name && button.checkVisibility();
    });
  const button = await page.waitForFunction(found, { polling: 100 }, name);
  await button.evaluate((shown) => shown.scrollIntoView({ block: "center" }));
  await button.click();
}

/** Exact values of the KPI cards. */
export function kpis(page) {
  return page.$$eval("[data-kpi]", (cards) =>
    Object.fromEntries(cards.map((card) => [card.dataset.kpi, card.querySelector("data")?.value])),
  );
}

/** Exact values of a widget's table, row by row. */
export function table(page, widget) {
  return page.$$eval(`[data-widget="${widget}"] table tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll("data")].map((cell) => cell.value)),
  );
}
