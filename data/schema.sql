-- A snapshot: the source tables, customer_360, and what the page reads beside them.
--
-- Amounts and prices are integers in money units: 10^-exponent of the currency, both in `meta`.
-- Quantities are integers in units of 10^-quantity_exponent, which `meta` has where it is not 0.
-- Dates are ISO 8601 texts (YYYY-MM-DD), calendar days in the snapshot's time zone.
-- Rows about one customer lie together, in the order of customer_360.ord, guests last, so that
-- a profile touches few pages; `line` numbers them in that order.

CREATE TABLE customer_info (
  customer_id TEXT NOT NULL PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  country TEXT,
  city TEXT,
  registration_date TEXT
) WITHOUT ROWID;

CREATE TABLE product_catalog (
  product_id TEXT NOT NULL PRIMARY KEY,
  product_name TEXT,
  category TEXT,
  price INTEGER
) WITHOUT ROWID;

-- `line` - 1 is the row's index in the pack of purchases. A guest's line has no customer_id;
-- a return has a negative amount; an order counts when it has a line above zero.
CREATE TABLE purchase_transactions (
  line INTEGER PRIMARY KEY,
  transaction_id TEXT NOT NULL,
  order_id TEXT NOT NULL,
  customer_id TEXT,
  product_id TEXT,
  transaction_date TEXT NOT NULL,
  quantity INTEGER,
  amount INTEGER NOT NULL
);

-- Lines of orders that are of several customers, or of a customer and guests. There are few, as a rule.
CREATE TABLE shared_orders (
  order_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

CREATE TABLE customer_service (
  line INTEGER PRIMARY KEY,
  interaction_id TEXT NOT NULL,
  customer_id TEXT,
  interaction_date TEXT NOT NULL,
  channel TEXT,
  reason TEXT,
  satisfaction_score INTEGER
);

CREATE TABLE campaign_responses (
  line INTEGER PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  campaign_name TEXT,
  customer_id TEXT,
  contact_date TEXT NOT NULL,
  responded INTEGER NOT NULL
);

CREATE TABLE website_behavior (
  line INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL,
  customer_id TEXT,
  visit_date TEXT NOT NULL,
  pages_viewed INTEGER,
  duration_seconds INTEGER,
  device TEXT
);

-- Segments and churn risks that the source itself gave; empty when rules classify.
CREATE TABLE given_classes (
  customer_id TEXT NOT NULL PRIMARY KEY,
  customer_segment TEXT,
  churn_risk TEXT
) WITHOUT ROWID;

-- One row a customer, sorted by segment, churn risk and id; `ord` is the index in the packs.
-- What the source did not have is NULL. Scores run from 1 to 5; rates are fractions.
CREATE TABLE customer_360 (
  ord INTEGER PRIMARY KEY,
  customer_id TEXT NOT NULL,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  country TEXT,
  city TEXT,
  registration_date TEXT,
  total_lifetime_value INTEGER NOT NULL,
  total_orders INTEGER NOT NULL,
  purchase_lines INTEGER NOT NULL,
  first_purchase_date TEXT,
  last_purchase_date TEXT,
  days_since_last_purchase INTEGER,
  favorite_category TEXT,
  avg_satisfaction_score REAL,
  campaign_response_rate REAL,
  visits INTEGER,
  customer_segment TEXT NOT NULL,
  churn_risk TEXT NOT NULL,
  rfm_recency INTEGER,
  rfm_frequency INTEGER,
  rfm_monetary INTEGER,
  rfm_segment TEXT
);

-- Type-ahead: a row for every text a customer can be found by (id, e-mail, the name in both
-- orders, each further word of it), folded as crates/snapshot/src/search.rs says, with what a
-- suggestion shows, so that a prefix is one short range of one B-tree.
CREATE TABLE customer_search (
  term TEXT NOT NULL,
  ord INTEGER NOT NULL,
  label TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  PRIMARY KEY (term, ord)
) WITHOUT ROWID;

-- The same for the first few letters: where they find many customers, the most valuable of them;
-- where `complete`, all terms, and no longer prefix has rows of its own. `found` customers there
-- are in all.
CREATE TABLE customer_search_best (
  prefix TEXT NOT NULL,
  place INTEGER NOT NULL,
  term TEXT NOT NULL,
  ord INTEGER NOT NULL,
  label TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  found INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  PRIMARY KEY (prefix, place)
) WITHOUT ROWID;

-- Rows through each link of the pipeline.
CREATE TABLE lineage (
  step INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  rows_in INTEGER NOT NULL,
  rows_out INTEGER NOT NULL
);

-- One row a field of the description (format version, period, currency, labels, rules); the
-- value is JSON.
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Columns and names for the page, compressed; crates/snapshot documents the encoding.
CREATE TABLE packs (
  name TEXT NOT NULL,
  block INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  raw_bytes INTEGER NOT NULL,
  crc32 INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (name, block)
);
