-- Purchase lines in the order of the pack: by customer, then by the order's first day, the
-- order, the day; guests last. Lines of one order and day keep the order of the source.
WITH ordered AS (
  SELECT COALESCE(customer_id, '') AS who, order_id AS what, MIN(day) AS first_day
  FROM derived_line GROUP BY customer_id, order_id
)
SELECT line.line, line.day, line.category, line.amount, COALESCE(line.quantity, 0), line.order_id
FROM derived_line AS line
JOIN ordered ON ordered.who = COALESCE(line.customer_id, '') AND ordered.what = line.order_id
LEFT JOIN derived_customer AS customer ON customer.customer_id = line.customer_id
ORDER BY
  customer.ord IS NULL, customer.ord, ordered.first_day, line.order_id, line.day, line.line
