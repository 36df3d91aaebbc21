// The budgets, each with its measured value.

import { ms, ratio, size } from "./numbers.mjs";
import { filter, listOf, overBare, questionsOf, sizesOf, spread, stage } from "./results.mjs";

const largest = (values) => {
  const numbers = values.filter((value) => Number.isFinite(value));
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
};

/** `[{ what, limit, value, spread, holds }]`; `holds` is undefined where nothing was measured. */
export function budgets(results) {
  const sizes = sizesOf(results);
  const worst = (look) => largest(sizes.map(look));
  const rows = [];
  const add = (what, limit, value, write, between) => {
    const holds = value === undefined ? undefined : value <= limit;
    const spread = between ? between.map(write).join(" – ") : "";
    rows.push({ what, limit: `<= ${write(limit)}`, value: write(value), spread, holds });
  };
  const atLeast = (what, limit, value) => {
    const holds = value === undefined ? undefined : value >= limit;
    rows.push({ what, limit: `>= ${limit}x`, value: ratio(value), spread: "", holds });
  };
  const at = (wanted) => (sizes.includes(wanted) ? wanted : undefined);
  /** The size that is worst by a look, with what a second look says of it. */
  const spreadOfWorst = (look, range) => {
    const known = sizes.filter((size) => Number.isFinite(look(size)));
    const [first] = known.toSorted((one, other) => look(other) - look(one));
    return first && range(first);
  };
  /** A moment of the visit beside the bare page's first number, at the worst size. */
  const beside = (what, limit, name, kind) => {
    const look = (size) => overBare(results, size, name, kind);
    const range = (size) => {
      const bare = stage(results, size, "bare", "kpi", "ms", { kind });
      return spread(results, size, "hub", name, "ms", { kind })?.map((ms) => ms / bare);
    };
    add(what, limit, worst(look), ratio, spreadOfWorst(look, range));
  };
  /** A moment of the visit, at the worst size. */
  const moment = (what, limit, name, temperature = "cold") => {
    const look = (size) => stage(results, size, "hub", name, "ms", { temperature });
    const range = (size) => spread(results, size, "hub", name, "ms", { temperature });
    add(what, limit, worst(look), ms, spreadOfWorst(look, range));
  };
  beside("first KPI beside a bare page, desktop, worst size", 1.1, "kpi", "house");
  beside("the same, CPU four times slower", 1.3, "kpi", "slow");
  beside("the same, 1.6 Mbit/s and 150 ms", 1.1, "kpi", "road");
  const before = (size) => stage(results, size, "hub", "kpi", "bytes");
  const beforeRange = (where) => spread(results, where, "hub", "kpi", "bytes");
  add("bytes before the first KPI", 25_000, worst(before), size, spreadOfWorst(before, beforeRange));
  beside("page taken over, filters usable, beside a bare page", 1.7, "usable");
  moment("widgets in sight, cold", 1400, "sight");
  moment("all widgets of the default view, cold", 2000, "drawn");
  moment("widgets in sight, a later visit", 800, "sight", "warm");
  const whole = stage(results, at("100k"), "hub", "all", "bytes");
  add("on the wire in all, 100k customers", 1_200_000, whole, size);
  add("filter change, arithmetic, p50, 100k", 8, filter(results, at("100k"), "hub", "ms", 0.5), ms);
  add("filter change, arithmetic, p50, 1m", 8, filter(results, at("1m"), "hub", "ms", 0.5), ms);
  add("filter change, numbers on the page, p50, 100k", 100, filter(results, at("100k"), "hub", "painted", 0.5), ms);
  add("filter change, numbers on the page, p50, 1m", 100, filter(results, at("1m"), "hub", "painted", 0.5), ms);
  const figures = (part) => worst((size) => filter(results, size, "hub", "sight", part));
  add("filter change, figures in sight, p50, worst size", 100, figures(0.5), ms);
  add("filter change, figures in sight, p95, worst size", 200, figures(0.95), ms);
  add("filter change, longest task before them", 50, worst((size) => filter(results, size, "hub", "longest", 1)), ms);
  const grown = sizes.map((s) => stage(results, s, "hub", "kpi", "bytes"));
  const growth = grown.every(Boolean) && grown.length > 1 ? Math.max(...grown) / Math.min(...grown) : undefined;
  add("bytes before the first KPI, largest size beside smallest", 1.1, growth, ratio);
  const repeat = (figure) => (s) => stage(results, s, "hub", "kpi", figure, { temperature: "warm" });
  const sooner = worst((s) => repeat("ms")(s) / stage(results, s, "hub", "kpi", "ms"));
  add("repeat visit: first KPI beside the cold visit", 0.5, sooner, ratio);
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
