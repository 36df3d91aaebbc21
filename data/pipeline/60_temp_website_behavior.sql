-- How often each customer comes by: one row a customer with a visit.
CREATE TABLE temp_website_behavior (
  customer_id TEXT NOT NULL PRIMARY KEY,
  visits INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO temp_website_behavior
SELECT customer_id, COUNT(*)
FROM website_behavior
WHERE customer_id IS NOT NULL
GROUP BY customer_id;
