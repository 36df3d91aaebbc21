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

/** True if two answers carry the same page; of two servers each may have its own tag for it. */
async function isSame(one, other) {
  const [before, now] = [one.headers.get("etag"), other.headers.get("etag")];
  if (before && before === now) return true;
  return (await one.clone().text()) === (await other.clone().text());
}

/** Asks for the page; keeps it if it is another one, and tells who was shown the one before. */
async function renew(kept, reader) {
  // Under the address at which it came the browser's cache has it, too.
  await keep(kept, reader, await fetch(kept?.url || scope, { cache: "no-cache" }));
}

async function keep(kept, reader, page) {
  // Whoever is not let in any more, or finds nothing, is not shown a copy either.
  if ([401, 403, 404, 410].includes(page.status)) await caches.delete(KEPT);
  if (!page.ok || page.redirected || (kept && (await isSame(kept, page)))) return;
  const cache = await caches.open(KEPT);
  await cache.put(scope, page);
  if (kept) (await clients.get(reader))?.postMessage("page-changed");
}

/** Keeps the page that a first visit has brought: asked for by its own address, it need not come again. */
async function begin() {
  const [first] = await clients.matchAll({ includeUncontrolled: true, type: "window" });
  const page = first && isView(new URL(first.url)) && (await fetch(first.url, { cache: "no-cache" }));
  // Some hosts send the page with a status that means another one.
  await (page?.ok ? keep(undefined, undefined, page) : renew());
}

async function answer(event) {
  const kept = await caches.match(scope, { cacheName: KEPT });
  if (!kept) {
    const page = await fetch(event.request);
    event.waitUntil(keep(undefined, undefined, page.clone()).catch(() => {}));
    return page;
  }
  // Without a host the copy has to do.
  event.waitUntil(renew(kept.clone(), event.resultingClientId).catch(() => {}));
  return kept;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(begin());
  // Where a browser can be told so, nothing but visits comes this way.
  const others = { condition: { not: { requestMode: "navigate" } }, source: "network" };
  event.waitUntil(Promise.resolve(event.addRoutes?.(others)).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method === "GET" && mode === "navigate" && isView(new URL(url))) event.respondWith(answer(event));
});
