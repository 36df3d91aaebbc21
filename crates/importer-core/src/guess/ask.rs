//! What a file does not tell: questions, their answers, and what each would give.

mod kinds;
mod less;
mod orders;

use super::build::{Purchases, money_column, unread};
use super::count::Count;
use super::dates;
use super::draft::{Draft, list, named, overlap_name, quoted};
use super::found::{Choice, Question, Totals};
use super::money::Way;
use super::numbers::codes_of;
use super::settle::{OrderFound, order_name};
use super::source::Source;
use super::text::count;
use super::trial::{self, Trial};
use crate::import::date_format::Order;
use crate::import::fields::Table;
use crate::import::file_names::Overlap;
use crate::import::mapping::{AmountUnit, OneOrMore};
use snapshot::meta::WarningKind;

/// Asks about a draft.
pub struct Asking<'a> {
    /// Where everything is read from.
    pub source: &'a dyn Source,
    /// What was found.
    pub found: &'a Purchases<'a>,
    /// The draft.
    pub draft: &'a Draft,
    /// What came of it; none if the importer refuses it.
    pub trial: Option<&'a Trial>,
}

impl Asking<'_> {
    /// All questions.
    pub fn all(&self) -> Vec<Question> {
        let questions = [
            self.date_order(),
            self.decimal_sign(),
            self.amount(),
            self.kinds(),
            self.less(),
            self.amount_of(),
            self.amount_unit(),
            self.currency(),
            self.time_zone(),
            self.overlap(),
            self.orders_across(),
            self.returns(),
            self.negative_quantity(),
            self.repeated_rows(),
            self.quotes(),
        ];
        questions.into_iter().flatten().collect()
    }

    fn now(&self) -> Option<Totals> {
        self.trial.map(|trial| trial.totals.clone())
    }

    /// The answer that the draft has.
    fn written(&self, value: &str, settings: String) -> Choice {
        Choice { value: value.to_owned(), settings, totals: self.now(), says: None }
    }

    /// Another answer, tried out.
    fn other(&self, value: &str, settings: String, change: impl FnOnce(&mut Draft)) -> Choice {
        // What is refused for another reason would be refused all the same.
        if self.trial.is_none() {
            return Choice { value: value.to_owned(), settings, totals: None, says: None };
        }
        let mut draft = self.draft.clone();
        change(&mut draft);
        match trial::of(self.source, &draft, Count::default()) {
            Ok(trial) => {
                let rejected = trial.rejected();
                let before = self.trial.map_or(0, Trial::rejected);
                let says = (rejected > before)
                    .then(|| format!("{} could not be read", count(rejected, "row", "rows")));
                Choice { value: value.to_owned(), settings, totals: Some(trial.totals), says }
            }
            Err(error) => {
                let says = Some(format!("the importer refuses it: {error:#}"));
                Choice { value: value.to_owned(), settings, totals: None, says }
            }
        }
    }

    fn date_order(&self) -> Option<Question> {
        let OrderFound::Either { likely, example, .. } = &self.found.settled.order else {
            return None;
        };
        let other = if *likely == Order::DayFirst { Order::MonthFirst } else { Order::DayFirst };
        let in_order = |order: Order| -> Vec<String> {
            let formats = self.found.settled.formats.iter();
            formats.map(|format| dates::in_order(format, order)).collect()
        };
        let settings = |order: Order| format!("date = {}", formats(&in_order(order)));
        let changed = self.other(order_name(other), settings(other), |draft| {
            if let Some(table) = draft.purchases_mut() {
                table.format.date = Some(OneOrMore::More(in_order(other)));
            }
        });
        Some(Question {
            id: "date_order",
            ask: format!(
                "Does the day or the month stand first in dates such as {}? Every date fits both.",
                named(example)
            ),
            choices: vec![self.written(order_name(*likely), settings(*likely)), changed],
        })
    }

    fn decimal_sign(&self) -> Option<Question> {
        // What has no cents has nothing before decimals.
        let sign = self.found.settled.either.filter(|sign| {
            *sign != ',' || snapshot::currency::minor_unit(&self.draft.currency) > 0
        })?;
        let format = &self.draft.purchases()?.format;
        let is_group = format.thousands.as_deref() == Some(sign.to_string().as_str());
        let (of_groups, of_decimals) = ("between thousands", "before decimals");
        let text = |is_group: bool| {
            let comma = (sign == ',') != is_group;
            let thousands = if is_group { quoted(&sign.to_string()) } else { quoted("") };
            format!("decimal_comma = {comma}, thousands = {thousands}")
        };
        let (now, then) =
            if is_group { (of_groups, of_decimals) } else { (of_decimals, of_groups) };
        let changed = self.other(then, text(!is_group), |draft| {
            if let Some(table) = draft.purchases_mut() {
                table.format.decimal_comma = Some((sign == ',') == is_group);
                table.format.thousands =
                    Some(if is_group { String::new() } else { sign.to_string() });
            }
        });
        Some(Question {
            id: "decimal_sign",
            ask: format!(
                "Does \"{sign}\" stand between thousands or before decimals? Every number that has it has three digits behind it."
            ),
            choices: vec![self.written(now, text(is_group)), changed],
        })
    }

    fn amount(&self) -> Option<Question> {
        let money = self.found.money.as_ref().filter(|money| !money.others.is_empty())?;
        let changed = money.others.iter().map(|(way, words)| {
            let (value, settings) = self.way(*way);
            let value = format!("{value} ({words})");
            self.other(&value, settings, |draft| self.set_way(draft, *way))
        });
        let (value, settings) = self.way(money.way);
        let choices = std::iter::once(self.written(&value, settings)).chain(changed).collect();
        let ask = "Which is the money of a line? More than one column may be.".to_owned();
        Some(Question { id: "amount", ask, choices })
    }

    fn way(&self, way: Way) -> (String, String) {
        let name = |at: usize| &self.found.choosing.look.column(at).name;
        match way {
            Way::Total(at) => (named(name(at)), format!("amount = {}", quoted(name(at)))),
            Way::Product { price, quantity } => (
                format!("{} times {}", named(name(price)), named(name(quantity))),
                format!("unit_price = {}", quoted(name(price))),
            ),
        }
    }

    fn set_way(&self, draft: &mut Draft, way: Way) {
        let header = &self.found.choosing.look.header;
        if let Some(table) = draft.purchases_mut() {
            table.columns.retain(|named| !["amount", "unit_price"].contains(&named.field));
            table.columns.extend(money_column(self.found, way));
            unread(&mut table.columns, Table::Purchases, header);
        }
    }

    fn amount_unit(&self) -> Option<Question> {
        let trial = self.trial.filter(|trial| trial.warned(WarningKind::LargeAmounts) > 0)?;
        let code = &trial.totals.currency;
        let set = |unit: AmountUnit| {
            move |draft: &mut Draft| {
                if let Some(table) = draft.purchases_mut() {
                    table.format.amount_unit = Some(unit);
                }
            }
        };
        let minor = "amount_unit = \"minor\"".to_owned();
        let major = "amount_unit = \"major\"".to_owned();
        Some(Question {
            id: "amount_unit",
            ask: format!(
                "Are the amounts whole {code}, or in its smallest unit, as cents? All are whole numbers, and large."
            ),
            choices: vec![
                self.written(&format!("whole {code}"), major),
                self.other("the smallest unit", minor, set(AmountUnit::Minor)),
            ],
        })
    }

    fn currency(&self) -> Option<Question> {
        let found = &self.found.currency;
        if found.others.is_empty() {
            return None;
        }
        let settings = |code: &str| format!("currency.code = {}", quoted(code));
        let rows = |rows: &Option<u64>| rows.map(|rows| count(rows, "row says so", "rows say so"));
        let others = found.others.iter().map(|(code, said)| {
            // Where each currency has a sign of its own, that is the one to be left out.
            let sign = self.found.settled.symbols.iter().map(|(sign, _)| sign);
            let own = sign.clone().find(|sign| codes_of(sign).contains(&code.as_str()));
            let own = own.filter(|own| found.symbol.as_ref() != Some(own));
            let with = own.map(|own| format!(", currency_symbol = {}", quoted(own)));
            let settings = settings(code) + &with.unwrap_or_default();
            // Plain numbers are the same in every currency that has as many decimals.
            if let Some(totals) = self.now().filter(|_| said.is_none() && self.is_plain(code)) {
                let totals = Some(Totals { currency: code.clone(), ..totals });
                return Choice { value: code.clone(), settings, totals, says: None };
            }
            let mut choice = self.other(code, settings, |draft| {
                draft.currency.clone_from(code);
                if let (Some(own), Some(table)) = (own, draft.purchases_mut()) {
                    table.format.currency_symbol = Some(own.clone());
                }
            });
            choice.says = rows(said).or(choice.says);
            choice
        });
        let several = found.others.iter().any(|(_, rows)| rows.is_some());
        let ask = if several {
            "Which currency is meant? Rows of others cannot be read: all amounts are of one."
        } else {
            "Which currency are the amounts in? Any other can be given by its code of three letters."
        };
        let is_signed = self.found.settled.symbols.len() > 1;
        let symbol = found.symbol.as_ref().filter(|_| is_signed);
        let with = symbol.map(|sign| format!(", currency_symbol = {}", quoted(sign)));
        let now = settings(&found.code) + &with.unwrap_or_default();
        let choices = std::iter::once(self.written(&found.code, now)).chain(others);
        Some(Question { id: "currency", ask: ask.to_owned(), choices: choices.collect() })
    }

    /// Whether no amount has a sign or word of its currency beside it, and another currency has as
    /// many decimals.
    fn is_plain(&self, code: &str) -> bool {
        let decimals = |code: &str| snapshot::currency::minor_unit(code);
        let has_column =
            || self.draft.purchases().is_some_and(|it| it.column("currency").is_some());
        self.found.settled.symbols.is_empty()
            && !has_column()
            && decimals(code) == decimals(&self.draft.currency)
    }

    fn time_zone(&self) -> Option<Question> {
        let settled = &self.found.settled;
        let is_open = settled.instants && (settled.all_of_greenwich || settled.zones.is_empty());
        let moved: Vec<_> = settled.moved.iter().filter(|(_, rows)| is_open && *rows > 0).collect();
        if moved.is_empty() {
            return None;
        }
        let settings = |zone: &str| format!("time_zone = {}", quoted(zone));
        let others = moved.into_iter().map(|(zone, rows)| {
            let mut choice =
                self.other(zone, settings(zone), |draft| (*zone).clone_into(&mut draft.time_zone));
            let days = format!("{} would be of another day", count(*rows, "row", "rows"));
            choice.says = choice.says.or(Some(days));
            choice
        });
        let zone = &self.draft.time_zone;
        let choices = std::iter::once(self.written(zone, settings(zone))).chain(others).collect();
        let ask =
            "In which time zone does the shop end its days? Any other can be given by its name, such as Europe/Berlin.".to_owned();
        Some(Question { id: "time_zone", ask, choices })
    }

    fn overlap(&self) -> Option<Question> {
        let rows = self.trial.map_or(0, Trial::again);
        let table = self.draft.purchases().filter(|_| rows > 0)?;
        let is_once = table.overlap == Some(Overlap::LeaveOut);
        let id = table.column("transaction_id").map(|_| ", transaction_id = \"\"");
        let settings = |overlap: Overlap| {
            // Who counts a line again cannot want its id to be another one each time.
            let id = id.filter(|_| overlap == Overlap::Count).unwrap_or_default();
            format!("overlap = {}{id}", overlap_name(overlap))
        };
        let (once, each) = ("they count once", "they count in each file");
        let (now, then, other) = if is_once {
            (Overlap::LeaveOut, Overlap::Count, (once, each))
        } else {
            (Overlap::Count, Overlap::LeaveOut, (each, once))
        };
        let changed = self.other(other.1, settings(then), |draft| {
            if let Some(table) = draft.purchases_mut() {
                table.overlap = Some(then);
                let ids = table.columns.iter_mut().filter(|named| named.field == "transaction_id");
                ids.filter(|_| then == Overlap::Count).for_each(|named| named.column.clear());
            }
        });
        let ask = format!(
            "{} in {}, too, in all that is read, as where exports overlap. Do they count once?",
            count(rows, "row is", "rows are"),
            self.trial.map(Trial::earlier).unwrap_or_default()
        );
        let now = match now {
            Overlap::Count => format!("overlap = {}", overlap_name(now)),
            Overlap::LeaveOut => settings(now),
        };
        Some(Question { id: "overlap", ask, choices: vec![self.written(other.0, now), changed] })
    }

    fn repeated_rows(&self) -> Option<Question> {
        let rows = self.trial.map_or(0, Trial::repeated);
        let table = self.draft.purchases()?;
        let id = table.column("transaction_id").filter(|_| rows > 0)?;
        let left_out = format!(
            "transaction_id = {}, reject_limit = {}",
            quoted(&id.column),
            self.draft.reject_limit
        );
        let again = self.other("count them again", "transaction_id = \"\"".to_owned(), |draft| {
            draft.reject_limit = draft.reject_limit.saturating_sub(rows);
            if let Some(table) = draft.purchases_mut() {
                for named in
                    table.columns.iter_mut().filter(|named| named.field == "transaction_id")
                {
                    named.column.clear();
                }
            }
        });
        Some(Question {
            id: "repeated_rows",
            ask: format!(
                "{} an earlier one to the last cell, its {} too, as files do that were exported twice. Do they count?",
                count(rows, "row repeats", "rows repeat"),
                named(&id.column)
            ),
            choices: vec![self.written("leave them out", left_out), again],
        })
    }

    fn quotes(&self) -> Option<Question> {
        let dialect =
            self.found.choosing.look.dialect.as_ref().filter(|dialect| dialect.without_quotes)?;
        let quote = dialect.format.quote?;
        let changed =
            self.other("quotes hold cells together", "quote = \"\\\"\"".to_owned(), |draft| {
                if let Some(table) = draft.purchases_mut() {
                    table.format.quote = None;
                }
            });
        Some(Question {
            id: "quotes",
            ask: "Do quotes hold cells together, or are they signs like any other, as for inches? They do not close as they should.".to_owned(),
            choices: vec![self.written("signs like any other", format!("quote = {}", quoted(&quote.to_string()))), changed],
        })
    }
}

fn formats(formats: &[String]) -> String {
    match formats {
        [one] => quoted(one),
        more => list(more),
    }
}
