-- What must never be in the source tables: each row names a fault and counts it.
SELECT 'purchases of customers who are not in customer_info' AS fault, COUNT(*) AS rows
FROM purchase_transactions AS row
WHERE customer_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM customer_info AS who WHERE who.customer_id = row.customer_id)
UNION ALL
SELECT 'purchases of products that are not in product_catalog', COUNT(*)
FROM purchase_transactions AS row
WHERE product_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM product_catalog AS what WHERE what.product_id = row.product_id)
UNION ALL
SELECT 'transactions that share an id', COUNT(*) - COUNT(DISTINCT transaction_id)
FROM purchase_transactions
UNION ALL
SELECT 'purchases without a date, an order or an amount', COUNT(*)
FROM purchase_transactions
WHERE transaction_date IS NOT date(transaction_date)
  OR order_id = '' OR typeof(amount) <> 'integer'
  OR typeof(quantity) NOT IN ('integer', 'null')
UNION ALL
SELECT 'service contacts of unknown customers, without a date, or with an odd score', COUNT(*)
FROM customer_service AS row
WHERE (
    customer_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM customer_info AS who WHERE who.customer_id = row.customer_id)
  )
  OR interaction_date IS NOT date(interaction_date)
  OR satisfaction_score NOT IN (1, 2, 3, 4, 5)
UNION ALL
SELECT 'campaign contacts of unknown customers, without a date, or with an odd answer', COUNT(*)
FROM campaign_responses AS row
WHERE (
    customer_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM customer_info AS who WHERE who.customer_id = row.customer_id)
  )
  OR contact_date IS NOT date(contact_date)
  OR responded NOT IN (0, 1)
UNION ALL
SELECT 'visits of unknown customers or without a date', COUNT(*)
FROM website_behavior AS row
WHERE (
    customer_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM customer_info AS who WHERE who.customer_id = row.customer_id)
  )
  OR visit_date IS NOT date(visit_date)
