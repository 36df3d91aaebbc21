// The data sets: made once, kept outside the project.

import { spawn, spawnSync } from "node:child_process";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { writeParquet } from "./peers.mjs";
import { questions } from "./questions.mjs";
import { changes, first } from "./script.mjs";

const SIZES = { "10k": 10_000, "100k": 100_000, "1m": 1_000_000 };
const SEED = 3;

const exists = (file) => stat(file).then(Boolean, () => false);

/** Everything about a size: the snapshot's folder, what lies over the peers' pages, the answers. */
export async function dataSet(size, { builder, peers, cache }) {
  const customers = SIZES[size] ?? Number(size);
  const folder = path.join(cache, `${customers}-customers`);
  const snapshot = path.join(folder, "snapshot");
  await mkdir(folder, { recursive: true });
  const inspected = spawnSync(builder, ["inspect", snapshot], { encoding: "utf8" });
  const described = await readFile(path.join(snapshot, "manifest.json"), "utf8").catch(() => "{}");
  let report = await readFile(path.join(folder, "build.json"), "utf8").then(JSON.parse, () => undefined);
  if (inspected.status !== 0 || !JSON.parse(described).first_view || !report) {
    console.log(`building ${customers} customers`);
    // Answers and peers' data that are of the same snapshot again stay.
    await rm(snapshot, { recursive: true, force: true });
    const begun = performance.now();
    const what = ["demo", "--customers", String(customers), "--seed", String(SEED), "--out", snapshot];
    const peak = await runWatched(builder, what);
    report = { seconds: (performance.now() - begun) / 1000, peak };
    await writeFile(path.join(folder, "build.json"), JSON.stringify(report));
  }
  const { meta } = JSON.parse(await readFile(path.join(snapshot, "manifest.json"), "utf8"));
  const ready = path.join(folder, "ready");
  const asked = questions(meta).filter(({ filter }) => filter).map(({ filter }) => filter);
  const filters = [first(meta), ...changes(meta), ...asked];
  const made = JSON.stringify([meta.snapshot_id, filters]);
  if ((await readFile(ready, "utf8").catch(() => "")) !== made) {
    console.log("making what the peers read, and the answers by plain SQL");
    await peersData(peers, snapshot, folder, customers, filters);
    await writeFile(ready, made);
  }
  const answers = JSON.parse(await readFile(path.join(folder, "all-answers.json"), "utf8"));
  const over = {};
  for (const name of ["raw.sqlite", "rollup.sqlite", "lines.parquet", "answers.json"]) {
    if (await exists(path.join(folder, name))) over[name] = path.join(folder, name);
  }
  return { size, customers, folder, snapshot, meta, answers, over, build: report };
}

/** Runs a program; gives the most memory it held, in bytes, where the system tells. */
export async function runWatched(program, args, says = "inherit") {
  const child = spawn(program, args, { stdio: ["ignore", says, says] });
  let peak = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
  }, 100);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} failed`);
  return peak;
}

async function peersData(program, snapshot, folder, customers, filters) {
  const input = filters.map((filter) => JSON.stringify(filter)).join("\n");
  const raw = customers <= 10_000 ? ["raw"] : [];
  const run = spawnSync(program, [snapshot, folder, ...raw], {
    input: `${input}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (run.status !== 0) throw new Error("the peers' data could not be made");
  const answers = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
  await writeFile(path.join(folder, "all-answers.json"), JSON.stringify(answers));
  await writeFile(path.join(folder, "answers.json"), JSON.stringify(answers[0]));
  const parquet = path.join(folder, "lines.parquet");
  await writeParquet(path.join(folder, "lines.csv"), `${parquet}.part`);
  await rename(`${parquet}.part`, parquet);
  await rm(path.join(folder, "lines.csv"));
}
