-- Who the customers are: one row a customer.
CREATE TABLE temp_basic_info (
  customer_id TEXT NOT NULL PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  country TEXT,
  city TEXT,
  registration_date TEXT
) WITHOUT ROWID;

INSERT INTO temp_basic_info
SELECT customer_id, first_name, last_name, email, country, city, registration_date
FROM customer_info
ORDER BY customer_id;
