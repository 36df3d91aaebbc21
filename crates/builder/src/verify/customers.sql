-- Everything about customers once more, from the source tables alone and by other means than
-- the pipeline's: window functions, FILTER, CUME_DIST. The rules' parameters and labels come in
-- as small tables (settings, segment_rule, churn_rule, segment_label, churn_label).

CREATE TEMP TABLE derived_bought AS
SELECT
  who.customer_id,
  COALESCE(SUM(amount), 0) AS value,
  COUNT(amount) AS lines,
  COUNT(DISTINCT order_id) FILTER (WHERE amount > 0) AS orders,
  MIN(transaction_date) FILTER (WHERE amount > 0) AS first_day,
  MAX(transaction_date) FILTER (WHERE amount > 0) AS last_day
FROM main.customer_info AS who
LEFT JOIN main.purchase_transactions AS bought ON bought.customer_id = who.customer_id
GROUP BY who.customer_id;

-- Days between one purchase day and the next of the same customer.
CREATE TEMP TABLE derived_gap AS
SELECT customer_id, CAST(julianday(day) - julianday(before) AS INTEGER) AS gap
FROM (
  SELECT
    customer_id,
    transaction_date AS day,
    LAG(transaction_date) OVER (PARTITION BY customer_id ORDER BY transaction_date) AS before
  FROM main.purchase_transactions
  WHERE amount > 0 AND customer_id IS NOT NULL
  GROUP BY customer_id, transaction_date
)
WHERE before IS NOT NULL;

-- Twice the median: the middle gap, or the two in the middle.
CREATE TEMP TABLE derived_rhythm AS
SELECT customer_id, SUM(gap) * 2 / COUNT(*) AS gap_doubled
FROM (
  SELECT
    customer_id,
    gap,
    ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY gap) AS place,
    COUNT(*) OVER (PARTITION BY customer_id) AS gaps
  FROM derived_gap
)
WHERE place IN ((gaps + 1) / 2, (gaps + 2) / 2)
GROUP BY customer_id;

CREATE TEMP TABLE derived_population AS
SELECT SUM(gap) * 2 / COUNT(*) AS gap_doubled
FROM (
  SELECT gap, ROW_NUMBER() OVER (ORDER BY gap) AS place, COUNT(*) OVER () AS gaps FROM derived_gap
)
WHERE place IN ((gaps + 1) / 2, (gaps + 2) / 2);

-- The value of the customer on the rank that closes each share, counted from the top.
CREATE TEMP TABLE derived_segment_cut AS
SELECT rule.code, ranked.value AS cut
FROM segment_rule AS rule
JOIN (
  SELECT
    value,
    ROW_NUMBER() OVER (ORDER BY value DESC) AS place,
    COUNT(*) OVER () AS customers
  FROM derived_bought
) AS ranked ON ranked.place = MAX(1, (ranked.customers * rule.percent + 99) / 100);

CREATE TEMP TABLE derived_rfm_cut AS
WITH
  fifth(percent) AS (VALUES (20), (40), (60), (80)),
  measured AS (
    SELECT
      CAST(julianday(settings.as_of) - julianday(last_day) AS INTEGER) AS recency, orders, value
    FROM derived_bought CROSS JOIN settings
    WHERE last_day IS NOT NULL
  ),
  spread AS (
    SELECT
      recency, CUME_DIST() OVER (ORDER BY recency) AS of_recency,
      orders, CUME_DIST() OVER (ORDER BY orders) AS of_orders,
      value, CUME_DIST() OVER (ORDER BY value) AS of_value
    FROM measured
  )
SELECT
  percent,
  (SELECT MIN(recency) FROM spread WHERE of_recency >= percent / 100.0) AS recency,
  (SELECT MIN(orders) FROM spread WHERE of_orders >= percent / 100.0) AS orders,
  (SELECT MIN(value) FROM spread WHERE of_value >= percent / 100.0) AS value
FROM fifth;

CREATE TEMP TABLE derived_favorite AS
SELECT DISTINCT
  customer_id,
  FIRST_VALUE(category) OVER (
    PARTITION BY customer_id ORDER BY lines DESC, amount DESC, category
  ) AS category
FROM (
  SELECT customer_id, category, COUNT(*) AS lines, SUM(amount) AS amount
  FROM main.purchase_transactions JOIN main.product_catalog USING (product_id)
  WHERE customer_id IS NOT NULL AND category IS NOT NULL
  GROUP BY customer_id, category
);

