// Of which packages of others the page's scripts are made, for the list of licences of a release.
//
// `cargo xtask release` names in `HUB_PARTS` the file to write that down in.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const MODULES = "node_modules/";
/** What lies in the page without being bundled, and what writes a few lines of its own into bundles. */
const BESIDE = ["esbuild", "sql.js-httpvfs", "swagger-ui-dist"];
/** Comments at the beginning of a line. */
const COMMENTS = /^[ \t]*\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*(?:\n|$))+/gm;
const OF_RIGHTS = /copyright|@licen[cs]e|licen[cs]ed?\b/i;

/** The folder of the package that a bundled file is of; none for the project's own. */
function folderOf(file) {
  const at = file.lastIndexOf(MODULES) + MODULES.length;
  if (at < MODULES.length) return undefined;
  const [first, second] = file.slice(at).split("/");
  return path.resolve(file.slice(0, at), first.startsWith("@") ? `${first}/${second}` : first);
}

/** Comments of a source that speak of rights, without the signs that make them comments. */
export function remarksOf(source) {
  const lines = (comment) => comment.split("\n").map((line) => line.replace(/^\s*(?:\/\*+!?|\/\/|\*+(?!\/))?\s?/, ""));
  const bare = (comment) => lines(comment.replace(/\s*\*+\/\s*$/, "")).join("\n").trim();
  return (source.match(COMMENTS) ?? []).filter((comment) => OF_RIGHTS.test(comment)).map(bare);
}

const nameOf = (person) => (typeof person === "string" ? person.replace(/\s*[<(].*$/, "") : person?.name);

/** A package as its own file tells it. */
async function told(folder, remarks) {
  const own = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const old = [own.licenses ?? own.license].flat().map((one) => one?.type ?? one);
  const license = old.filter(Boolean).join(" OR ") || null;
  const people = [own.author, ...[own.contributors ?? []].flat()].map(nameOf);
  const authors = [...new Set(people.filter(Boolean))];
  return { name: own.name, version: own.version, license, authors, folder, remarks: [...remarks] };
}

/** Writes down the packages of what esbuild has bundled, by its own account of it. */
export async function tellParts(metafiles, file) {
  const found = new Map(BESIDE.map((name) => [path.dirname(require.resolve(`${name}/package.json`)), new Set()]));
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const inputs = outputs.flatMap((output) => Object.entries(output.inputs));
  // Styles are left out of the bundles, whoever asks for them.
  const used = inputs.filter(([name, { bytesInOutput }]) => bytesInOutput > 0 && !name.endsWith(".css"));
  for (const name of new Set(used.map(([name]) => name))) {
    const folder = folderOf(name);
    if (!folder) continue;
    if (!found.has(folder)) found.set(folder, new Set());
    const remarks = remarksOf(await readFile(path.resolve(name), "utf8"));
    for (const remark of remarks) found.get(folder).add(remark);
  }
  const parts = await Promise.all([...found].map(([folder, remarks]) => told(folder, remarks)));
  const order = (part) => `${part.name} ${part.version}`;
  parts.sort((one, other) => (order(one) < order(other) ? -1 : 1));
  await writeFile(file, JSON.stringify(parts, null, 1));
}
