// Each fault of a host at each moment: the right message, what was there kept, recovery by itself,
// and never a wrong number in any frame.
//
// Waiting costs the machine nothing, so that several cells of the table are under way at once.

import { underQueries } from "./lib/native.mjs";
import { complaint } from "./lib/notices.mjs";
import { ready, scrollThrough } from "./lib/page.mjs";
import { numbersNow, numbersSeen, watchNumbers, wrongNumbers } from "./lib/samples.mjs";
import { serve } from "./lib/server.mjs";
import { FAULTS, STAGES, faultsAt } from "./lib/stages.mjs";
import { DIST, expect, fixture, test } from "./lib/test.mjs";

/** Cells that are under way at once. */
const AT_ONCE = 4;

// What is recorded of a page costs more than the page.
test.use({ trace: "off", screenshot: "off" });

/** A page of its own on a host of its own, for as long as `use` needs it. */
async function visit(browser, stage, use) {
  const folders = { "data/": fixture(stage.snapshot) };
  const site = await serve({ dist: DIST, folders });
  site.turnTo = (snapshot) => (folders["data/"] = fixture(snapshot));
  if (stage.config) {
    const headers = { "Content-Type": "application/json" };
    site.faults.add({ match: "/config.json", kind: "answer", headers, body: JSON.stringify(stage.config) });
  }
  // As small as a page can be that has all it needs in sight: what is not drawn costs nothing.
  const viewport = { width: 1440, height: 500 };
  const context = await browser.newContext({ serviceWorkers: stage.keeps ? "allow" : "block", locale: "en-US", viewport });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await watchNumbers(page);
    await use(page, site, context);
  } finally {
    await context.close();
    await site.close();
  }
}

/** True for a card that is there and not of before. */
const isOfNow = (card) => card !== undefined && !card.updating;

/** The cards that show something else than a page at rest does, but for those that say so. */
function unlike(now, truth) {
  const isOther = ([name, { updating, values }]) =>
    !updating && values.length > 0 && JSON.stringify(values) !== JSON.stringify(truth.cards[name]?.values);
  return Object.entries(now.cards).filter(isOther);
}

/** What a moment's addresses show at rest where nothing is wrong, held against native code. */
async function soundNumbers(browser, stage) {
  const truths = [];
  await visit(browser, stage, async (page, site) => {
    if (stage.before) {
      await stage.before(page, site);
      truths.push(await numbersNow(page));
    }
    await stage.act(page, site);
    await page.locator(stage.come).first().waitFor();
    // A card that nobody sees may still be of before, in one page and not in another.
    await scrollThrough(page);
    truths.push(await numbersNow(page));
    // What opens and closes on the way, such as the counts of a filter's panel.
    for (const { cards, ...where } of await numbersSeen(page)) truths.unshift({ ...where, cards: { page: cards.page } });
  });
  const dashboards = truths.filter(({ address, cards }) => address.startsWith("/dashboard") && "total_revenue" in cards);
  const queries = dashboards.map(({ address }) => address.split("?")[1] ?? "");
  for (const [at, { cards }] of dashboards.entries()) {
    const snapshot = at > 0 ? (stage.becomes ?? stage.snapshot) : stage.snapshot;
    const [native] = await underQueries(snapshot, [queries[at]]);
    for (const [id, kpi] of Object.entries(native.kpis)) {
      if (isOfNow(cards[id])) expect(cards[id].values.slice(0, 1), id).toEqual([kpi.value].filter(Boolean));
    }
    for (const [id, { table }] of Object.entries(native.widgets)) {
      const exact = (table?.rows ?? []).flat().flatMap((cell) => cell.exact ?? []);
      if (isOfNow(cards[id])) expect(cards[id].values, id).toEqual(expect.arrayContaining(exact));
    }
  }
  return truths;
}

