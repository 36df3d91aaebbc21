// Lighthouse's mobile preset on the release build behind Nginx, with the set-up that the guide to
// hosting recommends; writes its figures for docs/benchmarks.md.
//
// node bench/lighthouse.mjs --dist DIR --builder PROGRAM --peers PROGRAM --cache DIR
//   [--size 100k] [--runs 3] [--report FILE]

import { mkdir, mkdtemp, readFile, rm, symlink, writeFile, readdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { launchOptions } from "../tests/e2e/lib/chromium.mjs";
import { dataSet } from "./lib/data.mjs";
import { startNginx } from "./lib/nginx.mjs";
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

const data = await dataSet(options.size, options);
const scratch = await mkdtemp(path.join(os.tmpdir(), "hub-lighthouse-"));
const root = await folderOf(scratch, path.resolve(options.dist), data.snapshot, options.base);
const set = { main: "master_process off;", http: "access_log off;" };
const nginx = await startNginx({ scratch, root, base: options.base, ...set });
const runs = [];
try {
  for (let run = 0; run < Number(options.runs); run += 1) {
    const { executablePath, args } = launchOptions();
    const chrome = await launch({ chromePath: executablePath, chromeFlags: ["--headless", ...args] });
    try {
      const flags = { port: chrome.port, output: "json", logLevel: "error" };
      const { lhr } = await lighthouse(`${nginx.origin}${options.base}dashboard`, flags);
      runs.push(lhr);
      const scores = Object.values(lhr.categories).map(({ id, score }) => `${id} ${Math.round(score * 100)}`);
      console.log(`run ${run + 1}: ${scores.join(", ")}`);
    } finally {
      chrome.kill();
    }
  }
} finally {
  nginx.child.kill();
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
