// Configuration and manifest: the two files whose names stay while their content moves on.
//
// A manifest is worth what is kept of its data. So a newer one is laid beside the kept one at first,
// and takes its place when a page says that it stands on the newer snapshot: whoever loses the host
// before that finds the older one, with all its data.

import { textOf } from "./body.js";
import { isBeside } from "./beside.js";
import { isForeign } from "./doubt.js";
import { dataOf } from "./kept.js";
import { mayBeKept } from "./sign-in.js";

/** Milliseconds after which a silent host is not waited for, if there is a kept answer. */
const PATIENCE = 6_000;
/** As in ask.js. */
const LARGEST = 16 << 20;

/** Where a manifest lies whose snapshot no page stands on yet. */
const comingAt = (url) => `${url}?hub-coming`;
const idOf = (manifest) => JSON.parse(manifest).meta?.snapshot_id;

/** Names of the files that a manifest leads to, or begins of names. */
function namesIn(manifest) {
  const { publishing, places } = manifest.file;
  const beside = [places, manifest.first_view?.more, manifest.events].map((file) => file?.path);
  const names = [publishing.path, publishing.prefix, ...beside];
  return names.filter((name) => typeof name === "string");
}

export class Newest {
  #scope;
  #manifest;
  /** The id of the snapshot that a page stood on last. */
  #stood;
  #turn = Promise.resolve();
  /** How many answers have come, and the number of the one that was kept last, by address. */
  #answers = 0;
  #kept = new Map();

  /** `manifest` is the address for which the page was built; the configuration may have another. */
  constructor(scope, manifest) {
    this.#scope = scope;
    this.#manifest = new URL(manifest || "data/manifest.json", scope).href;
    this.#learn().catch(() => {});
  }

  get #config() {
    return new URL("config.json", this.#scope).href;
  }

  /** The addresses of both, the configuration first: it says where the other is. */
  *both() {
    yield this.#config;
    if (this.isOne(this.#manifest)) yield this.#manifest;
  }

  /** The folder of the data. */
  get folder() {
    return new URL(".", this.#manifest).href;
  }

  isOne(url) {
    return url === this.#config || (url === this.#manifest && url.startsWith(this.#scope));
  }

  async #found(url) {
    return caches.match(url, { cacheName: dataOf(this.#scope) });
  }

  async #learn() {
    const known = await this.#found(this.#config);
    if (known) this.#leads(await known.text());
  }

  #leads(config) {
    const { snapshot } = JSON.parse(config);
    const url = new URL(snapshot ?? "data/manifest.json", this.#scope).href;
    // Files of elsewhere are not ours to answer for.
    if (url.startsWith(this.#scope)) this.#manifest = url;
  }

  /** The host's answer; where it does not come, what was kept: `{ answer, isKept }`. */
  async ask(request, url) {
    const kept = await this.#found(url).catch(() => undefined);
    const asked = fetch(request).then((answer) => ({ answer, isKept: false }));
    if (!kept) return asked;
    const instead = { answer: kept, isKept: true };
    const hosts = asked.then((told) => (isForeign(told.answer) ? instead : told));
    const late = new Promise((tell) => setTimeout(() => tell(instead), PATIENCE));
    return Promise.race([hosts.catch(() => instead), late]);
  }

  /** Keeps an answer, if it may be and is another; a new manifest's data takes the place of older data. */
  async keep(url, answer, blocks) {
    const number = (this.#answers += 1);
    // Read before its turn: a host that stalls halfway holds up nobody else.
    const text = await textOf(answer.body, LARGEST);
    if (text === undefined) return;
    await this.#inTurn(async () => {
      // Who asked later knows better.
      if (number < (this.#kept.get(url) ?? 0)) return;
      this.#kept.set(url, number);
      await this.#keep(url, text, blocks);
    });
  }

  async #keep(url, text, blocks) {
    const before = await (await this.#found(url))?.text();
    if (url === this.#config) {
      if (!mayBeKept(text)) return;
      this.#leads(text);
    }
    const names = url === this.#config ? [] : namesIn(JSON.parse(text));
    if (!names.every(isName) || text === before) return;
    const cache = await caches.open(dataOf(this.#scope));
    const headers = { "content-type": "application/json" };
    const isComing = url !== this.#config && before && ![idOf(before), this.#stood].includes(idOf(text));
    await cache.put(isComing ? comingAt(url) : url, new Response(text, { headers }));
    if (url === this.#config) return;
    if (!isComing) await cache.delete(comingAt(url));
    // Readers of the one before may still be at it.
    const both = before ? [...names, ...namesIn(JSON.parse(before))] : names;
    await this.#drop(blocks, both);
  }

  /** A page stands on the snapshot of an id: its manifest takes the place of the kept one. */
  async stands(id, blocks) {
    this.#stood = id;
    await this.#inTurn(async () => {
      const coming = await this.#found(comingAt(this.#manifest));
      const text = await coming?.text();
      if (text && idOf(text) === id) await this.#keep(this.#manifest, text, blocks);
    });
  }

  /** What is kept is looked at and changed by one at a time. */
  async #inTurn(work) {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  /** Drops all data but that of the kept manifest, and of the one that comes. */
  async prune(blocks) {
    const [kept, coming] = await Promise.all([this.#manifest, comingAt(this.#manifest)].map((url) => this.#found(url)));
    if (!kept) return;
    const texts = await Promise.all([kept, coming].filter(Boolean).map((answer) => answer.text()));
    await this.#drop(blocks, texts.flatMap((text) => namesIn(JSON.parse(text))));
  }

  async #drop(blocks, names) {
    const wanted = names.map((name) => new URL(name, this.#manifest).href);
    await blocks.prune((url) => wanted.some((begin) => url.startsWith(begin)));
  }
}

/** A path beside the manifest, or what such paths begin with. */
const isName = (name) => isBeside(name.replace(/\/$/, ""));
