// Where the page is kept for the next visit: one cache for each place at which a hub lies.

/** Kept in another form or by other rules, it gets another number; `src/sign_in/leaving.rs` knows the beginning. */
const [FAMILY, EDITION] = ["insights-hub.page.", 1];
/** What the first versions kept for all places at once. */
export const EARLIER = "hub-page";

const place = (base) => ` ${new URL(base).pathname}`;

/** The cache of the hub at an address. */
export const nameOf = (base) => `${FAMILY}${EDITION}${place(base)}`;

/** Deletes what was kept of the hub at an address, by any version of it. */
export async function forget(base, except) {
  const isOld = (name) => name === EARLIER || (name.startsWith(FAMILY) && name.endsWith(place(base)));
  const old = (await caches.keys()).filter((name) => isOld(name) && name !== except);
  await Promise.all(old.map((name) => caches.delete(name)));
}
