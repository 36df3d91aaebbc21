// Keeps the page for the next visit, which then shows itself before the host has said a word.
//
// Only the page: what it refers to lies in the browser's own cache under names that never change,
// and the data's description is asked for anew by the page itself. At each visit the host is asked
// for the page, too; one that has changed is kept, and the reader's page told (`first-paint.js`).

/* global self, caches, clients */

const KEPT = "hub-page";
const scope = new URL(self.registration.scope);

/** Paths below the page's that are files, not views of it. */
const FILES = /^(api|data|icons|js)\/|\.\w+$/;

const isView = ({ origin, pathname }) =>
  origin === scope.origin &&
  pathname.startsWith(scope.pathname) &&
  !FILES.test(pathname.slice(scope.pathname.length));

/** True if two answers carry the same page. */
async function isSame(one, other) {
  const [before, now] = [one.headers.get("etag"), other.headers.get("etag")];
  if (before && now) return before === now;
  return (await one.clone().text()) === (await other.clone().text());
}

/** Asks for the page; keeps it if it is another one, and tells who was shown the one before. */
async function renew(kept, reader) {
  const page = await fetch(scope, { cache: "no-cache" });
  // Whoever is not let in any more, or finds nothing, is not shown a copy either.
  if ([401, 403, 404, 410].includes(page.status)) await caches.delete(KEPT);
  if (!page.ok || page.redirected || (kept && (await isSame(kept, page)))) return;
  const cache = await caches.open(KEPT);
  await cache.put(scope, page);
  if (kept) (await clients.get(reader))?.postMessage("page-changed");
}

async function answer(event) {
  const kept = await caches.match(scope, { cacheName: KEPT });
  if (!kept) return fetch(event.request);
  // Without a host the copy has to do.
  event.waitUntil(renew(kept.clone(), event.resultingClientId).catch(() => {}));
  return kept;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(renew());
  // Where a browser can be told so, nothing but visits comes this way.
  const others = { condition: { not: { requestMode: "navigate" } }, source: "network" };
  event.waitUntil(Promise.resolve(event.addRoutes?.(others)).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method === "GET" && mode === "navigate" && isView(new URL(url))) event.respondWith(answer(event));
});
