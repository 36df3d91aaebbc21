// The first numbers of the page, before the app is there; then the app.
//
// `finish.mjs` puts this, in one piece, into the head of the page: it asks for what is needed first,
// lays out the page while that is on its way, shows the headline that the manifest carries, and
// starts the app, whose first drawing replaces what stands here. It never guesses: where anything
// is unusual (a filter in the address, a sign-in, another language, a choice of the reader's) the
// app draws the first view.
//
// On a later visit the page itself comes from `service-worker.js`, and the numbers first shown are
// those that the browser has kept, with the day they are of, until the host has said what is new;
// the app only ever begins with what the host said.
//
// The app takes over `window.hub`: `config` and `manifest`, promises of `{ url, status, text }`;
// `wasm`, a promise of the compiled module; `glue`, the address of the script that starts it; `isLost`
// and `isNewer`, what is known of the host since; tells in `stands` which snapshot is open; and fills `read` with what it reads of the data, where
// no service worker sees it.

/* global APP_AHEAD, APP_GLUE, APP_WASM */

import { ask, askCache, resolve } from "./ask.js";
import { followPage, giveUpPage, isKept, mayKeep, own } from "./keeper.js";
import { layOut, paint, painted } from "./paint.js";
import { isPlainEnglish, preferences } from "./reader.js";
import { record } from "./record.js";
import { openSettings } from "./sign-in.js";

/** Milliseconds after which the app is asked for, whatever the manifest does. */
const APP_WAITS = 2_000;
/** Milliseconds within which numbers that have come are painted. */
const TO_PAINT = 30;
/** Pages less wide than this many pixels are a phone's, as in src/host/media. */
const NARROW = 768;

const mark = (name) => document.querySelector(`meta[name=${name}]`).content;
const first = mark("hub-snapshot");
/** What the browser has kept since an earlier visit: `[config, manifest]`. */
const before = isKept && first ? Promise.all([askCache("config.json").then(withSettings), askCache(first)]) : undefined;
/** A configuration with its settings, where everybody may come in. */
function withSettings(answer) {
  return { ...answer, settings: answer.status === 200 ? openSettings(answer.text) : undefined };
}

/** Settled when the wire is free for the app: when the first numbers stand, or will soon. */
let free;
const wire = new Promise((settle) => (free = settle));
setTimeout(free, APP_WAITS);
// A question under way would keep the cache from answering, so that one is asked first.
const afterwards = async (next) => next(await before);
const config = afterwards(() => ask("config.json")).then(withSettings);
const manifest = afterwards(() => (first ? ask(first, freeIfFar()) : undefined));

/**
 * Frees the wire as soon as the manifest begins to come, if the app's first bytes will take longer
 * than the numbers: those of a near host would be here first, and hold them up.
 */
function freeIfFar() {
  const asked = performance.now();
  return () => performance.now() - asked > TO_PAINT && free();
}
const hub = (window.hub = { config, manifest, glue: resolve(APP_GLUE), read: isKept ? undefined : [] });

const { theme, ownKpis, language } = preferences();
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

/** True if the address is one of the dashboard's, with or without a filter: as in src/ui/route. */
const isDashboard = () =>
  ["dashboard", "index.html"].some((path) => location.pathname === new URL(resolve(path)).pathname);

/** Resolves when the template is there. */
function parsed() {
  if (document.readyState !== "loading") return undefined;
  return new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));
}

/** The address of the file with the rest of the first view, where a record names one. */
let rest;

/** True for a configuration or a manifest that is kept from the reader, or may be. */
const isClosed = (answer) => mayKeep(answer) === false;

/** Shows the record if there is one; true if it stands on the page. */
async function showFirst() {
  if (!first || !isDashboard() || location.search !== "" || ownKpis) return false;
  if (!isPlainEnglish(mark("hub-locale"), language)) return false;
  await parsed();
  const page = layOut();
  const old = before && record(...(await before), language);
  if (old) {
    paint(page, old);
    painted().then(free);
  }
  const [configured, described] = [await config, await manifest];
  const found = record(configured, described, language);
  if (!found) {
    // What the host says is not to be shown here; a host that says nothing changes nothing.
    const isSaid = described.status === 200 || [configured, described].some(isClosed);
    if (isSaid) page.shell.remove();
    return Boolean(old) && !isSaid;
  }
  rest = found.rest;
  if (JSON.stringify(old) !== JSON.stringify(found)) paint(page, found);
  return true;
}

async function compile() {
  const response = await fetch(resolve(APP_WASM));
  if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
  const streams = response.headers.get("content-type") === "application/wasm";
  if (streams) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Has files on their way before they are used. */
function preload(paths, how) {
  for (const path of paths) {
    const link = Object.assign(document.createElement("link"), how, { href: resolve(path) });
    document.head.append(link);
  }
}

/** Asks for what the dashboard will need after the app, in the order of its need. */
function askAhead() {
  const files = [...APP_AHEAD.pieces, ...(rest ? [rest] : [])];
  if (isDashboard()) preload(files, { rel: "preload", as: "fetch", crossOrigin: "" });
}

/** Asks for the scripts of the charts: a browser reads them as they come, which takes a processor. */
function askCharts() {
  if (!isDashboard()) return;
  const { charts, figures } = APP_AHEAD;
  preload(charts, { rel: "modulepreload" });
  // Narrow pages draw a figure when it is near.
  if (innerWidth >= NARROW) preload(figures, { rel: "modulepreload", fetchPriority: "low" });
}

function tell(error) {
  const text = document.createElement("p");
  text.role = "alert";
  text.className = "start-failed";
  text.textContent = `This page could not be started (${error.message}). Check the connection and reload it.`;
  document.body.prepend(text);
  addEventListener("online", () => location.reload());
}

async function start() {
  let early = true;
  followPage(() => early, hub, APP_GLUE);
  // What cannot be shown here is the app's to show, or to tell what is wrong with it.
  const showing = showFirst().catch(() => false);
  const stands = showing.then((shown) => shown && painted());
  stands.then(free);
  await wire;
  // Both are needed before anything runs; the small one is read while the large one comes.
  const glue = import(hub.glue);
  hub.wasm = compile();
  hub.wasm.then(askAhead).catch(() => {});
  try {
    const { default: init, addStyles, keepPage } = await glue;
    keepPage(config, own).catch(() => {});
    const module = await hub.wasm;
    // The app would keep the processor from the first numbers.
    await stands;
    await parsed();
    early = false;
    addStyles();
    await init({ module_or_path: module });
    askCharts();
  } catch (error) {
    if (early && (await giveUpPage())) return;
    await parsed();
    // Numbers stay; places for numbers that nobody will fill do not.
    if (!(await showing)) document.querySelector(".shell")?.remove();
    tell(error);
    throw error;
  }
}

start();
