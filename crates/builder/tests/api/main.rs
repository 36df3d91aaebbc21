//! The answers for programs: every address of both documents, its shape as described there, its
//! values by plain SQL on the tables.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shop;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use shop::Shop;

/// All addresses of the two documents, as files of a site.
const NAMES: [&str; 8] = [
    "kpis",
    "customer_segments",
    "monthly_revenue",
    "top_customers",
    "product_category_performance",
    "customer_satisfaction",
    "churn_risk",
    "rfm_segmentation",
];

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn first<'a>(value: &'a Value, list: &str) -> &'a Value {
    &value[list].as_array().unwrap()[0]
}

#[test]
fn the_dashboards_addresses_have_the_shapes_of_its_document() {
    let shop = Shop::demo();
    let shapes: [(&str, &[&str], &str, &[&str]); 6] = [
        (
            "customer_segments",
            &["lastUpdated", "segmentData"],
            "segmentData",
            &["count", "segment"],
        ),
        ("monthly_revenue", &["lastUpdated", "revenueData"], "revenueData", &["month", "revenue"]),
        (
            "top_customers",
            &["lastUpdated", "topCustomers"],
            "topCustomers",
            &["email", "id", "lifetimeValue", "name"],
        ),
        (
            "product_category_performance",
            &["categoryData", "lastUpdated"],
            "categoryData",
            &["category", "revenue", "units"],
        ),
        ("churn_risk", &["churnData", "lastUpdated"], "churnData", &["count", "risk"]),
        ("kpis", &["kpiData"], "kpiData", &["label", "sparklineData", "trend", "value"]),
    ];
    for (name, fields, list, entry) in shapes {
        let body = shop.read(&format!("api/{name}.json"));
        assert_eq!(keys(&body), fields.iter().copied().collect(), "{name}");
        assert_eq!(keys(first(&body, list)), entry.iter().copied().collect(), "{name}");
    }
    let satisfaction = shop.read("api/customer_satisfaction.json");
    let fields = ["breakdown", "lastUpdated", "satisfactionScore", "totalResponses"];
    assert_eq!(keys(&satisfaction), fields.into());
    assert_eq!(keys(&satisfaction["breakdown"]), ["1", "2", "3", "4", "5"].into());
    let rfm = shop.read("api/rfm_segmentation.json");
    assert_eq!(keys(&rfm), ["lastUpdated", "pagination", "rfmData"].into());
    let fields = ["customerId", "frequency", "monetary", "recency", "segment"];
    assert_eq!(keys(first(&rfm, "rfmData")), fields.into());
    let labels: Vec<Value> = shop.read("api/kpis.json")["kpiData"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kpi| kpi["label"].clone())
        .collect();
    let expected = ["Total Revenue", "Total Orders", "Avg Satisfaction", "Campaign Response Rate"];
    assert_eq!(labels, expected.map(Value::from));
}

#[test]
fn the_backends_addresses_have_the_shapes_of_its_document() {
    let shop = Shop::demo();
    assert_eq!(
        shop.read("backend/index.json"),
        json!({ "message": "Welcome to the CDP Dashboard API" })
    );
    let kpis = shop.read("backend/kpis.json");
    let fields =
        ["average_order_value", "retention_rate", "total_customers", "total_lifetime_value"];
    assert_eq!(keys(&kpis), fields.into());
    let top = shop.read("backend/top_customers.json");
    let fields = ["customer_id", "first_name", "last_name", "total_lifetime_value"];
    assert_eq!(top.as_array().unwrap().len(), 5);
    assert_eq!(keys(&top[0]), fields.into());
    let figures = [
        ("customer_segments", "pie"),
        ("monthly_revenue", "scatter"),
        ("product_category_performance", "bar"),
        ("customer_satisfaction", "indicator"),
        ("churn_risk", "pie"),
        ("rfm_segmentation", "scatter3d"),
    ];
    for (name, kind) in figures {
        let figure = shop.read(&format!("backend/{name}.json"));
        assert_eq!(keys(&figure), ["data", "layout"].into(), "{name}");
        assert_eq!(figure["data"][0]["type"], kind, "{name}");
        assert!(figure["layout"]["title"]["text"].is_string(), "{name} says what it shows");
    }
}

