//! Every address of both interface documents, over HTTP: its shape as described, its values by plain
//! SQL on the snapshot's tables under parameters of any kind.

use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};

use boon::{Compiler, Schemas};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::site::{Answer, Site};

/// The addresses of the two documents.
const DASHBOARD: [&str; 8] = [
    "/api/kpis",
    "/api/customer_segments",
    "/api/monthly_revenue",
    "/api/top_customers",
    "/api/product_category_performance",
    "/api/customer_satisfaction",
    "/api/churn_risk",
    "/api/rfm_segmentation",
];
const BACKEND: [&str; 9] = [
    "/backend/",
    "/backend/kpis",
    "/backend/customer_segments",
    "/backend/monthly_revenue",
    "/backend/top_customers",
    "/backend/product_category_performance",
    "/backend/customer_satisfaction",
    "/backend/churn_risk",
    "/backend/rfm_segmentation",
];

/// A filter by chance, as a query and as a condition on lines of purchases, contacts or customers.
#[derive(Clone)]
struct Filter {
    query: String,
    from: String,
    to: String,
    segments: Vec<&'static str>,
    churn: Vec<&'static str>,
    categories: Vec<String>,
}

/// Numbers by chance, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// None of them, or one or two.
    fn some<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        let count = self.below(3);
        let start = self.below(all.len());
        all.iter().cycle().skip(start).take(count.min(all.len())).cloned().collect()
    }
}

fn quoted<T: AsRef<str>>(values: &[T]) -> String {
    let values: Vec<String> =
        values.iter().map(|value| format!("'{}'", value.as_ref().replace('\'', "''"))).collect();
    values.join(", ")
}

impl Filter {
    fn by(chance: &mut Chance, days: &[String], categories: &[String]) -> Self {
        let (one, other) = (chance.below(days.len()), chance.below(days.len()));
        let (from, to) = (days[one.min(other)].clone(), days[one.max(other)].clone());
        let segments = chance.some(&["High Value", "Medium Value", "Low Value"]);
        let churn = chance.some(&["Low", "Medium", "High"]);
        let categories = chance.some(categories);
        let mut query = format!("from={from}&to={to}");
        let mut add = |name: &str, values: &[String]| {
            for value in values {
                let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
                write!(query, "&{name}={value}").unwrap();
            }
        };
        let owned = |some: &[&str]| some.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        add("segment", &owned(&segments));
        add("churn", &owned(&churn));
        add("category", &categories);
        Self { query, from, to, segments, churn, categories }
    }

    /// The same without what it says of one column: a list by that column shows all of it.
    fn without(&self, column: &str) -> Self {
        let mut other = self.clone();
        match column {
            "customer_segment" => other.segments.clear(),
            "churn_risk" => other.churn.clear(),
            _ => other.categories.clear(),
        }
        other
    }

    /// What it demands of a customer, by the columns of `customer_360`.
    fn people(&self) -> String {
        let mut sql = "true".to_owned();
        for (column, values) in [("customer_segment", &self.segments), ("churn_risk", &self.churn)]
        {
            if !values.is_empty() {
                write!(sql, " AND {column} IN ({})", quoted(values)).unwrap();
            }
        }
        sql
    }

    /// Lines of purchases that it lets through.
    fn lines(&self) -> String {
        let category = match &self.categories[..] {
            [] => String::new(),
            some => format!(" AND category IN ({})", quoted(some)),
        };
        format!(
            "FROM purchase_transactions LEFT JOIN customer_360 USING (customer_id)
             LEFT JOIN product_catalog USING (product_id)
             WHERE transaction_date BETWEEN '{}' AND '{}' AND {}{category}",
            self.from,
            self.to,
            self.people()
        )
    }
}

struct Tables {
    tables: Connection,
    exponent: u8,
    quantity_exponent: u8,
}

impl Tables {
    fn of(site: &Site) -> Self {
        let opened = builder::open::open(&site.data()).unwrap();
        let meta = &opened.manifest.meta;
        let tables = Connection::open(&opened.path).unwrap();
        let (exponent, quantity_exponent) = (meta.currency.exponent, meta.quantity_exponent);
        Self { tables, exponent, quantity_exponent }
    }

