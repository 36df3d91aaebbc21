// Ranges and caches, with a session: the right bytes, and nothing kept by a shared cache.
import { CHUNK } from "../lib/site.mjs";

const PATH = "/data/snapshot-1/00000.chunk";
const LENGTH = CHUNK.length;

const ranged =
  (range, headers = {}) =>
  async (edge) =>
    edge.get(PATH, { cookie: await edge.signedIn(), ...(range ? { range } : {}), ...headers });

/** The answer must hold exactly these bytes of the chunk. */
const gives =
  (range, start, end, headers) =>
  async (edge, { check }) => {
    const answer = await ranged(range, headers)(edge);
    check(answer.bytes.equals(CHUNK.subarray(start, end)), `other bytes: ${answer.bytes.length}`);
    const said = answer.headers["content-range"];
    const whole = end - start === LENGTH && answer.status === 200;
    check(whole ? !said : said === `bytes ${start}-${end - 1}/${LENGTH}`, `content-range ${said}`);
    check(answer.headers["cache-control"] === "private, no-cache", answer.headers["cache-control"]);
    return answer;
  };

const tagged = (range, tag) => async (edge, lab) => {
  const { headers } = await ranged()(edge);
  const [start, end] = tag === "same" ? [5, 10] : [0, LENGTH];
  const value = tag === "same" ? headers.etag : tag === "weak" ? `W/${headers.etag}` : '"other"';
  return gives(range, start, end, { "if-range": value })(edge, lab);
};

export default [
  ["the whole chunk", "200", gives(null, 0, LENGTH)],
  ["its first bytes", "206", gives("bytes=0-15", 0, 16)],
  ["bytes within", "206", gives("bytes=16384-32767", 16_384, 32_768)],
  ["one byte", "206", gives("bytes=7-7", 7, 8)],
  ["from a byte on", "206", gives("bytes=65530-", 65_530, LENGTH)],
  ["the last bytes", "206", gives("bytes=-100", LENGTH - 100, LENGTH)],
  ["more last bytes than there are", "206", gives("bytes=-99999999999999999999999", 0, LENGTH)],
  ["past the end", "206", gives("bytes=65535-70000", 65_535, LENGTH)],
  [
    "to a number too large for a machine",
    "206",
    gives("bytes=0-99999999999999999999999", 0, LENGTH),
  ],
  [
    "from a number too large for a machine",
    "416 bad_range",
    ranged("bytes=99999999999999999999999-"),
  ],
  [
    "from behind the end",
    "416 bad_range",
    async (edge, { check }) => {
      const answer = await ranged("bytes=65536-")(edge);
      check(
        answer.headers["content-range"] === `bytes */${LENGTH}`,
        answer.headers["content-range"],
      );
      return answer;
    },
  ],
  ["no last bytes", "416 bad_range", ranged("bytes=-0")],
  ["two ranges", "416 bad_range", ranged("bytes=0-0,-1")],
  [
    "a thousand ranges",
    "416 bad_range",
    ranged(`bytes=${Array.from({ length: 1000 }, (_, i) => `${i}-${i + 60_000}`)}`),
  ],
  ["an unknown unit", "200", gives("rows=0-1", 0, LENGTH)],
  ["backwards", "200", gives("bytes=9-1", 0, LENGTH)],
  ["negative", "200", gives("bytes=--5", 0, LENGTH)],
  ["words", "200", gives("bytes=a-b", 0, LENGTH)],
  ["the same file still", "206", tagged("bytes=5-9", "same")],
  ["another file by now", "200", tagged("bytes=5-9", "other")],
  ["a weak tag", "200", tagged("bytes=5-9", "weak")],
  [
    "HEAD says the length",
    "200",
    async (edge, { check }) => {
      const answer = await edge.ask({
        method: "HEAD",
        path: PATH,
        headers: { cookie: await edge.signedIn(), range: "bytes=0-3" },
      });
      check(Number(answer.headers["content-length"]) === LENGTH, answer.headers["content-length"]);
      return answer;
    },
  ],
  [
    "unchanged since, and still private",
    "304",
    async (edge, { check }) => {
      const { headers } = await ranged()(edge);
      const answer = await ranged(null, { "if-none-match": headers.etag })(edge);
      check(
        answer.headers["cache-control"] === "private, no-cache",
        answer.headers["cache-control"],
      );
      return answer;
    },
  ],
  [
    "unchanged since, but without a session",
    "401 no_session",
    async (edge) => {
      const { headers } = await ranged()(edge);
      return edge.get(PATH, { "if-none-match": headers.etag });
    },
  ],
  [
    "what the files' host says of caching and sharing is not passed on",
    "200",
    async (edge, { check }) => {
      const answer = await ranged()(edge);
      for (const name of ["access-control-allow-origin", "set-cookie", "cdn-cache-control"])
        check(!answer.headers[name], name);
      check(answer.headers["cross-origin-resource-policy"] === "same-origin", "sharing");
      check(answer.headers["x-content-type-options"] === "nosniff", "sniffing");
      check(
        answer.headers["content-type"] === "application/octet-stream",
        answer.headers["content-type"],
      );
      return answer;
    },
  ],
  [
    "no file, with a session",
    "404 not_found",
    async (edge) => edge.get("/data/nothing", { cookie: await edge.signedIn() }),
  ],
];
