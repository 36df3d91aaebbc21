// SQL that the page sends or may send, and every kind of value, put to both engines.

const text = (value) => ({ text: value });
const integer = (value) => ({ integer: value });
const real = (value) => ({ real: value });
const blob = (...bytes) => ({ blob: bytes });

/** What the page asks of a snapshot. */
export const OF_THE_PAGE = [
  { load: true },
  { sql: "SELECT key, value FROM meta" },
  { sql: "SELECT name, block, raw_bytes FROM packs ORDER BY name, block" },
  {
    sql: "SELECT rows, raw_bytes, crc32, data FROM packs WHERE name = ?1 AND block = ?2",
    params: [text("customers"), integer(0)],
  },
  { sql: "SELECT step, source, target, rows_in, rows_out FROM lineage ORDER BY step" },
  {
    sql: `SELECT * FROM customer_360
          WHERE customer_id = (SELECT min(customer_id) FROM customer_360)`,
  },
  { sql: "SELECT * FROM customer_360 WHERE customer_id = ?1", params: [text("no such customer")] },
  {
    sql: `SELECT customer_id, first_name, last_name, total_lifetime_value FROM customer_360
          ORDER BY total_lifetime_value DESC, customer_id LIMIT 20`,
  },
  {
    sql: `SELECT * FROM purchase_transactions
          WHERE customer_id = (SELECT customer_id FROM customer_360 WHERE ord = ?1) ORDER BY line`,
    params: [integer(3)],
  },
  {
    sql: "SELECT term, ord, label FROM customer_search WHERE term >= ?1 AND term < ?2 LIMIT 20",
    params: [text("a"), text("b")],
  },
];

// Newer SQLite adds reals with compensation, the browser's does not: their last digit may differ,
// which is why sums of reals are rounded here and never computed in SQL by the page.

