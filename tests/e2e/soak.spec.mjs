// A page that is used for long holds on to no more than one that was just warmed up.
//
// `cargo xtask soak` does the same for longer: SOAK_CHANGES, SOAK_SWAPS and SOAK_EVENTS say how often.

import { channel } from "./lib/channel.mjs";
import { query, solid, toggle } from "./lib/filters.mjs";
import { kpis, open, ready, scrollThrough } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { shop } from "./lib/shop.mjs";
import { countWhatIsMade, grown, held } from "./lib/soak.mjs";
import { DIST, expect, fixture, numbersOf, test } from "./lib/test.mjs";

const CHANGES = Number(process.env.SOAK_CHANGES ?? 60);
const SWAPS = Number(process.env.SOAK_SWAPS ?? 4);
const EVENTS = Number(process.env.SOAK_EVENTS ?? 600);
/** Events a second. */
const FLOOD = 1_000;
/** Changes after which every cache has what it will ever hold: layers are read, figures have been drawn
 * in each of their forms, and compiled code has settled. */
const WARM_UP = 180;

test.describe.configure({ timeout: 240_000 + CHANGES * 2_000 + SWAPS * 20_000 });

/** One of the choices of the filter bar after the other, for ever. */
async function* choices(page) {
  for (;;) {
    for (const dimension of ["Segment", "Churn risk", "Category"]) {
      await page.getByRole("button", { name: new RegExp(`^${dimension}(, \\d+ chosen)?$`) }).click();
      const boxes = page.getByRole("group", { name: new RegExp(`^${dimension}`) }).getByRole("checkbox");
      // Each is chosen and given up again.
      for (let at = 0; at < (await boxes.count()) * 2; at += 1) yield boxes.nth(at >> 1);
      await page.keyboard.press("Escape");
    }
  }
}

test(`${CHANGES} changes of the filter leave nothing behind`, async ({ page, site }) => {
  const client = await page.context().newCDPSession(page);
  await countWhatIsMade(page);
  await open(page, `${site.url}dashboard`);
  await scrollThrough(page);
  const next = choices(page);
  const change = async (times) => {
    for (let time = 0; time < times; time += 1) {
      const { value } = await next.next();
      await value.click();
      await ready(page);
    }
  };
  await change(WARM_UP);
  const before = await held(page, client);
  await change(CHANGES);
  const after = await held(page, client);
  console.log(`held after ${WARM_UP} changes`, before, `and after ${CHANGES} more`, after);
  expect(grown(before, after)).toEqual([]);
});

test(`${SWAPS} swaps of the snapshot leave nothing behind`, async ({ page }) => {
  const folders = { "data/": fixture("small") };
  const site = await serve({ dist: DIST, folders });
  const headers = { "Content-Type": "application/json" };
  site.faults.add({ match: "/config.json", kind: "answer", headers, body: '{"refresh": 1}' });
  const client = await page.context().newCDPSession(page);
  await countWhatIsMade(page);
  // In 3D, so that what a graphics card would hold is counted, too.
  await solid(page);
  await open(page, `${site.url}dashboard`);
  await scrollThrough(page);
  const turnTo = async (snapshot) => {
    folders["data/"] = fixture(snapshot);
    const { value } = (await numbersOf(snapshot)).kpis.default_view.total_revenue;
    const shown = page.locator('[data-kpi="total_revenue"] .kpi__value data');
    await expect(shown).toHaveAttribute("value", value, { timeout: 60_000 });
    await ready(page);
  };
  const swap = async (times) => {
    for (let time = 0; time < times; time += 2) {
      await turnTo("demo");
      await turnTo("small");
    }
  };
  await swap(4);
  const before = await held(page, client);
  expect(before.contexts).toBeGreaterThan(0);
  await swap(SWAPS);
  const after = await held(page, client);
  console.log("held after 4 swaps", before, `and after ${SWAPS} more`, after);
  expect(grown(before, after)).toEqual([]);
  await site.close();
});

/** From now on notes tasks that are long, and how often the page was drawn. */
async function watchTasks(page) {
  await page.evaluate(() => {
    const seen = (globalThis.flood = { tasks: [], frames: 0, begun: performance.now() });
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
    const frame = () => {
      seen.frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return () =>
    page.evaluate(() => {
      const { tasks, frames, begun } = globalThis.flood;
      const seconds = (performance.now() - begun) / 1_000;
      const sorted = tasks.toSorted((one, other) => other - one);
      const median = sorted[sorted.length >> 1] ?? 0;
      return { seconds, framesASecond: frames / seconds, longTasks: tasks.length, longest: sorted[0] ?? 0, median };
    });
}

test(`a flood of ${EVENTS} events under changing filters ends in the right numbers`, async ({ page }) => {
  const orders = Math.ceil(EVENTS / 1.1);
  const made = await shop({ count: orders + 3_000, stops: 1, each: orders });
  const site = await serve({ dist: DIST, folders: { "data/": made.before } });
  const headers = { "Content-Type": "application/json" };
  site.faults.add({ match: "/config.json", kind: "answer", headers, body: '{"live": "live"}' });
  const line = channel(site);
  const client = await page.context().newCDPSession(page);
  await countWhatIsMade(page);
  await open(page, `${site.url}dashboard`);
  await expect(page.locator("[data-live]")).toHaveAttribute("data-live", "connected");
  const before = await held(page, client);
  const told = await watchTasks(page);
  const [{ events, answers }] = made.stops;
  const flood = (async () => {
    for (let at = 0; at < events.length; at += FLOOD / 50) {
      line.tell(events.slice(at, at + FLOOD / 50));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  for (const category of ["Tea", "Cups", "Tea", "Cups", "Books"]) await toggle(page, "Category", category);
  await flood;
  const [native] = await answers([query(page)]);
  const wanted = Object.entries(native.kpis).map(([id, { value }]) => [id, value ?? undefined]);
  const wrong = async () => {
    const shown = await kpis(page);
    return wanted.filter(([id, value]) => id in shown && shown[id] !== value);
  };
  await expect.poll(wrong, { timeout: 120_000 }).toEqual([]);
  const figures = await told();
  await ready(page);
  console.log(`after ${events.length} events`, figures, before, await held(page, client));
  await expect(page.locator("[data-live]")).toHaveAttribute("data-live", "connected");
  line.close();
  await site.close();
  await made.remove();
});
