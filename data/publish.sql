-- Copies the finished tables from the work database into the attached `snapshot`, every table
-- in the order in which it is read. Guests come last: a sort whose first value is a number that is
-- rarely the same compares most rows by it alone.

INSERT INTO snapshot.customer_info SELECT * FROM customer_info ORDER BY customer_id;

INSERT INTO snapshot.product_catalog SELECT * FROM product_catalog ORDER BY product_id;

INSERT INTO snapshot.given_classes SELECT * FROM given_classes ORDER BY customer_id;

INSERT INTO snapshot.customer_360 SELECT * FROM customer_360 ORDER BY ord;

-- Orders over several days, or of several customers, are few: finding them by three narrow columns
-- first spares every row a second wide sort. No customer has an empty id.
CREATE TEMP TABLE irregular_orders AS
SELECT
  order_id,
  MIN(COALESCE(customer_id, '')) <> MAX(COALESCE(customer_id, '')) AS is_shared,
  MIN(transaction_date) <> MAX(transaction_date) AS is_long
FROM purchase_transactions
GROUP BY order_id
HAVING is_shared OR is_long;

CREATE UNIQUE INDEX temp.irregular_orders_by_id ON irregular_orders (order_id, is_long, is_shared);

CREATE TEMP TABLE long_orders AS
SELECT customer_id, order_id, MIN(transaction_date) AS ordered_on
FROM purchase_transactions
WHERE order_id IN (SELECT order_id FROM irregular_orders WHERE is_long)
GROUP BY customer_id, order_id
HAVING MIN(transaction_date) <> MAX(transaction_date);

CREATE INDEX temp.long_orders_by_id ON long_orders (order_id);

INSERT INTO snapshot.purchase_transactions
SELECT
  NULL, transaction_id, bought.order_id, bought.customer_id, product_id, transaction_date,
  quantity, amount
FROM purchase_transactions AS bought
LEFT JOIN classification AS class ON class.customer_id = bought.customer_id
LEFT JOIN long_orders AS long
  ON long.order_id = bought.order_id AND long.customer_id IS bought.customer_id
ORDER BY
  COALESCE(class.ord, 9223372036854775807), COALESCE(long.ordered_on, transaction_date),
  bought.order_id, transaction_date, line;

DROP TABLE long_orders;

INSERT INTO snapshot.shared_orders
SELECT order_id, line FROM snapshot.purchase_transactions
WHERE order_id IN (SELECT order_id FROM irregular_orders WHERE is_shared)
ORDER BY order_id, line;

DROP TABLE irregular_orders;

INSERT INTO snapshot.customer_service
SELECT
  NULL, interaction_id, service.customer_id, interaction_date, channel, reason,
  satisfaction_score
FROM customer_service AS service
LEFT JOIN classification AS class ON class.customer_id = service.customer_id
ORDER BY COALESCE(class.ord, 9223372036854775807), interaction_date, line;

INSERT INTO snapshot.campaign_responses
SELECT NULL, campaign_id, campaign_name, contact.customer_id, contact_date, responded
FROM campaign_responses AS contact
LEFT JOIN classification AS class ON class.customer_id = contact.customer_id
ORDER BY COALESCE(class.ord, 9223372036854775807), contact_date, line;

INSERT INTO snapshot.website_behavior
SELECT
  NULL, session_id, visit.customer_id, visit_date, pages_viewed, duration_seconds, device
FROM website_behavior AS visit
LEFT JOIN classification AS class ON class.customer_id = visit.customer_id
ORDER BY COALESCE(class.ord, 9223372036854775807), visit_date, line;

INSERT INTO snapshot.lineage SELECT * FROM lineage ORDER BY step;
