// The app's own files, by the list of the build: kept if they are what the build has written.

import { digestOf, marked, whole } from "./blocks.js";
import { isForeign } from "./doubt.js";
import { filesOf, isFiles } from "./kept.js";

/** Milliseconds after which a silent host is not waited for, if there is a kept file. */
const PATIENCE = 4_000;
/** Pictures of the host's own, which may be replaced under the same name. */
const PICTURE = /^icons\/[\w.-]+$/;

export class Files {
  #list;
  #scope;

  /** `list` is `{ build, files: { path: { hash, bytes } } }`. */
  constructor(list, scope) {
    this.#list = list;
    this.#scope = scope;
  }

  names() {
    return Object.keys(this.#list.files);
  }

  has(path) {
    return path !== undefined && (Object.hasOwn(this.#list.files, path) || PICTURE.test(path));
  }

  /** What every view may need, and what was used beside it; paths and addresses. */
  firstOf(used) {
    const paths = used.map((url) => url.split(/[?#]/, 1)[0]).filter((url) => url.startsWith(this.#scope));
    const known = new Set(paths.map((url) => url.slice(this.#scope.length)).filter((path) => this.has(path)));
    return [...new Set([...this.names().filter((name) => !name.includes("/")), ...known])];
  }

  /** What the browser or the host has of a file, else what was kept of it. */
  async ask(request, path) {
    const asked = fetch(request);
    const kept = async () => (await this.#kept(path)) ?? asked;
    const late = new Promise((tell) => setTimeout(tell, PATIENCE));
    const first = await Promise.race([asked.catch(() => undefined), late]);
    return first?.ok && !isForeign(first) ? first : kept();
  }

  /** A kept file that is what the build has written, of this build or of one before. */
  async #kept(path) {
    const names = (await caches.keys()).filter((name) => isFiles(name, this.#scope)).reverse();
    for (const cacheName of names) {
      const found = await caches.match(this.#scope + path, { cacheName });
      const hash = this.#list.files[path]?.hash;
      const bytes = found && (await whole(found, hash ?? found.headers.get("x-hub-digest")));
      if (bytes) return new Response(bytes, { headers: found.headers });
      if (found) await (await caches.open(cacheName)).delete(this.#scope + path);
    }
    return undefined;
  }

  /** Keeps files, those that are not kept yet. Whatever of them cannot be had stays away. */
  async keep(paths) {
    const cache = await caches.open(filesOf(this.#scope, this.#list.build));
    for (const path of paths) {
      if (await cache.match(this.#scope + path)) continue;
      const answer = await fetch(this.#scope + path).catch(() => undefined);
      if (!answer?.ok || answer.redirected) continue;
      const bytes = await answer.arrayBuffer();
      const hash = this.#list.files[path]?.hash;
      if (hash ? (await digestOf(bytes)) !== hash : !/^image\//.test(answer.headers.get("content-type"))) continue;
      await cache.put(this.#scope + path, await marked(bytes, answer.headers));
    }
  }
}
