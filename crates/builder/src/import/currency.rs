//! The currency's exponent: what its minor unit asks, and finer where the amounts are finer.

use std::path::Path;

use anyhow::Result;
use snapshot::Currency;
use snapshot::money::MAX_EXPONENT;

use super::fields::Table;
use super::mapping::Mapping;
use super::reader::Reader;
use super::records::Records;
use crate::progress::Progress;

/// Currencies without a minor unit.
const WHOLE: [&str; 15] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF",
    "XOF", "XPF",
];

/// Currencies of a thousand minor units.
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// The currency of a mapping; looks through all amounts unless it says how fine they are.
///
/// # Errors
/// If a file cannot be read.
pub fn currency(from: &Path, mapping: &Mapping, progress: Progress) -> Result<Currency> {
    let code = mapping.currency.code.clone();
    if let Some(exponent) = mapping.currency.exponent {
        return Ok(Currency { code, exponent });
    }
    let mut stage = progress.stage("Looking for the finest amount", None);
    let mut exponent = minor_unit(&code);
    let amounts: [(Table, &[&str]); 2] =
        [(Table::Purchases, &["amount", "unit_price"]), (Table::Products, &["price"])];
    for (table, fields) in amounts {
        let Some(mapped) = mapping.table(table) else { continue };
        let records = Records::open(from, table, mapped, mapping)?;
        let reader = Reader::new(&records, table, mapped, mapping)?;
        records.each(&mut |record| {
            stage.step();
            for field in fields {
                exponent = exponent.max(reader.decimals(record, field));
            }
            Ok(())
        })?;
    }
    let exponent = exponent.min(MAX_EXPONENT);
    stage.end(&format!("{exponent} decimals"));
    Ok(Currency { code, exponent })
}

fn minor_unit(code: &str) -> u8 {
    match code {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        _ => 2,
    }
}
