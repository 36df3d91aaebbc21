//! Which column is which field of the purchases, but for the money, by names and contents.

mod contents;

use std::collections::HashMap;

use super::column::{Column, percent};
use super::look::Look;
use super::numbers::codes_of;
use super::pick::{Confidence, Pick};
use super::vocabulary::Vocabulary;
use super::words::{EXACT, Fit};
use crate::sorted;

/// What a name must fit at least to be taken for a field.
const ENOUGH: Fit = 55;

/// What a name fits that can hardly mean anything else.
const CALLED: Fit = 90;

/// Fields in the order in which they choose.
const FIELDS: [&str; 15] = [
    "transaction_date",
    "transaction_id",
    "order_id",
    "customer_id",
    "email",
    "first_name",
    "last_name",
    "product_id",
    "product_name",
    "name",
    "category",
    "currency",
    "country",
    "city",
    "registration_date",
];

/// Fields that only a column of their own name stands for.
const OWN: [&str; 2] = ["customer_segment", "churn_risk"];

/// The choice under way.
pub struct Choosing<'a> {
    /// The sheet.
    pub look: &'a Look,
    /// What columns are called.
    pub vocabulary: &'a Vocabulary,
    /// What was chosen.
    pub picks: Vec<Pick>,
}

impl<'a> Choosing<'a> {
    /// Chooses a column for every field that has one, apart from amounts.
    pub fn of(look: &'a Look, vocabulary: &'a Vocabulary) -> Self {
        let mut choosing = Self { look, vocabulary, picks: Vec::new() };
        for field in FIELDS.into_iter().chain(OWN) {
            if let Some(pick) = choosing.by_export(field).or_else(|| choosing.by_name(field)) {
                choosing.picks.push(pick);
            }
        }
        choosing.date_by_contents();
        choosing.currency_by_contents();
        choosing.customer_by_other_means();
        choosing.whose_name();
        choosing
    }

    /// The column of a field.
    pub fn at(&self, field: &str) -> Option<usize> {
        self.picks.iter().find(|pick| pick.field == field).map(|pick| pick.at)
    }

    /// Whether a column was chosen for a field.
    pub fn is_taken(&self, at: usize) -> bool {
        self.picks.iter().any(|pick| pick.at == at)
    }

