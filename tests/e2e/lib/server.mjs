// A static host for the tests: ranges, ETags, the headers of `_headers`, rewriting of unknown
// addresses to the page, a log of what was asked, and faults on demand.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { buffer } from "node:stream/consumers";

import { compressed } from "./compressed.mjs";
import { Faults, changes, contentOf, misbehaves, send, spoiled } from "./faults.mjs";
import { headersFor, readRules } from "./headers-file.mjs";
import { readRedirects, redirected } from "./redirects-file.mjs";

const PAGE = "index.html";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves a folder on a free port of this machine.
 *
 * `dist` is the built app; `base` is the path it was built for; `folders` puts other folders over
 * addresses within it (`{ "data/": "…" }`), `others` at addresses of the host (`{ "/other/": "…" }`);
 * `unknown` is the file shown for addresses it does not know; `compress` sends what is not data as
 * CDNs do; `handle(request, response)` answers what is no file, if it says so; `port` is one that was free before. The result's `requests` tells what was asked and how it was answered, and `faults.add`
 * makes the host misbehave.
 */
export async function serve(options) {
  const { dist, folders = {}, others = {}, base = "/", unknown = PAGE, compress = false, port = 0, handle = () => false } = options;
  const requests = [];
  const faults = new Faults();
  const rules = await readRules(path.join(dist, "_headers"));
  const redirects = await readRedirects(path.join(dist, "_redirects"));
  const site = { dist, folders, others, base, unknown, compress, rules, redirects };
  const server = http.createServer((request, response) => {
    if (handle(request, response)) return;
    answer(site, request, response, faults, requests).catch((error) => {
      response.destroy(error);
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    url: origin + base,
    origin,
    requests,
    faults,
    /** What a channel of events hangs on. */
    server,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(site, request, response, faults, requests) {
  const url = new URL(request.url, "http://host");
  const entry = { at: performance.now(), method: request.method, path: url.pathname, range: request.headers.range };
  requests.push(entry);
  response.on("close", () => Object.assign(entry, { status: response.statusCode }));
  const found = await locate(site, decodeURIComponent(url.pathname));
  const fault = faults.for(url, request.headers["x-fault"]);
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (misbehaves(fault, url, response)) return undefined;
  if (!found) return response.writeHead(404, { "Content-Type": "text/plain" }).end("status 404\n");
  for (const [name, value] of headersFor(site.rules, url.pathname)) response.setHeader(name, value);
  const packed = site.compress && !fault && (await compressed(found.file, request.headers));
  if (packed) return sendCompressed(packed, found.file, response, entry);
  return sendFile(found, request, response, fault, entry);
}

/** A file of a folder; the folder's own page where the address is a folder's. */
async function within(folder, name) {
  const file = path.join(folder, name === "" || name.endsWith("/") ? `${name}${PAGE}` : name);
  const facts = await stat(file).catch(() => undefined);
  return facts?.isFile() ? { file, facts } : undefined;
}

/** The file an address stands for: itself, or the page for an address without an extension. */
async function locate({ dist, folders, others, base, unknown, redirects }, pathname) {
  const other = Object.keys(others).find((prefix) => pathname.startsWith(prefix));
  if (other) return within(others[other], pathname.slice(other.length));
  if (!pathname.startsWith(base)) return undefined;
  const name = path.posix.normalize(`/${pathname.slice(base.length)}`).slice(1);
  const over = Object.entries(folders).find(([prefix]) => name.startsWith(prefix));
  const found = await (over ? within(over[1], name.slice(over[0].length)) : within(dist, name));
  if (found) return found;
  const rule = unknown === PAGE ? redirected(redirects, pathname) : undefined;
  if (rule && rule.path !== base + PAGE) {
    const answer = await within(dist, rule.path.slice(base.length));
    return answer && { ...answer, status: rule.status };
  }
  if (path.extname(name)) return undefined;
  const page = path.join(dist, unknown);
  return { file: page, facts: await stat(page), status: unknown === PAGE ? 200 : 404 };
}

function sendCompressed({ encoding, body }, file, response, entry) {
  response.setHeader("Content-Type", TYPES[path.extname(file)]);
  response.setHeader("Content-Encoding", encoding);
  response.setHeader("Content-Length", body.length);
  entry.bytes = body.length;
  return response.end(body);
}

async function sendFile({ file, facts, status = 200 }, request, response, fault, entry) {
  response.statusCode = status;
  const content = fault && changes(fault) ? await changed(file, fault) : undefined;
  const size = content?.length ?? facts.size;
  const etag = fault?.kind === "etag" ? '"for-ever"' : `"${size.toString(16)}-${facts.mtimeMs.toString(16)}"`;
  response.setHeader("Content-Type", fault?.type ?? TYPES[path.extname(file)] ?? "application/octet-stream");
  // What has a name is not begun anew, but gone on with where it broke off.
  if (fault?.kind !== "cut") response.setHeader("ETag", etag);
  if (request.headers["if-none-match"] === etag) return response.writeHead(304).end();
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  let [from, to] = [0, size - 1];
  if (range && fault?.kind !== "no-range") {
    from = Number(range[1]);
    to = Math.min(range[2] ? Number(range[2]) : to, to);
    const told = from + (fault?.kind === "range" ? 1 : 0);
    response.setHeader("Content-Range", `bytes ${told}-${to}/${fault?.total ?? size}`);
    if (from > to) {
      response.setHeader("Content-Range", `bytes */${size}`);
      return response.writeHead(416).end();
    }
    response.statusCode = 206;
  }
  response.setHeader("Accept-Ranges", "bytes");
  const part = content?.subarray(from, to + 1) ?? (fault && (await buffer(createReadStream(file, { start: from, end: to }))));
  const body = fault && spoiled(part, fault, response);
  response.setHeader("Content-Length", body?.length ?? to - from + 1);
  if (request.method === "HEAD") return response.end();
  entry.bytes = body?.length ?? to - from + 1;
  return body ? send(body, fault, response) : createReadStream(file, { start: from, end: to }).pipe(response);
}

async function changed(file, fault) {
  return contentOf(await readFile(file), fault, fault.file && (await readFile(fault.file)));
}
