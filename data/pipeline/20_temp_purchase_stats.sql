-- What each customer bought: one row a customer with purchase lines. Guests have none.
-- Money is net of returns; orders and purchase days look at lines above zero only.
CREATE TABLE temp_purchase_stats (
  customer_id TEXT NOT NULL PRIMARY KEY,
  total_lifetime_value INTEGER NOT NULL,
  total_orders INTEGER NOT NULL,
  purchase_lines INTEGER NOT NULL,
  first_purchase_date TEXT,
  last_purchase_date TEXT
) WITHOUT ROWID;

INSERT INTO temp_purchase_stats
SELECT
  customer_id,
  SUM(amount),
  COUNT(DISTINCT CASE WHEN amount > 0 THEN order_id END),
  COUNT(*),
  MIN(CASE WHEN amount > 0 THEN transaction_date END),
  MAX(CASE WHEN amount > 0 THEN transaction_date END)
FROM purchase_transactions
WHERE customer_id IS NOT NULL
GROUP BY customer_id;
