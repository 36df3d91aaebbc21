// Says what each part of the page weighs on the wire, beside the build before.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** Parts of the page, by the names of their files. */
const PARTS = [
  ["page, styles", /^index\.html$/],
  ["app glue", /^app-\w+\.js$/],
  ["app wasm", /^app-\w+_bg\.wasm$/],
  ["app, own data", /^own-[0-9a-f]{16}\.wasm$/],
  ["app, sign-in", /^sign_in-[0-9a-f]{16}\.wasm$/],
  ["app, later", /^(dashboard|views|chunk_\d+)-[0-9a-f]{16}\.wasm$/],
  ["sqlite", /^js\/\w+\/(sql|sqlite)[\w-]*\.(js|wasm)$/],
  ["importer", /^js\/\w+\/importer(_bg)?\.(js|wasm)$/],
  ["importer, letters", /^js\/\w+\/importer_letters_bg\.wasm$/],
  ["other scripts", /^js\/\w+\/.*\.(js|css)$/],
];

async function filesBelow(folder, prefix = "") {
  const files = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = prefix + entry.name;
    if (!entry.isDirectory()) files.push(name);
    else if (name !== "data") files.push(...(await filesBelow(path.join(folder, entry.name), `${name}/`)));
  }
  return files;
}

/** Bytes of each part, compressed where a compressed copy lies beside the file. */
export async function weigh(folder) {
  const names = await filesBelow(folder);
  const weights = {};
  for (const name of names.filter((name) => !/\.(br|gz)$/.test(name))) {
    const [part] = PARTS.find(([, pattern]) => pattern.test(name)) ?? [];
    if (!part) continue;
    const copy = names.includes(`${name}.br`) ? `${name}.br` : name;
    weights[part] = (weights[part] ?? 0) + (await readFile(path.join(folder, copy))).length;
  }
  return weights;
}

/** Prints the table and keeps the weights in `file` for the next build. */
export async function reportSizes(folder, file) {
  const before = await readFile(file, "utf8").then(JSON.parse, () => ({}));
  const now = await weigh(folder);
  console.log("    on the wire, compressed by brotli:");
  for (const [part] of PARTS) {
    const [bytes, old] = [now[part] ?? 0, before[part]];
    const change = old === undefined || old === bytes ? "" : `  ${bytes > old ? "+" : ""}${bytes - old} since the last build`;
    console.log(`    ${part.padEnd(14)} ${String(bytes).padStart(9)}${change}`);
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(now));
}
