// Requests made up by chance from what confuses readers of addresses and headers, the same ones at
// every run. None has a session: no byte of the data comes back, and the edge does not fail.
import { LIKE_PUBLIC, MARK } from "../lib/site.mjs";
import { raw } from "../lib/wire.mjs";

const REQUESTS = 600;
const AT_ONCE = 8;

/** Numbers that look like chance (mulberry32). */
function chance(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const FOLDERS = ["data", "DATA", "api", "backup", "data/snapshot-1", "%64ata", "js", "assets", "."];
const FILES = [...LIKE_PUBLIC, "manifest.json", "app.js", "kpis", "secret.sqlite", ".env", "", "part.js"];
const BETWEEN = [...Array(20).fill("/"), "\\", "//", "/./", "/../", "%2f", "%5c", "/%2e%2e/", ";", "?", "#", "\t", "%00", "/x/../"];
const INTO = ["\\", "\\", "\\", "\\\\", ":80\\", "/", "%5c", "?/", "#/", "@"];
const HOSTS = ["a", "a.example", "127.0.0.1", "[::1]", "a:80", "A.EXAMPLE", "", "[", "a b", "a_b", "u@a", "\xe9", "%61", "xn--a"];
const METHODS = [...Array(20).fill("GET"), "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "PROPFIND", "get", "G\tET"];
const NAMES = ["Range", "If-Range", "If-None-Match", "If-Modified-Since", "X-Original-URL", "X-Rewrite-URL",
  "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded", "Cookie", "Authorization", "Origin", "Transfer-Encoding", "Host",
  "Content-Length", "Expect", "Upgrade", "X-HTTP-Method-Override", "CF-Worker", "Sec-Fetch-Site", "Content-Type", "TE"];
const VALUES = ["", "*", "bytes=0-99", "bytes=-1", "bytes=0-0,2-2", "0", "5", "chunked", "a\\data", "/data/config.json", "GET",
  "__Host-session=v1.k1.e30.AAAA", "__Host-session=", "Bearer x", "http://a", "null", "websocket", "100-continue", '"x"',
  "gzip, br", "same-origin", "application/json", "host=a\\data", "\xff\xfe", "a".repeat(5000)];

function request(random) {
  const pick = (list) => list[random(list.length)];
  const first = () => pick([...Array(10).fill("/"), "\\", "", "//"]);
  const below = () => pick(FOLDERS) + pick(BETWEEN) + (random(3) ? "" : pick(FOLDERS) + pick(BETWEEN));
  const path = () => first() + (random(2) ? below() : "") + pick(FILES);
  const host = random(2) ? "a" : random(2) ? pick(HOSTS) : `a${pick(INTO)}${pick(FOLDERS)}`;
  const target = random(4) ? path() : `${pick(["http", "https", "HTTP", "ftp", "file"])}://${random(2) ? host : pick(HOSTS)}${path()}`;
  const lines = random(20) ? [`Host: ${host}`] : [];
  for (let count = random(6) - 3; count > 0; count -= 1) lines.push(`${pick(NAMES)}: ${pick(VALUES)}`);
  // A body of five bytes, and no bytes in chunks: whatever was said of it, nobody waits for more.
  return [target, lines, { method: pick(METHODS), version: random(15) ? "1.1" : "1.0", body: "0\r\n\r\n" }];
}

export default [
  [
    `${REQUESTS} requests by chance`,
    "200",
    async (edge, { check }) => {
      const random = chance(20_261);
      const queue = Array.from({ length: REQUESTS }, () => request(random));
      const seen = {};
      const worker = async () => {
        for (let asked = queue.pop(); asked; asked = queue.pop()) {
          const answer = await raw(edge.runtime.origin, ...asked);
          seen[answer.status] = (seen[answer.status] ?? 0) + 1;
          check(!answer.bytes.includes(MARK), `data: ${JSON.stringify(asked)}`);
          check(answer.status < 500 || answer.status === 501, `${answer.status}: ${JSON.stringify(asked)}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      // Chance that never got past the door would prove nothing.
      for (const status of [200, 400, 401, 405]) check(seen[status] > 5, `${status}: ${seen[status]} times`);
      return edge.get("/");
    },
  ],
];
