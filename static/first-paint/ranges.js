// What is asked for of a file, and whether an answer is that and no less.

import { digestOf } from "./blocks.js";

/** The hash in the name of a file that is read as a whole. */
const NAMED = /-([\da-f]{16})\.json$/;

/** The bytes that a request wants: `{ from, to, isPart, proved }`; nothing where it is asked in another way. */
export function rangeOf({ headers }) {
  const asked = headers.get("range");
  if (asked === null) return { from: 0, to: undefined, isPart: false, proved: asWhole };
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(asked) ?? [];
  if (from === undefined || Number(to) < Number(from)) return undefined;
  const range = { from: Number(from), to: Number(to), isPart: true };
  return { ...range, proved: (answer, url) => asPart(answer, url, range) };
}

const isPlain = (answer) =>
  !answer.redirected &&
  ["basic", "default"].includes(answer.type) &&
  !/\bno-store\b/i.test(answer.headers.get("cache-control") ?? "");

/** The bytes of a part, if they are just those that were asked for: `{ bytes, from, length }`. */
async function asPart(answer, url, { from, to }) {
  const coding = answer.headers.get("content-encoding") ?? "identity";
  if (!isPlain(answer) || coding.toLowerCase() !== "identity") return undefined;
  // A host may send a chunk as a whole, and tells how long it is.
  if (answer.status === 200) return asChunk(answer, url);
  const told = answer.headers.get("content-range")?.trim() ?? "";
  const [, first, last, length] = (/^bytes (\d+)-(\d+)\/(\d+)$/.exec(told) ?? []).map(Number);
  if (answer.status !== 206 || first !== from || last !== Math.min(to, length - 1)) return undefined;
  const bytes = await answer.arrayBuffer();
  return bytes.byteLength === last - first + 1 ? { bytes, from, length } : undefined;
}

async function asChunk(answer, url) {
  if (url.endsWith(".sqlite")) return undefined;
  const length = Number(answer.headers.get("content-length"));
  const bytes = await answer.arrayBuffer();
  return length > 0 && bytes.byteLength === length ? { bytes, from: 0, length } : undefined;
}

/** A file that is read as a whole, if it is what its name says. */
async function asWhole(answer, url) {
  const [, hash] = NAMED.exec(url) ?? [];
  if (answer.status !== 200 || !isPlain(answer) || !hash) return undefined;
  const bytes = await answer.arrayBuffer();
  const isIt = (await digestOf(bytes)).startsWith(hash);
  return isIt ? { bytes, from: 0, length: bytes.byteLength } : undefined;
}

/** Kept bytes as the answer to a question for a part. */
export function sentPart({ bytes, from, to, length }) {
  const headers = {
    "accept-ranges": "bytes",
    "content-length": String(bytes.byteLength),
    "content-range": `bytes ${from}-${to}/${length}`,
    "content-type": "application/octet-stream",
  };
  return new Response(bytes, { status: 206, headers });
}

/** Kept bytes as the answer to a question for all of a file. */
export function wholeOf({ bytes }, url) {
  const kind = url.endsWith(".json") ? "application/json" : "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": kind, "content-length": String(bytes.byteLength) } });
}
