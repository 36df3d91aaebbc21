// Keeps what a later visit needs, so that it shows itself before the host has said a word, and also
// where the host cannot be reached.
//
// The page: shown as it was kept; at each visit the host is asked for it, too. One that has changed is
// kept, and readers are told (`keeper.js`). The app's files, as far as the build lists them, and the
// data: what has a content's name is answered by what was kept, which cannot be stale. Configuration
// and manifest are the host's; only where it says nothing the kept ones have to do, and readers are
// told that, too.
//
// The host may be home to others. So this answers for the addresses of the app alone, keeps only what
// is proved to be the app's, and asks for its page at the one address that is surely its own. Where
// the host has something else there, it goes, with all that it has kept. Where it may be a network's
// owner who answers for the host, it keeps all and steps aside: the next visit sees who answers.

/* global self, caches, clients, URLPattern, HUB_VIEWS, HUB_FILES, HUB_MANIFEST */

import { Blocks } from "./blocks.js";
import { Doubt, isHostsWord } from "./doubt.js";
import { Files } from "./files.js";
import { EARLIER, dataOf, filesOf, forget, isFiles, nameOf } from "./kept.js";
import { Newest } from "./newest.js";
import { hubPage, isHub } from "./proof.js";
import { rangeOf, sentPart, wholeOf } from "./ranges.js";

const scope = self.registration.scope;
const KEPT = nameOf(scope);
const VIEWS = new RegExp(HUB_VIEWS);
/** Names of data files, which say what is in them. */
const DATA = /^(?:snapshot-[\da-f]{16}(?:\.sqlite|-\d+k\/\d+)|(?:places|first-view|events)-[\da-f]{16}\.json)$/;
/** The most bytes of data that are kept without being asked for. */
const MOST_UNASKED = 256 << 20;

const blocks = new Blocks(dataOf(scope));
const files = new Files(HUB_FILES, scope);
const newest = new Newest(scope, HUB_MANIFEST);
const doubt = new Doubt(scope);

/** Set while nothing may be kept: a page of ours has said so, or the host has something else here. */
let isOver = false;
/** Counts how often all was forgotten: what was on its way before is not kept. */
let forgotten = 0;

/** Milliseconds after which a silent host is not waited for, if the page is kept. */
const PATIENCE = 4_000;

/** True for an answer that says nothing but that it is a bad moment. */
const isInTrouble = ({ status }) => status === 429 || status >= 500;