#[test]
fn values_are_those_of_plain_sql() {
    let shop = Shop::demo();
    let number = |sql: &str| shop.ask(sql);
    let kpis = shop.read("backend/kpis.json");
    assert_eq!(kpis["total_customers"], number("SELECT count(*) FROM customer_360"));
    let value = number("SELECT sum(total_lifetime_value) FROM customer_360");
    assert_eq!(kpis["total_lifetime_value"], shop.money(&value));

    let top = shop.read("backend/top_customers.json");
    let leader = shop.row(
        "SELECT customer_id, first_name, last_name, total_lifetime_value FROM customer_360
         ORDER BY total_lifetime_value DESC, ord LIMIT 1",
    );
    assert_eq!(top[0]["customer_id"], leader[0]);
    assert_eq!(top[0]["first_name"], leader[1]);
    assert_eq!(top[0]["last_name"], leader[2]);
    assert_eq!(top[0]["total_lifetime_value"], shop.money(&leader[3]));

    let shown = shop.shown();
    let scores = shop.row(&format!(
        "SELECT count(satisfaction_score), sum(satisfaction_score = 5) FROM customer_service
         WHERE interaction_date BETWEEN {shown}"
    ));
    let satisfaction = shop.read("api/customer_satisfaction.json");
    assert_eq!(satisfaction["totalResponses"], scores[0]);
    assert_eq!(satisfaction["breakdown"]["5"], scores[1]);

    for entry in shop.read("api/monthly_revenue.json")["revenueData"].as_array().unwrap() {
        let month = entry["month"].as_str().unwrap();
        let sum = number(&format!(
            "SELECT coalesce(sum(amount), 0) FROM purchase_transactions
             WHERE transaction_date BETWEEN {shown} AND transaction_date LIKE '{month}-%'"
        ));
        assert_eq!(entry["revenue"], shop.money(&sum), "{month}");
    }
    let buyers = format!(
        "SELECT DISTINCT customer_id FROM purchase_transactions
         WHERE transaction_date BETWEEN {shown}"
    );
    for (file, list, name, column) in [
        ("customer_segments", "segmentData", "segment", "customer_segment"),
        ("churn_risk", "churnData", "risk", "churn_risk"),
    ] {
        for entry in shop.read(&format!("api/{file}.json"))[list].as_array().unwrap() {
            let class = entry[name].as_str().unwrap();
            let count = number(&format!(
                "SELECT count(*) FROM customer_360
                 WHERE {column} = '{class}' AND customer_id IN ({buyers})"
            ));
            assert_eq!(entry["count"], count, "{class}");
        }
    }
}

#[test]
fn pages_hold_every_customer_who_has_bought_once() {
    let shop = Shop::of(2500);
    let bought = shop.ask("SELECT count(*) FROM customer_360 WHERE rfm_segment IS NOT NULL");
    let (mut ids, mut at) = (BTreeSet::new(), "/shop/api/rfm_segmentation".to_owned());
    loop {
        let page = shop.read(&format!("{}.json", at.strip_prefix("/shop/").unwrap()));
        assert_eq!(page["pagination"]["total"], bought);
        for entry in page["rfmData"].as_array().unwrap() {
            let id = entry["customerId"].as_str().unwrap().to_owned();
            let row = shop.row(&format!(
                "SELECT days_since_last_purchase, total_orders, total_lifetime_value,
                        customer_segment FROM customer_360 WHERE customer_id = '{id}'"
            ));
            let told = [&entry["recency"], &entry["frequency"], &entry["segment"]];
            assert_eq!(told, [&row[0], &row[1], &row[3]], "{id}");
            assert_eq!(entry["monetary"], shop.money(&row[2]), "{id}");
            assert!(ids.insert(id), "nobody stands on two pages");
        }
        match page["pagination"]["next"].as_str() {
            Some(next) => at = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(json!(ids.len()), bought);
}

#[test]
fn the_description_names_every_address_and_closes_every_shape() {
    let shop = Shop::demo();
    let description = shop.read("api/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description, shop.read("backend/openapi.json"));
    let named = keys(&description["paths"]);
    for name in NAMES {
        assert!(named.contains(format!("/api/{name}").as_str()), "{name}");
        assert!(named.contains(format!("/backend/{name}").as_str()), "{name}");
    }
    assert!(named.contains("/backend/") && named.contains("/api/rfm_segmentation/{page}"));
}

#[test]
fn what_a_snapshot_does_not_have_has_no_file_and_a_folder_of_others_stays() {
    let shop = Shop::of_guests();
    assert!(shop.written.contains("/api/customer_satisfaction: This snapshot has no satisfaction"));
    for absent in ["api/customer_satisfaction.json", "api/churn_risk.json", "api/kpis/1.json"] {
        assert!(!shop.site().join(absent).exists(), "{absent}");
    }
    assert_eq!(shop.read("api/not-found.json"), json!({ "error": "Resource not found" }));
    // Written once more, over what was written before.
    assert!(shop.write().0);
    std::fs::remove_file(shop.site().join("api/openapi.json")).unwrap();
    let (done, said) = shop.write();
    assert!(!done && said.contains("holds something else"), "{said}");
    assert!(shop.site().join("api/kpis.json").exists());
}

#[test]
fn nothing_is_written_beside_a_page_that_asks_for_a_sign_in() {
    let shop = Shop::demo();
    let config = shop.site().join("config.json");
    for (text, may) in [
        ("{}", true),
        (r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#, false),
        (r#"{"brand": {"signIn": {}}}"#, false),
        ("{", false),
    ] {
        std::fs::write(&config, text).unwrap();
        let (done, said) = shop.write();
        assert_eq!(done, may, "{text}: {said}");
        assert!(may || said.contains("everybody may read"), "{said}");
    }
}
