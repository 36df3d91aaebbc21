// The pieces into which the app was cut (`crates/splitter`): made small, named by their content, and
// known to the glue that fetches them.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const LINK = "__wasm_split.js";
/** How the cut has each piece fetched, and what fetches it here. */
const FETCHED =
  /const src = fetch\(new URL\("([^"]+)", import\.meta\.url\)\);\s*return async \(imports\) => \(WebAssembly\.instantiateStreaming\(src, imports\)\);/g;
const [FETCHER, FETCHES] = ["hub:piece", "static/app/piece.js"];

/** What wasm-opt is told about the app by the page that trunk builds. */
async function options(source) {
  const page = await readFile(path.join(source, "index.html"), "utf8");
  const [, text] = /data-wasm-opt-params="([^"]*)"/.exec(page) ?? [];
  if (!text) throw new Error("index.html says nothing of wasm-opt");
  return text.split(" ");
}

async function shrunk(file, settings) {
  const scratch = await mkdtemp(path.join(os.tmpdir(), "hub-piece-"));
  try {
    const into = path.join(scratch, "piece.wasm");
    const tool = require.resolve("binaryen/bin/wasm-opt");
    await promisify(execFile)(process.execPath, [tool, ...settings, "-Oz", "--strip-debug", file, "-o", into]);
    return await readFile(into);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Puts the pieces into a folder; gives a plugin for esbuild that puts the script which fetches them
 * into `glue`.
 */
export async function withPieces(glue, folder) {
  const { HUB_PIECES: pieces, TRUNK_SOURCE_DIR: source } = process.env;
  if (!pieces) throw new Error("HUB_PIECES is not set: build by cargo xtask run or cargo xtask build");
  const settings = await options(source);
  const link = path.join(pieces, LINK);
  let script = await readFile(link, "utf8");
  // What no link names is the rest, which trunk has put into the page.
  const named = (name) => script.includes(`"./${name}"`);
  for (const name of (await readdir(pieces)).filter((name) => name.endsWith(".wasm") && named(name))) {
    const bytes = await shrunk(path.join(pieces, name), settings);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    const final = `${name.replace(/^split_|\.wasm$/g, "")}-${hash}.wasm`;
    await writeFile(path.join(folder, final), bytes);
    script = script.replaceAll(`"./${name}"`, JSON.stringify(`./${final}`));
  }
  if (!FETCHED.test(script)) throw new Error(`${link} fetches the pieces in another way than is known`);
  script = `import { piece } from "${FETCHER}";\n${script.replace(FETCHED, 'return piece(new URL("$1", import.meta.url));')}`;
  return {
    name: "pieces",
    setup(build) {
      build.onResolve({ filter: /__wasm_split\.js$/ }, () => ({ path: link, namespace: "pieces" }));
      build.onLoad({ filter: /.*/, namespace: "pieces" }, () => ({ contents: script, loader: "js" }));
      build.onResolve({ filter: new RegExp(`^${FETCHER}$`) }, () => ({ path: path.resolve(source, FETCHES) }));
      build.onResolve({ filter: /^\.\//, namespace: "pieces" }, () => ({ path: glue }));
    },
  };
}
