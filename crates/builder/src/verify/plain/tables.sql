-- The source tables once more with codes and day numbers, so that any question is short to ask.
-- Days count from the snapshot's first day; classes come from derived_customer.

-- Reaches past both ends, since a bucket or a period before may do so, too.
CREATE TEMP TABLE calendar AS
WITH RECURSIVE one(day, date) AS (
  SELECT 2 * (SELECT julianday(first_day) - julianday(last_day) FROM span) - 800,
    date((SELECT first_day FROM span),
      (2 * (SELECT julianday(first_day) - julianday(last_day) FROM span) - 800) || ' days')
  UNION ALL
  SELECT day + 1, date(date, '+1 day') FROM one
  WHERE date < (SELECT date(last_day, '+800 days') FROM span)
)
SELECT
  CAST(day AS INTEGER) AS day,
  date AS of_day,
  date(date, 'weekday 0', '-6 days') AS of_week,
  strftime('%Y-%m', date) AS of_month
FROM one;

CREATE UNIQUE INDEX temp.calendar_by_day ON calendar (day);
CREATE UNIQUE INDEX temp.calendar_by_date ON calendar (of_day, day);

CREATE TEMP TABLE person (
  ord INTEGER PRIMARY KEY, customer_id TEXT, segment INTEGER, churn INTEGER, rfm INTEGER,
  first_day INTEGER, last_day INTEGER, orders INTEGER, value INTEGER
);
INSERT INTO person
SELECT
  ord, customer_id, segment_code, churn_code, rfm_label.code,
  first.day, last.day, total_orders, total_lifetime_value
FROM derived_customer
LEFT JOIN rfm_label ON rfm_label.name = rfm_segment
LEFT JOIN calendar AS first ON first.of_day = first_purchase_date
LEFT JOIN calendar AS last ON last.of_day = last_purchase_date
ORDER BY ord;

CREATE UNIQUE INDEX temp.person_by_id ON person (customer_id, ord, segment, churn, rfm);

CREATE TEMP TABLE order_number (number INTEGER PRIMARY KEY, order_id TEXT UNIQUE);
INSERT OR IGNORE INTO order_number (order_id) SELECT order_id FROM main.purchase_transactions;

CREATE TEMP TABLE sold AS
SELECT
  calendar.day, label.code AS category, ord AS customer, segment, churn, rfm,
  number, amount, quantity
FROM derived_line AS line
JOIN calendar ON calendar.of_day = line.day
JOIN category_label AS label ON label.name = line.category
JOIN order_number USING (order_id)
LEFT JOIN person USING (customer_id)
ORDER BY calendar.day;

CREATE INDEX temp.sold_by_day ON sold (day);
CREATE INDEX temp.sold_by_category ON sold (category, day);
CREATE INDEX temp.sold_by_customer ON sold (customer, day);

CREATE TEMP TABLE score AS
SELECT
  calendar.day, ord AS customer, segment, churn, rfm, satisfaction_score AS score,
  -- The last label stands for those that are not listed, where it says so.
  CASE WHEN channel IS NOT NULL THEN COALESCE(
    (SELECT code FROM channel_label WHERE name = channel),
    (SELECT code FROM channel_label WHERE name = 'Other')
  ) END AS channel,
  CASE WHEN reason IS NOT NULL THEN COALESCE(
    (SELECT code FROM reason_label WHERE name = reason),
    (SELECT code FROM reason_label WHERE name = 'Other')
  ) END AS reason
FROM main.customer_service
JOIN calendar ON calendar.of_day = interaction_date
LEFT JOIN person USING (customer_id)
WHERE satisfaction_score IS NOT NULL
ORDER BY calendar.day;

CREATE INDEX temp.score_by_day ON score (day);
CREATE INDEX temp.score_by_customer ON score (customer, score);

CREATE TEMP TABLE contact AS
SELECT calendar.day, ord AS customer, segment, churn, rfm, responded
FROM main.campaign_responses
JOIN calendar ON calendar.of_day = contact_date
LEFT JOIN person USING (customer_id)
ORDER BY calendar.day;

CREATE INDEX temp.contact_by_day ON contact (day);
