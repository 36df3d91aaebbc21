// Static files of one folder, with validators and single ranges; the edge hands it plain paths.

const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

export function folder(root) {
  return { fetch: (request) => serve(root, request) };
}

async function serve(root, request) {
  const path = new URL(request.url).pathname;
  const below = path.endsWith("/") ? `${path}index.html` : path;
  let file;
  try {
    if (!(await isOwnFile(root, below))) return new Response(null, { status: 404 });
    file = await Deno.open(root + below);
    return await answer(file, await file.stat(), below, request);
  } catch (error) {
    file?.close();
    // What else goes wrong, such as too many files open, does not mean that there is none.
    return new Response(null, { status: NO_FILE.includes(error.code) ? 404 : 500 });
  }
}

/** Errors of names that no file has. */
const NO_FILE = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"];

/** True for a plain file that lies under its own name in the folder. No link is followed: it could
 * lead from a public name to guarded files. To open anything else, such as a pipe, could take for ever. */
async function isOwnFile(root, path) {
  let at = root;
  for (const name of path.split("/").slice(1)) {
    at += `/${name}`;
    const found = await Deno.lstat(at);
    if (found.isFile) return at === root + path;
    if (!found.isDirectory) return false;
  }
  return false;
}

async function answer(file, stat, name, request) {
  const etag = `"${stat.size.toString(36)}-${(stat.mtime?.getTime() ?? 0).toString(36)}"`;
  const headers = new Headers({
    "accept-ranges": "bytes",
    "cache-control": "no-cache",
    "content-length": stat.size,
    "content-type": TYPES[/\.(\w+)$/.exec(name)?.[1]] ?? "application/octet-stream",
    etag,
  });
  const part = range(request.headers, etag, stat.size);
  if (part?.outside) headers.set("content-range", `bytes */${stat.size}`);
  const known = request.headers
    .get("if-none-match")
    ?.split(",")
    .some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
  if (request.method === "HEAD" || known || part?.outside) {
    file.close();
    return new Response(null, { status: known ? 304 : part?.outside ? 416 : 200, headers });
  }
  if (!part) return new Response(file.readable, { headers });
  headers.set("content-range", `bytes ${part.start}-${part.end - 1}/${stat.size}`);
  headers.set("content-length", part.end - part.start);
  await file.seek(part.start, Deno.SeekMode.Start);
  return new Response(file.readable.pipeThrough(first(part.end - part.start)), {
    status: 206,
    headers,
  });
}

// The edge writes `bytes=A-B`, `bytes=A-` or `bytes=-N`, and nothing else.
function range(headers, etag, size) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range") ?? "");
  const changed = headers.has("if-range") && headers.get("if-range") !== etag;
  if (!asked || changed) return null;
  const last = asked[1] === "";
  const start = last ? Math.max(0, size - Number(asked[2])) : Number(asked[1]);
  const end = last || asked[2] === "" ? size : Math.min(size, Number(asked[2]) + 1);
  return start < end ? { start, end } : { outside: true };
}

function first(bytes) {
  let left = bytes;
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left));
      left -= Math.min(left, chunk.length);
      if (left === 0) controller.terminate();
    },
  });
}
