// What proves an answer to be the hub's page: the host may have others, and may send them by mistake.

import { textOf } from "./body.js";

/** The most that the page can be, in bytes. */
const LARGEST = 1_000_000;

/** The mark that the build puts into the head: the place for which it was built; empty if nothing is to be kept. */
const MARK = /<meta\s+name="?hub-keeps"?\s+content="([^"]+)"/;

/** The same of a page that is not to be kept, or was built for another place. */
const ANY_MARK = /<meta\s+name="?hub-keeps"?\s+content=/;

/** True if the host lets an answer be kept, and it is a page that came from the address that was asked. */
function isPage({ status, type, redirected, headers, body }) {
  const own = status === 200 && !redirected && (type === "basic" || type === "default");
  const told = (name) => headers.get(name) ?? "";
  const kind = /^text\/html\s*(;|$)/i.test(told("content-type")) && !told("content-disposition");
  return own && kind && Boolean(body) && !/\bno-store\b/i.test(told("cache-control"));
}

/** The text of the hub's page for the place `base`; nothing of any other answer. */
export async function hubPage(answer, base) {
  const text = isPage(answer) ? await textOf(answer.body, LARGEST) : undefined;
  const [, place] = MARK.exec(text?.slice(0, 4_000) ?? "") ?? [];
  return place && new URL(place, base).href === base ? text : undefined;
}

/** True for a page of a hub, be it one to keep or not. */
export async function isHub({ body }) {
  const text = body ? await textOf(body, LARGEST) : undefined;
  return ANY_MARK.test(text?.slice(0, 4_000) ?? "");
}
