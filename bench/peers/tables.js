// The questions as SQL over the tables as they are.
import { where } from "./common.js";

/** `ask` runs one statement and gives rows as objects. */
export function overTables(ask) {
  return async (filter) => {
    const scope = `FROM purchases AS bought
      LEFT JOIN customers AS who ON who.customer_id = bought.customer_id
      LEFT JOIN products AS product ON product.product_id = bought.product_id
      WHERE transaction_date BETWEEN '${filter.from}' AND '${filter.to}'
      ${where(filter, { segment: "who.segment", churn: "who.churn", category: "product.category" })}`;
    const [totals] = await ask(`SELECT COALESCE(SUM(amount), 0) AS revenue,
      COALESCE(SUM(quantity), 0) AS units,
      COUNT(DISTINCT CASE WHEN amount > 0 THEN order_id END) AS orders,
      COUNT(DISTINCT who.ord) AS customers ${scope}`);
    const months = await ask(`SELECT substr(transaction_date, 1, 7) AS month, SUM(amount) AS revenue
      ${scope} GROUP BY 1 ORDER BY 1`);
    return { ...totals, months: months.map(({ month, revenue }) => [month, revenue]) };
  };
}
