// What this browser keeps of the hub, from the page's side: hands the page's readings to the service
// worker, keeps all of a snapshot when the reader wants it, tells how much is kept, and clears it.

import { Blocks } from "../first-paint/blocks.js";
import { dataOf, filesOf, forget, isFiles } from "../first-paint/kept.js";
import { keepAll as keepAllOf } from "./offline/all.js";

const base = document.baseURI;
/** Milliseconds between two looks for a newer page, while the reader comes and goes. */
const LOOK_AGAIN = 600_000;
/** Milliseconds between two looks for a host that is lost: at first, and at most. */
const [SOON, LATE] = [4_000, 60_000];

/** The worker that keeps for this place; nothing where the browser has none, or it is another's. */
async function worker() {
  const script = new URL("service-worker.js", base).href;
  const found = await navigator.serviceWorker?.getRegistration(base).catch(() => undefined);
  const active = found?.scope === base ? found.active : undefined;
  return active?.scriptURL === script ? active : undefined;
}

/** Hands over what was read while no worker stood between this page and the host. */
export async function keepRead() {
  await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map(({ name }) => name);
  const active = await worker();
  // A page for which a worker of others answers is left to it, as long as it is open.
  if (!navigator.serviceWorker.controller) active?.postMessage("claim");
  const { read = [], stands } = globalThis.hub ?? {};
  active?.postMessage({ rested: { used, read, stands } });
}

/**
 * Has the worker look for the host and its page when the reader comes back, when the connection does,
 * and, as long as the host is lost, again and again.
 */
export function followVisits() {
  let [looked, wait, next] = [Date.now(), SOON, 0];
  const look = async () => {
    looked = Date.now();
    (await worker())?.postMessage("look");
  };
  const again = () => {
    clearTimeout(next);
    if (!globalThis.hub?.isLost) return void (wait = SOON);
    next = setTimeout(() => {
      wait = Math.min(wait * 2, LATE);
      if (!document.hidden) look();
      again();
    }, wait);
  };
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "forgotten") dispatchEvent(new Event("hub-forgotten"));
  });
  document.addEventListener("visibilitychange", () => {
    const isDue = globalThis.hub?.isLost || Date.now() - looked > LOOK_AGAIN;
    if (!document.hidden && isDue) look();
  });
  addEventListener("online", look);
  addEventListener("hub-told", again);
  again();
}

/** The app's files, as the worker lists them: `{ build, files }`. */
async function list() {
  const [active, { port1, port2 }] = [await worker(), new MessageChannel()];
  if (!active) return undefined;
  const told = new Promise((tell) => (port1.onmessage = ({ data }) => tell(data)));
  active.postMessage("files", [port2]);
  return told;
}

async function sizeOf(cacheName) {
  const cache = await caches.open(cacheName);
  const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  const sizes = await Promise.all(answers.map(async (answer) => (await answer.blob()).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * What is kept here, in bytes: `{ works, files, data, free }`; `works` is false where this browser, or
 * this page, keeps nothing.
 */
export async function kept() {
  const nothing = { works: false, files: 0, data: 0, free: 0 };
  try {
    if (!(await worker())) return nothing;
    const names = (await caches.keys()).filter((name) => isFiles(name, base));
    const sizes = await Promise.all(names.map(sizeOf));
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return {
      works: true,
      files: sizes.reduce((sum, size) => sum + size, 0),
      data: await new Blocks(dataOf(base)).size(),
      free: Math.max(quota - usage, 0),
    };
  } catch {
    return nothing;
  }
}

/** Bytes of all that is kept when everything is, and how much of it is here: `{ all, here }`. */
export async function toKeep(manifest) {
  return (await everything(manifest)).size();
}

/**
 * Keeps all of the newest snapshot and of the app; `tell` hears `(here, all)` in bytes. `signal` ends
 * it. Rejects with `{ kind }`: `room`, `lost`, `denied`, `cleared` (by another window).
 */
export async function keepAll(manifest, tell, signal) {
  // A browser may ask the reader, or say no: then it clears what is kept when it needs the room.
  await navigator.storage.persist?.().catch(() => false);
  const cleared = new AbortController();
  const hear = ({ data }) => data === "forgotten" && cleared.abort();
  navigator.serviceWorker.addEventListener("message", hear);
  try {
    await keepNewest(manifest, tell, AbortSignal.any([signal, cleared.signal]));
  } catch (error) {
    if (!cleared.signal.aborted) throw error;
    // What was being put down in that moment.
    await forget(base);
    throw { kind: "cleared" };
  } finally {
    navigator.serviceWorker.removeEventListener("message", hear);
    (await worker())?.postMessage("blocks-changed");
  }
}

/** Keeps what the host points at, and begins anew as soon as it is known to point at something newer. */
async function keepNewest(manifest, tell, signal) {
  for (;;) {
    const wanted = await everything(manifest);
    const moved = new AbortController();
    const look = ({ detail: id }) => id !== wanted.id && moved.abort();
    addEventListener("hub-opened", look);
    const ended = await wanted.keep(tell, AbortSignal.any([signal, moved.signal])).catch((error) => error);
    removeEventListener("hub-opened", look);
    signal.throwIfAborted();
    const newest = await everything(manifest).catch(() => wanted);
    if (newest.id !== wanted.id || moved.signal.aborted) continue;
    if (ended) throw ended;
    return void (await worker())?.postMessage({ stands: wanted.id });
  }
}

async function everything(manifest) {
  const told = await list();
  if (!told) throw { kind: "denied" };
  return keepAllOf({ base, manifest, list: told, data: dataOf(base), files: filesOf(base, told.build) });
}

/** Deletes all that is kept here of this hub. */
export async function clear() {
  (await worker())?.postMessage("forget");
  await forget(base);
}
