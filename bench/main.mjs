// `cargo xtask bench`: the page beside its peers, on one wire, in one interleaved run.
//
// node bench/main.mjs --dist DIR --builder PROGRAM --peers PROGRAM --cache DIR
//   [--sizes 10k,100k,1m] [--rounds 5] [--minutes 25] [--only bare,hub] [--out docs/benchmarks.md]

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { launchOptions } from "../tests/e2e/lib/chromium.mjs";
import { budgets } from "./lib/budgets.mjs";
import { dataSet } from "./lib/data.mjs";
import { PEERS, buildPeers } from "./lib/peers.mjs";
import { ask, questions, take } from "./lib/questions.mjs";
import { report } from "./lib/report.mjs";
import { changes, first } from "./lib/script.mjs";
import { identity, serveSites } from "./lib/site.mjs";
import { filterRun, visit } from "./lib/visit.mjs";
import { openWire } from "./lib/wire.mjs";

const { values: options } = parseArgs({
  options: {
    dist: { type: "string" },
    builder: { type: "string" },
    peers: { type: "string" },
    cache: { type: "string" },
    sizes: { type: "string", default: "10k,100k,1m" },
    rounds: { type: "string", default: "5" },
    minutes: { type: "string", default: "25" },
    only: { type: "string" },
    out: { type: "string", default: "docs/benchmarks.md" },
  },
});

/** The line of the house, and one on the road. */
const LINES = { house: { rtt: 40, bits: 20e6 }, road: { rtt: 150, bits: 1.6e6 } };

/** Combinations that are left out, or tried once, and why: printed with the results. */
const RULES = [
  {
    why: "the others decide no limit of this page's own: two rounds",
    of: (peer) => (["bare", "hub"].includes(peer) ? false : 2),
  },
  {
    why: "SQL over raw tables asks for hundreds of ranges: once, and only with 10,000 customers",
    of: (peer, customers) => peer === "httpvfs-raw" && (customers > 10_000 ? 0 : 1),
  },
  {
    why: "a whole file of more than 100 MB is no page: only with 10,000 customers",
    of: (peer, customers) => peer === "sqljs" && (customers > 10_000 ? 0 : 2),
  },
  {
    why: "DuckDB-WASM with a million customers takes half a minute a visit: once",
    of: (peer, customers) => peer === "duckdb" && (customers > 100_000 ? 1 : false),
  },
];

function roundsOf(peer, customers, rounds) {
  const limits = RULES.map((rule) => rule.of(peer, customers)).filter((limit) => typeof limit === "number");
  return Math.min(rounds, ...limits);
}

/** What a measurement gives; one that fails twice is told and left out. */
async function tried(what, measure) {
  for (const last of [false, true]) {
    const browser = await newBrowser();
    try {
      const seen = await measure(browser);
      console.log(`${what} ${JSON.stringify({ ...seen, steps: undefined })}`);
      return seen;
    } catch (error) {
      console.log(`${what} failed: ${error.message}`);
      if (last) skipped.push(`${what}: ${String(error.message).split("\n")[0]}`);
    } finally {
      await browser.close().catch(() => {});
    }
  }
  return undefined;
}

const rounds = Number(options.rounds);
const deadline = Date.now() + Number(options.minutes) * 60_000;
const self = identity();
/** A browser of its own for each measurement: nothing of one can reach another. */
function newBrowser() {
  const { args, ...others } = launchOptions();
  const trusted = `--ignore-certificate-errors-spki-list=${self.hash}`;
  return chromium.launch({ ...others, args: [...args, trusted, "--enable-precise-memory-info"] });
}

const results = [];
const skipped = [];
const file = path.join(options.cache, "results.json");

for (const size of options.sizes.split(",")) {
  const data = await dataSet(size, options);
  const script = changes(data.meta);
  await buildPeers(path.join(data.folder, "peers"), first(data.meta));
  const folders = Object.fromEntries(
    PEERS.map((peer) => [peer, { folder: path.join(data.folder, "peers", peer), over: data.over }]),
  );
  const site = await serveSites({
    ...folders,
    hub: { folder: options.dist, over: { "data/": data.snapshot } },
  }, self);
  const line = { ...LINES.house };
  const wire = await openWire(site.port, line);
  const bench = { wire, site, line, data, script };
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of ["bare", "hub", ...PEERS.slice(1)]) {
      if (options.only && !options.only.split(",").includes(peer)) continue;
      if (round >= roundsOf(peer, data.customers, rounds)) continue;
      if (Date.now() > deadline && round > 0) {
        skipped.push(`${peer}, ${size}, round ${round + 1}: the time was up`);
        continue;
      }
      const kinds = peer === "hub" || peer === "bare" ? ["house", "slow", "road"] : ["house"];
      for (const kind of kinds) {
        Object.assign(line, kind === "road" ? LINES.road : LINES.house);
        const seen = await tried(`${size} ${peer} ${kind}`, (browser) =>
          visit({ ...bench, browser }, peer, { cpu: kind === "slow" ? 4 : 1, warm: kind === "house" }),
        );
        results.push({ size, peer, kind, round, ...seen });
      }
      Object.assign(line, LINES.house);
      if (peer !== "bare" && round === 0) {
        const run = await tried(`${size} ${peer} filter`, (browser) => filterRun({ ...bench, browser }, peer));
        if (run) results.push({ size, peer, kind: "filter", round, ...run });
      }
      await mkdir(options.cache, { recursive: true });
      await writeFile(file, JSON.stringify(results));
    }
  }
  if (!options.only || options.only.split(",").includes("questions")) {
    const expected = data.answers.slice(1 + script.length);
    for (const [at, question] of questions(data.meta).entries()) {
      const { name, kind: sort } = question;
      const seen = await tried(`${size} ${name}`, (browser) =>
        ask({ ...bench, browser }, question, question.filter && expected[at]),
      );
      if (seen) results.push({ size, kind: "question", sort, name, ...seen });
    }
    const seen = await tried(`${size} list as CSV`, (browser) => take({ ...bench, browser }));
    if (seen) results.push({ size, kind: "list", ...seen });
    await writeFile(file, JSON.stringify(results));
  }
  await wire.close();
  await site.close();
}

const notes = [...RULES.map(({ why }) => why), ...skipped];
const shown = await newBrowser();
const text = await report(results, budgets(results), notes, { ...options, browser: shown.version() });
await shown.close();
await writeFile(options.out, text);
console.log(text);