CREATE TEMP TABLE derived_class AS
SELECT
  bought.*,
  (
    SELECT code FROM segment_label WHERE name = CASE settings.segments_given
      WHEN 1 THEN COALESCE(given.customer_segment, 'Unknown')
      ELSE (
        SELECT name FROM segment_label
        WHERE code = (SELECT COUNT(*) FROM derived_segment_cut WHERE bought.value < cut)
      )
    END
  ) AS segment,
  (
    SELECT code FROM churn_label WHERE name = CASE
      WHEN settings.churn_given = 1 THEN COALESCE(given.churn_risk, 'Unknown')
      -- Where nobody came back there is no rhythm.
      WHEN everybody.gap_doubled IS NULL THEN 'Unknown'
      ELSE (
        SELECT name FROM churn_label
        WHERE code = (
          SELECT COUNT(*) FROM churn_rule
          WHERE bought.recency IS NULL
            OR 200 * bought.recency > percent * COALESCE(rhythm.gap_doubled, everybody.gap_doubled)
        )
      )
    END
  ) AS churn,
  CASE WHEN recency IS NOT NULL
    THEN 5 - (SELECT COUNT(*) FROM derived_rfm_cut AS cut WHERE cut.recency < bought.recency)
  END AS r,
  CASE WHEN recency IS NOT NULL
    THEN 1 + (SELECT COUNT(*) FROM derived_rfm_cut AS cut WHERE cut.orders < bought.orders)
  END AS f,
  CASE WHEN recency IS NOT NULL
    THEN 1 + (SELECT COUNT(*) FROM derived_rfm_cut AS cut WHERE cut.value < bought.value)
  END AS m
FROM (
  SELECT
    derived_bought.*,
    CAST(julianday(settings.as_of) - julianday(last_day) AS INTEGER) AS recency
  FROM derived_bought CROSS JOIN settings
) AS bought
CROSS JOIN settings
CROSS JOIN derived_population AS everybody
LEFT JOIN derived_rhythm AS rhythm ON rhythm.customer_id = bought.customer_id
LEFT JOIN main.given_classes AS given ON given.customer_id = bought.customer_id;

CREATE TEMP TABLE derived_customer AS
SELECT
  ROW_NUMBER() OVER (ORDER BY segment, churn, class.customer_id) - 1 AS ord,
  class.customer_id,
  first_name, last_name, email, country, city, registration_date,
  class.value AS total_lifetime_value,
  class.orders AS total_orders,
  class.lines AS purchase_lines,
  class.first_day AS first_purchase_date,
  class.last_day AS last_purchase_date,
  class.recency AS days_since_last_purchase,
  favorite.category AS favorite_category,
  (
    SELECT CAST(SUM(satisfaction_score) AS REAL) / COUNT(satisfaction_score)
    FROM main.customer_service AS service WHERE service.customer_id = class.customer_id
  ) AS avg_satisfaction_score,
  (
    SELECT CAST(COUNT(*) FILTER (WHERE responded = 1) AS REAL) / COUNT(*)
    FROM main.campaign_responses AS contact WHERE contact.customer_id = class.customer_id
  ) AS campaign_response_rate,
  CASE WHEN (SELECT COUNT(*) FROM main.website_behavior) > 0 THEN (
    SELECT COUNT(*) FROM main.website_behavior AS visit
    WHERE visit.customer_id = class.customer_id
  ) END AS visits,
  segment_label.name AS customer_segment,
  churn_label.name AS churn_risk,
  r AS rfm_recency,
  f AS rfm_frequency,
  m AS rfm_monetary,
  CASE
    WHEN r IS NULL THEN NULL
    WHEN r = 5 AND f = 5 AND m = 5 THEN 'Champions'
    WHEN r >= 3 AND f >= 3 AND m >= 2 THEN 'Potential Loyalist'
    WHEN r BETWEEN 2 AND 4 AND f BETWEEN 2 AND 4 AND m BETWEEN 2 AND 4 THEN 'Loyal Customers'
    WHEN r BETWEEN 3 AND 4 AND f <= 3 AND m >= 3 THEN 'Promising'
    WHEN r >= 4 AND f <= 3 THEN 'New Customers'
    WHEN r <= 2 AND f BETWEEN 3 AND 4 AND m >= 4 THEN 'Can''t Lose Them'
    WHEN r <= 2 AND f >= 2 AND m >= 4 THEN 'At Risk'
    WHEN r <= 3 AND f >= 3 AND m >= 3 THEN 'Need Attention'
    WHEN r BETWEEN 2 AND 3 AND f <= 3 AND m <= 4 THEN 'About To Sleep'
    WHEN r = 1 THEN 'Lost'
    ELSE 'Others'
  END AS rfm_segment,
  segment AS segment_code,
  churn AS churn_code
FROM derived_class AS class
JOIN main.customer_info AS info ON info.customer_id = class.customer_id
LEFT JOIN derived_favorite AS favorite ON favorite.customer_id = class.customer_id
LEFT JOIN segment_label ON segment_label.code = segment
LEFT JOIN churn_label ON churn_label.code = churn;

CREATE UNIQUE INDEX temp.derived_customer_by_id ON derived_customer (customer_id);

-- Purchase lines with the category that filters go by.
CREATE TEMP TABLE derived_line AS
SELECT
  line,
  bought.customer_id,
  order_id,
  transaction_date AS day,
  quantity,
  amount,
  COALESCE(category, 'No category') AS category
FROM main.purchase_transactions AS bought
LEFT JOIN main.product_catalog AS product ON product.product_id = bought.product_id;
