// The numbers that stand on the page before the app does, and how the app takes over from them.

import { readFile } from "node:fs/promises";
import path from "node:path";

import { kpis, ready } from "./lib/page.mjs";
import { expect, fixture, manifest, test } from "./lib/test.mjs";

/** In every frame: where the KPI cards are and what they say; from the start of the page. */
async function watchFrames(page) {
  await page.addInitScript(() => {
    const frames = (globalThis.frames_seen = []);
    const shifts = (globalThis.shifts_seen = []);
    // An element as text, its attributes in the order of the alphabet.
    const markup = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/</g, "&lt;");
      if (node.nodeType !== Node.ELEMENT_NODE) return "";
      const written = ({ name, value }) => ` ${name}="${value.replace(/</g, "&lt;")}"`;
      const attributes = [...node.attributes].map(written).sort();
      const inside = [...node.childNodes].map(markup).join("");
      return `<${node.localName}${attributes.join("")}>${inside}</${node.localName}>`;
    };
    const look = () => {
      const cards = [...document.querySelectorAll("[data-kpi]")].map((card) => {
        const { x, y, width, height } = card.getBoundingClientRect();
        const said = card.querySelector(".kpi__value")?.textContent;
        return { said, box: [x, y, width, height].map(Math.round), markup: markup(card) };
      });
      frames.push({ app: !document.querySelector("#first-view"), cards });
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    new PerformanceObserver((list) => {
      shifts.push(...list.getEntries().map(({ value }) => value));
    }).observe({ type: "layout-shift", buffered: true });
  });
  return {
    frames: () => page.evaluate(() => globalThis.frames_seen),
    shifts: () => page.evaluate(() => globalThis.shifts_seen),
  };
}

for (const { width, height } of [
  { width: 1440, height: 900 },
  { width: 800, height: 1000 },
  { width: 360, height: 780 },
]) {
  test(`the app takes over the first numbers unseen, ${width} wide`, async ({ page, site, complaints }) => {
    await page.setViewportSize({ width, height });
    const watch = await watchFrames(page);
    // The app is held back until the first numbers have been on the page for some frames.
    await page.route(/_bg\.wasm$/, async (route) => {
      await page.locator("[data-kpi]").first().waitFor();
      await page.waitForTimeout(200);
      await route.continue();
    });
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    const frames = await watch.frames();
    const shown = frames.slice(frames.findIndex(({ cards }) => cards.length > 0));
    const before = shown.filter(({ app }) => !app);
    const after = shown.filter(({ app }) => app);
    expect(before.length).toBeGreaterThan(2);
    expect(after.length).toBeGreaterThan(0);
    const [first] = before;
    expect(first.cards).toHaveLength(4);
    for (const frame of shown) {
      expect(frame.cards.map(({ said, box }) => ({ said, box }))).toEqual(
        first.cards.map(({ said, box }) => ({ said, box })),
      );
    }
    for (const [at, card] of after[0].cards.entries()) {
      expect(card.markup).toBe(first.cards[at].markup);
    }
    // The numbers stay where they are, as their boxes say; cards below may settle a little.
    expect((await watch.shifts()).reduce((sum, value) => sum + value, 0)).toBeLessThan(0.05);
    expect(complaints).toEqual([]);
  });
}

/** The page with another manifest or configuration; true if numbers stood there before the app. */
async function shownBeforeApp(page, site, { manifest, config, path: where = "dashboard" }) {
  const changed = (text) => (route) => route.fulfill({ contentType: "application/json", body: text });
  if (manifest !== undefined) await page.route("**/manifest.json", changed(manifest));
  if (config !== undefined) await page.route("**/config.json", changed(config));
  const watch = await watchFrames(page);
  await page.route(/_bg\.wasm$/, async (route) => {
    await new Promise((passed) => setTimeout(passed, 300));
    // The visit may be over by then.
    await route.continue().catch(() => {});
  });
  await page.goto(site.url + where);
  await page.locator("h1").first().waitFor();
  const frames = await watch.frames();
  return frames.some(({ app, cards }) => !app && cards.length > 0);
}

test("only the default view of a sound snapshot is shown before the app", async ({ browser, site }) => {
  // Thirteen visits.
  test.slow();
  const text = await readFile(path.join(fixture("demo"), "manifest.json"), "utf8");
  const config = { brand: { name: "Shop" }, locale: "en-US" };
  const odd = (change) => {
    const manifest = JSON.parse(text);
    change(manifest.first_view, manifest);
    return JSON.stringify(manifest);
  };
  const cases = [
    [{}, true],
    [{ config: JSON.stringify(config) }, true],
    [{ path: "dashboard?segment=High%20Value" }, false],
    [{ path: "about-data" }, false],
    [{ config: JSON.stringify({ ...config, locale: "en-GB" }) }, true],
    [{ config: JSON.stringify({ ...config, locale: "de" }) }, false],
    [{ language: "de" }, false],
    [{ config: JSON.stringify({ ...config, signIn: null }) }, false],
    [{ config: "{" }, false],
    [{ manifest: text.slice(0, 2000) }, false],
    [{ manifest: odd((view) => (view.snapshot_id = "of another day")) }, false],
    [{ manifest: odd((view) => (view.headline[1].text = { html: "<b>1</b>" })) }, false],
    [{ manifest: odd((view) => (view.headline[1].spark = "M0 0L'/><script>")) }, false],
    [{ manifest: odd((view, all) => delete all.first_view) }, false],
  ];
  for (const [what, expected] of cases) {
    const context = await browser.newContext({ locale: what.language ?? "en-US" });
    const page = await context.newPage();
    expect(await shownBeforeApp(page, site, what), JSON.stringify(what).slice(0, 80)).toBe(expected);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
});

test("hostile words in the record are words", async ({ page, site }) => {
  const described = await manifest("demo");
  const hostile = '<img src=x onerror="document.title=1">';
  for (const headline of described.first_view.headline) headline.label = hostile;
  described.meta.source = hostile;
  const body = JSON.stringify(described);
  expect(await shownBeforeApp(page, site, { manifest: body })).toBe(true);
  const frames = await page.evaluate(() => globalThis.frames_seen);
  const [{ cards }] = frames.filter(({ app, cards }) => !app && cards.length > 0);
  expect(cards[0].markup).toContain("&lt;img");
  expect(cards[0].markup).not.toContain("<img");
});

test("the numbers shown first are those that native code computes", async ({ page, site, expected }) => {
  await page.route(/_bg\.wasm$/, (route) => route.abort());
  await page.goto(`${site.url}dashboard`);
  await page.getByRole("alert").waitFor();
  const shown = Object.entries(await kpis(page));
  expect(shown).toHaveLength(4);
  for (const [id, exact] of shown) expect(exact, id).toBe(expected.kpis.default_view[id].value);
});
