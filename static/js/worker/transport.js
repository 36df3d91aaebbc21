// Fetches ranges of a snapshot for sql.js-httpvfs, synchronously, and checks every answer.
//
// sql.js-httpvfs believes any 2xx answer: a host that ignores ranges, or sends fewer bytes than
// asked, gives it wrong pages or an endless loop. Here each answer is compared with the request,
// chunk files are put together, and a fault is reported to the page before it is thrown, because
// an exception that passes through SQLite loses its meaning on the way.
//
// The worker's name carries the description of the snapshot:
//   { url, bytes, … }                        one file
//   { prefix, digits, chunkBytes, bytes, … } chunk files
// with `patience`, in milliseconds, and `fresh` if caches are not to be believed.

const snapshot = JSON.parse(self.name);
const RealRequest = self.XMLHttpRequest;
const SLOWEST_BYTES_PER_MS = 16;
const wholeChunks = new Map();
/** The snapshot, where the page has read it as a whole. */
let whole;

self.addEventListener("message", (event) => {
  if (event.data?.snapshot !== "whole") return;
  whole = event.data.whole;
  // Nobody else understands it.
  event.stopImmediatePropagation();
});

// sql.js-httpvfs logs every request.
self.console.log = () => {};

function fault(details) {
  self.postMessage({ snapshot: "fault", fault: details });
  throw new Error(`snapshot transport: ${details.kind}`);
}

/** Bytes `from` to `to` (inclusive) of the database, from as many files as they lie in. */
function read(from, to) {
  if (whole) return new FileReaderSync().readAsArrayBuffer(whole.slice(from, to + 1));
  if (!snapshot.chunkBytes) return readFile(snapshot.url, snapshot.bytes, from, to);
  const parts = [];
  for (let at = from; at <= to; ) {
    const chunk = Math.floor(at / snapshot.chunkBytes);
    const start = chunk * snapshot.chunkBytes;
    const length = Math.min(snapshot.chunkBytes, snapshot.bytes - start);
    const end = Math.min(to, start + length - 1);
    parts.push(readChunk(chunk, length, at - start, end - start));
    at = end + 1;
  }
  return parts.length === 1 ? parts[0] : joined(parts, to - from + 1);
}

function readChunk(chunk, length, from, to) {
  const whole = wholeChunks.get(chunk);
  if (whole) return whole.slice(from, to + 1);
  const url = snapshot.prefix + String(chunk).padStart(snapshot.digits, "0");
  return readFile(url, length, from, to, (body) => wholeChunks.set(chunk, body));
}

function readFile(url, length, from, to, keepWhole) {
  const asked = to - from + 1;
  // A host may send all of a chunk, but not all of a database.
  const request = send(url, from, to, keepWhole ? length : asked);
  const status = request.status;
  if (status === 200 && isPage(request)) fault({ kind: "page", url });
  if (status === 200 && keepWhole) {
    const body = request.response;
    if (body.byteLength !== length) fault({ kind: "length", url, expected: length, found: body.byteLength });
    got(body.byteLength);
    keepWhole(body);
    return body.slice(from, to + 1);
  }
  if (status === 200) fault({ kind: "ranges", url });
  if (status === 416) fault({ kind: "refused", url, expected: length, found: total(request) });
  if (status !== 206) fault({ kind: "status", url, status });
  const encoding = request.getResponseHeader("Content-Encoding");
  if (encoding && encoding !== "identity") fault({ kind: "encoding", url, encoding });
  const found = total(request);
  if (found !== undefined && found !== length) fault({ kind: "length", url, expected: length, found });
  const body = request.response;
  if (body.byteLength !== asked || first(request) !== from) {
    fault({ kind: "cut", url, asked, found: body.byteLength });
  }
  got(asked);
  return body;
}

function send(url, from, to, most) {
  const limit = snapshot.patience + Math.ceil(most / SLOWEST_BYTES_PER_MS);
  self.postMessage({ snapshot: "asking", url, limit });
  const request = new RealRequest();
  request.open("GET", url, false);
  request.setRequestHeader("Range", `bytes=${from}-${to}`);
  if (snapshot.fresh) request.setRequestHeader("Cache-Control", "no-cache");
  request.responseType = "arraybuffer";
  request.timeout = limit;
  try {
    request.send(null);
  } catch (error) {
    if (error.name === "TimeoutError") fault({ kind: "time", url, limit });
    fault({ kind: "network", url });
  }
  if (!request.response) fault({ kind: "network", url });
  return request;
}

/** True for a web page, which nobody asks for here. */
function isPage(request) {
  return /^\s*text\/html/i.test(request.getResponseHeader("Content-Type") ?? "");
}

function got(bytes) {
  self.postMessage({ snapshot: "got", bytes });
}

function range(request) {
  const header = request.getResponseHeader("Content-Range") ?? "";
  return /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(header.trim()) ?? [];
}

function first(request) {
  return Number(range(request)[1]);
}

function total(request) {
  const number = Number(range(request)[2]);
  return Number.isNaN(number) ? undefined : number;
}

function joined(parts, length) {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
}

/** The part of XMLHttpRequest that sql.js-httpvfs uses, answered for this one snapshot. */
class SnapshotRequest {
  status = 0;
  response = null;
  #method = "GET";
  #from = 0;
  #to = snapshot.bytes - 1;

  open(method) {
    this.#method = method;
  }

  setRequestHeader(name, value) {
    if (name === "Range") [this.#from, this.#to] = value.slice("bytes=".length).split("-").map(Number);
  }

  overrideMimeType() {}

  send() {
    // HEAD only asks for the length, which the manifest has said.
    if (this.#method !== "HEAD") this.response = read(this.#from, this.#to);
    this.status = 206;
  }

  getResponseHeader(name) {
    return { "content-length": String(snapshot.bytes), "accept-ranges": "bytes" }[name.toLowerCase()] ?? null;
  }

  getAllResponseHeaders() {
    return "";
  }
}

self.XMLHttpRequest = SnapshotRequest;
