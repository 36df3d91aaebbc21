// Stands in for a files' host that answers as no files' host should: the path says how, as in
// /data/odd/endless. Runs in workerd as the assets and in Deno beside the edge.
const MARK = "CONFIDENTIAL-ROW";
const MIB = 1024 * 1024;
/** Bytes that were asked of the last bodies, by path, and whether they were given up. */
const pulled = {};

/** A body of that many bytes, made as they are asked for: byte N is N's last byte. */
function body(path, bytes, { then = "close", piece = 64 * 1024 } = {}) {
  const count = (pulled[path] = { bytes: 0, cancelled: false });
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(piece, bytes - count.bytes);
      if (size === 0 && then === "close") return controller.close();
      if (size === 0 && then === "fail") return controller.error(new Error("the disk is gone"));
      if (size === 0) return new Promise(() => {});
      controller.enqueue(Uint8Array.from({ length: size }, (_, at) => (count.bytes + at) % 251));
      count.bytes += size;
    },
    cancel() {
      count.cancelled = true;
    },
  }, { highWaterMark: 0 });
}

/** The same in pieces that are made once, where making them is what takes time. */
function large(path, bytes) {
  const piece = Uint8Array.from({ length: 251 * 1024 }, (_, at) => at % 251);
  const count = (pulled[path] = { bytes: 0, cancelled: false });
  return new ReadableStream({
    pull(controller) {
      if (count.bytes >= bytes) return controller.close();
      controller.enqueue(piece.slice(0, bytes - count.bytes));
      count.bytes += piece.length;
    },
    cancel() {
      count.cancelled = true;
    },
  }, { highWaterMark: 0 });
}

const text = (status, headers = {}) => new Response(status === 304 ? null : `${MARK} of the host`, { status, headers });

const ANSWERS = {
  "no-length": (path) => new Response(body(path, 100_000)),
  "no-length-huge": (path) => new Response(large(path, 600 * MIB)),
  "length": (path) => new Response(body(path, 100_000), { headers: { "content-length": "100000" } }),
  "31-mib": (path) => new Response(large(path, 31 * MIB), { headers: { "content-length": `${31 * MIB}` } }),
  "31-mib-no-length": (path) => new Response(large(path, 31 * MIB)),
  "says-less": (path) => new Response(large(path, 600 * MIB), { headers: { "content-length": "1000" } }),
  "says-more": (path) => new Response(body(path, 1000), { headers: { "content-length": "100000" } }),
  "says-too-much": (path) => new Response(body(path, 1000), { headers: { "content-length": "9223372036854775807" } }),
  "says-words": (path) => new Response(body(path, 1000), { headers: { "content-length": "many" } }),
  "hangs": (path) => new Response(body(path, 1000, { then: "hang" })),
  "fails": (path) => new Response(body(path, 1000, { then: "fail" })),
  "encoded": () => new Response(text(200).body, { headers: { "content-encoding": "br" } }),
  "part-of-another": () => new Response("0123456789", { status: 206, headers: { "content-range": "bytes 90-99/100" } }),
  "part-too-long": () => new Response("0123456789", { status: 206, headers: { "content-range": "bytes 0-9/100" } }),
  "part-unnamed": () => new Response("0123456789", { status: 206 }),
  "parts": () => new Response("--x", { status: 206, headers: { "content-type": "multipart/byteranges; boundary=x" } }),
  "part-right": () => new Response("0123", { status: 206, headers: { "content-range": "bytes 0-3/100" } }),
  "outside": () => text(416, { "content-range": "bytes */100" }),
  "outside-odd": () => text(416, { "content-range": "none of your business" }),
  "whole-with-a-range": () => new Response("0123", { headers: { "content-range": "bytes 5-8/100" } }),
  "gone": () => text(410),
  "forbidden": () => text(403),
  "fault": () => text(500),
  "teapot": () => text(299),
  "elsewhere": () => text(302, { location: "https://evil.example/" }),
  "elsewhere-here": () => text(307, { location: "/data/config.json" }),
  "choices": () => text(300),
  "known": () => text(304, { etag: '"x"' }),
  "condition": () => text(412),
  "throws": () => {
    throw new Error("the files are gone");
  },
  "headers": () =>
    new Response("x", {
      headers: {
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=31536000",
        "cdn-cache-control": "public",
        "clear-site-data": '"*"',
        "content-type": "text/plain",
        location: "https://evil.example/",
        refresh: "0; url=https://evil.example/",
        "set-cookie": "__Host-session=planted; Path=/; Secure",
        "www-authenticate": "Basic",
        "x-powered-by": "files",
      },
    }),
};

export async function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname === "/data/odd/pulled") return Response.json(pulled);
  const name = /^\/(?:(?:data|js)\/odd\/|)([a-z0-9-]+)(?:\.js)?$/.exec(pathname)?.[1];
  return ANSWERS[name]?.(pathname) ?? new Response("the page", { status: pathname === "/" ? 200 : 404 });
}

export default { fetch: answer };
