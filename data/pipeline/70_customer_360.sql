-- Everything about a customer in one row. `classification` comes from the rules (segment,
-- churn risk, RFM) and numbers the customers; `build_settings` holds the as-of day.
INSERT INTO customer_360
SELECT
  class.ord,
  basic.customer_id,
  basic.first_name,
  basic.last_name,
  basic.email,
  basic.country,
  basic.city,
  basic.registration_date,
  COALESCE(bought.total_lifetime_value, 0),
  COALESCE(bought.total_orders, 0),
  COALESCE(bought.purchase_lines, 0),
  bought.first_purchase_date,
  bought.last_purchase_date,
  CAST(julianday(settings.as_of) - julianday(bought.last_purchase_date) AS INTEGER),
  favorite.favorite_category,
  service.avg_satisfaction_score,
  CAST(campaign.responses AS REAL) / campaign.contacts,
  CASE WHEN EXISTS (SELECT 1 FROM website_behavior) THEN COALESCE(web.visits, 0) END,
  class.customer_segment,
  class.churn_risk,
  class.rfm_recency,
  class.rfm_frequency,
  class.rfm_monetary,
  class.rfm_segment
FROM temp_basic_info AS basic
CROSS JOIN build_settings AS settings
JOIN classification AS class ON class.customer_id = basic.customer_id
LEFT JOIN temp_purchase_stats AS bought ON bought.customer_id = basic.customer_id
LEFT JOIN temp_favorites AS favorite ON favorite.customer_id = basic.customer_id
LEFT JOIN temp_customer_service AS service ON service.customer_id = basic.customer_id
LEFT JOIN temp_campaign_engagement AS campaign ON campaign.customer_id = basic.customer_id
LEFT JOIN temp_website_behavior AS web ON web.customer_id = basic.customer_id
ORDER BY class.ord;
