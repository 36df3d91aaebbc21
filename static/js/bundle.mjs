// Bundles the JavaScript parts into `js/<content hash>/` of the folder that trunk is building.
//
// Every `*.js` beside this file is an entry of the page; `worker/sqlite.js` is the database's worker.
// Trunk calls this before each build. `finish.mjs` later tells the page which hash to load from.
// `HUB_IMPORTER` is the folder of the importer's program, whose worker is `worker/importer.js`; without it
// the page has none. `HUB_PARTS` names a file to write down of which packages of others that is made.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { tellParts } from "./parts.mjs";
import { plotlyStylesheet } from "./plotly-stylesheet.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

const COMMON = {
  bundle: true,
  target: "es2022",
  minify: true,
  legalComments: "none",
  outdir: "/",
  logLevel: "warning",
  metafile: true,
  write: false,
};

/** What esbuild tells of each of its runs. */
const metafiles = [];

/** The page's entries as ES modules, with a chunk for everything they import lazily. */
async function pageEntries() {
  const names = (await readdir(here)).filter((name) => name.endsWith(".js"));
  const { outputFiles, metafile } = await esbuild.build({
    ...COMMON,
    entryPoints: names.map((name) => path.join(here, name)),
    splitting: true,
    format: "esm",
    // plotly.js still says `global` where browsers say `window`.
    define: { global: "window" },
    chunkNames: "[name]-[hash]",
    // The styles of maps, which no figure here is.
    loader: { ".css": "empty" },
  });
  metafiles.push(metafile);
  return outputFiles.map(named);
}

/** The database's worker as a classic script, and SQLite itself. */
async function engine() {
  const { outputFiles, metafile } = await esbuild.build({
    ...COMMON,
    entryPoints: { "sqlite-worker": path.join(here, "worker/sqlite.js") },
    format: "iife",
    define: { global: "self" },
  });
  metafiles.push(metafile);
  const sqlite = await readFile(require.resolve("sql.js-httpvfs/dist/sql-wasm.wasm"));
  return [...outputFiles.map(named), ["sql-wasm.wasm", sqlite]];
}

/** The importer's worker as a module, and its programs, which it looks for beside itself. */
async function importer(folder) {
  const { outputFiles, metafile } = await esbuild.build({
    ...COMMON,
    entryPoints: { importer: path.join(here, "worker/importer.js") },
    alias: {
      importer: path.join(folder, "importer.js"),
      "importer-letters": path.join(folder, "importer_letters.js"),
    },
    format: "esm",
  });
  metafiles.push(metafile);
  const programs = ["importer_bg.wasm", "importer_letters_bg.wasm"];
  const read = async (name) => [name, await readFile(path.join(folder, name))];
  return [...outputFiles.map(named), ...(await Promise.all(programs.map(read)))];
}

/**
 * The words of each language, `words-de.json` and so on, put together of the files of its parts; the
 * importer's sentences are apart, in `importer-words-de.json`, as the importer is: for whoever brings files.
 */
async function catalogs() {
  const words = path.join(here, "../words");
  const catalog = async (language) => {
    const parts = (await readdir(path.join(words, language))).sort();
    const read = async (part) => JSON.parse(await readFile(path.join(words, language, part), "utf8"));
    const file = async (name, parts) => {
      const texts = Object.assign({}, ...(await Promise.all(parts.map(read))));
      return [`${name}.json`, Buffer.from(JSON.stringify(texts))];
    };
    const isApart = (part) => part === "importer.json";
    return Promise.all([
      file(`words-${language}`, parts.filter((part) => !isApart(part))),
      file(`importer-words-${language}`, parts.filter(isApart)),
    ]);
  };
  return (await Promise.all((await readdir(words)).map(catalog))).flat();
}

function named(file) {
  return [path.basename(file.path), Buffer.from(file.contents)];
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
  ...(await pageEntries()),
  ...(await engine()),
  ...(process.env.HUB_IMPORTER ? await importer(process.env.HUB_IMPORTER) : []),
  ...(await catalogs()),
  ["plotly.css", Buffer.from(plotlyStylesheet())],
].sort(([one], [other]) => (one < other ? -1 : 1));
const folder = path.join(staging, "js", contentHash(files));
await mkdir(folder, { recursive: true });
await Promise.all(files.map(([name, bytes]) => writeFile(path.join(folder, name), bytes)));
if (process.env.HUB_PARTS) await tellParts(metafiles, process.env.HUB_PARTS);
