// Serves sites as a CDN does: HTTP/2 and TLS 1.3, files compressed ahead of time, ranges, ETags,
// and the caching rules of `_headers`.

import { X509Certificate, createHash } from "node:crypto";
import { open, readFile, readdir, stat } from "node:fs/promises";
import http2 from "node:http2";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

import selfsigned from "selfsigned";

import { headersFor, readRules } from "../../tests/e2e/lib/headers-file.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const PACKED = new Set([".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm"]);

const packs = new Map();

/** A file's content at brotli's best, made once. */
export async function packed(file) {
  if (!packs.has(file)) packs.set(file, pack(file));
  return packs.get(file);
}

async function pack(file) {
  const ready = await readFile(`${file}.br`).catch(() => undefined);
  if (ready) return ready;
  const bytes = await readFile(file);
  const quality = constants.BROTLI_MAX_QUALITY;
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/** Compresses what a site will send, so that no visit waits for it. */
async function prepare({ folder, over = {} }) {
  for (const place of [folder, ...Object.values(over)]) {
    const isFolder = (await stat(place)).isDirectory();
    const names = isFolder ? await readdir(place, { recursive: true }) : [""];
    const files = names.map((name) => path.join(place, name));
    await Promise.all(files.filter((file) => PACKED.has(path.extname(file))).map(packed));
  }
}

/**
 * A key and its certificate for this run, and the hash by which a browser takes them for good: what
 * comes over a connection that it only tolerates, it does not keep.
 */
export function identity() {
  const { private: key, cert } = selfsigned.generate([{ name: "commonName", value: "127.0.0.1" }], {
    days: 2,
    keySize: 2048,
    algorithm: "sha256",
  });
  const { publicKey } = new X509Certificate(cert);
  const der = publicKey.export({ type: "spki", format: "der" });
  return { key, cert, hash: createHash("sha256").update(der).digest("base64") };
}

/**
 * `sites` maps the first part of a path to `{ folder, over }`: `over` puts folders above paths
 * within it. An address without an extension is the site's page.
 */
export async function serveSites(sites, { key, cert }) {
  const requests = [];
  const rules = new Map();
  for (const [name, { folder }] of Object.entries(sites)) {
    rules.set(name, await readRules(path.join(folder, "_headers")));
  }
  await Promise.all(Object.values(sites).map(prepare));
  const server = http2.createSecureServer({ key, cert });
  server.on("secureConnection", sendSmallFirst);
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    answer(sites, rules, stream, headers, requests).catch(() => stream.destroy());
  });
  server.on("sessionError", () => {});
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    /** `{ at, path, bytes }` of what was asked for since the last call. */
    asked: () => requests.splice(0),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/**
 * Sends the first bytes of a connection in small records, as CDNs do: a browser reads nothing of a
 * record before its last byte has come.
 */
function sendSmallFirst(socket) {
  const [small, large, enough] = [1400, 16_384, 60_000];
  socket.setMaxSendFragment(small);
  const watch = setInterval(() => {
    if (!socket.destroyed && socket.bytesWritten < enough) return;
    clearInterval(watch);
    if (!socket.destroyed) socket.setMaxSendFragment(large);
  }, 20);
}

async function answer(sites, rules, stream, headers, requests) {
  const { pathname } = new URL(headers[":path"], "https://localhost");
  const request = { at: performance.timeOrigin + performance.now(), path: pathname, bytes: 0 };
  requests.push(request);
  const [, site, ...rest] = pathname.split("/");
  const found = sites[site] && (await locate(sites[site], rest.join("/")));
  if (!found) return stream.respond({ ":status": 404 }, { endStream: true });
  const { file, size, time } = found;
  const etag = `"${size.toString(16)}-${time.toString(16)}"`;
  const base = { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", etag };
  for (const [name, value] of headersFor(rules.get(site), pathname)) base[name.toLowerCase()] = value;
  if (!base["cache-control"]) {
    const changes = /\.html$|manifest|answers/.test(file) || !path.extname(pathname);
    base["cache-control"] = changes ? "no-cache" : "public, max-age=31536000, immutable";
  }
  if (headers["if-none-match"] === etag) {
    return stream.respond({ ...base, ":status": 304 }, { endStream: true });
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
  if (!range && PACKED.has(path.extname(file))) {
    const body = await packed(file);
    request.bytes = body.length;
    const packing = { "content-encoding": "br", "content-length": body.length };
    stream.respond({ ...base, ...packing, ":status": 200 });
    return stream.end(body);
  }
  const from = range ? Number(range[1]) : 0;
  const to = Math.min(range?.[2] ? Number(range[2]) : size - 1, size - 1);
  const about = { "accept-ranges": "bytes", "content-length": to - from + 1 };
  if (range) about["content-range"] = `bytes ${from}-${to}/${size}`;
  const isHead = headers[":method"] === "HEAD";
  stream.respond({ ...base, ...about, ":status": range ? 206 : 200 }, { endStream: isHead });
  if (isHead) return undefined;
  request.bytes = to - from + 1;
  const handle = await open(file);
  return handle.createReadStream({ start: from, end: to }).pipe(stream);
}

async function locate({ folder, over = {} }, name) {
  const above = Object.entries(over).find(([prefix]) => name.startsWith(prefix));
  const wanted = above ? path.join(above[1], name.slice(above[0].length)) : path.join(folder, name);
  const facts = await stat(wanted).catch(() => undefined);
  if (facts?.isFile()) return { file: wanted, size: facts.size, time: facts.mtimeMs };
  if (path.extname(name)) return undefined;
  const page = path.join(folder, "index.html");
  const about = await stat(page);
  return { file: page, size: about.size, time: about.mtimeMs };
}
