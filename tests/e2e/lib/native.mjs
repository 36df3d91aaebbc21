// What native code computes from the same snapshot under the filters of an address.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { fixture } from "./test.mjs";

const run = promisify(execFile);
/** The builder, as a program. */
export const BUILDER = fixture(process.platform === "win32" ? "builder.exe" : "builder");

/** KPIs and tables under each query: `[{ query, dropped, kpis, widgets }]`, in one process. */
export async function underQueries(snapshot, queries) {
  const folder = await mkdtemp(path.join(tmpdir(), "hub-queries-"));
  try {
    const file = path.join(folder, "queries");
    await writeFile(file, queries.map((query) => `${query}\n`).join(""));
    const asked = ["inspect", fixture(snapshot), "--queries", file];
    const { stdout } = await run(BUILDER, asked, { maxBuffer: 1 << 28 });
    return stdout.trim().split("\n").map((line) => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
