// The page for the next visit, kept by `service-worker.js`.

import { resolve } from "./ask.js";
import { forget, nameOf } from "./kept.js";
import { isOpen } from "./sign-in.js";

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
  if (status === 200) return isOpen(text);
  // Without the file nobody is asked; whoever is refused is.
  return { 401: false, 403: false, 404: true, 410: true }[status];
}

/** Has the page kept as soon as it has come to rest; where it must not be, nothing stays. */
export async function keepPage(config) {
  if (!keeper) return;
  const mark = document.querySelector("meta[name=hub-keeps]").content;
  const open = mark !== "" && mayKeep(await config);
  if (open) await rested();
  const found = await keeper.getRegistration(base);
  // Workers of wider places are others', and so may be one of this very place.
  const here = found?.scope === base && (found.active ?? found.waiting ?? found.installing);
  if (open && (!here || isOurs(here))) await keeper.register(script, { updateViaCache: "none" });
  if (open !== false) return;
  if (here && isOurs(here)) {
    // What it is about to keep is deleted by itself.
    here.postMessage("keep-nothing");
    await found.unregister();
  }
  await forget(base);
}

/** Resolves when the page is complete and idle. */
function rested() {
  return new Promise((done) => {
    const look = () => {
      if (document.body?.dataset.ready !== "true") return;
      rest.disconnect();
      done();
    };
    const rest = new MutationObserver(look);
    rest.observe(document, { subtree: true, childList: true, attributeFilter: ["data-ready"] });
    look();
  });
}

/**
 * True if the page was loaded anew already. It is not again: servers that do not agree on the page,
 * and a page whose files are missing, would never come to an end.
 */
const isSecond = performance.getEntriesByType("navigation")[0]?.type === "reload";

/** Loads the page anew if the host has another one by now, as long as `early` says yes. */
export function followPage(early) {
  keeper?.addEventListener("message", ({ data, source }) => {
    if (data === "page-changed" && isOurs(source) && early() && !isSecond) location.reload();
  });
  keeper?.startMessages();
}

/** A kept page whose files are gone is given up for the host's own; true if that is under way. */
export async function giveUpPage() {
  if (!isKept || isSecond || !navigator.onLine) return false;
  const given = await caches.delete(nameOf(base)).catch(() => false);
  if (given) location.reload();
  return given;
}
