// What the first versions' service worker did, as far as it could harm: it took every path without an
// extension for the hub's, and showed there whatever it had kept as the page.

const KEPT = "hub-page";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { mode, url } = event.request;
  if (mode !== "navigate" || /\.\w+$/.test(new URL(url).pathname)) return;
  const kept = () => caches.match(self.registration.scope, { cacheName: KEPT });
  event.respondWith(kept().then((page) => page ?? fetch(event.request)));
});
