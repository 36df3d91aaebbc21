-- How satisfied each customer is: one row a customer with a contact, scored or not.
CREATE TABLE temp_customer_service (
  customer_id TEXT NOT NULL PRIMARY KEY,
  interactions INTEGER NOT NULL,
  avg_satisfaction_score REAL
) WITHOUT ROWID;

INSERT INTO temp_customer_service
SELECT customer_id, COUNT(*), AVG(satisfaction_score)
FROM customer_service
WHERE customer_id IS NOT NULL
GROUP BY customer_id;
