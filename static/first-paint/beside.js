// Paths of files beside a manifest.

/** Names without a point at their beginning, with a slash between them. */
const PATH = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** The most bytes of a path. */
const LONGEST = 1_000;

/** True for a path that leads to a file beside the manifest, or below, as in crates/snapshot. */
export const isBeside = (path) => typeof path === "string" && path.length <= LONGEST && PATH.test(path);
