// What a host can do wrong.
//
// A fault is asked for by a test (`site.faults.add({ kind, match, times })`), or in the address
// (`?fault=short`), or in the request's `X-Fault` header. Kinds:
//   no-range  ignores the range, answers 200 with the whole file
//   short     a 206 with half the bytes asked for
//   gzip      the bytes are compressed, as Content-Encoding says
//   flip      one bit of the byte at `offset` (or of the first byte asked for) is wrong
//   hang      never answers
//   status    answers with `status`; `?fault=500` is short for it
//   length    tells a wrong total length, `total`
//   slow      answers after `delayMs`
//   answer    answers with `status`, `headers` and `body`

import { gzipSync } from "node:zlib";

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

  /** The bytes that go out, given those that should; `from` is where they begin in the file. */
  static spoil(bytes, from, fault, response) {
    if (fault.kind === "short") return bytes.subarray(0, Math.floor(bytes.length / 2));
    if (fault.kind === "gzip") {
      response.setHeader("Content-Encoding", "gzip");
      return gzipSync(bytes);
    }
    const at = (fault.offset ?? from) - from;
    if (fault.kind === "flip" && at >= 0 && at < bytes.length) {
      const flipped = Buffer.from(bytes);
      flipped[at] ^= 1;
      return flipped;
    }
    return bytes;
  }
}
