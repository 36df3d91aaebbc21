// What people ask by the filter bar and the views, each in a fresh profile: bytes, requests, times.

import { readFile } from "node:fs/promises";

import { first, labels, query } from "./script.mjs";
import { openPage } from "./visit.mjs";

/** Moves a day. */
function plus(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * `[{ name, view, kind, filter, query }]`: `view` is a path of the page. A `kind` of "bar" is a
 * single choice or a pair of the filter bar; without a `filter` plain SQL has nothing to compare.
 */
export function questions(meta) {
  const { segments, churn_risks: risks, categories } = labels(meta);
  const classes = meta.labels.rfm_segments;
  const last = meta.as_of;
  // From the middle of a month to the middle of another.
  const odd = { from: plus(last, -136), to: plus(last, -47) };
  const year = { from: plus(last, -364), to: plus(last, -5) };
  const some = (list, ...at) => at.map((index) => list[index % list.length]);
  const rows = [
    ["bar", "a segment", { segment: some(segments, 0) }],
    ["bar", "a churn risk", { churn: some(risks, 0) }],
    ["bar", "a category", { category: some(categories, 0) }],
    ["bar", "an RFM segment", { rfm: some(classes, 0) }],
    ["bar", "90 days that are no months", odd],
    ["bar", "a segment and a churn risk", { segment: some(segments, 1), churn: some(risks, 1) }],
    ["bar", "a segment and a category", { segment: some(segments, 0), category: some(categories, 1) }],
    ["bar", "an RFM segment and a category", { rfm: some(classes, 1), category: some(categories, 1) }],
    ["bar", "a segment over 90 days", { ...odd, segment: some(segments, 0) }],
    ["bar", "a category over 90 days", { ...odd, category: some(categories, 0) }],
    ["bar", "an RFM segment over 90 days", { ...odd, rfm: some(classes, 0) }],
    ["bar", "two categories", { category: some(categories, 0, 1) }],
    ["more", "five categories", { category: some(categories, 0, 1, 2, 3, 4) }],
    ["more", "two categories over 90 days", { ...odd, category: some(categories, 0, 1) }],
    ["more", "two categories over 360 days", { ...year, category: some(categories, 0, 1) }],
    ["more", "a category over 360 days", { ...year, category: some(categories, 2) }],
    ["more", "an RFM segment and two categories", { rfm: some(classes, 0), category: some(categories, 0, 1) }],
    ["more", "a segment, a risk, an RFM segment, a category, 90 days", {
      ...odd, segment: some(segments, 0), churn: some(risks, 0), rfm: some(classes, 0), category: some(categories, 0),
    }],
  ];
  const usual = first(meta);
  const asked = ([kind, name, change]) => {
    const filter = { ...usual, rfm: [], ...change };
    return { kind, name, view: "dashboard", filter, query: query(filter, meta) };
  };
  const views = [
    ["customers as a list", "customers", ""],
    ["customers of a category over 90 days as a list", "customers", query({ ...usual, ...odd, category: some(categories, 0) }, meta)],
    ["satisfaction by channel and reason", "satisfaction", ""],
    ["the same for an RFM segment over 90 days", "satisfaction", query({ ...usual, ...odd, rfm: some(classes, 0) }, meta)],
    ["a key figure under two categories", "kpi/total_customers", query({ ...usual, category: some(categories, 0, 1) }, meta)],
  ].map(([name, view, words]) => ({ kind: "view", name, view, query: words }));
  return [...rows.map(asked), ...views];
}

/** Goes to a view and tells when its first number, its figures in sight and all of it stand. */
const go = async ([path, words]) => {
  const { body } = document;
  const begun = performance.now();
  const seen = {};
  let late = 0;
  const tasks = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (startTime + duration > begun) late = Math.max(late, duration);
    }
  });
  tasks.observe({ type: "longtask" });
  const inSight = (node) => {
    const { top, bottom, height } = node.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };
  const busy = (what) =>
    [...document.querySelectorAll(what)].filter(inSight).some((node) => node.matches('[aria-busy="true"]') || node.querySelector('[aria-busy="true"]'));
  const number = '[data-kpi], .list, .page-head';
  const figures = '[data-kpi], [data-widget], .page-head, .card';
  let wasReady = true;
  let done;
  const stands = new Promise((resolve) => (done = resolve));
  let painted = 0;
  const drawnBy = new Set();
  const watchFigures = () => {
    for (const figure of document.querySelectorAll(".js-plotly-plot")) {
      if (drawnBy.has(figure) || !figure.on) continue;
      drawnBy.add(figure);
      figure.on("plotly_afterplot", () => inSight(figure) && (painted = performance.now() - begun));
    }
  };
  watchFigures();
  const look = () => {
    const now = performance.now() - begun;
    const isReady = body.dataset.ready === "true";
    // Until the page has taken the question up, what stands is the answer to the one before.
    if (isReady && wasReady) return;
    watchFigures();
    if (busy(number)) seen.number = undefined;
    else seen.number ??= now;
    if (busy(figures)) seen.sight = undefined;
    else seen.sight ??= now;
    if (isReady && !wasReady) done(now);
    wasReady = isReady;
  };
  history.pushState(null, "", `${path}${words && `?${words}`}`);
  dispatchEvent(new PopStateEvent("popstate"));
  const watch = new MutationObserver(look);
  watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  wasReady = body.dataset.ready === "true";
  look();
  seen.drawn = await stands;
  watch.disconnect();
  tasks.disconnect();
  const value = (id) => document.querySelector(`[data-kpi="${id}"] data`)?.value;
  const count = (text) => (text === undefined ? undefined : Number(text));
  return {
    ...seen,
    sight: Math.max(seen.sight, painted),
    longest: late,
    answer: {
      revenue: Math.round(Number(value("total_revenue") ?? 0) * 100),
      orders: count(value("total_orders")),
      customers: count(value("total_customers")),
      units: count(value("units_sold")),
    },
  };
};

