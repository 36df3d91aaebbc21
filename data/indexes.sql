-- What the page asks in SQL: a profile by id, a customer's rows, and top lists.

CREATE UNIQUE INDEX customer_360_by_id ON customer_360 (customer_id);
CREATE INDEX customer_360_by_value ON customer_360 (total_lifetime_value);
CREATE INDEX customer_360_by_last_purchase ON customer_360 (last_purchase_date);
CREATE INDEX purchase_transactions_by_customer ON purchase_transactions (customer_id);
-- An order that goes on after the snapshot may be anybody's: it counts once, whoever goes on with it.
CREATE INDEX purchase_transactions_by_order ON purchase_transactions (order_id);
CREATE INDEX customer_service_by_customer ON customer_service (customer_id);
CREATE INDEX campaign_responses_by_customer ON campaign_responses (customer_id);
CREATE INDEX website_behavior_by_customer ON website_behavior (customer_id);

-- The list of packs without touching their pages.
CREATE INDEX packs_directory ON packs (name, block, raw_bytes);
