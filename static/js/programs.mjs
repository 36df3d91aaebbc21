// Puts the answers for programs beside the page: the files that the builder has written, a page to
// read and try them, and the addresses under which hosts answer with them.

import { copyFile, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { copyFolder } from "./folders.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The folders of answers, as the builder writes them. */
export const FAMILIES = ["api", "backend"];

/** What there is for no address. */
const NOT_FOUND = "not-found.json";

/** Copies answers and documentation into the folder of the page; gives the rules for hosts. */
export async function answersForPrograms(from, staging, base) {
  const rules = [];
  for (const family of FAMILIES) {
    await copyFolder(path.join(from, family), path.join(staging, family));
    const entries = await readdir(path.join(from, family), { withFileTypes: true });
    rules.push(...rulesOf(`${base}${family}`, entries));
  }
  await documentation(path.join(staging, "docs"));
  return rules;
}

/** One line for each address, in the form of `_redirects`: address, file, status. */
function rulesOf(address, entries) {
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => path.parse(name).name);
  const answers = names.filter((name) => !["index", "openapi", "not-found"].includes(name)).sort();
  const pages = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return [
    ...(names.includes("index") ? [address, `${address}/`].map((at) => `${at} ${address}/index.json 200`) : []),
    ...answers.map((name) => `${address}/${name} ${address}/${name}.json 200`),
    ...pages.map((name) => `${address}/${name}/:page ${address}/${name}/:page.json 200`),
    `${address}/* ${address}/${NOT_FOUND} 404`,
  ];
}

/** The page that shows the description, with a library that asks nobody else. */
async function documentation(folder) {
  await mkdir(folder, { recursive: true });
  const own = path.join(here, "../docs");
  for (const name of await readdir(own)) await copyFile(path.join(own, name), path.join(folder, name));
  const library = path.dirname(require.resolve("swagger-ui-dist/package.json"));
  for (const name of ["swagger-ui.css", "swagger-ui-bundle.js", "LICENSE"]) {
    await copyFile(path.join(library, name), path.join(folder, name));
  }
}
