// Size of the built edge, and its requests a second in workerd beside trivial JavaScript workers:
// `node tests/edge/bench.mjs`. All run in turns on one machine, with the load made by this process.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CLIENT, DOMAIN } from "./lib/google.mjs";
import { RUNTIMES, stage, workerdWith } from "./lib/runtimes.mjs";
import { SESSION, keySetting, seal, session } from "./lib/seal.mjs";
import { writeSite } from "./lib/site.mjs";

const CONNECTIONS = 16;
const ROUNDS = 7;
const SECONDS_A_ROUND = 1;

const folder = stage(mkdtempSync(join(tmpdir(), "edge-bench-")));
const site = writeSite(join(folder, "site"));
const running = [];
try {
  printSize();
  const settings = {
    GOOGLE_CLIENT_ID: CLIENT,
    SESSION_KEYS: keySetting("k1"),
    ALLOWED_DOMAINS: DOMAIN,
    JWKS_URL: "http://127.0.0.1:9/",
  };
  const edge = await kept(RUNTIMES.workerd({ folder, site, settings, label: "edge" }));
  const hello = await kept(trivial("hello", 'new Response("ok")'));
  const files = await kept(trivial("files", "env.ASSETS.fetch(request)"));
  const cookie = `${SESSION}=${seal(session())}`;
  const chunk = "/data/snapshot-1/00000.chunk";
  const contenders = [
    ["trivial worker: ok", hello, "/", {}],
    ["trivial worker: a file of 31 bytes", files, "/data/manifest.json", {}],
    ["trivial worker: a file of 64 KiB", files, chunk, {}],
    ["edge: the page", edge, "/", {}],
    ["edge: 401 without a session", edge, "/data/manifest.json", {}],
    ["edge: guarded file of 31 bytes", edge, "/data/manifest.json", { cookie }],
    ["edge: guarded file of 64 KiB", edge, chunk, { cookie }],
    ["edge: guarded 4 KiB range of 64 KiB", edge, chunk, { cookie, range: "bytes=8192-12287" }],
  ].map(([name, runtime, path, headers]) => ({
    name,
    runtime,
    path,
    headers,
    rates: [],
    times: [],
  }));
  for (const one of contenders) await load(one, 0.5);
  for (const one of contenders) Object.assign(one, { rates: [], times: [] });
  for (let round = 0; round < ROUNDS; round += 1)
    for (const one of contenders) await load(one, SECONDS_A_ROUND);
  for (const { name, rates, times } of contenders) {
    console.log(
      `${name.padEnd(40)} ${String(Math.round(median(rates))).padStart(7)} requests/s  alone p50 ${median(times).toFixed(2)} ms`,
    );
  }
} finally {
  for (const runtime of running) runtime.stop();
  rmSync(folder, { recursive: true, force: true });
}

function printSize() {
  for (const name of ["edge_bg.wasm", "edge.js"]) {
    const bytes = readFileSync(join(folder, "built", name));
    console.log(`${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} in gzip`);
  }
}

async function kept(starting) {
  const runtime = await starting;
  running.push(runtime);
  return runtime;
}

function trivial(label, expression) {
  writeFileSync(
    join(folder, `${label}.js`),
    `export default { fetch(request, env) { return ${expression}; } };`,
  );
  const modules = [`(name = "${label}.js", esModule = embed "${label}.js")`];
  return workerdWith({
    folder,
    site,
    label,
    modules,
    bindings: ['(name = "ASSETS", service = "assets")'],
  });
}

/** Many connections for the rate, then one alone for the time of a request. */
async function load(one, seconds) {
  const request = written(one);
  const { port } = new URL(one.runtime.origin);
  const end = performance.now() + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => connection(port, request, end)),
  );
  one.rates.push(counts.flat().length / seconds);
  one.times.push(...(await connection(port, request, performance.now() + 200)));
}

function written({ runtime, path, headers }) {
  const lines = Object.entries({ host: new URL(runtime.origin).host, ...headers });
  return `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** Sends one request after the other until the time is over; gives the milliseconds of each. */
function connection(port, request, end) {
  return new Promise((resolve, reject) => {
    const times = [];
    let [began, text, wanted] = [0, "", 0];
    const socket = net.connect(port, "127.0.0.1", next).setNoDelay(true).setEncoding("latin1");
    function next() {
      [text, wanted] = ["", 0];
      began = performance.now();
      if (began >= end) return socket.end(() => resolve(times));
      return socket.write(request);
    }
    socket.on("error", reject);
    socket.on("data", (part) => {
      text += part;
      const head = wanted ? 0 : text.indexOf("\r\n\r\n");
      if (!wanted && head >= 0) {
        const length = /content-length: (\d+)/i.exec(text.slice(0, head));
        wanted = length ? head + 4 + Number(length[1]) : -1;
      }
      const whole = wanted > 0 ? text.length >= wanted : wanted < 0 && text.endsWith("0\r\n\r\n");
      if (!whole) return;
      times.push(performance.now() - began);
      next();
    });
  });
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
