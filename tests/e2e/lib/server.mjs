// A static host for the tests: ranges, ETags, the headers of `_headers`, rewriting of unknown
// addresses to the page, a log of what was asked, and faults on demand.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

import { compressed } from "./compressed.mjs";
import { Faults } from "./faults.mjs";
import { headersFor, readRules } from "./headers-file.mjs";
import { readRedirects, redirected } from "./redirects-file.mjs";

const PAGE = "index.html";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves a folder on a free port of this machine.
 *
 * `dist` is the built app; `base` is the path it was built for; `folders` puts other folders over
 * addresses within it (`{ "data/": "…" }`), `others` at addresses of the host (`{ "/other/": "…" }`);
 * `unknown` is the file shown for addresses it does not know; `compress` sends what is not data as
 * CDNs do. The result's `requests` tells what was asked and how it was answered, and `faults.add`
 * makes the host misbehave.
 */
export async function serve(options) {
  const { dist, folders = {}, others = {}, base = "/", unknown = PAGE, compress = false } = options;
  const requests = [];
  const faults = new Faults();
  const rules = await readRules(path.join(dist, "_headers"));
  const redirects = await readRedirects(path.join(dist, "_redirects"));
  const site = { dist, folders, others, base, unknown, compress, rules, redirects };
  const server = http.createServer((request, response) => {
    answer(site, request, response, faults, requests).catch((error) => {
      response.destroy(error);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    url: origin + base,
    origin,
    requests,
    faults,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(site, request, response, faults, requests) {
  const url = new URL(request.url, "http://host");
  const entry = { method: request.method, path: url.pathname, range: request.headers.range };
  requests.push(entry);
  response.on("close", () => Object.assign(entry, { status: response.statusCode }));
  const found = await locate(site, decodeURIComponent(url.pathname));
  const fault = faults.for(url, request.headers["x-fault"]);
  if (fault?.kind === "hang") return undefined;
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.kind === "answer") return response.writeHead(fault.status ?? 200, fault.headers).end(fault.body);
  if (!found || fault?.kind === "status") {
    const status = fault?.status ?? 404;
    return response.writeHead(status, { "Content-Type": "text/plain" }).end(`status ${status}\n`);
  }
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
  const etag = `"${facts.size.toString(16)}-${facts.mtimeMs.toString(16)}"`;
  response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
  response.setHeader("ETag", etag);
  if (request.headers["if-none-match"] === etag) return response.writeHead(304).end();
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  let [from, to] = [0, facts.size - 1];
  if (range && fault?.kind !== "no-range") {
    from = Number(range[1]);
    to = Math.min(range[2] ? Number(range[2]) : to, to);
    response.setHeader("Content-Range", `bytes ${from}-${to}/${fault?.total ?? facts.size}`);
    if (from > to) {
      response.setHeader("Content-Range", `bytes */${facts.size}`);
      return response.writeHead(416).end();
    }
    response.statusCode = 206;
  }
  response.setHeader("Accept-Ranges", "bytes");
  if (fault) return sendFaulty(file, from, to, fault, request, response, entry);
  response.setHeader("Content-Length", to - from + 1);
  if (request.method === "HEAD") return response.end();
  entry.bytes = to - from + 1;
  return createReadStream(file, { start: from, end: to }).pipe(response);
}

async function sendFaulty(file, from, to, fault, request, response, entry) {
  const body = Faults.spoil((await readFile(file)).subarray(from, to + 1), from, fault, response);
  response.setHeader("Content-Length", body.length);
  entry.bytes = request.method === "HEAD" ? 0 : body.length;
  return response.end(request.method === "HEAD" ? undefined : body);
}
