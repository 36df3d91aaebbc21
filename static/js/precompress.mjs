// Compressed copies beside the files that hosts may send compressed (`name.br`, `name.gz`), for
// hosts that look for them, as nginx does with brotli_static and gzip_static.
//
// Only files that never change without a build: a manifest or a configuration that is replaced by
// hand would go on being sent as its old copy.

import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const KINDS = new Set([".css", ".html", ".js", ".svg", ".wasm"]);
const SMALLEST = 800;

/** What a file weighs on the wire at its smallest. */
export async function smallest(bytes) {
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Writes the copies for everything in a folder, but not for data. */
export async function precompress(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "data" ? undefined : precompress(file);
      if (!KINDS.has(path.extname(entry.name))) return undefined;
      const bytes = await readFile(file);
      if (bytes.length < SMALLEST) return undefined;
      return Promise.all([
        writeFile(`${file}.br`, await smallest(bytes)),
        writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 })),
      ]);
    }),
  );
}
