// The data from an R2 bucket, with validators and single ranges; all other files from the assets.
// The edge hands on plain paths alone, and those of the data only with a session.

/** Static files of which the data lies in a bucket; `setting` is the path under which the page
 * lives, read as the edge reads it. */
export function withBucket(assets, bucket, setting) {
  const base = String(setting ?? "").trim() || "/";
  return {
    fetch(request) {
      const path = new URL(request.url).pathname;
      const key = path.slice(path.startsWith(base) ? base.length : 1);
      return /^(data|api)(\/|$)/i.test(key) ? serve(bucket, key, request) : assets.fetch(request);
    },
  };
}

async function serve(bucket, key, request) {
  if (request.method === "HEAD") return whole(await bucket.head(key), null);
  const ranged = await wantsRange(bucket, key, request.headers);
  const options = { onlyIf: request.headers, ...(ranged && { range: request.headers }) };
  const object = await bucket.get(key, options).catch(() => undefined);
  if (object === undefined) return failed(await bucket.head(key), ranged && request.headers.get("range"));
  if (object === null || !("body" in object)) return bodiless(object, request.headers);
  if (!ranged || !object.range) return whole(object, object.body);
  const { start, end } = span(object);
  const headers = described(object);
  headers.set("content-range", `bytes ${start}-${end - 1}/${object.size}`);
  headers.set("content-length", end - start);
  return new Response(object.body, { status: 206, headers });
}

/** A range of another version than the one meant is the whole file instead. */
async function wantsRange(bucket, key, headers) {
  const meant = headers.get("if-range");
  if (!headers.has("range") || !meant) return headers.has("range");
  return (await bucket.head(key))?.httpEtag === meant;
}

function described(object) {
  const headers = new Headers();
  object.writeHttpMetadata(headers);
  // It would change what ranges mean.
  headers.delete("content-encoding");
  headers.set("accept-ranges", "bytes");
  headers.set("etag", object.httpEtag);
  return headers;
}

function whole(object, body) {
  if (!object) return new Response(null, { status: 404 });
  const headers = described(object);
  headers.set("content-length", object.size);
  return new Response(body, { headers });
}

/** The bucket throws at a range that lies outside of the file, and when it fails. */
function failed(object, range) {
  const [, first] = /^bytes=(\d*)-/.exec(range || "") ?? [];
  const outside = object && (first ? Number(first) >= object.size : range === "bytes=-0" || object.size === 0);
  if (!range || !outside) return new Response(null, { status: 502 });
  return new Response(null, { status: 416, headers: { "content-range": `bytes */${object.size}` } });
}

/** No such file; or a condition that does not hold: the file is known, or is not the one meant. */
function bodiless(object, headers) {
  if (!object) return new Response(null, { status: 404 });
  const known = headers.has("if-none-match") || headers.has("if-modified-since");
  return new Response(null, { status: known ? 304 : 412, headers: described(object) });
}

function span({ range, size }) {
  if (range.suffix !== undefined) return { start: Math.max(0, size - range.suffix), end: size };
  const start = range.offset ?? 0;
  return { start, end: Math.min(size, start + (range.length ?? size)) };
}
