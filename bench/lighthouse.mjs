// Lighthouse's mobile preset on the release build behind Nginx, with the set-up that the guide to
// hosting recommends; writes its figures for docs/benchmarks.md.
//
// node bench/lighthouse.mjs --dist DIR --builder PROGRAM --peers PROGRAM --cache DIR
//   [--size 100k] [--runs 3] [--report FILE]

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile, readdir } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { launchOptions } from "../tests/e2e/lib/chromium.mjs";
import { dataSet } from "./lib/data.mjs";
import { median } from "./lib/numbers.mjs";

const { values: options } = parseArgs({
  options: {
    dist: { type: "string" },
    builder: { type: "string" },
    peers: { type: "string" },
    cache: { type: "string" },
    base: { type: "string", default: "/hub/" },
    size: { type: "string", default: "100k" },
    runs: { type: "string", default: "3" },
    report: { type: "string" },
  },
});

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const NGINX = ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"];

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The build with another snapshot as a folder of links. */
async function folderOf(scratch, dist, snapshot, base) {
  const root = path.join(scratch, "root");
  const site = path.join(root, base);
  await mkdir(site, { recursive: true });
  for (const name of await readdir(dist)) {
    if (name !== "data" && !name.startsWith(".")) await symlink(path.join(dist, name), path.join(site, name));
  }
  await symlink(snapshot, path.join(site, "data"));
  return root;
}

/** Nginx with the documented set-up, on a free port of this machine. */
async function startNginx(scratch, root, base) {
  const program = NGINX.find((file) => existsSync(file)) ?? "nginx";
  const port = await freePort();
  const documented = await readFile(path.join(PROJECT, "docs/nginx.conf"), "utf8");
  const modules = "/usr/share/nginx/modules/ngx_http_brotli_static_module.so";
  const brotli = existsSync(modules);
  const below = base.replace(/\/$/, "");
  const server = documented
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("/var/www/insights-hub", root)
    .replace(/try_files .*;/, `try_files $uri ${base}index.html;`)
    .replace("^/data/snapshot-", `^${below}/data/snapshot-`)
    .replace("~^/js/", `~^${below}/js/`)
    .replace("~^/data/(", `~^${below}/data/(`)
    .replace(/brotli_static on;/, brotli ? "brotli_static on;" : "");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const paths = temporary.map((name) => `${name}_temp_path ${scratch}/${name};`).join("\n");
  const config = `${brotli ? `load_module ${modules};` : ""}
daemon off; master_process off; pid ${scratch}/nginx.pid; error_log ${scratch}/error.log;
events {}
http { access_log off; ${paths}
${server}
}`;
  const file = path.join(scratch, "nginx.conf");
  await writeFile(file, config);
  const child = spawn(program, ["-e", `${scratch}/error.log`, "-c", file], { stdio: "inherit" });
  for (let tries = 0; ; tries += 1) {
    const answers = await fetch(`http://127.0.0.1:${port}${base}`).then(({ ok }) => ok, () => false);
    if (answers) break;
    if (tries > 50 || child.exitCode !== null) throw new Error("Nginx did not start");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url: `http://127.0.0.1:${port}${base}dashboard`, stop: () => child.kill(), brotli };
}

const data = await dataSet(options.size, options);
const scratch = await mkdtemp(path.join(os.tmpdir(), "hub-lighthouse-"));
const root = await folderOf(scratch, path.resolve(options.dist), data.snapshot, options.base);
const nginx = await startNginx(scratch, root, options.base);
const runs = [];
try {
  for (let run = 0; run < Number(options.runs); run += 1) {
    const { executablePath, args } = launchOptions();
    const chrome = await launch({ chromePath: executablePath, chromeFlags: ["--headless", ...args] });
    try {
      const flags = { port: chrome.port, output: "json", logLevel: "error" };
      const { lhr } = await lighthouse(nginx.url, flags);
      runs.push(lhr);
      const scores = Object.values(lhr.categories).map(({ id, score }) => `${id} ${Math.round(score * 100)}`);
      console.log(`run ${run + 1}: ${scores.join(", ")}`);
    } finally {
      chrome.kill();
    }
  }
} finally {
  nginx.stop();
  await rm(scratch, { recursive: true, force: true });
}

const score = (id) => Math.round(100 * median(runs.map(({ categories }) => categories[id].score)));
const figure = (id) => median(runs.map(({ audits }) => audits[id].numericValue));
const seconds = (id) => `${(figure(id) / 1000).toFixed(2)} s`;
const [last] = runs.slice(-1);
const version = `Lighthouse ${last.lighthouseVersion}, mobile preset`;
const rows = [
  ["performance", score("performance"), ">= 95"],
  ["best practices", score("best-practices"), "100"],
  ["accessibility", score("accessibility"), "100"],
  ["first contentful paint", seconds("first-contentful-paint"), ""],
  ["largest contentful paint", seconds("largest-contentful-paint"), ""],
  ["total blocking time", `${Math.round(figure("total-blocking-time"))} ms`, ""],
  ["cumulative layout shift", figure("cumulative-layout-shift").toFixed(3), ""],
  ["speed index", seconds("speed-index"), ""],
];
const text = `${version}, median of ${runs.length} runs, dashboard of ${options.size} customers, release build behind Nginx set
up as docs/nginx.conf${nginx.brotli ? "" : " (without brotli)"}.

| | measured | goal |
|---|---|---|
${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}
`;
await writeFile(path.join(options.cache, "lighthouse.md"), text);
console.log(text);
for (const audit of Object.values(last.audits)) {
  if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative") {
    console.log(`  ${audit.id} ${audit.score} ${audit.displayValue ?? ""}`);
  }
}
if (options.report) await writeFile(options.report, JSON.stringify(last));
