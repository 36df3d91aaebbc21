//! A snapshot, the answers for programs that were written for it, and its tables.

use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};
use tempfile::TempDir;

pub struct Shop {
    folder: TempDir,
    tables: Connection,
    exponent: u8,
    /// What the command said of the files.
    pub written: String,
}

impl Shop {
    pub fn demo() -> Self {
        Self::of(200)
    }

    pub fn of(customers: u32) -> Self {
        let customers = customers.to_string();
        Self::made(&["demo", "--customers", &customers, "--seed", "5"])
    }

    /// One without a customer, a score or a category.
    pub fn of_guests() -> Self {
        let input = tempfile::tempdir().unwrap();
        let (sales, mapping) = (input.path().join("sales.csv"), input.path().join("mapping.toml"));
        std::fs::write(&sales, "transaction_date,amount\n2025-01-01,7\n2025-02-02,3\n").unwrap();
        let text = "source = 'S'\ncurrency.code = 'EUR'\n[purchase_transactions]\n";
        std::fs::write(&mapping, text).unwrap();
        let (sales, mapping) = (sales.to_str().unwrap(), mapping.to_str().unwrap());
        Self::made(&["build", "--from", sales, "--mapping", mapping])
    }

    fn made(how: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (done, said) = builder(|run| run.args(how).arg("--out").arg(data(folder.path())));
        assert!(done, "{said}");
        let opened = builder::open::open(&data(folder.path())).unwrap();
        let exponent = opened.manifest.meta.currency.exponent;
        let tables = Connection::open(&opened.path).unwrap();
        let mut shop = Self { folder, tables, exponent, written: String::new() };
        let (done, said) = shop.write();
        assert!(done, "{said}");
        shop.written = said;
        shop
    }

    /// Writes the answers; whether that went well, and what was said.
    pub fn write(&self) -> (bool, String) {
        let (data, site) = (data(self.folder.path()), self.site());
        builder(|run| run.arg("api").arg(data).arg("--out").arg(site).args(["--base", "/shop/"]))
    }

    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub fn read(&self, file: &str) -> Value {
        let text = std::fs::read_to_string(self.site().join(file)).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// First and last day of the period with which the dashboard opens, for `BETWEEN`.
    pub fn shown(&self) -> String {
        let opened = builder::open::open(&data(self.folder.path())).unwrap();
        let range = facts::View::default_for(&opened.manifest.meta).scope.range;
        format!("'{}' AND '{}'", range.from, range.to)
    }

    /// The one value of a statement.
    pub fn ask(&self, sql: &str) -> Value {
        self.row(sql).remove(0)
    }

    /// The first row of a statement.
    pub fn row(&self, sql: &str) -> Vec<Value> {
        let mut statement = self.tables.prepare(sql).unwrap();
        let columns = statement.column_count();
        let read = |row: &rusqlite::Row<'_>| (0..columns).map(|at| value(row, at)).collect();
        statement.query_row([], |row| Ok(read(row))).unwrap()
    }

    /// Money units as a number in whole units of the currency.
    pub fn money(&self, units: &Value) -> Value {
        let text = snapshot::money::to_decimal(units.as_i64().unwrap().into(), self.exponent);
        serde_json::from_str(&text).unwrap()
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn value(row: &rusqlite::Row<'_>, at: usize) -> Value {
    match row.get_ref(at).unwrap() {
        ValueRef::Integer(number) => json!(number),
        ValueRef::Text(text) => json!(std::str::from_utf8(text).unwrap()),
        ValueRef::Real(number) => json!(number),
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}

fn builder(with: impl FnOnce(&mut Command) -> &mut Command) -> (bool, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_builder"));
    let output = with(&mut run).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}
