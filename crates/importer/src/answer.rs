//! What is answered, as data.

use anyhow::Error;
use importer_core::import::rejects::{Refusal, Rejection};
use serde::Serialize;

/// Why nothing came of an order.
#[derive(Debug, Serialize)]
pub struct Why {
    /// All of it, in words.
    message: String,
    /// How many rows were rejected, where that is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    /// How many may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
    /// Kinds of rejections, most frequent first.
    kinds: Vec<Kind>,
    /// The first of them.
    first: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Kind {
    what: String,
    rows: u64,
}

#[derive(Debug, Serialize)]
struct Row {
    file: String,
    line: u64,
    column: Option<String>,
    reason: String,
}

impl From<&Error> for Why {
    fn from(error: &Error) -> Self {
        let refusal = error.downcast_ref::<Refusal>();
        let kind = |(what, rows): &(String, u64)| Kind { what: what.clone(), rows: *rows };
        let kinds = refusal.map(|refusal| refusal.kinds.iter().map(kind).collect());
        let first = refusal.map(|refusal| refusal.first.iter().map(row).collect());
        Self {
            message: format!("{error:#}"),
            rows: refusal.map(|refusal| refusal.rows),
            limit: refusal.map(|refusal| refusal.limit),
            kinds: kinds.unwrap_or_default(),
            first: first.unwrap_or_default(),
        }
    }
}

fn row(rejection: &Rejection) -> Row {
    let reject = &rejection.reject;
    Row {
        file: rejection.file.clone(),
        line: rejection.line,
        column: reject.column.clone(),
        reason: reject.reason.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use importer_core::build::Settings;
    use importer_core::files::Named;
    use importer_core::import::Import;
    use importer_core::import::mapping::Mapping;
    use importer_core::memory;
    use importer_core::progress::Silent;

    use super::*;

    const MAPPING: &str = "source = \"Shop\"\ncurrency.code = \"EUR\"\n\
        [purchase_transactions.columns]\norder_id = \"order\"\ntransaction_date = \"date\"\n\
        customer_id = \"who\"\namount = \"sum\"\n";

    fn why(text: &str) -> serde_json::Value {
        let files = vec![("sales.csv".to_owned(), Arc::from(text.as_bytes()))];
        let files = Named { files, letters: &letters::Tables };
        let import = Import { from: Box::new(files), mapping: Mapping::parse(MAPPING).unwrap() };
        let built =
            memory::build(&Settings::default(), &Silent, |loader| import.feed(loader, &Silent));
        serde_json::to_value(Why::from(&built.unwrap_err())).unwrap()
    }

    #[test]
    fn rows_that_are_refused_have_their_places() {
        let why = why("order,date,who,sum\n1,2024-01-02,a,3\n2,2024-01-33,a,x\n3,2024-01-04,b,y\n");
        assert_eq!((&why["rows"], &why["limit"]), (&2.into(), &0.into()));
        assert_eq!(why["first"][1]["file"], "sales.csv");
        assert_eq!(why["first"][1]["line"], 4);
        assert_eq!(why["first"][1]["column"], "sum");
        assert_eq!(why["first"][1]["reason"], "'y' is not an amount");
        assert!(why["message"].as_str().unwrap().contains("2 rows were rejected"));
    }

    #[test]
    fn other_reasons_are_told_in_words() {
        let why = why("order,date,who\n1,2024-01-02,a\n");
        assert!(why["message"].as_str().unwrap().contains("no column 'sum'"), "{why}");
        assert!(why.get("rows").is_none() && why["first"].as_array().unwrap().is_empty());
    }
}
