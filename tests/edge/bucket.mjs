// Data in a bucket, by a stand-in that answers as R2 documents it. Gives `[name, complaint?]`.
import { withBucket } from "../../edge/r2-files.js";

const BYTES = Buffer.from("0123456789".repeat(10));
const ETAG = '"v1"';

/** One object at data/a.bin. */
const bucket = {
  async head(key) {
    return key === "data/a.bin" ? object() : null;
  },
  async get(key, { onlyIf, range }) {
    if (key !== "data/a.bin") return null;
    if (onlyIf.get("if-none-match") === ETAG) return object();
    if (!range) return { ...object(), body: BYTES };
    const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range.get("range"));
    const offset = first ? Number(first) : BYTES.length - Number(last);
    if (offset >= BYTES.length) throw new Error("get: The requested range is not satisfiable (10039)");
    const end = first && last ? Number(last) + 1 : BYTES.length;
    const asked = first ? { offset, length: end - offset } : { suffix: Number(last) };
    return { ...object(), range: asked, body: BYTES.subarray(offset, end) };
  },
};

function object() {
  const writeHttpMetadata = (headers) => headers.set("content-encoding", "gzip");
  return { size: BYTES.length, httpEtag: ETAG, writeHttpMetadata };
}

/** A bucket that fails in the middle of its work. */
const failing = {
  head: bucket.head,
  async get() {
    throw new Error("get: Internal error (10001)");
  },
};

const assets = { fetch: async () => new Response("an asset") };

const CASES = [
  ["the whole", "data/a.bin", {}, 200, BYTES],
  ["a range", "data/a.bin", { range: "bytes=5-14" }, 206, BYTES.subarray(5, 15), "bytes 5-14/100"],
  ["a range to the end", "data/a.bin", { range: "bytes=90-" }, 206, BYTES.subarray(90), "bytes 90-99/100"],
  ["the last bytes", "data/a.bin", { range: "bytes=-7" }, 206, BYTES.subarray(93), "bytes 93-99/100"],
  ["a range outside", "data/a.bin", { range: "bytes=100-" }, 416, "", "bytes */100"],
  ["a range of this version", "data/a.bin", { range: "bytes=0-0", "if-range": ETAG }, 206, "0", "bytes 0-0/100"],
  ["a range of another version", "data/a.bin", { range: "bytes=0-0", "if-range": '"v0"' }, 200, BYTES],
  ["what is known", "data/a.bin", { "if-none-match": ETAG }, 304, ""],
  ["what is not there", "data/b.bin", {}, 404, ""],
  ["data under another case is no asset", "DATA/a.bin", {}, 404, ""],
  ["the folder itself is no asset", "data", {}, 404, ""],
  ["the page is an asset", "index.html", {}, 200, "an asset"],
  ["a folder below of that name is an asset", "assets/data/x", {}, 200, "an asset"],
];

const FAILURES = [
  ["a bucket that fails", "data/a.bin", {}, 502, ""],
  ["a bucket that fails within a range", "data/a.bin", { range: "bytes=0-9" }, 502, ""],
  ["a bucket that fails at the last bytes", "data/a.bin", { range: "bytes=-9" }, 502, ""],
  ["a bucket that fails at a range outside", "data/a.bin", { range: "bytes=100-" }, 416, "", "bytes */100"],
];

export async function bucketCases() {
  const outcomes = [];
  for (const [setting, base, from, cases] of [
    [undefined, "/", bucket, CASES],
    ["/demo/", "/demo/", bucket, CASES],
    [" /demo/ ", "/demo/", bucket, CASES],
    [" ", "/", bucket, CASES],
    ["/elsewhere/", "/", bucket, CASES],
    [5, "/", bucket, CASES],
    [null, "/", bucket, CASES],
    ["/", "/", failing, FAILURES],
  ]) {
    const files = withBucket(assets, from, setting);
    for (const [name, path, headers, status, body, range = null] of cases) {
      const answer = await files.fetch(new Request(`http://files${base}${path}`, { headers }));
      const got = Buffer.from(await answer.arrayBuffer());
      const good =
        answer.status === status &&
        got.equals(Buffer.from(body)) &&
        answer.headers.get("content-range") === range &&
        !answer.headers.has("content-encoding");
      outcomes.push([`bucket ${setting}: ${name} -> ${status}`, good ? undefined : `${answer.status} ${got}`]);
    }
  }
  return outcomes;
}