    fn columns(&self) -> impl Iterator<Item = &'a Column> {
        let look: &'a Look = self.look;
        look.columns.iter().filter(|column| column.can_be_named)
    }

    fn by_export(&self, field: &'static str) -> Option<Pick> {
        let places = self.look.export?.places(field, &self.look.header);
        let column = |at: &usize| self.look.column(*at);
        let fits = |at: &usize| column(at).can_be_named && fits(field, column(at), EXACT);
        let at = places.into_iter().find(fits)?;
        Some(Pick::by_export(field, self.look.column(at)))
    }

    fn by_name(&self, field: &'static str) -> Option<Pick> {
        // An export that is known has what it has.
        if self.look.export.is_some_and(|export| export.columns.len() > 4) {
            return None;
        }
        let is_free = |column: &&Column| !self.is_taken(column.at);
        let own = OWN.contains(&field);
        let rated = self.columns().filter(is_free);
        let rated = rated.map(|column| (self.rate(field, column), column));
        let rated = rated.filter(|(fit, column)| fits(field, column, *fit));
        let enough = if own { EXACT } else { ENOUGH };
        let mut rated: Vec<(Fit, &Column)> = rated.filter(|(fit, _)| *fit >= enough).collect();
        // Of equals the first one stands.
        sorted::by_key(&mut rated, |(fit, _)| std::cmp::Reverse(*fit));
        let &(fit, column) = rated.first()?;
        let pick = Pick::by_name(field, column, fit);
        let rival = rated.get(1).filter(|(other, _)| other.saturating_add(3) >= fit && fit < EXACT);
        Some(match rival {
            Some((_, rival)) => {
                let words = format!("\"{}\" could be it, too", super::text::short(&rival.name));
                pick.with(&words, Confidence::Likely)
            }
            None => pick,
        })
    }

    /// How well a column fits a field by its name, and a little by what stands in it.
    fn rate(&self, field: &str, column: &Column) -> Fit {
        let fit = self.vocabulary.fit(field, &column.words);
        let less = |fit: Fit, by: u8| fit.saturating_sub(by);
        match field {
            // An id of its own is better than one that names somebody.
            "customer_id" if fit < 95 && is_of_names(column) => less(fit, 12),
            // That of a ledger is the same on all lines.
            "customer_id" if column.distinct == 1 && column.words.has(&["account"]) => 0,
            // How many orders, not which.
            "order_id" if column.is_number() && column.words.tokens == ["orders"] => 0,
            "transaction_id" if !self.tells_lines_apart(column) => 0,
            "transaction_id" if fit < 85 => 0,
            // Subcategories are finer than what a page shows.
            "category" if column.words.has(&["sub", "unter", "sous"]) => less(fit, 25),
            "name" | "product_name"
                if fit == 90 && column.words.tokens.len() == 1 && is_bare_name(column) =>
            {
                less(fit, 5)
            }
            _ => fit,
        }
    }

    /// Whether a column has another value on each line, or only lines that were exported twice
    /// have the same.
    fn tells_lines_apart(&self, column: &Column) -> bool {
        if column.filled < self.look.sample.len() {
            return false;
        }
        let mut seen: HashMap<&str, &[String]> = HashMap::new();
        self.look.sample.iter().all(|record| {
            let known = seen.insert(self.look.cell(record, column.at), &record.cells);
            known.is_none_or(|cells| cells == record.cells.as_slice())
        })
    }

    /// Customers who have no id are told apart by their e-mail address, or else by their name.
    fn customer_by_other_means(&mut self) {
        let email = self.at("email").or_else(|| {
            let column = self.columns().find(|column| column.is_email());
            column.map(|column| column.at)
        });
        if let Some(at) = email.filter(|_| {
            self.at("email").is_none() && !self.picks.iter().any(|p| Some(p.at) == email)
        }) {
            let column = self.look.column(at);
            self.picks.push(Pick::by_contents("email", column, Confidence::Likely));
        }
        let by_name = self.at("customer_id").is_some_and(|at| {
            let column = self.look.column(at);
            is_of_names(column) && !column.words.has(&["id", "nr", "code"])
        });
        let is_of_guests = |id: usize, email: usize| self.has_guests(id, email);
        match (self.at("customer_id"), email) {
            // Who has no account has the number of nobody, and an address all the same.
            (Some(id), Some(email)) if id != email && is_of_guests(id, email) => {
                self.picks.retain(|pick| pick.field != "customer_id");
                self.push_address(email);
            }
            (Some(id), Some(email))
                if by_name && self.look.export.is_none() && !self.look.column(id).is_email() =>
            {
                // Two people may have one name, but not one address.
                self.picks.retain(|pick| pick.field != "customer_id");
                if self.at("name").is_none() {
                    let column = self.look.column(id);
                    self.picks.push(Pick::by_contents("name", column, Confidence::Likely));
                }
                self.push_address(email);
            }
            (None, Some(email)) => self.push_address(email),
            (None, None) if self.look.export.is_none() => {
                if let Some(at) = self
                    .at("name")
                    .filter(|_| self.at("product_name").is_some() || self.is_sure("name"))
                {
                    let pick =
                        Pick::by_contents("customer_id", self.look.column(at), Confidence::Unsure);
                    let words = "there is neither an id nor an address, so that two people of one name become one";
                    self.picks.push(pick.with(words, Confidence::Unsure));
                }
            }
            _ => {}
        }
    }

    /// Whether several addresses share the customer's number 0, as those do who buy without an account.
    fn has_guests(&self, id: usize, email: usize) -> bool {
        let none =
            self.look.sample.iter().filter(|row| ["0", "0.0"].contains(&self.look.cell(row, id)));
        let mut addresses = none.map(|row| self.look.cell(row, email)).filter(|it| !it.is_empty());
        let first = addresses.next();
        first.is_some_and(|first| addresses.any(|other| other != first))
    }

    fn is_sure(&self, field: &str) -> bool {
        let found = self.picks.iter().find(|pick| pick.field == field);
        found.is_some_and(|pick| pick.confidence == Confidence::Sure)
    }

    fn push_address(&mut self, at: usize) {
        let column = self.look.column(at);
        let why =
            format!("customers are told apart by their address; {}", super::pick::contents(column));
        self.picks.push(Pick { field: "customer_id", at, confidence: Confidence::Sure, why });
    }

    /// A column that is only called "name" may be that of products.
    fn whose_name(&mut self) {
        let Some(at) = self.at("name").filter(|&at| is_bare_name(self.look.column(at))) else {
            return;
        };
        if self.look.export.is_some() {
            return;
        }
        let customer = self.at("customer_id").filter(|&id| id != at).map(|id| self.depends(id, at));
        let product = self.at("product_id").map(|id| self.depends(id, at));
        let is_products = match (customer, product) {
            (Some(customer), Some(product)) => product > customer,
            (Some(customer), None) => customer < 90 && self.at("product_name").is_none(),
            (None, Some(product)) => product >= 90,
            (None, None) => self.at("product_name").is_none() && self.at("first_name").is_some(),
        };
        if !is_products {
            return;
        }
        self.picks.retain(|pick| pick.field != "name");
        if self.at("product_name").is_none() {
            let pick = Pick::by_contents("product_name", self.look.column(at), Confidence::Likely);
            self.picks
                .push(pick.with("each product has one, not each customer", Confidence::Likely));
        }
    }

    /// Of the rows with a key that was there before, how many percent have the same value again.
    fn depends(&self, key: usize, value: usize) -> usize {
        let mut known: HashMap<&str, &str> = HashMap::new();
        let (mut all, mut same) = (0_usize, 0_usize);
        for record in &self.look.sample {
            let (key, value) = (self.look.cell(record, key), self.look.cell(record, value));
            if key.is_empty() {
                continue;
            }
            if let Some(first) = known.get(key) {
                all = all.saturating_add(1);
                same = same.saturating_add((*first == value).into());
            } else {
                known.insert(key, value);
            }
        }
        if all == 0 { 100 } else { percent(same, all) }
    }
}

/// Whether what stands in a column whose name fits so well can be a field's.
fn fits(field: &str, column: &Column, fit: Fit) -> bool {
    match field {
        "transaction_date" if fit >= CALLED => column.has_dates(),
        "transaction_date" | "registration_date" => column.is_date(),
        "email" => column.is_email() || (column.filled > 0 && column.emails > 0),
        "order_id" | "transaction_id" | "product_id" => column.may_be_id(),
        "customer_id" => column.may_be_id() || column.is_email(),
        "name" | "first_name" | "last_name" | "product_name" | "category" | "country" | "city" => {
            column.filled > 0
                && (column.is_text() || (!column.is_date() && !column.looks_like_money()))
        }
        "currency" => {
            let known = column.examples.iter().filter(|text| !codes_of(text).is_empty()).count();
            column.filled > 0 && known == column.examples.len()
        }
        _ => column.filled > 0,
    }
}

/// Whether people are named in a column, not numbered.
fn is_of_names(column: &Column) -> bool {
    column.is_text() && percent(column.spaced, column.filled) >= 50 && !column.is_email()
}

fn is_bare_name(column: &Column) -> bool {
    ["name", "nom", "nombre", "naam", "nome"].contains(&column.words.text().as_str())
}
