// Bundles the JavaScript parts into `js/<content hash>/` of the folder that trunk is building.
//
// Every `*.js` beside this file is an entry; what entries share goes to a subfolder. Trunk calls
// this before each build. `finish.mjs` later tells the page which hash to load from.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { plotlyStylesheet } from "./plotly-stylesheet.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The entries as ES modules, with a chunk for everything they import lazily. */
async function bundledEntries() {
  const names = (await readdir(here)).filter((name) => name.endsWith(".js"));
  const { outputFiles } = await esbuild.build({
    entryPoints: names.map((name) => path.join(here, name)),
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    // plotly.js still says `global` where browsers say `window`.
    define: { global: "window" },
    outdir: "/",
    chunkNames: "chunk-[hash]",
    logLevel: "warning",
    write: false,
  });
  return outputFiles.map((file) => [path.basename(file.path), Buffer.from(file.contents)]);
}

/** The engine's worker, which is no module, and SQLite itself. */
async function engineFiles() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(here, "worker/sqlite.js")],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  return [
    ["sqlite-worker.js", Buffer.from(outputFiles[0].contents)],
    ["sql-wasm.wasm", await readFile(require.resolve("sql.js-httpvfs/dist/sql-wasm.wasm"))],
  ];
}

/** The first 16 hexadecimal digits of a hash over names and contents. */
function contentHash(files) {
  const hash = createHash("sha256");
  for (const [name, bytes] of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex").slice(0, 16);
}

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) throw new Error("TRUNK_STAGING_DIR is not set: this script is run by trunk");

const files = [
  ...(await bundledEntries()),
  ...(await engineFiles()),
  ["plotly.css", Buffer.from(plotlyStylesheet())],
].sort(([one], [other]) => (one < other ? -1 : 1));
const folder = path.join(staging, "js", contentHash(files));
await mkdir(folder, { recursive: true });
await Promise.all(files.map(([name, bytes]) => writeFile(path.join(folder, name), bytes)));
