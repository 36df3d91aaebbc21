//! Files of what was given back, by their names.

use super::look::Look;
use super::source::Source;
use super::words::Words;

/// Words of what was given back, in the names of files, set apart by `|`.
const WORDS: &str = "return|returns|returned|refund|refunds|refunded|creditnote|creditnotes|chargeback|\
    chargebacks|retoure|retouren|ruckgabe|ruckgaben|rueckgaben|ruckerstattungen|gutschrift|\
    gutschriften|erstattung|erstattungen|storno|stornos|retour|retours|remboursement|\
    remboursements|avoir|avoirs|reembolso|reembolsos|devolucion|devoluciones|devolucao|\
    devolucoes|reso|resi|rimborso|rimborsi|zwrot|zwroty|terugbetaling|terugbetalingen|\
    creditnota|vratky|dobropis|dobropisy|iade|iadeler|retur|returer|kreditnota|palautukset|\
    visszaru|hyvitykset";

/// Words that say so together only.
const PAIRS: [[&str; 2]; 4] =
    [["credit", "note"], ["credit", "notes"], ["credit", "memos"], ["nota", "credito"]];

/// Whether a file, or table, is called after what was given back.
pub fn is_called(title: &str) -> bool {
    let words = Words::of(title);
    words.has_any(WORDS) || PAIRS.iter().any(|pair| pair.iter().all(|word| words.has(&[word])))
}

/// Of several files of purchases, those that are called so and have nothing below zero in the
/// columns of their money: with a minus, their amounts would be taken off as they are.
pub fn files(source: &dyn Source, looks: &[&Look], columns: &[&str]) -> Vec<String> {
    let is = |look: &&&Look| {
        let title = source.sheets().get(look.sheet).map(|sheet| sheet.title.as_str());
        title.is_some_and(is_called) && !columns.iter().any(|name| has_minus(look, name))
    };
    let mut names: Vec<String> = looks.iter().filter(is).map(|look| look.name.clone()).collect();
    // Where all are called so, the name tells none of them apart.
    if names.len() == looks.len() {
        names.clear();
    }
    names.sort();
    names
}

/// Whether a number of a column is below zero.
fn has_minus(look: &Look, name: &str) -> bool {
    let Some(at) = look.columns.iter().find(|column| column.name == name) else { return false };
    let is_minus = |cell: &str| cell.contains(['-', '\u{2212}', '(']);
    look.sample.iter().any(|record| is_minus(look.cell(record, at.at)))
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn files_of_what_was_given_back_are_called_so() {
        for name in [
            "returns",
            "Refunds 2024",
            "shop_refunds",
            "credit-notes",
            "Gutschriften",
            "R\u{fc}ckgaben",
            "devoluci\u{f3}n",
            "avoirs-2024",
            "Zwroty",
            "note di credito-nota",
        ] {
            assert!(is_called(name), "{name}");
        }
        for name in ["orders", "sales", "credit card sales", "returning customers", "notes"] {
            assert!(!is_called(name), "{name}");
        }
    }
}
