// DuckDB-WASM over Parquet that is sorted by day, by range requests.
import * as duckdb from "@duckdb/duckdb-wasm";

import { run, where } from "./common.js";

const url = (name) => new URL(name, document.baseURI).href;
const worker = new Worker(url("duckdb.worker.js"));
const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
await database.instantiate(url("duckdb.wasm"));
await database.registerFileURL("lines.parquet", url("lines.parquet"), duckdb.DuckDBDataProtocol.HTTP, false);
const connection = await database.connect();

const number = (value) => (value === null ? 0 : Number(value));

await run(async (filter) => {
  const scope = `FROM 'lines.parquet' WHERE day BETWEEN DATE '${filter.from}' AND DATE '${filter.to}'
    ${where(filter, { segment: "segment", churn: "churn", category: "category" })}`;
  const totals = await connection.query(`SELECT SUM(amount)::DOUBLE AS revenue,
    SUM(quantity)::DOUBLE AS units, COUNT(DISTINCT bill) FILTER (amount > 0) AS orders,
    COUNT(DISTINCT customer) AS customers ${scope}`);
  const months = await connection.query(`SELECT strftime(day, '%Y-%m') AS month,
    SUM(amount)::DOUBLE AS revenue ${scope} GROUP BY 1 ORDER BY 1`);
  const [{ revenue, units, orders, customers }] = totals.toArray();
  return {
    revenue: number(revenue),
    units: number(units),
    orders: number(orders),
    customers: number(customers),
    months: months.toArray().map((row) => [row.month, number(row.revenue)]),
  };
});
