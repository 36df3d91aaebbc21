// What a host can do wrong.
//
// A fault is asked for by a test (`site.faults.add({ kind, match, times })`), or in the address
// (`?fault=short`), or in the request's `X-Fault` header. Kinds:
//   no-range    ignores the range, answers 200 with the whole file
//   short       half the bytes asked for, under a length that fits them
//   cut         the connection ends in the middle of the body
//   stall       half the body, and then nothing more
//   reset       the connection ends without an answer
//   hang        never answers
//   gzip        the bytes are compressed, as Content-Encoding says
//   flip        one bit of the byte at `offset` (or `at(bytes)`, or the first asked for, or one that
//               far `inside` of what was asked for) is wrong
//   range       tells that the bytes begin one byte later than they do
//   length      tells a wrong total length, `total`
//   truncated   the file ends in its middle
//   swapped     another file, `file`, lies under the name: of the same length, where `padded`
//   version     a description in format 99
//   type        a wrong Content-Type, `type`
//   etag        an ETag that never changes, whatever the file does, and 304 for whoever knows it
//   status      answers with `status`, and with Retry-After if `retryAfter`; `?fault=500` is short for it
//   portal      the sign-in page of the network's owner, with status 200
//   redirected  the same page, after a redirect to it
//   answer      answers with `status`, `headers` and `body`
//   slow        all is well but late; every kind takes `delayMs`

import { gzipSync } from "node:zlib";

/** Where a redirect to the network's owner leads. */
export const PORTAL = "/portal/sign-in";

const PORTAL_PAGE = "<!doctype html><title>Welcome</title><form>Accept the terms to use this network.</form>";

export class Faults {
  #asked = [];
  #used = new Map();

  /** Asks for a fault on paths that contain or fit `match`, `times` times or for ever. */
  add({ match = "", times = Infinity, ...fault }) {
    this.#asked.push({ match, left: times, ...fault });
  }

  /** From now on the host behaves. */
  clear() {
    this.#asked = [];
  }

  /** The fault for a request, if any; counts it as used. */
  for(url, header) {
    const named = header ?? url.searchParams.get("fault");
    if (named) return this.#fromAddress(named, url);
    const fits = (match) => (match.test ? match.test(url.pathname) : url.pathname.includes(match));
    const fault = this.#asked.find(({ match, left }) => left > 0 && fits(match));
    if (fault) fault.left -= 1;
    return fault;
  }

  /** `?fault=500&times=1` and the like. */
  #fromAddress(named, url) {
    const times = Number(url.searchParams.get("times") ?? Infinity);
    const used = this.#used.get(url.href) ?? 0;
    if (used >= times) return undefined;
    this.#used.set(url.href, used + 1);
    const options = Object.fromEntries(
      ["delayMs", "offset", "total"]
        .filter((name) => url.searchParams.has(name))
        .map((name) => [name, Number(url.searchParams.get(name))]),
    );
    return /^\d+$/.test(named)
      ? { kind: "status", status: Number(named), ...options }
      : { kind: named, ...options };
  }
}

/** Deals with a request as a fault has it that needs no file: true if that is all. */
export function misbehaves(fault, url, response) {
  if (url.pathname === PORTAL) return sendPortal(response);
  switch (fault?.kind) {
    case "hang":
      return true;
    case "reset":
      response.socket.destroy();
      return true;
    case "answer":
      response.writeHead(fault.status ?? 200, fault.headers).end(fault.body);
      return true;
    case "portal":
      return sendPortal(response);
    case "redirected":
      response.writeHead(302, { Location: PORTAL }).end();
      return true;
    case "status":
      if (fault.retryAfter) response.setHeader("Retry-After", fault.retryAfter);
      response.writeHead(fault.status, { "Content-Type": "text/plain" }).end(`status ${fault.status}\n`);
      return true;
    default:
      return false;
  }
}

function sendPortal(response) {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(PORTAL_PAGE);
  return true;
}

/** True for a fault of the file, and not of how it is sent. */
export function changes({ kind, at, offset }) {
  return ["truncated", "swapped", "version"].includes(kind) || (kind === "flip" && (at ?? offset) !== undefined);
}

/** The file's bytes under a fault of the file. */
export function contentOf(bytes, fault, other) {
  switch (fault.kind) {
    case "truncated":
      return bytes.subarray(0, bytes.length >> 1);
    case "swapped":
      return fault.padded ? Buffer.concat([other, Buffer.alloc(bytes.length)], bytes.length) : other;
    case "version":
      return Buffer.from(bytes.toString().replace(/("format_version":\s*)\d+/, "$199"));
    default:
      return flipped(bytes, fault.at?.(bytes) ?? fault.offset);
  }
}

/** The bytes that go out, given those that should. */
export function spoiled(bytes, fault, response) {
  if (fault.kind === "short") return bytes.subarray(0, bytes.length >> 1);
  if (fault.kind === "flip" && !changes(fault)) return flipped(bytes, Math.floor(bytes.length * (fault.inside ?? 0)));
  if (fault.kind !== "gzip") return bytes;
  response.setHeader("Content-Encoding", "gzip");
  return gzipSync(bytes);
}

function flipped(bytes, at) {
  const copy = Buffer.from(bytes);
  if (at >= 0 && at < copy.length) copy[at] ^= 1;
  return copy;
}

/** Sends a body as far as a fault lets it. */
export function send(body, fault, response) {
  const half = body.subarray(0, body.length >> 1);
  if (fault.kind === "stall") return response.write(half);
  if (fault.kind === "cut") return response.write(half, () => response.socket?.destroy());
  return response.end(body);
}
