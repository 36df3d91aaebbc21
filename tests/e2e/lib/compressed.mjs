// Files as a CDN sends them: brotli where the browser takes it.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const brotli = promisify(brotliCompress);
const KINDS = [".css", ".html", ".js", ".json", ".svg", ".wasm"];
const finished = new Map();

/** A file's compressed content, or nothing if it goes out as it is. */
export async function compressed(file, headers) {
  const takes = headers["accept-encoding"]?.includes("br") && !headers.range;
  if (!takes || !KINDS.includes(path.extname(file))) return undefined;
  if (!finished.has(file)) finished.set(file, compress(file));
  return { encoding: "br", body: await finished.get(file) };
}

async function compress(file) {
  const ready = await readFile(`${file}.br`).catch(() => undefined);
  if (ready) return ready;
  return brotli(await readFile(file), {
    // Between what CDNs do on the fly (4) and ahead of time (11).
    params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
  });
}
