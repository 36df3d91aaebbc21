// Questions to the host, and to what the browser has kept of its answers.

import { textOf } from "./body.js";

/** Milliseconds after which a host that says nothing is not waited for. */
const PATIENCE = 12_000;

/** The most bytes of a manifest, as in crates/snapshot; of the configuration the app takes less. */
const LARGEST = 16 << 20;

/** A path below the page's as an address. */
export const resolve = (path) => new URL(path, document.baseURI).href;

/**
 * An answer as text; one that did not come has status 0, one that is larger than it can be no text.
 * Tells when it begins to come.
 */
export async function ask(path, begins = () => {}, how = {}) {
  let url = path;
  try {
    url = resolve(path);
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), ...how });
    // A network that wants a sign-in first answers everything with its page.
    if (response.headers.get("content-type")?.startsWith("text/html")) return { url, status: 0, text: "" };
    begins();
    return { url, status: response.status, text: response.ok ? await textOf(response.body, LARGEST) : "" };
  } catch {
    return { url, status: 0, text: "" };
  }
}

/** What the browser has kept of an answer, without a word to the host. */
export const askCache = (path) =>
  ask(path, undefined, { cache: "only-if-cached", mode: "same-origin" });
