// `hub serve` beside Nginx with the same site, under load; writes docs/benchmarks-hosts.md.
//
// node bench/hosts.mjs --hub PROGRAM [--page DIR] [--seconds 8] [--held 10000] [--out FILE]

import { execFile, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { loaded, manyHeld, memory, slowHeads } from "./lib/load.mjs";
import { answering, freePort, PROGRAM, startNginx } from "./lib/nginx.mjs";

const { values: options } = parseArgs({
  options: {
    hub: { type: "string" },
    page: { type: "string" },
    seconds: { type: "string", default: "8" },
    held: { type: "string", default: "10000" },
    out: { type: "string", default: "docs/benchmarks-hosts.md" },
  },
});

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CUSTOMERS = "10000";
const SLOW = 500;
const PATIENCE = 90;
const ACTIVE = 64;

const run = promisify(execFile);
const seconds = Number(options.seconds);
const scratch = await mkdtemp(path.join(os.tmpdir(), "hub-hosts-"));
const site = path.join(scratch, "site");
const data = path.join(scratch, "data");
await run(options.hub, ["demo", "--customers", CUSTOMERS, "--out", data]);
const page = options.page ? ["--page", options.page] : [];
await run(options.hub, ["site", "--snapshot", data, "--out", site, ...page]);
const manifest = JSON.parse(await readFile(path.join(site, "data/manifest.json"), "utf8"));
const snapshot = manifest.file.publishing.path;
const { size } = await stat(path.join(site, "data", snapshot));
const { size: small } = await stat(path.join(site, "config.json"));

/** Each server writes a line for every request into a file. */
async function startHub() {
  const port = await freePort();
  const log = openSync(path.join(scratch, "hub.log"), "w");
  const child = spawn(options.hub, ["serve", "--site", site, "--port", port], { stdio: ["ignore", "inherit", log] });
  const origin = `http://127.0.0.1:${port}`;
  await answering(child, `${origin}/`);
  return { name: "hub serve", child, origin, programs: "/api/kpis" };
}

async function nginx() {
  const server = await startNginx({
    scratch,
    root: site,
    base: "/",
    main: `user ${os.userInfo().username}; worker_processes auto; worker_rlimit_nofile 20000;`,
    events: "worker_connections 19000;",
    http: `access_log ${scratch}/access.log;`,
  });
  return { name: "Nginx", ...server };
}

/** What a server does under each load, and what it holds. */
async function measured(server) {
  const { child, origin } = server;
  const at = (where) => `${origin}${where}`;
  const how = (load, connections = ACTIVE) => ({ connections, seconds, load });
  const config = at("/config.json");
  const found = { rest: await memory(child.pid) };
  found.small = await loaded(server, config, how({ LOAD: "same" }));
  found.range = await loaded(server, at(`/data/${snapshot}`), how({ LOAD: "range", SIZE: String(size) }));
  if (server.programs) {
    const { from, to } = span();
    found.known = await loaded(server, at(`${server.programs}?segment=High+Value`), how({ LOAD: "same" }));
    const view = { LOAD: "view", FIRST: String(from), SPAN: String(Math.round((to - from) / 86400)) };
    found.view = await loaded(server, at(server.programs), how(view, 8));
  }
  const sockets = await manyHeld(config, Number(options.held));
  found.held = { answered: sockets.length, memory: await memory(child.pid) };
  found.beside = await loaded(server, config, how({ LOAD: "same" }));
  sockets.forEach((socket) => socket.destroy());
  found.active = await loaded(server, config, how({ LOAD: "same" }, Number(options.held)));
  const slow = slowHeads(origin, SLOW, PATIENCE);
  found.amid = await loaded(server, config, how({ LOAD: "same" }));
  found.slow = await slow;
  return found;
}

/** The days of the data, in seconds. */
function span() {
  const to = Date.parse(`${manifest.meta.as_of}T00:00:00Z`) / 1000;
  return { from: to - 700 * 86400, to };
}

const results = [];
try {
  for (const start of [nginx, startHub]) {
    const server = await start();
    try {
      results.push({ name: server.name, ...(await measured(server)) });
      console.log(server.name, JSON.stringify(results.at(-1)));
    } finally {
      server.child.kill();
    }
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

const whole = (value) => Math.round(value).toLocaleString("en-US");
const load = (one) =>
  one && `${whole(one.rate)}/s, ${one.p50.toFixed(1)} / ${one.p99.toFixed(1)} ms, ${whole(one.cost)} µs`;
const mb = (value) => `${value.toFixed(0)} MB`;
const troubled = (one) => (one.lost || one.refused ? `; ${whole(one.lost)} lost, ${whole(one.refused)} refused` : "");
const cell = (name) => (one) => (one[name] ? load(one[name]) + troubled(one[name]) : "–");
const ROWS = [
  [`\`config.json\` (${small} bytes), ${ACTIVE} connections`, cell("small")],
  [`64 KiB anywhere in the snapshot (${(size / 1e6).toFixed(0)} MB), ${ACTIVE} connections`, cell("range")],
  ["`/api/kpis?segment=…`, asked before", cell("known")],
  ["`/api/kpis?from=…&to=…&segment=…`, computed, 8 connections", cell("view")],
  [`${whole(options.held)} connections that stay, each answered once`, (one) => `${whole(one.held.answered)} held`],
  [`\`config.json\` beside them, ${ACTIVE} connections`, cell("beside")],
  [`\`config.json\`, ${whole(options.held)} connections that all ask`, cell("active")],
  [`\`config.json\` beside ${SLOW} who send a letter a second, ${ACTIVE} connections`, cell("amid")],
  [
    `a head of a letter a second is cut off after`,
    ({ slow }) => (slow.cut === SLOW ? `${slow.first.toFixed(0)} to ${slow.last.toFixed(0)} s` : `${slow.cut} of ${SLOW} were`),
  ],
  ["memory at rest", (one) => mb(one.rest)],
  ["memory with the connections that stay", (one) => mb(one.held.memory)],
  ["memory with those that all ask", (one) => mb(one.active.memory)],
];
const head = `| | ${results.map(({ name }) => name).join(" | ")} |\n|---|${results.map(() => "---|").join("")}`;
const table = ROWS.map(([what, tell]) => `| ${what} | ${results.map(tell).join(" | ")} |`);
const version = async (program, flag) => {
  const { stdout, stderr } = await run(program, [flag]).catch((error) => error);
  return (stdout || stderr).trim().split("\n")[0];
};
const [{ model }] = os.cpus();
const text = (await readFile(path.join(HERE, "hosts.md"), "utf8"))
  .replace("{{machine}}", `${os.cpus().length} cores (${model.trim()}), ${Math.round(os.totalmem() / 1e9)} GB, ${os.type()} ${os.arch()}`)
  .replace("{{date}}", new Date().toISOString().slice(0, 10))
  .replace("{{versions}}", [await version(PROGRAM, "-v"), await version("wrk", "-v"), await version(options.hub, "--version")].join("; "))
  .replace("{{customers}}", whole(CUSTOMERS))
  .replace("{{seconds}}", options.seconds)
  .replace("{{table}}", [head, ...table].join("\n"));
await writeFile(options.out, text);
console.log(text);
