// Faults of a host, and the messages that whoever hosts the page must read.

/** What the host does as long as it lasts, and the message: its code, then its words. */
export const LASTING = [
  [{ kind: "status", status: 404 }, /^not-found: .*\/data\/snapshot-\S+ \(404\)/],
  [{ kind: "status", status: 403 }, /^forbidden: .*\/data\/snapshot-\S+ .*\(403\)/],
  [{ kind: "status", status: 500 }, /^server: .*500 for .*\/data\/snapshot-/],
  [{ kind: "no-range" }, /^no-ranges: .*\/data\/snapshot-.*switch range requests on.*chunks/],
  [{ kind: "gzip" }, /^compressed: .*\/data\/snapshot-.*switch compression off.*chunks/],
  [{ kind: "short" }, /^cut-answer: .*\/data\/snapshot-.*try again/],
  [{ kind: "length", total: 12345 }, /^wrong-length: .*has 12345 bytes.*publish the snapshot again/],
  [{ kind: "flip", offset: 0 }, /^not-sqlite: .*\/data\/snapshot-/],
  [{ kind: "hang" }, /^timed-out: .*\/data\/snapshot-\S+ did not answer within \d+ s/],
];

/** A fault in the name of a test. */
export function hostNamed(fault) {
  return fault.status ? `status ${fault.status}` : fault.kind;
}
