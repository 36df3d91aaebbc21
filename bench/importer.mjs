// The importer in the page beside the builder on this machine, with the same files; writes
// docs/benchmarks-importer.md.
//
// node bench/importer.mjs --builder PROGRAM --dist DIR [--lines 10000,100000,500000] [--rounds 3] [--out FILE]

import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { launchOptions } from "../tests/e2e/lib/chromium.mjs";
import { serve } from "../tests/e2e/lib/server.mjs";
import { runWatched } from "./lib/data.mjs";
import { median } from "./lib/numbers.mjs";
import { peakOf } from "./lib/visit.mjs";

const { values: options } = parseArgs({
  options: {
    builder: { type: "string" },
    dist: { type: "string" },
    lines: { type: "string", default: "10000,100000,500000,2000000" },
    rounds: { type: "string", default: "3" },
    out: { type: "string", default: "docs/benchmarks-importer.md" },
  },
});

const HERE = path.dirname(fileURLToPath(import.meta.url));
const LINES_AN_ORDER = 2.5;
const PRODUCTS = 400;
const CATEGORIES = ["Books", "Garden", "Kitchen", "Toys", "Music", "Sports"];

/** A file of so many purchase lines, always the same. */
async function orders(file, count) {
  const out = createWriteStream(file);
  let state = 7;
  const roll = (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  out.write("Order,Customer,Date,Product,Category,Quantity,Amount\n");
  const [total, customers] = [Math.ceil(count / LINES_AN_ORDER), Math.ceil(count / LINES_AN_ORDER / 10)];
  let text = "";
  for (let line = 0; line < count; line += 1) {
    const order = Math.floor(line / LINES_AN_ORDER);
    const day = new Date(Date.UTC(2023, 0, 1) + Math.floor((order * 1_000) / total) * 86_400_000).toISOString().slice(0, 10);
    const customer = (Math.imul(order, 2_654_435_761) >>> 0) % customers;
    const product = roll(PRODUCTS);
    const amount = ((roll(20_000) + 100) / 100).toFixed(2);
    text += `${order},c${customer},${day},Product ${product},${CATEGORIES[product % CATEGORIES.length]},${1 + roll(4)},${amount}\n`;
    if (text.length > 1 << 20) {
      if (!out.write(text)) await new Promise((done) => out.once("drain", done));
      text = "";
    }
  }
  await new Promise((done) => out.end(text, done));
}

const seconds = async (work) => {
  const begun = performance.now();
  const result = await work();
  return [(performance.now() - begun) / 1_000, result];
};

async function native(file, folder) {
  const [toml, out] = [path.join(folder, "mapping.toml"), path.join(folder, "out")];
  const [looked] = await seconds(() => runWatched(options.builder, ["guess", file, "--out", toml], "ignore"));
  const [built, memory] = await seconds(() =>
    runWatched(options.builder, ["build", "--from", file, "--mapping", toml, "--out", out], "ignore"));
  const { meta } = JSON.parse(await readFile(path.join(out, "manifest.json"), "utf8"));
  await rm(out, { recursive: true });
  await rm(toml);
  return { looked, built, memory, id: meta.snapshot_id };
}

async function inPage(site, file) {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
    page.setDefaultTimeout(600_000);
    await page.goto(`${site.url}own-data`);
    await page.locator("#own-files").waitFor();
    const [looked] = await seconds(async () => {
      await page.locator("#own-files").setInputFiles(file);
      await page.locator('[data-own="totals"]').waitFor();
    });
    const [built] = await seconds(async () => {
      await page.getByRole("button", { name: "Build the dashboard" }).click();
      await page.locator('[data-kpi="total_revenue"] .kpi__value data').waitFor();
    });
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "About the data" }).click();
    const id = await page.locator("dl.facts code").first().innerText();
    return { looked, built, memory: peakOf(), id, version: browser.version() };
  } finally {
    await browser.close();
  }
}

const scratch = await mkdtemp(path.join(os.tmpdir(), "hub-importer-"));
const rows = [];
let version;
try {
  const site = await serve({ dist: options.dist, folders: {} });
  for (const count of options.lines.split(",").map(Number)) {
    const file = path.join(scratch, `orders-${count}.csv`);
    await orders(file, count);
    const { size } = await stat(file);
    const [here, there] = [[], []];
    for (let round = 0; round < Number(options.rounds); round += 1) {
      here.push(await native(file, scratch));
      there.push(await inPage(site, file));
      version = there.at(-1).version;
      if (here.at(-1).id !== there.at(-1).id) throw new Error(`other snapshots of ${count} lines: ${here.at(-1).id}, ${there.at(-1).id}`);
      console.log(count, JSON.stringify(here.at(-1)), JSON.stringify(there.at(-1)));
    }
    const of = (rounds, name) => median(rounds.map((round) => round[name]));
    rows.push({ count, size, of: (name) => [of(here, name), of(there, name)] });
    await rm(file);
  }
  await site.close();
} finally {
  await rm(scratch, { recursive: true, force: true });
}

const whole = (value) => Math.round(value).toLocaleString("en-US");
const time = (value) => `${value.toFixed(value < 10 ? 1 : 0)} s`;
const mb = (value) => (value === undefined ? "–" : `${whole(value / 1e6)} MB`);
const table = [
  "| lines | file | looked at: builder / page | built: builder / page | memory: builder / page |",
  "|---|---|---|---|---|",
  ...rows.map(({ count, size, of }) =>
    `| ${whole(count)} | ${(size / 1e6).toFixed(1)} MB | ${of("looked").map(time).join(" / ")} | ${of("built").map(time).join(" / ")} | ${of("memory").map(mb).join(" / ")} |`),
];
const [{ model }] = os.cpus();
const text = (await readFile(path.join(HERE, "importer.md"), "utf8"))
  .replace("{{machine}}", `${os.cpus().length} cores (${model.trim()}), ${Math.round(os.totalmem() / 1e9)} GB, ${os.type()} ${os.arch()}`)
  .replace("{{date}}", new Date().toISOString().slice(0, 10))
  .replace("{{chromium}}", version)
  .replace("{{rounds}}", options.rounds)
  .replace("{{lines_an_order}}", String(LINES_AN_ORDER))
  .replace("{{table}}", table.join("\n"));
await writeFile(options.out, text);
console.log(text);
