// Looks things up in what was measured.

import { median, quantile } from "./numbers.mjs";

/** Visits of a peer at a size, on a line (`house`, `slow`, `road`). */
function visits(results, size, peer, kind = "house") {
  return results.filter((row) => row.size === size && row.peer === peer && row.kind === kind);
}

/** The median of one figure of a stage: `ms`, `bytes`, `requests`. */
export function stage(results, size, peer, name, figure, { kind, temperature = "cold" } = {}) {
  const rows = visits(results, size, peer, kind);
  return median(rows.map((row) => row[temperature]?.[name]?.[figure]));
}

/** How much longer than the limit a page takes to its first number, visit by visit. */
export function overBare(results, size, name, kind = "house", temperature = "cold") {
  const bare = stage(results, size, "bare", "kpi", "ms", { kind, temperature });
  const own = stage(results, size, "hub", name, "ms", { kind, temperature });
  return bare && own ? own / bare : undefined;
}

/** The least and the most of a figure over all rounds, as `stage` gives the middle. */
export function spread(results, size, peer, name, figure, { kind, temperature = "cold" } = {}) {
  const values = visits(results, size, peer, kind)
    .map((row) => row[temperature]?.[name]?.[figure])
    .filter(Number.isFinite);
  return values.length > 1 ? [Math.min(...values), Math.max(...values)] : undefined;
}

/** One figure of the filter script. */
export function filter(results, size, peer, figure, part) {
  const run = results.find((row) => row.size === size && row.peer === peer && row.kind === "filter");
  return run && quantile(run.steps.map((step) => step[figure]), part);
}

export const memory = (results, size, peer) =>
  median(visits(results, size, peer).map((row) => row.memory));

export const sizesOf = (results) => [...new Set(results.map(({ size }) => size))];

export const peersOf = (results) => [...new Set(results.map(({ peer }) => peer))].filter(Boolean);

/** The questions that were asked, at all sizes: `{ name, sort, at: { "10k": row, … } }`. */
export function questionsOf(results) {
  const named = new Map();
  for (const row of results.filter(({ kind }) => kind === "question")) {
    if (!named.has(row.name)) named.set(row.name, { name: row.name, sort: row.sort, at: {} });
    named.get(row.name).at[row.size] = row;
  }
  return [...named.values()];
}

/** The list of all customers as a file, at a size. */
export const listOf = (results, size) => results.find((row) => row.kind === "list" && row.size === size);
