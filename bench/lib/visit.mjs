// One visit: a fresh browser profile, cold and then warm; and a run through the filter script.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { query } from "./script.mjs";

const PATIENCE = 120_000;

/** Set in every page before its own scripts: notes when things happen. */
function notes() {
  const seen = (globalThis.bench = { longest: 0 });
  new PerformanceObserver((list) => {
    for (const { identifier, renderTime } of list.getEntries()) {
      if (identifier === "kpi") seen.kpi ??= renderTime;
    }
  }).observe({ type: "element", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: "longtask", buffered: true });
  const inSight = ({ top, bottom, height }) => height > 0 && bottom > 0 && top < innerHeight;
  /** Of the cards that are in sight, none waits for anything. */
  const stands = () => {
    const cards = [...document.querySelectorAll("[data-widget]")];
    const here = cards.filter((card) => inSight(card.getBoundingClientRect()));
    const waits = (card) =>
      card.ariaBusy === "true" || card.querySelector('[aria-busy="true"], .skeleton, .figure__canvas:empty');
    return here.length > 0 && !here.some(waits);
  };
  let looks = false;
  // Once a frame, so that looking takes next to nothing.
  const look = () => {
    looks = false;
    if (seen.usable && stands()) seen.sight ??= performance.now();
  };
  new MutationObserver(() => {
    const { body } = document;
    if (body && document.querySelector(".filters__bar")) {
      if (!document.querySelector("#first-view")) seen.usable ??= performance.now();
    }
    if (body?.dataset.ready === "true") seen.drawn ??= performance.now();
    if (seen.usable && !seen.sight && !looks) {
      looks = true;
      requestAnimationFrame(look);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

const isDone = (peer) => {
  const { bench } = globalThis;
  if (peer === "hub") return bench.drawn !== undefined && bench.kpi !== undefined;
  return bench.kpi !== undefined && (peer === "bare" || globalThis.answer !== undefined);
};

/** Opens a peer's page in a context that nothing was read in, until all of it stands. */
export async function openPage(context, { site, wire }, peer, cpu) {
  const page = await context.newPage();
  await page.addInitScript(notes);
  if (cpu > 1) {
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  }
  wire.cut();
  wire.taken();
  site.asked();
  await page.goto(`https://127.0.0.1:${wire.port}/${peer}/${peer === "hub" ? "dashboard" : ""}`);
  await page.waitForFunction(isDone, peer, { timeout: PATIENCE, polling: 100 });
  return page;
}

/** When things stood, and what had come over the wire by then. */
async function stages(page, { wire, site }) {
  const { origin, bench } = await page.evaluate(() => ({
    origin: performance.timeOrigin,
    bench: globalThis.bench,
  }));
  const [taken, asked] = [wire.taken(), site.asked()];
  const until = (time) => ({
    ms: time,
    bytes: taken.reduce((sum, [at, bytes]) => (at <= origin + time ? sum + bytes : sum), 0),
    requests: asked.filter(({ at }) => at <= origin + time).length,
  });
  const known = Object.entries(bench).filter(([name, time]) => name !== "longest" && time > 0);
  const all = Object.fromEntries(known.map(([name, time]) => [name, until(time)]));
  return { ...all, all: until(Infinity), longest: bench.longest };
}

/** Cold and, if asked, warm: a second visit with what the first has left in the cache. */
export async function visit(bench, peer, { cpu, warm }) {
  const options = { locale: "en-US", viewport: { width: 1440, height: 900 } };
  const context = await bench.browser.newContext(options);
  try {
    const page = await openPage(context, bench, peer, cpu);
    // What comes after the last mark belongs to the visit, too.
    await page.waitForTimeout(300);
    const cold = await stages(page, bench);
    const memory = memoryOf();
    await page.close();
    if (!warm) return { cold };
    const again = await openPage(context, bench, peer, cpu);
    const result = { cold, warm: await stages(again, bench), memory };
    return result;
  } finally {
    await context.close();
  }
}

/** Resident bytes of the largest page process, where the system tells. */
export function memoryOf() {
  try {
    const text = execFileSync("ps", ["-eo", "rss=,args="], { encoding: "utf8", maxBuffer: 1 << 24 });
    const sizes = text
      .split("\n")
      .filter((line) => line.includes("--type=renderer"))
      .map((line) => Number(line.trim().split(" ")[0]) * 1024);
    return Math.max(...sizes);
  } catch {
    return undefined;
  }
}

/** The most bytes that the largest page process has held, where the system tells. */
export function peakOf() {
  try {
    const text = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 1 << 24 });
    const pages = text.split("\n").filter((line) => line.includes("--type=renderer"));
    const peaks = pages.map((line) => {
      const status = readFileSync(`/proc/${line.trim().split(" ")[0]}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    });
    return Math.max(...peaks);
  } catch {
    return undefined;
  }
}

/** Asks the page's own script for an answer: `{ ms, painted, answer }`. */
const askPeer = async (filter) => {
  const begun = performance.now();
  const answer = await globalThis.answer(filter);
  const ms = performance.now() - begun;
  document.querySelector("dd").textContent = answer.revenue;
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { ms, painted: performance.now() - begun, answer };
};

/** Goes to a filter's address and reads the numbers off the page when all figures stand. */
const askHub = async (query) => {
  const { body } = document;
  const until = (holds) =>
    new Promise((resolve) => {
      if (holds()) return resolve(performance.now());
      const watch = new MutationObserver(() => {
        if (!holds()) return;
        watch.disconnect();
        resolve(performance.now());
      });
      watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      return undefined;
    });
  const value = (id) => document.querySelector(`[data-kpi="${id}"] data`)?.value;
  const before = value("total_revenue");
  performance.clearMeasures();
  const begun = performance.now();
  history.pushState(null, "", `${location.pathname}${query && `?${query}`}`);
  dispatchEvent(new PopStateEvent("popstate"));
  const changed = Promise.race([
    until(() => value("total_revenue") !== before),
    new Promise((resolve) => setTimeout(resolve, 1_000)),
  ]);
  const inSight = ({ top, bottom, height }) => height > 0 && bottom > 0 && top < innerHeight;
  const cards = [...document.querySelectorAll("[data-kpi], [data-widget]")];
  const here = cards.filter((card) => inSight(card.getBoundingClientRect()));
  const isBusy = (card) => card.ariaBusy === "true" || card.querySelector('[aria-busy="true"]');
  const tasks = [];
  const longer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  longer.observe({ type: "longtask" });
  let stands = begun;
  for (const card of here) {
    const figure = card.querySelector(".js-plotly-plot");
    figure?.on("plotly_afterplot", () => (stands = performance.now()));
  }
  await until(() => body.dataset.ready !== "true");
  await until(() => !here.some(isBusy));
  const known = performance.now();
  await until(() => body.dataset.ready === "true");
  const drawn = performance.now() - begun;
  const sight = Math.max(known, stands) - begun;
  tasks.push(...longer.takeRecords());
  longer.disconnect();
  const during = tasks.filter(({ startTime }) => startTime >= begun && startTime < begun + sight);
  const longest = Math.max(0, ...during.map(({ duration }) => duration));
  const computed = performance.getEntriesByType("measure").filter(({ name }) => name === "hub:compute");
  const rows = [...document.querySelectorAll('[data-widget="monthly_revenue"] tbody tr')];
  const said = await changed;
  return {
    ms: computed.reduce((sum, { duration }) => sum + duration, 0),
    painted: said === undefined ? undefined : said - begun,
    sight,
    drawn,
    longest,
    answer: {
      revenue: Math.round(Number(value("total_revenue") ?? 0) * 100),
      orders: Number(value("total_orders") ?? 0),
      months: rows.map((row) => Math.round(Number(row.querySelector("data")?.value ?? 0) * 100)),
    },
  };
};

/** What differs between an answer and the one that plain SQL gave. */
function differences(peer, answer, expected) {
  const months = expected.months.map(([, revenue]) => revenue).filter(Boolean);
  const own = answer.months.map((row) => (Array.isArray(row) ? row[1] : row)).filter(Boolean);
  const sum = (list) => list.reduce((all, one) => all + one, 0);
  // A short period is shown by weeks or days: then only their sum can be compared.
  const byMonth = own.length === months.length;
  const same = { ...expected, months: byMonth ? months : sum(months) };
  const said = { ...answer, months: byMonth ? own : sum(own) };
  const names = peer === "hub" ? ["revenue", "orders", "months"] : Object.keys(same);
  return names
    .filter((name) => JSON.stringify(said[name]) !== JSON.stringify(same[name]))
    .map((name) => `${name}: ${JSON.stringify(said[name])}, SQL says ${JSON.stringify(same[name])}`);
}

/** One change to warm up, then the forty; each answer is compared with plain SQL. */
export async function filterRun(bench, peer) {
  const { browser, data, script } = bench;
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  const steps = [];
  const wrong = [];
  try {
    const page = await openPage(context, bench, peer, 1);
    const ask = (filter) =>
      peer === "hub" ? page.evaluate(askHub, query(filter, data.meta)) : page.evaluate(askPeer, filter);
    const first = await ask(script.at(-2));
    bench.wire.taken();
    for (const [at, filter] of script.entries()) {
      const { answer, ...times } = await ask(filter);
      const bytes = bench.wire.taken().reduce((sum, [, bytes]) => sum + bytes, 0);
      steps.push({ ...times, bytes });
      for (const difference of differences(peer, answer, data.answers[at + 1])) {
        wrong.push(`${peer}, ${data.size}, change ${at + 1}: ${difference}`.slice(0, 300));
      }
    }
    return { first: { ms: first.ms, painted: first.painted, drawn: first.drawn }, steps, wrong };
  } finally {
    await context.close();
  }
}
