-- The days that a view is compared with, by calendar arithmetic alone. No row where the period
-- compared with is not all data.
WITH
  -- What is shown of it: the part of which there is data, up to the as-of day.
  shown AS (
    SELECT MAX(:from, :first_day) AS first, MIN(:to, :last_day, :as_of) AS last
  ),
  -- Whole months; the month in which the data ends is whole up to there.
  ends AS (
    SELECT
      first, last,
      last = date(last, 'start of month', '+1 month', '-1 day') AS closes,
      first = date(first, 'start of month')
        AND (last = :as_of OR last = date(last, 'start of month', '+1 month', '-1 day')) AS months
    FROM shown
  ),
  -- How far back: as many months, a year, or as many days.
  way AS (
    SELECT
      *,
      CASE
        WHEN :year_before THEN 12
        WHEN months AND NOT :by_days THEN
          (strftime('%Y', last) - strftime('%Y', first)) * 12
            + strftime('%m', last) - strftime('%m', first) + 1
      END AS back,
      CAST(julianday(last) - julianday(first) AS INTEGER) + 1 AS days
    FROM ends
  ),
  -- The same date so many months before, or that month's last.
  moved AS (
    SELECT
      *,
      {months_back}
    FROM way
  ),
  compared AS (
    SELECT
      first AS shown_first,
      last AS shown_last,
      CASE WHEN back IS NULL THEN date(first, '-' || days || ' days') ELSE first_back END AS first,
      CASE
        WHEN back IS NULL THEN date(first, '-1 day')
        -- The end of a month is set against the end of another.
        WHEN months AND closes THEN last_closed
        ELSE last_back
      END AS last
    FROM moved
    WHERE first <= last
  )
SELECT first, last FROM compared WHERE first >= :first_day AND last <= MAX(:last_day, :as_of)