/** Takes the list of customers away as a file: its rows, and when it was saved. */
async function takeList(page) {
  const begun = performance.now();
  const coming = page.waitForEvent("download", { timeout: 180_000 });
  await page.getByRole("button", { name: "Download the list as CSV" }).click();
  const download = await coming;
  const text = await readFile(await download.path(), "utf8");
  return { drawn: performance.now() - begun, rows: text.trimEnd().split("\r\n").length };
}

/** Until nothing was asked for during half a second. */
async function rest(page, site) {
  const seen = [];
  for (let quiet = 0; quiet < 5; quiet += 1) {
    await page.waitForTimeout(100);
    const more = site.asked();
    if (more.length > 0) quiet = -1;
    seen.push(...more);
  }
  return seen;
}

function weighed(asked) {
  const data = asked.filter(({ path }) => path.includes("/data/"));
  return { requests: data.length, bytes: data.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** One question, put to a page that shows the default view and has come to rest. */
export async function ask(bench, question, expected) {
  const context = await bench.browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  try {
    const page = await openPage(context, bench, "hub", 1);
    await rest(page, bench.site);
    const path = `/hub/${question.view}`;
    const { answer, ...times } = await page.evaluate(go, [path, question.query]);
    const { requests, bytes } = weighed(await rest(page, bench.site));
    const wrong = Object.entries(expected ?? {})
      .filter(([name]) => answer[name] !== undefined)
      .filter(([name, value]) => answer[name] !== value)
      .map(([name, value]) => `${question.name}, ${bench.data.size}: ${name} ${answer[name]}, SQL says ${value}`);
    return { ...times, requests, bytes, wrong, isCompared: expected !== undefined };
  } finally {
    await context.close();
  }
}

/** The list of all customers as a file. */
export async function take(bench) {
  const context = await bench.browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  try {
    const page = await openPage(context, bench, "hub", 1);
    await page.evaluate(go, ["/hub/customers", ""]);
    await rest(page, bench.site);
    const taken = await takeList(page);
    return { ...taken, ...weighed(await rest(page, bench.site)) };
  } finally {
    await context.close();
  }
}
