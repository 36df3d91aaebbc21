// Whether what answers at the hub's address is still the hub's host. The owner of a network answers
// for every host until somebody has signed in: with a page of its own, or by leading there.

import { nameOf } from "./kept.js";

/** Milliseconds after which a host that nobody has found again is believed to be gone. */
const LONGEST = 7 * 24 * 60 * 60 * 1000;

/**
 * True for a page where something else was asked for: it is not the host's word. Who refuses, or has
 * nothing there, may say so in a page of his own.
 */
export function isForeign({ ok, headers }) {
  return ok && /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

/**
 * True if it is the host itself that has another page: it has the worker's script still, or says that
 * it is gone. Who answers for every host knows nothing of it.
 */
export async function isHostsWord(page, script) {
  if (page.status !== 200 && page.type !== "opaqueredirect") return true;
  const asked = fetch(script, { cache: "no-store", redirect: "manual" });
  const answer = await asked.catch(() => undefined);
  if (!answer || answer.type === "opaqueredirect") return false;
  return answer.ok ? !isForeign(answer) : answer.status < 500 && answer.status !== 429;
}

/** Since when it is not known who answers; outlives the worker. */
export class Doubt {
  #name;
  #mark;

  constructor(scope) {
    this.#name = nameOf(scope);
    this.#mark = `${scope}?doubt`;
  }

  async #since() {
    const mark = await caches.match(this.#mark, { cacheName: this.#name });
    return mark && Number(await mark.text());
  }

  async stands() {
    return (await this.#since()) !== undefined;
  }

  /** Notes a doubt; false if it has stood for too long. */
  async raise() {
    const since = await this.#since();
    if (since !== undefined) return Date.now() - since < LONGEST;
    await (await caches.open(this.#name)).put(this.#mark, new Response(String(Date.now())));
    return true;
  }

  async lift() {
    if (await this.stands()) await (await caches.open(this.#name)).delete(this.#mark);
  }
}
