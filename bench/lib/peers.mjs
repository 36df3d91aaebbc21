// Builds the peers' pages, and what they read for one size of data.

import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { smallest } from "./smallest.mjs";

const HERE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../peers");
const require = createRequire(import.meta.url);

/** Files that a peer loads beside its page. */
const BESIDE = {
  bare: {},
  "httpvfs-raw": {
    "sqlite.worker.js": "sql.js-httpvfs/dist/sqlite.worker.js",
    "sql-wasm.wasm": "sql.js-httpvfs/dist/sql-wasm.wasm",
  },
  "httpvfs-rollup": {
    "sqlite.worker.js": "sql.js-httpvfs/dist/sqlite.worker.js",
    "sql-wasm.wasm": "sql.js-httpvfs/dist/sql-wasm.wasm",
  },
  sqljs: { "sql-wasm.wasm": "sql.js/dist/sql-wasm-browser.wasm" },
  duckdb: {
    "duckdb.worker.js": "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js",
    "duckdb.wasm": "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm",
  },
};

/** Names of all peers. */
export const PEERS = Object.keys(BESIDE);

/** Builds each peer's page into a folder of its name; `first` is the default view's filter. */
export async function buildPeers(folder, first) {
  for (const peer of PEERS) {
    const into = path.join(folder, peer);
    await mkdir(into, { recursive: true });
    const { outputFiles } = await esbuild.build({
      entryPoints: [path.join(HERE, `${peer}.js`)],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      external: ["fs", "path", "crypto"],
      define: { global: "window" },
      logLevel: "error",
      write: false,
    });
    const script = Buffer.from(outputFiles[0].contents).toString();
    const filter = JSON.stringify(first).replaceAll('"', "&quot;");
    // The limit is as fast as a page can be: its script is in it.
    const inline = peer === "bare";
    const loads = inline
      ? `<script type="module">${script}</script>`
      : '<script type="module" src="page.js"></script>';
    if (!inline) await writeFile(path.join(into, "page.js"), script);
    const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${peer}</title>
<meta name="first" content="${filter}"><link rel="icon" href="data:,"></head><body><dl></dl>${loads}</body></html>`;
    await writeFile(path.join(into, "index.html"), page);
    for (const [name, from] of Object.entries(BESIDE[peer])) {
      const file = path.join(into, name);
      if (await stat(file).catch(() => undefined)) continue;
      await copyFile(require.resolve(from), file);
      // Ahead of time, as on a CDN; the largest takes a minute.
      await writeFile(`${file}.br`, await smallest(await readFile(file)));
    }
  }
}

/** Parquet as DuckDB reads it best: sorted by day, small types, zstd. */
export async function writeParquet(csv, file) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`SET memory_limit = '3GB'`);
  await connection.run(`COPY (
    SELECT day::DATE AS day, customer::UINTEGER AS customer, segment, churn, category,
           bill::UINTEGER AS bill, amount::INTEGER AS amount, quantity::SMALLINT AS quantity
    FROM read_csv('${csv}', header = true, nullstr = '') ORDER BY day
  ) TO '${file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`);
  connection.closeSync();
}
