-- Lines that are listed and should not be, or the other way round. Guests are one customer more.
WITH shared AS (
  SELECT order_id FROM purchase_transactions
  GROUP BY order_id
  HAVING COUNT(DISTINCT customer_id) + MAX(customer_id IS NULL) > 1
),
expected AS (
  SELECT order_id, line FROM purchase_transactions WHERE order_id IN (SELECT order_id FROM shared)
)
SELECT order_id, line, 1 AS is_listed
FROM (SELECT order_id, line FROM shared_orders EXCEPT SELECT order_id, line FROM expected)
UNION ALL
SELECT order_id, line, 0
FROM (SELECT order_id, line FROM expected EXCEPT SELECT order_id, line FROM shared_orders)
ORDER BY line;