    fn number(&self, sql: &str) -> i64 {
        let number: Option<i64> = self.tables.query_row(sql, [], |row| row.get(0)).unwrap();
        number.unwrap_or_default()
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        let mut statement = self.tables.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// A number of units as it is written in whole ones.
    fn written(units: i64, exponent: u8) -> Value {
        serde_json::from_str(&snapshot::money::to_decimal(units.into(), exponent)).unwrap()
    }

    fn money(&self, sql: &str) -> Value {
        Self::written(self.number(sql), self.exponent)
    }
}

fn answered(site: &Site, address: &str) -> Answer {
    let answer = site.get(address);
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    assert_eq!(answer.header("content-type"), "application/json", "{address}");
    answer
}

#[test]
fn every_address_of_both_documents_answers_as_it_is_described() {
    let site = Site::serve();
    let described = site.get("/api/openapi.json").json();
    let root = "urn:description";
    for address in DASHBOARD.into_iter().chain(BACKEND) {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(root, described.clone()).unwrap();
        let schema = |compiler: &mut Compiler, schemas: &mut Schemas, status: &str| {
            let path = address.replace('/', "~1");
            let at = format!(
                "{root}#/paths/{path}/get/responses/{status}/content/application~1json/schema"
            );
            compiler.compile(&at, schemas).unwrap_or_else(|error| panic!("{at}: {error:#}"))
        };
        let good = schema(&mut compiler, &mut schemas, "200");
        let bad = schema(&mut compiler, &mut schemas, "400");
        for query in ["", "?segment=High+Value&compare=year", "?from=2026-01-10&to=2026-03-04"] {
            let answer = answered(&site, &format!("{address}{query}")).json();
            let fits = schemas.validate(&answer, good);
            assert!(fits.is_ok(), "{address}{query}: {:#}\n{answer:#}", fits.unwrap_err());
            assert!(schemas.validate(&json!({ "other": 1 }), good).is_err(), "{address}: closed");
        }
        let answer = site.get(&format!("{address}?colour=red"));
        assert_eq!(answer.status, 400, "{address}");
        assert!(schemas.validate(&answer.json(), bad).is_ok(), "{address}: {}", answer.body);
        let etag = answered(&site, address).header("etag").to_owned();
        let same = site.ask("GET", address, &[("if-none-match", &etag)]);
        assert_eq!((same.status, same.body.len()), (304, 0), "{address}");
        let head = site.ask("HEAD", address, &[]);
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, &*etag));
        let wrong = site.ask("POST", address, &[]);
        assert_eq!((wrong.status, wrong.header("allow")), (405, "GET, HEAD"), "{address}");
        assert!(schemas.validate(&wrong.json(), bad).is_ok(), "{address}: {}", wrong.body);
    }
}

#[test]
fn values_are_those_of_plain_sql_under_any_parameters() {
    let site = Site::serve();
    let tables = Tables::of(&site);
    let days =
        tables.texts("SELECT DISTINCT transaction_date FROM purchase_transactions ORDER BY 1");
    let categories = tables.texts("SELECT DISTINCT category FROM product_catalog ORDER BY 1");
    let seed = RandomState::new().hash_one(0) | 1;
    let mut chance = Chance(seed);
    for _ in 0..40 {
        let filter = Filter::by(&mut chance, &days, &categories);
        let told = format!("seed {seed}: {}", filter.query);
        let ask = |name: &str| answered(&site, &format!("/api/{name}?{}", filter.query)).json();
        let (lines, people) = (filter.lines(), filter.people());

        let kpis = ask("kpis");
        let revenue = tables.money(&format!("SELECT sum(amount) {lines}"));
        assert_eq!(kpis["kpiData"][0]["value"], revenue, "{told}");
        let orders = format!("SELECT count(DISTINCT order_id) {lines} AND amount > 0");
        assert_eq!(kpis["kpiData"][1]["value"], json!(tables.number(&orders)), "{told}");

        for month in ask("monthly_revenue")["revenueData"].as_array().unwrap() {
            let name = month["month"].as_str().unwrap();
            let sql = format!("SELECT sum(amount) {lines} AND transaction_date LIKE '{name}-%'");
            assert_eq!(month["revenue"], tables.money(&sql), "{told}: {name}");
        }
        let of_all = filter.without("category").lines();
        for category in ask("product_category_performance")["categoryData"].as_array().unwrap() {
            let name = quoted(&[category["category"].as_str().unwrap()]);
            let of = |column| format!("SELECT sum({column}) {of_all} AND category = {name}");
            assert_eq!(category["revenue"], tables.money(&of("amount")), "{told}: {name}");
            let units = Tables::written(tables.number(&of("quantity")), tables.quantity_exponent);
            assert_eq!(category["units"], units, "{told}: {name}");
        }
        for (address, list, name, column) in [
            ("customer_segments", "segmentData", "segment", "customer_segment"),
            ("churn_risk", "churnData", "risk", "churn_risk"),
        ] {
            let lines = filter.without(column).lines();
            for class in ask(address)[list].as_array().unwrap() {
                let value = quoted(&[class[name].as_str().unwrap()]);
                let sql =
                    format!("SELECT count(DISTINCT customer_id) {lines} AND {column} = {value}");
                assert_eq!(class["count"], json!(tables.number(&sql)), "{told}: {value}");
            }
        }
        let top = ask("top_customers");
        let best = format!(
            "SELECT customer_id FROM customer_360 WHERE {people}
             AND customer_id IN (SELECT customer_id {lines})
             ORDER BY total_lifetime_value DESC, ord LIMIT 5"
        );
        let ids: Vec<&str> = top["topCustomers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|customer| customer["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, tables.texts(&best), "{told}");
        if filter.categories.is_empty() {
            let contacts = format!(
                "FROM customer_service LEFT JOIN customer_360 USING (customer_id)
                 WHERE interaction_date BETWEEN '{}' AND '{}' AND {people}",
                filter.from, filter.to
            );
            let satisfaction = ask("customer_satisfaction");
            let all = format!("SELECT count(satisfaction_score) {contacts}");
            assert_eq!(satisfaction["totalResponses"], json!(tables.number(&all)), "{told}");
            for score in 1..=5 {
                let sql = format!("SELECT count(*) {contacts} AND satisfaction_score = {score}");
                let counted = &satisfaction["breakdown"][score.to_string()];
                assert_eq!(*counted, json!(tables.number(&sql)), "{told}: {score}");
            }
        }
    }
}
