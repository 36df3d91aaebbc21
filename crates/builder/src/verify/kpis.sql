-- Every KPI under one filter, by plain SQL: sums, COUNT(DISTINCT), nothing else.
-- Sets are JSON lists of labels; NULL is all.
WITH
  who AS MATERIALIZED (
    SELECT customer_id, total_lifetime_value, first_purchase_date
    FROM derived_customer
    WHERE (:segments IS NULL OR customer_segment IN (SELECT value FROM json_each(:segments)))
      AND (:risks IS NULL OR churn_risk IN (SELECT value FROM json_each(:risks)))
      AND (:rfm IS NULL OR rfm_segment IN (SELECT value FROM json_each(:rfm)))
  ),
  chosen AS MATERIALIZED (
    SELECT line.*
    FROM derived_line AS line
    WHERE (:categories IS NULL OR category IN (SELECT value FROM json_each(:categories)))
      AND CASE
        WHEN customer_id IS NULL THEN COALESCE(:segments, :risks, :rfm) IS NULL
        ELSE customer_id IN (SELECT customer_id FROM who)
      END
  ),
  line AS MATERIALIZED (SELECT * FROM chosen WHERE day BETWEEN :from AND :to),
  active AS MATERIALIZED (
    SELECT customer_id, COUNT(DISTINCT CASE WHEN amount > 0 THEN order_id END) AS orders
    FROM line WHERE customer_id IS NOT NULL GROUP BY customer_id
  ),
  in_scope AS MATERIALIZED (
    SELECT * FROM who
    WHERE customer_id IN (SELECT customer_id FROM active)
      OR (:categories IS NULL AND :from <= :first_day AND :to >= :last_day)
  ),
  -- Before whole months are as many months, before other ranges as many days as have passed.
  before AS (
    SELECT
      CASE
        WHEN NOT :by_days AND :to <= :as_of
          AND :from = date(:from, 'start of month')
          AND :to = date(:to, 'start of month', '+1 month', '-1 day')
        THEN date(:from, '-' || (
          (strftime('%Y', :to) - strftime('%Y', :from)) * 12
          + strftime('%m', :to) - strftime('%m', :from) + 1
        ) || ' months')
        ELSE date(:from, '-' || CAST(julianday(MIN(:to, :as_of)) - julianday(:from) + 1 AS INTEGER) || ' days')
      END AS first,
      date(:from, '-1 day') AS last
  ),
  active_before AS MATERIALIZED (
    SELECT DISTINCT customer_id FROM chosen
    WHERE customer_id IS NOT NULL
      AND day BETWEEN (SELECT first FROM before) AND (SELECT last FROM before)
  ),
  score AS (
    SELECT satisfaction_score AS score FROM main.customer_service
    WHERE satisfaction_score IS NOT NULL AND interaction_date BETWEEN :from AND :to
      AND CASE
        WHEN customer_id IS NULL THEN COALESCE(:segments, :risks, :rfm, :categories) IS NULL
        WHEN :categories IS NULL THEN customer_id IN (SELECT customer_id FROM who)
        ELSE customer_id IN (SELECT customer_id FROM active)
      END
  ),
  contact AS (
    SELECT responded FROM main.campaign_responses
    WHERE contact_date BETWEEN :from AND :to
      AND CASE
        WHEN customer_id IS NULL THEN COALESCE(:segments, :risks, :rfm, :categories) IS NULL
        WHEN :categories IS NULL THEN customer_id IN (SELECT customer_id FROM who)
        ELSE customer_id IN (SELECT customer_id FROM active)
      END
  ),
  part AS MATERIALIZED (
    SELECT
      (SELECT COALESCE(SUM(amount), 0) FROM line) AS revenue,
      (SELECT COUNT(DISTINCT order_id) FROM line WHERE amount > 0) AS orders,
      (SELECT COUNT(*) FROM active_before) AS active_before
  )
-- Each KPI by its key; what a ratio is divided by beside it.
SELECT
  revenue AS total_revenue,
  orders AS total_orders,
  (SELECT COALESCE(SUM(score), 0) FROM score) AS avg_satisfaction,
  (SELECT COUNT(*) FROM score) AS avg_satisfaction_of,
  (SELECT COALESCE(SUM(responded), 0) FROM contact) AS campaign_response_rate,
  (SELECT COUNT(*) FROM contact) AS campaign_response_rate_of,
  (SELECT COUNT(*) FROM in_scope) AS total_customers,
  (SELECT COALESCE(SUM(total_lifetime_value), 0) FROM in_scope) AS total_lifetime_value,
  revenue AS average_order_value,
  orders AS average_order_value_of,
  -- Where the period before is not all data, nobody knows who came back.
  CASE WHEN (SELECT first >= :first_day FROM before) THEN (
    SELECT COUNT(*) FROM active_before WHERE customer_id IN (SELECT customer_id FROM active)
  ) END AS retention_rate,
  active_before AS retention_rate_of,
  (SELECT COUNT(*) FROM active WHERE orders >= 2) AS repeat_purchase_rate,
  (SELECT COUNT(*) FROM active WHERE orders >= 1) AS repeat_purchase_rate_of,
  (SELECT COALESCE(SUM(quantity), 0) FROM line) AS units_sold,
  (SELECT COUNT(*) FROM in_scope WHERE first_purchase_date BETWEEN :from AND :to) AS new_customers
FROM part
