// The page for the next visit, kept by `service-worker.js`.

/* global KEEPS_PAGE */

import { resolve } from "./ask.js";

const keeper = navigator.serviceWorker;

/** True if this page came from what the browser has kept. */
export const isKept = Boolean(keeper?.controller);

/** Has the page kept as soon as it has come to rest; where it must not be, nothing stays. */
export function keepPage(allowed) {
  // Browsers keep nothing for a page that came over a line that can be read along.
  if (!keeper) return;
  const done = (task) => task.catch(() => {});
  if (!KEEPS_PAGE || !allowed) {
    done(keeper.getRegistration(document.baseURI).then((old) => old?.unregister()));
    return;
  }
  const rest = new MutationObserver(() => {
    if (document.body?.dataset.ready !== "true") return;
    rest.disconnect();
    done(keeper.register(resolve("service-worker.js"), { updateViaCache: "none" }));
  });
  rest.observe(document, { subtree: true, childList: true, attributeFilter: ["data-ready"] });
}

/**
 * Loads the page anew if the host has another one by now, as long as `early` says yes; once, since
 * servers that do not agree on the page would never come to an end.
 */
export function followPage(early) {
  const isSecond = performance.getEntriesByType("navigation")[0]?.type === "reload";
  keeper?.addEventListener("message", ({ data }) => {
    if (data === "page-changed" && early() && !isSecond) location.reload();
  });
  keeper?.startMessages();
}

/** A kept page whose files are gone is given up for the host's own; true if that is under way. */
export async function giveUpPage() {
  if (!isKept || !navigator.onLine || !(await caches.delete("hub-page"))) return false;
  location.reload();
  return true;
}
