// Keeps the page for the next visit, which then shows itself before the host has said a word.
//
// Only the page: what it refers to lies in the browser's own cache under names that never change,
// and the data's description is asked for anew by the page itself. At each visit the host is asked
// for the page, too; one that has changed is kept, and the reader's page told (`first-paint.js`).
//
// The host may be home to others. So this answers for the addresses of the app's own views alone,
// keeps only what is proved to be the app's page, and asks for it at the one address that is surely
// its own. Where that address leads elsewhere, it goes, with all that it has kept.

/* global self, caches, clients, HUB_VIEWS */

import { EARLIER, forget, nameOf } from "./kept.js";
import { hubPage } from "./proof.js";

const scope = self.registration.scope;
const KEPT = nameOf(scope);
const VIEWS = new RegExp(HUB_VIEWS);

/** Set as soon as a page of ours says that nothing may be kept. */
let isOver = false;

function isView(url) {
  const bare = url.split(/[?#]/, 1)[0];
  return bare.startsWith(scope) && VIEWS.test(bare.slice(scope.length));
}

/** The kept page: `{ page, text }`. */
async function kept() {
  const page = await caches.match(scope, { cacheName: KEPT });
  const text = page && (await hubPage(page.clone(), scope));
  return text && { page, text };
}

/** Ends this worker and what it has kept; the next visit is the host's, and may begin anew. */
async function giveUp() {
  await forget(scope);
  // Not waited for: while it is installed, its turn comes after that.
  self.registration.unregister().catch(() => {});
}

async function keep(text, { headers }) {
  const told = new Headers(headers);
  // The text is neither packed any more nor cut.
  for (const name of ["content-encoding", "content-length", "vary"]) told.delete(name);
  told.set("content-type", "text/html; charset=utf-8");
  const cache = await caches.open(KEPT);
  await cache.put(scope, new Response(text, { headers: told }));
  if (isOver) await forget(scope);
}

/** Asks the host for the page, and tells the reader who was shown `shown` if that is another one. */
async function renew(shown, reader) {
  const page = await fetch(scope, { cache: "no-cache", redirect: "manual" });
  // A host in trouble says nothing about the page.
  if (page.status === 429 || page.status >= 500) return;
  const text = await hubPage(page, scope);
  if (text === undefined) await giveUp();
  else await keep(text, page);
  if (shown && text !== shown) (await clients.get(reader))?.postMessage("page-changed");
}

async function answer(event) {
  const found = await kept().catch(() => undefined);
  // Without a host the copy has to do.
  event.waitUntil(renew(found?.text, event.resultingClientId).catch(() => {}));
  return found ? found.page : fetch(event.request);
}

/** The first versions could keep a page that was not theirs: whoever looks at it gets the host's own. */
async function heal() {
  const old = await caches.match(scope, { cacheName: EARLIER });
  const isForeign = old && !(await old.text()).includes("hub-snapshot");
  await forget(scope, KEPT);
  if (!isForeign) return;
  for (const reader of await clients.matchAll({ type: "window" })) {
    // Not waited for: the page is asked for as soon as this worker is at work.
    if (isView(reader.url)) reader.navigate(reader.url).catch(() => {});
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(renew().catch(() => {}));
  // Where a browser can be told so, nothing but visits comes this way.
  const others = { condition: { not: { requestMode: "navigate" } }, source: "network" };
  event.waitUntil(Promise.resolve(event.addRoutes?.(others)).catch(() => {}));
});

self.addEventListener("activate", (event) => event.waitUntil(heal().catch(() => {})));

self.addEventListener("message", ({ data, source }) => {
  if (data === "keep-nothing" && source?.url?.startsWith(scope)) isOver = true;
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url, headers } = event.request;
  const isVisit = method === "GET" && mode === "navigate" && !headers.has("range");
  if (isVisit && isView(url)) event.respondWith(answer(event));
});
