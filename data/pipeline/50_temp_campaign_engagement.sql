-- How each customer answers campaigns: one row a customer who was contacted.
CREATE TABLE temp_campaign_engagement (
  customer_id TEXT NOT NULL PRIMARY KEY,
  contacts INTEGER NOT NULL,
  responses INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO temp_campaign_engagement
SELECT customer_id, COUNT(*), SUM(responded)
FROM campaign_responses
WHERE customer_id IS NOT NULL
GROUP BY customer_id;
