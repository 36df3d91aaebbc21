// The results as a document.

import { readFile } from "node:fs/promises";
import os from "node:os";

import { ms, ratio, size } from "./numbers.mjs";
import { filter, listOf, memory, overBare, peersOf, questionsOf, sizesOf, stage } from "./results.mjs";

const NAMES = {
  bare: "a bare page with one data request",
  hub: "**Insights Hub**",
  "httpvfs-raw": "sql.js-httpvfs, tables as they are",
  "httpvfs-rollup": "sql.js-httpvfs, rollup tables",
  sqljs: "sql.js, the whole file",
  duckdb: "DuckDB-WASM 1.28, tuned Parquet",
};

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function verdict(holds) {
  if (holds === undefined) return "not measured";
  return holds ? "within" : "**missed**";
}

const sections = {
  /** First number, bytes and requests before it; all of the view; a second visit. */
  visits(results, at) {
    const bare = stage(results, at, "bare", "kpi", "ms");
    const rows = peersOf(results)
      .filter((peer) => stage(results, at, peer, "kpi", "ms") !== undefined)
      .map((peer) => {
        const of = (name, figure, options) => stage(results, at, peer, name, figure, options);
        const first = of("kpi", "ms");
        return [
          NAMES[peer],
          ms(first),
          ratio(bare && first / bare),
          `${size(of("kpi", "bytes"))} / ${of("kpi", "requests")}`,
          ms(of("sight", "ms")),
          ms(of("drawn", "ms")),
          `${size(of("all", "bytes"))} / ${of("all", "requests")}`,
          ms(of("kpi", "ms", { temperature: "warm" })),
          size(of("all", "bytes", { temperature: "warm" })),
          size(memory(results, at, peer)),
        ];
      });
    const head = [
      "page", "first KPI", "beside bare", "bytes / requests before it", "widgets in sight", "all widgets",
      "bytes / requests in all", "second visit: first KPI", "its bytes", "memory",
    ];
    return table(head, rows);
  },

  filters(results, at) {
    const rows = peersOf(results)
      .filter((peer) => filter(results, at, peer, "ms", 0.5) !== undefined)
      .map((peer) => {
        const of = (figure, part) => filter(results, at, peer, figure, part);
        return [
          NAMES[peer],
          `${ms(of("ms", 0.5))} / ${ms(of("ms", 0.95))}`,
          `${ms(of("painted", 0.5))} / ${ms(of("painted", 0.95))}`,
          `${ms(of("sight", 0.5))} / ${ms(of("sight", 0.95))}`,
          `${ms(of("drawn", 0.5))} / ${ms(of("drawn", 0.95))}`,
          size(of("bytes", 0.5)),
        ];
      });
    const head = ["page", "answer, p50 / p95", "on the page, p50 / p95", "figures in sight, p50 / p95", "all figures drawn, p50 / p95", "bytes, p50"];
    return table(head, rows);
  },

  /** What each question reads, and when its first number and its figures in sight stand. */
  questions(results) {
    const sizes = sizesOf(results);
    const cells = (row) => (row ? [
      `${size(row.bytes)} / ${row.requests}`,
      `${ms(row.number)} / ${ms(row.sight)}`,
    ] : ["–", "–"]);
    const rows = questionsOf(results).map(({ name, at }) => [name, ...sizes.flatMap((one) => cells(at[one]))]);
    const lists = sizes.flatMap((one) => {
      const row = listOf(results, one);
      return row ? [`${size(row.bytes)} / ${row.requests}`, `${ms(row.drawn)} till it is saved`] : ["–", "–"];
    });
    const head = ["question", ...sizes.flatMap((one) => [`${one}: bytes / requests`, "number / figures"])];
    return table(head, [...rows, ["the list of all customers as CSV", ...lists]]);
  },

  lines(results) {
    const rows = sizesOf(results).map((at) => [
      at,
      ratio(overBare(results, at, "kpi")),
      ratio(overBare(results, at, "kpi", "slow")),
      ratio(overBare(results, at, "kpi", "road")),
      ratio(overBare(results, at, "usable")),
      ms(stage(results, at, "hub", "usable", "ms")),
    ]);
    const head = ["customers", "20 Mbit/s, 40 ms", "CPU 4x", "1.6 Mbit/s, 150 ms", "usable", "usable after"];
    return table(head, rows);
  },
};

/** The document; what stands between the marks of `text.md` is replaced. */
export async function report(results, budgets, notes, options) {
  const wrong = results.flatMap((row) => row.wrong ?? []);
  const changes = results.filter(({ kind }) => kind === "filter").flatMap(({ steps }) => steps);
  const compared = changes.length + results.filter(({ isCompared }) => isCompared).length;
  const machine = `${os.cpus().length} cores (${os.cpus()[0]?.model ?? "unknown"}), ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.arch()}, Node ${process.version}, Chromium ${options.browser}`;
  const sized = sizesOf(results).flatMap((at) => [
    `### ${at} customers`,
    sections.visits(results, at),
    sections.filters(results, at),
  ]);
  const text = await readFile(new URL("../text.md", import.meta.url), "utf8");
  const answers =
    wrong.length === 0
      ? `${compared} answers to filter changes and questions were compared with plain SQL: all are equal.`
      : `**${wrong.length} of ${compared} answers differ from plain SQL:**\n\n${wrong.slice(0, 20).map((line) => `- ${line}`).join("\n")}`;
  const fill = {
    command: `cargo xtask bench --sizes ${options.sizes} --rounds ${options.rounds}`,
    machine: `${machine}; ${new Date().toISOString().slice(0, 10)}`,
    budgets: table(
      ["budget", "limit", "measured", "least – most", ""],
      budgets.map(({ what, limit, value, spread, holds }) => [what, limit, value, spread, verdict(holds)]),
    ),
    lines: sections.lines(results),
    questions: sections.questions(results),
    sizes: sized.join("\n\n"),
    answers,
    notes: notes.map((note) => `- ${note}`).join("\n"),
    lighthouse: await readFile(`${options.cache}/lighthouse.md`, "utf8").catch(() => "Not measured in this run."),
  };
  return Object.entries(fill).reduce((all, [name, part]) => all.replace(`{{${name}}}`, () => part), text);
}