/** Every source table and the whole of customer_360, names in all scripts and NULLs included. */
const OF_THE_DATA = [
  { sql: "SELECT * FROM customer_360 ORDER BY ord" },
  { sql: "SELECT * FROM customer_info ORDER BY customer_id" },
  { sql: "SELECT * FROM product_catalog ORDER BY product_id" },
  { sql: "SELECT * FROM purchase_transactions WHERE amount < 0 OR customer_id IS NULL LIMIT 500" },
  { sql: "SELECT * FROM customer_service ORDER BY line LIMIT 500" },
  { sql: "SELECT * FROM campaign_responses ORDER BY line LIMIT 500" },
  { sql: "SELECT * FROM website_behavior ORDER BY line LIMIT 500" },
  { sql: "SELECT count(*), sum(amount), avg(amount), min(amount), max(amount), total(amount) FROM purchase_transactions" },
  {
    sql: `SELECT customer_segment, churn_risk, count(*) AS customers,
                 sum(total_lifetime_value) AS value,
                 round(avg(avg_satisfaction_score), 12) AS score
          FROM customer_360 GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    sql: `SELECT substr(transaction_date, 1, 7) AS month, sum(amount) AS revenue,
                 sum(amount) FILTER (WHERE amount < 0) AS returned,
                 sum(sum(amount)) OVER (ORDER BY substr(transaction_date, 1, 7)) AS so_far,
                 rank() OVER (ORDER BY sum(amount) DESC) AS place
          FROM purchase_transactions GROUP BY 1 ORDER BY 1`,
  },
  {
    sql: `SELECT customer_id, total_lifetime_value,
                 ntile(5) OVER (ORDER BY total_lifetime_value, customer_id) AS fifth,
                 lag(customer_id) OVER (ORDER BY total_lifetime_value, customer_id) AS before
          FROM customer_360 ORDER BY 2, 1 LIMIT 200`,
  },
  {
    sql: `WITH first AS (SELECT customer_id, min(transaction_date) AS day
                         FROM purchase_transactions WHERE amount > 0 GROUP BY 1)
          SELECT substr(day, 1, 7) AS month, count(*) FROM first
          WHERE customer_id IS NOT NULL GROUP BY 1 ORDER BY 1`,
  },
  { sql: "SELECT json_extract(value, '$') FROM meta WHERE key = 'labels'" },
  { sql: "SELECT length(data), hex(substr(data, 1, 20)) FROM packs ORDER BY name, block" },
];

/** Every kind of value, in and out. */
const OF_VALUES = [
  { sql: "SELECT NULL, 0, -0.0, 3.0, 2.5, 1e300, -1e-300, 9e999, -9e999" },
  { sql: "SELECT 2147483647, 2147483648, -2147483649, 9007199254740991, 9007199254740992" },
  { sql: "SELECT 9223372036854775807, -9223372036854775808, 1/3.0, 0.1 + 0.2" },
  { sql: "SELECT x'', x'00', x'00ff80', zeroblob(3)" },
  { sql: "SELECT '', 'it''s', '<b>&amp;</b>', '=1+1', char(10, 9, 13)" },
  { sql: "SELECT '😀👩‍👩‍👧', 'مرحبا', 'שלום', '山田', char(8238) || 'abc', 'é' || char(769)" },
  { sql: "SELECT length('😀'), upper('äb'), 'Z' < 'a', 'ä' LIKE 'Ä', 'A' LIKE 'a'" },
  { sql: "SELECT typeof(?1), ?1", params: ["null"] },
  { sql: "SELECT typeof(?1), ?1", params: [integer(7)] },
  { sql: "SELECT typeof(?1), ?1", params: [integer(-2147483648)] },
  { sql: "SELECT typeof(?1), ?1", params: [integer(5_000_000_000)] },
  { sql: "SELECT typeof(?1), ?1, ?1 / 2", params: [integer(-9007199254740991)] },
  { sql: "SELECT typeof(?1), ?1", params: [real(2.5)] },
  { sql: "SELECT typeof(?1), ?1, ?1 / 2", params: [real(7.0)] },
  { sql: "SELECT typeof(?1), ?1", params: [real(-0.0)] },
  { sql: "SELECT typeof(?1), ?1, length(?1)", params: [text("")] },
  { sql: "SELECT typeof(?1), ?1, length(?1)", params: [text("😀 it's \u202eabc")] },
  { sql: "SELECT typeof(?1), ?1, length(?1)", params: [blob()] },
  { sql: "SELECT typeof(?1), ?1, hex(?1)", params: [blob(0, 1, 254, 255)] },
  { sql: "SELECT ?2, ?1, ?3", params: [integer(1), text("two")] },
  { sql: "SELECT 1 AS a, 2 AS a, 3 AS '2', 4 AS '1', 5" },
  { sql: "SELECT 1 AS a, 'x' AS \"b c\" WHERE 0" },
  { sql: "VALUES (1, 'a'), (2, NULL)" },
  { sql: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, i * i, i / 7.0, 'row ' || i FROM n" },
  { sql: "EXPLAIN QUERY PLAN SELECT 1" },
];

/** What is refused, for the same reason by both. */
const REFUSED = [
  { sql: "" },
  { sql: "SELECT 1; SELECT 2" },
  { sql: "DELETE FROM customer_360" },
  { sql: "PRAGMA query_only = 0" },
  { sql: "WITH x AS (SELECT 1) DELETE FROM customer_360" },
  { sql: "SELECT no_such_column FROM customer_360" },
  { sql: "SELECT * FROM no_such_table" },
  { sql: "SELECT FROM WHERE" },
  { sql: "SELECT ?1", params: [integer(1), integer(2)] },
  { sql: "SELECT ?1", params: [integer(9007199254740994)] },
  { sql: "SELECT abs(-9223372036854775808)" },
];

export const QUESTIONS = [...OF_THE_PAGE, ...OF_THE_DATA, ...OF_VALUES, ...REFUSED];
