// The moments at which a host can fail, and what it can do wrong then.

import { toggle } from "./filters.mjs";
import { keptAgain } from "./kept.mjs";
import { ready } from "./page.mjs";
import { fixture } from "./test.mjs";

const REVENUE = '[data-kpi="total_revenue"] .kpi__value data';
/** What is told as soon as newer data has taken over. */
const NEWER = '[data-told="newer"]:not(:empty)';
const search = (page) => page.getByRole("combobox", { name: /Search customers/ });

/**
 * A moment: which snapshot is open, which requests belong to it, what was done before, what the
 * reader does then, and what stands there when all has come. `asks` says how it asks: for a text, for
 * ranges, for a script; `flips` is where in a range a bit matters. `kept` is what may not go away meanwhile. Where a moment is `silent`, nobody
 * waits for what fails, and nobody is told of it where he reads.
 */
export const STAGES = [
  {
    name: "configuration",
    snapshot: "small",
    requests: /\/config\.json$/,
    asks: "text",
    act: (page, site) => page.goto(`${site.url}dashboard`),
    come: REVENUE,
    // What cannot be read may ask for a sign-in: the page stays closed, and says which file it is.
    closed: /config\.json, the file: expected JSON/,
  },
  {
    name: "manifest",
    snapshot: "small",
    requests: /\/manifest\.json$/,
    asks: "manifest",
    act: (page, site) => page.goto(`${site.url}dashboard`),
    come: REVENUE,
  },
  {
    name: "first load",
    snapshot: "small",
    requests: /\/data\/snapshot-/,
    asks: "ranges",
    act: (page, site) => page.goto(`${site.url}dashboard`),
    come: REVENUE,
    kept: REVENUE,
  },
  {
    name: "filter change",
    snapshot: "many",
    requests: /\/data\/snapshot-/,
    asks: "ranges",
    before: opened("dashboard"),
    act: (page) => toggle(page, "Category", "Books"),
    come: '[data-kpi="total_revenue"]:not([aria-busy]) data',
    kept: REVENUE,
    queries: ["", "category=Books"],
  },
  {
    name: "filter change by columns",
    snapshot: "many",
    requests: /\/data\/snapshot-/,
    asks: "ranges",
    before: opened("dashboard?category=Books&category=Clothing"),
    // Where a range begins lies nothing that is read.
    flips: 0.5,
    act: (page) => toggle(page, "Category", "Beauty"),
    come: '[data-kpi="total_revenue"]:not([aria-busy]) data',
    kept: REVENUE,
    queries: ["category=Books&category=Clothing", "category=Beauty&category=Books&category=Clothing"],
  },
  {
    name: "look-up by search",
    snapshot: "small",
    requests: /\/data\/snapshot-/,
    asks: "ranges",
    before: opened("dashboard"),
    act: (page) => search(page).fill("office outfitters"),
    come: '[role="option"]',
    kept: REVENUE,
  },
  {
    name: "look-up of a profile",
    snapshot: "small",
    requests: /\/data\/snapshot-/,
    asks: "ranges",
    before: opened("dashboard"),
    act: (page) => page.locator('[data-widget="top_customers"] a').first().click(),
    come: ".profile data:visible",
    kept: "h1",
    views: ["dashboard"],
  },
  {
    name: "part of the app",
    snapshot: "small",
    requests: /\/views-[^/]*\.wasm$/,
    asks: "script",
    before: opened("dashboard"),
    act: (page) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click(),
    come: 'h2:has-text("Appearance")',
    kept: "header",
  },
  {
    name: "refresh",
    snapshot: "small",
    config: { refresh: 1 },
    requests: /\/manifest\.json$/,
    asks: "manifest",
    silent: true,
    before: opened("dashboard"),
    becomes: "demo",
    act: (page, site) => site.turnTo("demo"),
    come: NEWER,
    kept: REVENUE,
  },
  {
    name: "refresh of the data",
    snapshot: "small",
    config: { refresh: 1 },
    requests: /\/data\/snapshot-/,
    asks: "ranges",
    silent: true,
    before: opened("dashboard"),
    becomes: "demo",
    act: (page, site) => site.turnTo("demo"),
    come: NEWER,
    kept: REVENUE,
  },
  {
    name: "later visit",
    snapshot: "small",
    keeps: true,
    requests: /./,
    asks: "visit",
    silent: true,
    before: async (page, site) => {
      await opened("dashboard")(page, site);
      await keptAgain(page);
    },
    act: (page, site) => page.goto(`${site.url}dashboard`, { waitUntil: "commit" }),
    come: REVENUE,
    kept: REVENUE,
  },
];