/** One cell of the table. */
async function cell(browser, stage, fault, truths) {
  await visit(browser, stage, async (page, site, context) => {
    // What cannot be read at all keeps the page closed, which is said in the door's words.
    const isClosed = stage.closed !== undefined && fault.code?.test("damaged");
    let said;
    await stage.before?.(page, site);
    if (fault.offline && !stage.before) site.faults.add({ match: stage.requests, kind: "reset" });
    else if (fault.offline) await context.setOffline(true);
    else site.faults.add({ match: stage.requests, inside: stage.flips, ...fault.rule });
    const since = site.requests.length;
    await stage.act(page, site);
    if (stage.silent) {
      await expect(page.locator(stage.kept).first()).toBeVisible();
      // Somebody has met the fault; who is without a network meets nobody.
      const met = () => site.requests.slice(since).some(({ path }) => stage.requests.test(path));
      if (!fault.offline) await expect.poll(met).toBe(true);
      await expect(page.locator("[role=alert][data-error]")).toHaveCount(0);
    } else if (fault.offline && stage.before) {
      // A browser that knows to be without a network says so once, for the whole page; a view whose
      // code is not here says that instead.
      await expect(page.locator('[data-notice="offline"], [role=alert]').first()).toBeVisible();
    } else if (fault.code) {
      said = isClosed ? await page.getByText(stage.closed).innerText() : await complaint(page);
      if (stage.kept) await expect(page.locator(stage.kept).first()).toBeVisible();
    }
    if (fault.code && !fault.passes) site.faults.clear();
    if (fault.offline) await context.setOffline(false);
    await page.locator(stage.come).first().waitFor({ timeout: 60_000 });
    await expect(page.locator("[role=alert]")).toHaveCount(0);
    await ready(page);
    if (said) expect(said).toMatch(isClosed ? stage.closed : stage.asks === "script" ? /^part: / : fault.code);
    await expect.poll(async () => unlike(await numbersNow(page), truths.at(-1))).toEqual([]);
    expect(wrongNumbers(await numbersSeen(page), truths)).toEqual([]);
  });
}

for (const stage of STAGES) {
  test.describe(stage.name, () => {
    // In their order and in one worker, which looks after several pages.
    test.describe.configure({ mode: "default", timeout: 120_000 });
    const faults = faultsAt(stage);
    const running = new Map();
    let truths;

    /** Begins a cell, unless it is under way; its outcome is told and never thrown. */
    const begin = (browser, fault) => {
      const told = async () => {
        try {
          truths ??= soundNumbers(browser, stage);
          await cell(browser, stage, fault, await truths);
        } catch (error) {
          return error;
        }
        return undefined;
      };
      if (!running.has(fault)) running.set(fault, told());
      return running.get(fault);
    };

    for (const [at, fault] of faults.entries()) {
      test(`${fault.name} at ${stage.name}`, async ({ browser }) => {
        for (const next of faults.slice(at, at + AT_ONCE)) begin(browser, next);
        const failed = await begin(browser, fault);
        if (failed) throw failed;
      });
    }
  });
}

test("a host that asks for time is given it", async ({ browser }) => {
  await visit(browser, STAGES.find(({ name }) => name === "manifest"), async (page, site) => {
    // The page's head asks once, and the app that takes over from it once more.
    site.faults.add({ match: "manifest.json", kind: "status", status: 503, retryAfter: 4, times: 2 });
    await page.goto(`${site.url}dashboard`);
    await expect(page.getByText("Trying again in 4 s.")).toBeVisible();
    await page.locator('[data-kpi="total_revenue"] .kpi__value data').waitFor();
    const asked = site.requests.filter(({ path }) => path.endsWith("manifest.json")).map(({ at }) => at);
    expect(asked).toHaveLength(3);
    expect(asked[2] - asked[1]).toBeGreaterThan(4_000);
  });
});

test("every fault meets a moment", () => {
  const met = new Set(STAGES.flatMap(faultsAt));
  expect(FAULTS.filter((fault) => !met.has(fault))).toEqual([]);
});
