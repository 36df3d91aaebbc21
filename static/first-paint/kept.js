// Where this hub keeps what a later visit needs: caches of its own for each place at which one lies.

/** Kept in another form or by other rules, a cache gets another number; `src/sign_in/leaving.rs` knows the beginning. */
const FAMILY = "insights-hub.page.";
/** What the first versions kept for all places at once. */
export const EARLIER = "hub-page";

const place = (base) => ` ${new URL(base).pathname}`;
const named = (kind, base) => `${FAMILY}${kind}${place(base)}`;

/** The cache of the page of the hub at an address. */
export const nameOf = (base) => named("1", base);
/** The cache of the configuration, the manifest, and bytes of the data. */
export const dataOf = (base) => named("data.1", base);
/** The cache of the app's files, one for each build. */
export const filesOf = (base, build) => named(`files.${build}`, base);
/** True for a cache of the app's files, of whatever build. */
export const isFiles = (name, base) => name.startsWith(`${FAMILY}files.`) && name.endsWith(place(base));

/** Deletes what was kept of the hub at an address, by any version of it, but for what `stays`. */
export async function forget(base, stays = () => false) {
  const isOld = (name) => name === EARLIER || (name.startsWith(FAMILY) && name.endsWith(place(base)));
  const old = (await caches.keys()).filter((name) => isOld(name) && !stays(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}
