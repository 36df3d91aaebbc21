// The budgets, each with its measured value.

import { ms, ratio, size } from "./numbers.mjs";
import { filter, listOf, overBare, questionsOf, sizesOf, stage } from "./results.mjs";

const largest = (values) => {
  const numbers = values.filter((value) => value !== undefined);
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
};

/** `[{ what, limit, value, holds }]`; `holds` is undefined where nothing was measured. */
export function budgets(results) {
  const sizes = sizesOf(results);
  const worst = (look) => largest(sizes.map(look));
  const rows = [];
  const add = (what, limit, value, write) => {
    const holds = value === undefined ? undefined : value <= limit;
    rows.push({ what, limit: `<= ${write(limit)}`, value: write(value), holds });
  };
  const atLeast = (what, limit, value) => {
    const holds = value === undefined ? undefined : value >= limit;
    rows.push({ what, limit: `>= ${limit}x`, value: ratio(value), holds });
  };
  const at = (wanted) => (sizes.includes(wanted) ? wanted : undefined);
  const firstKpi = (kind) => worst((size) => overBare(results, size, "kpi", kind));
  add("first KPI beside a bare page, desktop, worst size", 1.2, firstKpi("house"), ratio);
  add("the same, CPU four times slower", 1.4, firstKpi("slow"), ratio);
  add("the same, 1.6 Mbit/s and 150 ms", 1.1, firstKpi("road"), ratio);
  add("bytes before the first KPI", 40_000, worst((s) => stage(results, s, "hub", "kpi", "bytes")), size);
  const usable = worst((s) => overBare(results, s, "usable"));
  add("page taken over, filters usable, beside a bare page", 2.0, usable, ratio);
  add("all widgets of the default view, cold", 2000, worst((s) => stage(results, s, "hub", "drawn", "ms")), ms);
  const whole = stage(results, at("100k"), "hub", "all", "bytes");
  add("on the wire in all, 100k customers", 1_200_000, whole, size);
  add("filter change, arithmetic, p50, 100k", 8, filter(results, at("100k"), "hub", "ms", 0.5), ms);
  add("filter change, arithmetic, p50, 1m", 16, filter(results, at("1m"), "hub", "ms", 0.5), ms);
  add("filter change, numbers on the page, p50, 100k", 100, filter(results, at("100k"), "hub", "painted", 0.5), ms);
  add("filter change, numbers on the page, p50, 1m", 100, filter(results, at("1m"), "hub", "painted", 0.5), ms);
  const grown = sizes.map((s) => stage(results, s, "hub", "kpi", "bytes"));
  const growth = grown.every(Boolean) && grown.length > 1 ? Math.max(...grown) / Math.min(...grown) : undefined;
  add("bytes before the first KPI, largest size beside smallest", 1.1, growth, ratio);
  const repeat = (figure) => (s) => stage(results, s, "hub", "kpi", figure, { temperature: "warm" });
  const sooner = worst((s) => repeat("ms")(s) / stage(results, s, "hub", "kpi", "ms"));
  add("repeat visit: first KPI beside the cold visit", 0.6, Number.isFinite(sooner) ? sooner : undefined, ratio);
  const again = worst((s) => stage(results, s, "hub", "all", "bytes", { temperature: "warm" }));
  add("repeat visit: bytes in all", 20_000, again, size);
  const asked = questionsOf(results).filter((question) => question.at["1m"]);
  const dearest = (figure, sorts) =>
    largest(asked.filter(({ sort }) => !sorts || sorts.includes(sort)).map((question) => question.at["1m"][figure]));
  const count = (value) => (value === undefined ? "–" : String(value));
  add("dearest choice or pair of the filter bar, 1m", 3e6, dearest("bytes", ["bar"]), size);
  add("dearest question of all, 1m", 10e6, dearest("bytes"), size);
  add("most requests of a question, 1m", 20, dearest("requests"), count);
  const list = listOf(results, "100k");
  add("the list of 100k customers as a file: bytes", 8e6, list?.bytes, size);
  add("its requests", 20, list?.requests, count);
  add("its time", 4000, list?.drawn, ms);
  const later = (peer, size) => {
    const [theirs, own] = [peer, "hub"].map((name) => stage(results, at(size), name, "kpi", "ms"));
    return theirs && own ? theirs / own : undefined;
  };
  atLeast("DuckDB-WASM's first KPI beside this page's, 10k", 10, later("duckdb", "10k"));
  atLeast("the same, 1m", 50, later("duckdb", "1m"));
  const layouts = sizes.map((size) => later("httpvfs-rollup", size)).filter(Boolean);
  const closest = layouts.length > 0 ? Math.min(...layouts) : undefined;
  atLeast("sql.js-httpvfs's first KPI in its own best layout beside this page's", 3, closest);
  return rows;
}
