-- Rows of feedback (or contacts) in the order of their pack: by customer, then day; guests last.
SELECT customer.ord, row.day, row.value
FROM {rows} AS row
LEFT JOIN derived_customer AS customer ON customer.customer_id = row.customer_id
ORDER BY customer.ord IS NULL, customer.ord, row.day, row.line
