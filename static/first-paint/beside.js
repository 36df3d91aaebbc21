// Paths of files beside a manifest.

/** Names without a point at their beginning, with a slash between them. */
const PATH = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** True for a path that leads to a file beside the manifest, or below, as in crates/snapshot. */
export const isBeside = (path) => typeof path === "string" && PATH.test(path);
