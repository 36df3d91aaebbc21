// The app's own files, as the service worker keeps them: each with the hash of what is in it.

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

import { HASHED } from "./hosting.mjs";

/** Folders whose files are the app's, beside files at the top whose names carry a hash. */
const FOLDERS = /^(js|icons)\//;

/** `{ build, files: { path: { hash, bytes } } }`; `build` is another for every other list. */
export async function appFiles(staging) {
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(staging, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => FOLDERS.test(name) || (!name.includes("/") && HASHED.test(name)));
  const files = {};
  for (const name of paths.sort()) {
    const content = await readFile(path.join(staging, name));
    files[name] = { hash: createHash("sha256").update(content).digest("hex"), bytes: content.length };
  }
  const build = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
  return { build, files };
}
