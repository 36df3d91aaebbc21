// What the page has to do with the worker that keeps it, before the app is here; the rest: keep-page.js.

import { resolve } from "./ask.js";
import { isForeign } from "./doubt.js";
import { nameOf } from "./kept.js";
import { mayBeKept } from "./sign-in.js";

const base = document.baseURI;
const script = resolve("service-worker.js");

/** Who keeps pages; nobody over a line that can be read along, and in frames that may keep nothing. */
const keeper = (() => {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
})();

/** A place has one worker; one of another app is let alone. */
const isOurs = (worker) => worker?.scriptURL === script;

/** True if this page came from what the browser has kept. */
export const isKept = isOurs(keeper?.controller);

/**
 * Whether the page may be kept, by what the host said of its configuration; undefined if that is not
 * known. What is broken, or not wholly understood, may be a sign-in that has just been asked for.
 */
export function mayKeep({ status, text }) {
  if (status === 200) return mayBeKept(text);
  // Without the file nobody is asked; whoever is refused is.
  return { 401: false, 403: false, 404: true, 410: true }[status];
}

/** What keep-page.js needs to know. */
export const own = { base, isOurs, keeper, mayKeep, script };

/**
 * True if the page was loaded anew already. It is not again: servers that do not agree on the page,
 * and a page whose files are missing, would never come to an end.
 */
const isSecond = performance.getEntriesByType("navigation")[0]?.type === "reload";

/**
 * Loads the page anew if the host has another one by now, as long as `early` says yes; later the app
 * offers it. Tells the app what the worker says: `hub.isLost`, `hub.isNewer`, by an event `hub-told`.
 */
export function followPage(early, hub, glue) {
  keeper?.addEventListener("message", ({ data, source }) => {
    if (!isOurs(source)) return;
    if (data === "page-changed" && early() && !isSecond) location.reload();
    const [word, page] = String(data).split(" ");
    if (word.startsWith("host-")) hub.isLost = word === "host-lost";
    else if (word === "page-is") hub.isNewer = page !== glue;
    else return;
    dispatchEvent(new Event("hub-told"));
  });
  keeper?.startMessages();
}

/** A kept page whose files are gone is given up for the host's own; true if that is under way. */
export async function giveUpPage() {
  if (!isKept || isSecond || !navigator.onLine) return false;
  // A host that cannot be asked has no other page to give.
  const there = await fetch(base, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (!there?.ok || there.redirected) return false;
  // Nor has the owner of a network, who answers for every host.
  const own = await fetch(script, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (!own || isForeign(own)) return false;
  const given = await caches.delete(nameOf(base)).catch(() => false);
  if (given) location.reload();
  return given;
}
