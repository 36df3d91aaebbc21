//! Questions about orders: what their amounts are of, what they are where several files have them,
//! and what was given back.

use super::Asking;
use crate::guess::draft::{
    TableDraft, across_name, amount_of_name, list, minus_name, named, parts,
};
use crate::guess::found::{Choice, Question};
use crate::guess::text::count;
use crate::import::file_names::OrdersAcross;
use crate::import::mapping::{AmountOf, NegativeQuantity};
use snapshot::meta::WarningKind;

impl Asking<'_> {
    pub(super) fn amount_of(&self) -> Option<Question> {
        let table = self.draft.purchases()?;
        let now = table.amount_of?;
        let then = if now == AmountOf::Order { AmountOf::Line } else { AmountOf::Order };
        let value = |of: AmountOf| match of {
            AmountOf::Line => "it is that of the line, and all lines add up",
            AmountOf::Order => {
                "it is that of the whole order, and counts once, on its first line, so that other products of \
                 the order bring nothing"
            }
        };
        let settings = |of: AmountOf| format!("amount_of = {}", amount_of_name(of));
        let changed = self.other(value(then), settings(then), |draft| {
            if let Some(table) = draft.purchases_mut() {
                table.amount_of = Some(then);
            }
        });
        let ask = format!(
            "Is {} that of the whole order? It is the same on all lines of each order.",
            named(&table.column("amount")?.column)
        );
        // Where each order has one line either is the same.
        if self.trial.is_some() && changed.totals == self.now() {
            return None;
        }
        let choices = vec![self.written(value(now), settings(now)), changed];
        Some(Question { id: "amount_of", ask, choices })
    }

    pub(super) fn orders_across(&self) -> Option<Question> {
        let table = self.draft.purchases()?;
        let now = table.orders_across?;
        // Which is the last is not told by days, but by the order of the list.
        let last = table.parts.iter().rev().find(|part| !table.returns.contains(&part.name));
        let as_last = format!(
            "one order each, as the last file has it, and {} is the last of all",
            last.map(|last| named(&last.name)).unwrap_or_default()
        );
        let value = |across: OrdersAcross| match across {
            OrdersAcross::Add => "one order each, and all of its lines count",
            OrdersAcross::LastFile => as_last.as_str(),
            OrdersAcross::Apart if last.is_none() => "different orders: the numbers begin anew",
            OrdersAcross::Apart => "different orders: each file numbers its own",
        };
        let settings = |across: OrdersAcross| format!("orders_across = {}", across_name(across));
        let set = |across: OrdersAcross| {
            self.other(value(across), settings(across), |draft| {
                if let Some(table) = draft.purchases_mut() {
                    table.orders_across = Some(across);
                }
            })
        };
        let all = [OrdersAcross::Add, OrdersAcross::LastFile, OrdersAcross::Apart];
        let fits = |across: &OrdersAcross| last.is_some() || *across != OrdersAcross::LastFile;
        let others = all.into_iter().filter(|across| *across != now && fits(across)).map(set);
        let choices: Vec<Choice> =
            std::iter::once(self.written(value(now), settings(now))).chain(others).collect();
        let orders = match self.trial.map_or(0, |trial| trial.warned(WarningKind::OrdersAcross)) {
            0 => "Some orders have".to_owned(),
            orders => count(orders, "order has", "orders have"),
        };
        if last.is_none() {
            let ask =
                "Some order numbers come again months later. What are the later ones?".to_owned();
            return Some(Question { id: "orders_across", ask, choices });
        }
        let ask = format!(
            "{orders} lines in more than one file that differ, or numbers that another file has for another \
             order. What are they?"
        );
        Some(Question { id: "orders_across", ask, choices })
    }

    pub(super) fn negative_quantity(&self) -> Option<Question> {
        let now = self.draft.purchases()?.negative_quantity?;
        let value = |minus: NegativeQuantity| match minus {
            NegativeQuantity::Return => "what was given back, so that they are taken off",
            NegativeQuantity::Sale => "sales, like all others",
        };
        let then = match now {
            NegativeQuantity::Return => NegativeQuantity::Sale,
            NegativeQuantity::Sale => NegativeQuantity::Return,
        };
        let settings = |minus| format!("negative_quantity = {}", minus_name(minus));
        let changed = self.other(value(then), settings(then), |draft| {
            if let Some(table) = draft.purchases_mut() {
                table.negative_quantity = Some(then);
            }
        });
        let ask = "Some quantities are below zero, and their amounts are above it. What are these amounts?"
            .to_owned();
        let choices = vec![self.written(value(now), settings(now)), changed];
        Some(Question { id: "negative_quantity", ask, choices })
    }

    pub(super) fn returns(&self) -> Option<Question> {
        let table = self.draft.purchases().filter(|table| !table.returns.is_empty())?;
        let all = &table.returns;
        let without = without(table);
        // An answer has to undo another one.
        let with = without.as_ref().map(|(_, files, _)| format!("{files}, ")).unwrap_or_default();
        let settings = |names: &[String]| format!("{with}returns = {}", list(names));
        let now = self.written("they are taken off", settings(all));
        let sales = self.other("they count as sales", settings(&[]), |draft| {
            if let Some(table) = draft.purchases_mut() {
                table.returns.clear();
            }
        });
        let without = without.map(|(rest, _, files)| {
            let settings = format!("{files}, returns = []");
            self.other("the file is left out", settings, |draft| {
                if let Some(table) = draft.purchases_mut() {
                    *table = rest;
                }
            })
        });
        let names: Vec<String> = all.iter().map(|name| named(name)).collect();
        let ask = format!(
            "By the name of {} it has what was given back, and no amount in it is below zero. What are its amounts?",
            names.join(", ")
        );
        let choices = [now, sales].into_iter().chain(without).collect();
        Some(Question { id: "returns", ask, choices })
    }
}

/// A table without the files of what was given back, and the settings of all of its files
/// and of these; none where they do not fit one line, or columns would stand elsewhere.
fn without(table: &TableDraft) -> Option<(TableDraft, String, String)> {
    let mut rest = table.clone();
    rest.parts.retain(|part| !table.returns.contains(&part.name));
    rest.returns.clear();
    if rest.parts.is_empty() || rest.places.is_some() {
        return None;
    }
    rest.sheet = rest.parts.first()?.sheet;
    let (all, files) = (parts(&table.parts), parts(&rest.parts));
    let key = if table.from_table.is_some() { "table" } else { "file" };
    let setting = |files: String| (!files.contains('\n')).then(|| format!("{key} = {files}"));
    Some((rest, setting(all)?, setting(files)?))
}
