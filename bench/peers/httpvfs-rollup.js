// sql.js-httpvfs over tables of sums a month, its best layout.
import { run, where } from "./common.js";
import { ask, open } from "./httpvfs.js";

const database = await open("rollup.sqlite", 32768);

await run(async (filter) => {
  const [from, to] = [filter.from.slice(0, 7), filter.to.slice(0, 7)];
  const category = filter.category.length > 0 ? filter.category : ["*"];
  const scope = `WHERE month BETWEEN '${from}' AND '${to}'
    ${where({ ...filter, category }, { category: "category", segment: "segment", churn: "churn" })}`;
  const months = await ask(database, `SELECT month, SUM(revenue) AS revenue, SUM(units) AS units
    FROM sums ${scope} GROUP BY 1 ORDER BY 1`);
  const [{ customers }] = await ask(database, `SELECT COALESCE(SUM(customers), 0) AS customers
    FROM reach ${scope} AND before < '${from}'`);
  const [{ orders }] = await ask(database, `SELECT COALESCE(SUM(orders), 0) AS orders
    FROM bills ${scope} AND before < '${from}'`);
  const sum = (name) => months.reduce((all, row) => all + row[name], 0);
  return {
    revenue: sum("revenue"),
    units: sum("units"),
    orders,
    customers,
    months: months.map(({ month, revenue }) => [month, revenue]),
  };
});
