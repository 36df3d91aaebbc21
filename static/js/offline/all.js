// All that a snapshot and the app are, kept piece by piece.

import { Blocks, digestOf, marked } from "../../first-paint/blocks.js";
import { rangeOf } from "../../first-paint/ranges.js";

/** Bytes of a piece: of few pieces each lookup reads much, of many there are many to look through. */
const PIECE = 256 << 10;
const LARGE_PIECE = 1 << 20;
const LARGE = 256 << 20;

/** What there is to keep: `{ id, size, keep }`, the id of the snapshot among it. */
export async function keepAll({ base, manifest: address, list, data, files }) {
  const manifest = await described(address);
  const blocks = new Blocks(data);
  const parts = [...partsOf(manifest, address)];
  const own = Object.entries(list.files).map(([path, { hash, bytes }]) => ({ url: new URL(path, base).href, hash, bytes }));

  async function missing() {
    const [ownMissing, dataMissing] = [[], []];
    for (const file of own) if (!(await caches.match(file.url, { cacheName: files }))) ownMissing.push(file);
    for (const part of parts) if (!(await blocks.has(part.url, part.from, part.to))) dataMissing.push(part);
    return { ownMissing, dataMissing };
  }
  const bytesOf = (some) => some.reduce((sum, { bytes }) => sum + bytes, 0);
  const all = bytesOf(own) + bytesOf(parts);

  return {
    id: manifest.meta.snapshot_id,
    async size() {
      const { ownMissing, dataMissing } = await missing();
      return { all, here: all - bytesOf(ownMissing) - bytesOf(dataMissing) };
    },
    async keep(tell, signal) {
      const { ownMissing, dataMissing } = await missing();
      let here = all - bytesOf(ownMissing) - bytesOf(dataMissing);
      tell(here, all);
      const room = await navigator.storage.estimate().catch(() => ({}));
      if (room.quota !== undefined && room.quota - room.usage < all - here) throw { kind: "room" };
      const cache = await caches.open(files);
      for (const file of ownMissing) {
        signal.throwIfAborted();
        await stored(async () => cache.put(file.url, await ownFile(file, signal)));
        tell((here += file.bytes), all);
      }
      for (const part of dataMissing) {
        signal.throwIfAborted();
        const { bytes, from, length } = await dataPart(part, signal);
        await stored(() => blocks.keep(part.url, from, length, bytes));
        tell((here += part.bytes), all);
      }
    },
  };
}

/** What the browser refuses to keep is told apart from what the host does not send. */
async function stored(work) {
  try {
    await work();
  } catch (error) {
    if (error.kind || error.name === "AbortError") throw error;
    throw { kind: error.name === "QuotaExceededError" ? "room" : "denied" };
  }
}

async function asked(url, how) {
  try {
    return await fetch(url, how);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw { kind: "lost" };
  }
}

async function described(address) {
  const answer = await asked(address);
  if (!answer.ok) throw { kind: "lost" };
  return answer.json();
}

async function ownFile({ url, hash }, signal) {
  const answer = await asked(url, { signal });
  const bytes = answer.ok ? await answer.arrayBuffer() : new ArrayBuffer(0);
  if ((await digestOf(bytes)) !== hash) throw { kind: "lost" };
  return marked(bytes, answer.headers);
}

/** Past the worker's keeping: what is refused here is to be told. */
async function dataPart({ url, from, to, isWhole }, signal) {
  const headers = isWhole ? {} : { range: `bytes=${from}-${to}` };
  const request = new Request(url, { headers, signal, cache: "no-store" });
  const proved = await rangeOf(request).proved(await asked(request), url);
  if (!proved) throw { kind: "lost" };
  return proved;
}

/** All bytes of a snapshot: the files beside the manifest, then the database in pieces. */
function* partsOf({ file, first_view: view, events }, address) {
  const beside = (path) => new URL(path, address).href;
  for (const { path, bytes } of [file.places, view?.more, events].filter(Boolean)) {
    yield { url: beside(path), from: 0, to: bytes - 1, bytes, isWhole: true };
  }
  const { path, prefix, digits, chunk_bytes: chunk } = file.publishing;
  if (path) return yield* pieces(beside(path), file.bytes);
  for (let at = 0, number = 0; at < file.bytes; at += chunk, number += 1) {
    const url = beside(prefix) + String(number).padStart(digits, "0");
    yield* pieces(url, Math.min(chunk, file.bytes - at));
  }
}

function* pieces(url, length) {
  const piece = length > LARGE ? LARGE_PIECE : PIECE;
  for (let from = 0; from < length; from += piece) {
    const to = Math.min(from + piece, length) - 1;
    yield { url, from, to, bytes: to - from + 1 };
  }
}