const bare = (url) => url.split(/[?#]/, 1)[0];
const below = (url) => (bare(url).startsWith(scope) ? bare(url).slice(scope.length) : undefined);

function isView(url) {
  const path = below(url);
  return path !== undefined && VIEWS.test(path);
}

/** True for a file of data: beside the manifest or below. */
const isData = (url) => url.startsWith(newest.folder) && DATA.test(url.slice(newest.folder.length));

/** The kept page: `{ page, text }`. */
async function kept() {
  const page = await caches.match(scope, { cacheName: KEPT });
  const text = page && (await hubPage(page.clone(), scope));
  return text && { page, text };
}

/** Ends this worker and what it has kept; the next visit is the host's, and may begin anew. */
async function giveUp() {
  isOver = true;
  await forgetAll();
  // Not waited for: while it is installed, its turn comes after that.
  self.registration.unregister().catch(() => {});
}

async function forgetAll() {
  forgotten += 1;
  // Who is about to keep more stops.
  await tellAll("forgotten");
  await forget(scope);
  blocks.changed();
}

/**
 * Keeps something, unless nothing may be kept any more by the time it is. Keeping begins with the page:
 * after all was forgotten, with the next visit.
 */
async function keeping(work) {
  const before = forgotten;
  if (isOver || !(await caches.has(KEPT))) return;
  await work();
  if (isOver || before !== forgotten) await forgetAll();
}

async function keep(text, { headers }) {
  const told = new Headers(headers);
  // The text is neither packed any more nor cut.
  for (const name of ["content-encoding", "content-length", "vary"]) told.delete(name);
  told.set("content-type", "text/html; charset=utf-8");
  await keeping(async () => (await caches.open(KEPT)).put(scope, new Response(text, { headers: told })));
}

/** From now on there is a page to keep, and what belongs to it. */
const begin = () => caches.open(KEPT);

/**
 * Asks the host for the page, and tells the reader who was shown `shown` if that is another one; a visit
 * begins to keep it. False if somebody else has answered.
 */
async function renew({ isVisit, shown, reader } = {}) {
  const page = await fetch(scope, { cache: "no-cache", redirect: "manual" });
  // A host in trouble says nothing about the page.
  const isTroubled = isInTrouble(page);
  const text = isTroubled ? undefined : await hubPage(page.clone(), scope);
  if (!isTroubled && text === undefined) return missed(page);
  if (isLost) await tellReached(true);
  if (isTroubled) return true;
  await doubt.lift();
  if (isVisit && !isOver) await begin();
  if (await caches.has(KEPT)) await keep(text, page);
  if (shown && text !== shown) (await clients.get(reader))?.postMessage("page-changed");
  // Pages that have been open for long learn which one the host has by now.
  const glue = text.match(/app-[\da-f]{16}\.js/)?.[0];
  if (glue) await tellAll(`page-is ${glue}`);
  return true;
}

/** Something else came than a page to keep: from the host, or from who answers for it meanwhile. */
async function missed(page) {
  const isKnown = (await isHub(page.clone())) || (await isHostsWord(page, self.location.href));
  if (isKnown || !(await doubt.raise())) await giveUp();
  else await tellReached(false);
  return isKnown;
}

/** Looks for the host, for a page that wants to know. */
async function lookFor(reader) {
  await tellReached(await renew(), reader);
}

async function tellAll(word) {
  for (const reader of await clients.matchAll({ type: "window" })) {
    if (isView(reader.url)) reader.postMessage(word);
  }
}

async function answer(event) {
  const found = await kept().catch(() => undefined);
  // Without a host the copy has to do.
  if (!found && !isOver) await begin();
  const reader = event.resultingClientId;
  event.waitUntil(renew({ isVisit: true, shown: found?.text, reader }).catch(() => {}));
  if (!found) return fetch(event.request);
  // Who it is that answers for the host may want to be seen, and be signed in to.
  const isDoubtful = await doubt.stands().catch(() => false);
  if (!isDoubtful) return found.page;
  const late = new Promise((tell) => setTimeout(tell, PATIENCE));
  const live = await Promise.race([fetch(event.request).catch(() => undefined), late]);
  return live && !isInTrouble(live) ? live : found.page;
}

/** Whether the host could be asked the last time. */
let isLost = false;

/** Tells who asked, and everybody as soon as it is another word than before. */
async function tellReached(isReached, reader) {
  const word = isReached ? "host-reached" : "host-lost";
  const isNews = isLost === isReached;
  isLost = !isReached;
  if (isNews) await tellAll(word);
  else if (reader) (await clients.get(reader))?.postMessage(word);
}

/** Configuration or manifest: as the host has it, else as it was. */
async function hosts(event, url) {
  const { answer, isKept } = await newest.ask(event.request, url);
  event.waitUntil(tellReached(!isKept, event.clientId).catch(() => {}));
  if (isKept || answer.redirected) return answer;
  if ([401, 403].includes(answer.status)) event.waitUntil(forgetAll());
  const copy = answer.status === 200 ? answer.clone() : undefined;
  if (copy) event.waitUntil(keeping(() => newest.keep(url, copy, blocks)).catch(() => {}));
  return answer;
}

/** Bytes of the data: what was kept, else what the host sends, which is kept from then on. */
async function data(event, url) {
  const { request } = event;
  const range = rangeOf(request);
  // The app does not believe what it was answered before, and asks past all that was kept.
  const isAnew = ["reload", "no-cache", "no-store"].includes(request.cache) || request.headers.has("cache-control");
  if (range && !isAnew) {
    const found = await blocks.read(url, range.from, range.to).catch(() => undefined);
    if (found) return range.isPart ? sentPart(found) : wholeOf(found, url);
  }
  const answer = await fetch(request);
  if ([401, 403].includes(answer.status)) event.waitUntil(forgetAll());
  if (range && request.cache !== "no-store" && [200, 206].includes(answer.status)) {
    event.waitUntil(keepBytes(url, range, answer.clone()).catch(() => {}));
  }
  return answer;
}

async function keepBytes(url, range, answer) {
  const found = await range.proved(answer, url);
  if (!found || (await blocks.size()) + found.bytes.byteLength > MOST_UNASKED) return;
  await keeping(() => blocks.keep(url, found.from, found.length, found.bytes));
}

/** A file of the app: the host's, or what the browser has of it, else what was kept. */
async function file(event, path) {
  return files.ask(event.request, path);
}

/** Keeps what a page of ours had read before this worker stood between it and the host. */
async function rested({ used, read, stands }) {
  // What this page has not read may be somebody else's, who has signed out since.
  for (const url of [...newest.both()].filter((known) => used.includes(known))) {
    // The browser has it still, as a rule.
    const answer = await fetch(url, { cache: "force-cache" });
    if (answer.status === 200 && !answer.redirected) await keeping(() => newest.keep(url, answer, blocks));
  }
  await keeping(() => files.keep(files.firstOf(used)));
  if (stands) await keeping(() => newest.stands(stands, blocks));
  for (const [url, from, to] of read) {
    const isPart = to !== undefined;
    if (!isData(url) || (await blocks.has(url, from ?? 0, to ?? 0))) continue;
    const headers = isPart ? { range: `bytes=${from}-${to}` } : {};
    const request = new Request(url, { headers, cache: "force-cache" });
    await keepBytes(url, rangeOf(request), await fetch(request));
  }
  const others = (await clients.matchAll({ type: "window" })).filter(({ url }) => isView(url));
  if (others.length < 2) await newest.prune(blocks);
}

/** The first versions could keep a page that was not theirs: whoever looks at it gets the host's own. */
async function heal() {
  const old = await caches.match(scope, { cacheName: EARLIER });
  const isForeign = old && !(await old.text()).includes("hub-snapshot");
  // A page of the build before may be open still, and lack some of its files.
  const builds = (await caches.keys()).filter((name) => isFiles(name, scope));
  const stay = [KEPT, dataOf(scope), filesOf(scope, HUB_FILES.build), ...builds.slice(-2)];
  await forget(scope, (name) => stay.includes(name));
  if (!isForeign) return;
  for (const reader of await clients.matchAll({ type: "window" })) {
    // Not waited for: the page is asked for as soon as this worker is at work.
    if (isView(reader.url)) reader.navigate(reader.url).catch(() => {});
  }
}

/** What comes this way where a browser can be told so: visits, and what may be the app's own. */
function routes() {
  const { pathname } = new URL(scope);
  const names = files.names().map((name) => name.replace(/[^/]*$/, (end) => (name.includes("/") ? "*" : end)));
  const data = ["manifest.json", "snapshot-*", "places-*", "first-view-*", "events-*"].flatMap((name) => [name, `*/${name}`]);
  const own = new Set([...names, ...data, "icons/*", "config.json"]);
  const at = (name) => ({ urlPattern: new URLPattern({ pathname: pathname + name, baseURL: scope }) });
  const ours = { or: [{ requestMode: "navigate" }, ...[...own].map(at)] };
  return { condition: { not: ours }, source: "network" };
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(renew({ isVisit: true }).catch(() => {}));
  const told = async () => event.addRoutes?.(routes());
  event.waitUntil(told().catch(() => {}));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(heal().catch(() => {}));
});

self.addEventListener("message", (event) => {
  const { data: word, source, ports } = event;
  if (!source?.url?.startsWith(scope)) return;
  if (word === "keep-nothing") isOver = true;
  else if (word === "forget") event.waitUntil(forgetAll());
  // What a first visit still reads is kept, too.
  else if (word === "claim") event.waitUntil(clients.claim());
  else if (word === "look") event.waitUntil(lookFor(source.id).catch(() => {}));
  else if (word === "blocks-changed") blocks.changed();
  else if (word?.stands) event.waitUntil(keeping(() => newest.stands(word.stands, blocks)).catch(() => {}));
  else if (word === "files") ports[0]?.postMessage(HUB_FILES);
  else if (word?.rested) {
    // By its configuration, which it has just read, this page may be kept.
    isOver = false;
    event.waitUntil(rested(word.rested).catch(() => {}));
  }
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url, headers, cache, credentials } = event.request;
  if (method !== "GET" || cache === "only-if-cached") return;
  // Who asks as nobody wants to know what the host tells strangers: that is no word about the reader.
  if (credentials === "omit") return;
  if (mode === "navigate") {
    if (!headers.has("range") && isView(url)) event.respondWith(answer(event));
    return;
  }
  if (newest.isOne(url)) event.respondWith(hosts(event, url));
  else if (isData(url)) event.respondWith(data(event, url));
  else if (files.has(below(url))) event.respondWith(file(event, below(url)));
});
