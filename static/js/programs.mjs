// The page to read and try the answers for programs, with a library that asks nobody else.

import { copyFile, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Writes the page that shows the description of the answers into a folder. */
export async function documentation(folder) {
  await mkdir(folder, { recursive: true });
  const own = path.join(here, "../docs");
  for (const name of await readdir(own)) await copyFile(path.join(own, name), path.join(folder, name));
  const library = path.dirname(require.resolve("swagger-ui-dist/package.json"));
  for (const name of ["swagger-ui.css", "swagger-ui-bundle.js", "LICENSE"]) {
    await copyFile(path.join(library, name), path.join(folder, name));
  }
}
