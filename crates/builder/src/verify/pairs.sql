-- The days, weeks or months of a period shown, each with the days that it is compared with: none
-- for a day that the month, or the year, compared with does not have.
WITH RECURSIVE
  day(day) AS (
    SELECT :shown_first WHERE :shown_first <= :shown_last
    UNION ALL
    SELECT date(day, '+1 day') FROM day WHERE day < :shown_last
  ),
  bucket AS (
    SELECT MIN(day) AS first, MAX(day) AS last
    FROM day
    GROUP BY CASE :size
      WHEN 'day' THEN day
      WHEN 'week' THEN date(day, 'weekday 0', '-6 days')
      ELSE strftime('%Y-%m', day)
    END
  ),
  -- How far back the period is: in days, in months, and whether it is the same one a year before.
  way AS (
    SELECT
      CAST(julianday(:shown_first) - julianday(:first) AS INTEGER) AS days,
      (strftime('%Y', :shown_first) - strftime('%Y', :first)) * 12
        + strftime('%m', :shown_first) - strftime('%m', :first) AS months,
      :rule AS rule
  ),
  moved AS (
    SELECT
      first, last, rule, days, months,
      CASE WHEN rule = 'year' THEN 12 ELSE months END AS back,
      last = date(last, 'start of month', '+1 month', '-1 day') AS closes
    FROM bucket CROSS JOIN way
  ),
  -- The same dates so many months before.
  dated AS (
    SELECT
      *,
      {months_back}
    FROM moved
  ),
  paired AS (
    SELECT
      first AS shown_first,
      last AS shown_last,
      CASE
        WHEN rule = 'days' OR (rule = 'months' AND :size <> 'month')
          THEN date(first, '-' || days || ' days')
        WHEN :size = 'month' THEN MAX(first_back, :first)
        -- The 28th goes with the 28th: behind it, 29 February has no counterpart.
        WHEN substr(first, 6) = '02-29' AND first > :shown_first
          THEN date(first_back, '+1 day')
        ELSE first_back
      END AS first,
      CASE
        WHEN rule = 'days' OR (rule = 'months' AND :size <> 'month')
          THEN date(last, '-' || days || ' days')
        WHEN :size = 'month' THEN MIN(CASE WHEN closes THEN last_closed ELSE last_back END, :last)
        ELSE last_back
      END AS last
    FROM dated
  )
SELECT
  shown_first,
  shown_last,
  CASE WHEN first <= last AND first >= :first AND last <= :last THEN first END AS first,
  CASE WHEN first <= last AND first >= :first AND last <= :last THEN last END AS last
FROM paired
ORDER BY shown_first
