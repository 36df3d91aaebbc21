// Requests exactly as written: no path is tidied, no header added or left out.
import http from "node:http";

/** Sends one request; gives status, headers, cookies set and body. Headers may be a flat list of
 * names and values, the host among them, to send a name twice. */
export function ask(origin, { method = "GET", path = "/", headers = {}, body, chunked } = {}) {
  const { hostname, port } = new URL(origin);
  const options = {
    hostname,
    port,
    method,
    path,
    headers: Array.isArray(headers) ? headers : { ...headers },
    agent: false,
  };
  if (body !== undefined && !chunked) options.headers["content-length"] = Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve(answer(response, Buffer.concat(parts))));
    });
    request.setTimeout(60_000, () => request.destroy(new Error("no answer in 60 s")));
    request.on("error", reject);
    if (body !== undefined) request.write(body);
    request.end();
  });
}

function answer(response, bytes) {
  const text = bytes.toString("latin1");
  const json = () => JSON.parse(bytes.toString("utf8"));
  const cookies = {};
  for (const line of response.headers["set-cookie"] ?? []) {
    const [pair, ...attributes] = line.split("; ");
    const at = pair.indexOf("=");
    cookies[pair.slice(0, at)] = { value: pair.slice(at + 1), attributes, line };
  }
  return { status: response.statusCode, headers: response.headers, cookies, bytes, text, json };
}
