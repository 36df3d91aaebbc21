-- Each customer's favourite category: most purchase lines, then most money, then by name.
CREATE TABLE temp_favorites (
  customer_id TEXT NOT NULL PRIMARY KEY,
  favorite_category TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO temp_favorites
SELECT customer_id, category
FROM (
  SELECT
    customer_id,
    category,
    ROW_NUMBER() OVER (
      PARTITION BY customer_id ORDER BY lines DESC, amount DESC, category
    ) AS place
  FROM (
    SELECT bought.customer_id, product.category, COUNT(*) AS lines, SUM(bought.amount) AS amount
    FROM purchase_transactions AS bought
    CROSS JOIN product_catalog AS product ON product.product_id = bought.product_id
    WHERE bought.customer_id IS NOT NULL AND product.category IS NOT NULL
    GROUP BY bought.customer_id, product.category
  )
)
WHERE place = 1;
