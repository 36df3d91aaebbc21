// What the dashboard asks for as soon as the app is there: named in the page, so that it is on its
// way before the app has started.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

/** The pieces of the app that draw the dashboard (`src/app/parts`). */
const PIECES = /^(dashboard|chunk_\d+)-[0-9a-f]{16}\.wasm$/;

const STATIC = /(?:\bfrom|\bimport)\s*"\.\/([\w-]+\.js)"/g;
const DYNAMIC = /\bimport\("\.\/([\w-]+\.js)"\)/g;

const found = (pattern, text) => [...text.matchAll(pattern)].map(([, name]) => name);

/** A bundled script and all that it cannot start without, and what it may fetch later. */
async function closure(folder, entry) {
  const [needed, later] = [new Set([entry]), new Set()];
  for (const name of needed) {
    const text = await readFile(path.join(folder, name), "utf8");
    for (const other of found(STATIC, text)) needed.add(other);
    for (const other of found(DYNAMIC, text)) later.add(other);
  }
  return { needed, later };
}

/** Drawn last of all, and only where a graphics card draws it or the reader wants it. */
const SOLID = /^scatter3d-/;

/**
 * Paths in the order of their need: `pieces` of the app, the `charts`, and the charts' `figures` of
 * rarer kinds, which a phone fetches when they are near.
 */
export async function neededNext(staging, scripts) {
  const pieces = (await readdir(staging)).filter((name) => PIECES.test(name));
  const { needed, later } = await closure(path.join(staging, scripts), "plotly.js");
  if (![...later].some((name) => SOLID.test(name))) throw new Error("no script draws in three dimensions");
  const figures = [...later].filter((name) => !needed.has(name) && !SOLID.test(name));
  const parts = { pieces, charts: [...needed], figures };
  for (const [name, part] of Object.entries(parts)) {
    if (part.length === 0) throw new Error(`what is needed next has no ${name}`);
  }
  const below = (names) => names.map((name) => `${scripts}/${name}`);
  return { pieces, charts: below(parts.charts), figures: below(parts.figures) };
}
