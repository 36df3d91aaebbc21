// Requests byte for byte, as no HTTP library would send them.
import net from "node:net";

/** Sends these bytes and gives what came back until the other side closed; none if nothing did. */
export function send(origin, bytes) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect({ host: hostname, port: Number(port) }, () => socket.write(bytes, "latin1"));
    socket.setTimeout(30_000, () => socket.destroy(new Error("no answer in 30 s")));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", (error) => (error.code === "ECONNRESET" ? resolve(read(parts)) : reject(error)));
    socket.on("end", () => (socket.destroy(), resolve(read(parts))));
  });
}

/** One request of this target and these lines, closed by its answer. */
export const raw = (origin, target, lines, { method = "GET", version = "1.1", body = "" } = {}) =>
  send(origin, [`${method} ${target} HTTP/${version}`, ...lines, "Connection: close", "", body].join("\r\n"));

/** The first answer of those that came back, and all that follows as its body, as lib/http.mjs does. */
function read(parts) {
  const bytes = Buffer.concat(parts);
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return { status: 0, headers: {}, cookies: {}, bytes, text: bytes.toString("latin1") };
  const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = {};
  for (const line of lines) {
    const at = line.indexOf(":");
    headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
  }
  const body = bytes.subarray(end + 4);
  const text = body.toString("latin1");
  // A chunked body is left as it is sent: its JSON is one chunk.
  const json = () => JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "{}");
  return { status: Number(first.split(" ")[1]), headers, cookies: {}, bytes: body, text, json };
}

/** Sends a request, takes the first bytes of its answer and reads no further; gives the socket. */
export function hold(origin, target, lines) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port) });
    socket.setTimeout(60_000, () => socket.destroy(new Error("no answer in 60 s")));
    socket.on("error", reject);
    socket.once("data", () => resolve(socket.pause()));
    socket.write([`GET ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  });
}
