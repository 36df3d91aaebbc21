// Bytes of files whose names never change, kept piece by piece.
//
// A cache of the browser takes no answer with a part of a file (206), so each piece lies there as an
// answer of its own, at the file's address with `?hub-bytes=FROM-TO-LENGTH`. Which ranges are asked
// for depends on what is asked together, so a range is answered by all pieces that hold some of it.
// Each piece carries the hash of its bytes: what was cut, spoiled or put there by mistake is dropped,
// and asked for again.

const MARK = "?hub-bytes=";
const DIGEST = "x-hub-digest";
/** Pieces that were looked at last, and are whole; SQL reads many small parts of one. */
const MOST_AT_HAND = 8;

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The SHA-256 of bytes, in hexadecimal. */
export const digestOf = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

/** The bytes of a kept answer if they are those that were kept; `digest` may be known from elsewhere. */
export async function whole(answer, digest = answer.headers.get(DIGEST)) {
  const bytes = await answer.arrayBuffer();
  return digest === (await digestOf(bytes)) ? bytes : undefined;
}

/** Bytes as an answer that tells later whether it is whole, with the headers that it came with. */
export async function marked(bytes, headers = {}) {
  const told = new Headers(headers);
  // The bytes are neither packed any more nor cut.
  for (const name of ["content-encoding", "content-length", "vary"]) told.delete(name);
  told.set(DIGEST, await digestOf(bytes));
  return new Response(bytes, { headers: told });
}

/** Pieces of `[from, to]` that hold a range together, in order; nothing if a byte of it is missing. */
export function covering(pieces, from, to) {
  const chosen = [];
  for (let at = from; at <= to; ) {
    const reaching = pieces.filter((piece) => piece.from <= at && piece.to >= at);
    if (reaching.length === 0) return undefined;
    const best = reaching.reduce((one, other) => (other.to > one.to ? other : one));
    chosen.push(best);
    at = best.to + 1;
  }
  return chosen;
}

/** What is kept in one cache. */
export class Blocks {
  #cacheName;
  #index;
  #atHand = new Map();

  constructor(cacheName) {
    this.#cacheName = cacheName;
  }

  /** Others have changed what is kept. */
  changed() {
    this.#index = undefined;
    this.#atHand.clear();
  }

  /** The pieces of each file. */
  async #files() {
    this.#index ??= this.#look();
    return this.#index;
  }

  async #look() {
    const files = new Map();
    if (!(await caches.has(this.#cacheName))) return files;
    for (const { url } of await (await caches.open(this.#cacheName)).keys()) {
      const at = url.lastIndexOf(MARK);
      if (at > 0) add(files, url.slice(0, at), piece(url, url.slice(at + MARK.length)));
    }
    return files;
  }

  /** Bytes of a file and its length, if all of them are kept; without `to`, up to its end. */
  async read(url, from = 0, to = undefined) {
    const pieces = (await this.#files()).get(url) ?? [];
    const last = to ?? (pieces[0]?.length ?? 0) - 1;
    const chosen = last >= from ? covering(pieces, from, last) : undefined;
    if (!chosen) return undefined;
    const bytes = new Uint8Array(last - from + 1);
    for (const part of chosen) {
      const held = await this.#bytes(url, part);
      if (!held) return undefined;
      const begin = Math.max(part.from, from);
      bytes.set(held.subarray(begin - part.from, Math.min(part.to, last) - part.from + 1), begin - from);
    }
    return { bytes, from, to: last, length: chosen[0].length };
  }

  async #bytes(url, part) {
    const known = this.#atHand.get(part.key);
    if (known) return known;
    const answer = await caches.match(part.key, { cacheName: this.#cacheName });
    const bytes = answer && (await whole(answer));
    if (bytes?.byteLength !== part.to - part.from + 1) {
      await this.#drop(url, [part]);
      return undefined;
    }
    const held = new Uint8Array(bytes);
    this.#atHand.set(part.key, held);
    if (this.#atHand.size > MOST_AT_HAND) this.#atHand.delete(this.#atHand.keys().next().value);
    return held;
  }

  async #drop(url, parts) {
    const files = await this.#files();
    // To open what was deleted meanwhile would make it anew.
    const isThere = parts.length > 0 && (await caches.has(this.#cacheName));
    const cache = isThere ? await caches.open(this.#cacheName) : undefined;
    for (const part of parts) {
      await cache?.delete(part.key);
      this.#atHand.delete(part.key);
    }
    files.set(url, (files.get(url) ?? []).filter((piece) => !parts.includes(piece)));
  }

  /** True if all bytes from one to another are kept, as far as can be told without reading them. */
  async has(url, from, to) {
    return Boolean(covering((await this.#files()).get(url) ?? [], from, to));
  }

  /** Keeps bytes of a file of a length, in the place of whatever lay there. */
  async keep(url, from, length, bytes) {
    const files = await this.#files();
    const to = from + bytes.byteLength - 1;
    const same = (files.get(url) ?? []).filter((piece) => piece.from >= from && piece.to <= to);
    const other = (files.get(url) ?? []).filter((piece) => piece.length !== length);
    await this.#drop(url, [...new Set([...same, ...other])]);
    const written = `${from}-${to}-${length}`;
    const answer = await marked(bytes, { "content-type": "application/octet-stream" });
    await (await caches.open(this.#cacheName)).put(url + MARK + written, answer);
    add(files, url, piece(url + MARK + written, written));
  }

  /** Drops all pieces of files for which `isWanted` says no. */
  async prune(isWanted) {
    for (const [url, pieces] of await this.#files()) if (!isWanted(url)) await this.#drop(url, pieces);
  }

  /** Bytes kept, of files that are counted. */
  async size(counts = () => true) {
    let sum = 0;
    for (const [url, pieces] of await this.#files()) {
      if (counts(url)) for (const { from, to } of pieces) sum += to - from + 1;
    }
    return sum;
  }
}

function piece(key, written) {
  const [from, to, length] = written.split("-").map(Number);
  return { key, from, to, length };
}

function add(files, url, part) {
  if (!(part.from >= 0 && part.to >= part.from && part.length > part.to)) return;
  files.set(url, [...(files.get(url) ?? []), part]);
}