function opened(address) {
  return async (page, site) => {
    await page.goto(site.url + address);
    await ready(page);
  };
}

const FILES = ["text", "manifest", "ranges", "script"];
const ANY = [...FILES, "visit"];

/**
 * What a host does, at which kind of question, and what the page calls it: a code by kind of
 * question or one for all. Without a code nothing is to be noticed.
 */
export const FAULTS = [
  { name: "delay", rule: { kind: "slow", delayMs: 600 }, at: ANY },
  { name: "cut in the body", rule: { kind: "cut" }, at: ANY, code: /offline|cut-answer/ },
  { name: "short 206", rule: { kind: "short" }, at: ["ranges"], code: /cut-answer/ },
  { name: "200 for a range", rule: { kind: "no-range" }, at: ["ranges"], code: /no-ranges/ },
  { name: "gzip on ranges", rule: { kind: "gzip" }, at: ["ranges"], code: /compressed/ },
  { name: "wrong Content-Range", rule: { kind: "range" }, at: ["ranges"], code: /cut-answer|no-ranges/ },
  { name: "wrong total length", rule: { kind: "length", total: 12345 }, at: ["ranges"], code: /wrong-length/ },
  { name: "404", rule: { kind: "status", status: 404 }, at: ["manifest", "ranges", "script"], code: /not-found/ },
  { name: "416", rule: { kind: "status", status: 416 }, at: ["ranges"], code: /no-ranges/ },
  ...[429, 500, 503].map((status) => ({
    name: `burst of ${status}`,
    rule: { kind: "status", status, times: 5, retryAfter: status === 500 ? undefined : 1 },
    at: ANY,
    code: /server/,
    passes: true,
  })),
  { name: "reset", rule: { kind: "reset" }, at: ANY, code: /offline/ },
  { name: "stall", rule: { kind: "stall" }, at: ANY, code: /timed-out/ },
  { name: "no answer", rule: { kind: "hang" }, at: ANY, code: /timed-out/ },
  { name: "bit flip", rule: { kind: "flip", offset: 0 }, at: ["text", "manifest", "script"], code: /damaged/ },
  // In the middle of a program, where it may make another one.
  { name: "bit flip inside", rule: { kind: "flip", at: ({ length }) => length >> 1 }, at: ["script"], code: /damaged/ },
  // Where the file's own mark is hit, it is none of ours.
  { name: "bit flips", rule: { kind: "flip" }, at: ["ranges"], code: /damaged|not-sqlite/ },
  { name: "ETag for ever", rule: { kind: "etag" }, at: FILES },
  {
    name: "replaced in place",
    rule: { kind: "swapped", file: fixture("demo.json") },
    at: ["ranges"],
    code: /wrong-length|not-sqlite|damaged/,
  },
  { name: "truncated file", rule: { kind: "truncated" }, at: FILES, code: /damaged|wrong-length/ },
  { name: "wrong format version", rule: { kind: "version" }, at: ["manifest"], code: /version/ },
  { name: "wrong content type", rule: { kind: "type", type: "text/plain" }, at: FILES },
  { name: "captive portal", rule: { kind: "portal" }, at: ANY, code: /web-page/ },
  { name: "redirect to a captive portal", rule: { kind: "redirected" }, at: ANY, code: /web-page/ },
  { name: "network pulled", offline: true, at: ANY, code: /offline/ },
];

/** Every fault that a moment can meet. */
export const faultsAt = (stage) => FAULTS.filter(({ at }) => at.includes(stage.asks));
