//! The invented shop: what it sells, to whom, and its orders of half a year.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use snapshot::Day;

use crate::demo::dice::{Dice, Stream};

/// Orders of a sample.
const ORDERS: u64 = 40;

/// Something that is sold: number, name, kind, price in cents.
pub const PRODUCTS: [(&str, &str, &str, i64); 9] = [
    ("TEA-01", "Green tea, loose", "Tea", 890),
    ("TEA-02", "Earl Grey \"Finest\"", "Tea", 1_250),
    ("TEA-03", "Mint tea", "Tea", 640),
    ("COF-01", "Espresso beans", "Coffee", 1_690),
    ("COF-02", "Filter coffee", "Coffee", 1_190),
    ("CUP-01", "Cup, blue", "Tableware", 1_400),
    ("CUP-02", "Cup, white", "Tableware", 1_400),
    ("POT-01", "Teapot 1.2 l", "Tableware", 3_995),
    ("TIN-01", "Tin with lid", "Storage", 725),
];

/// Somebody who buys: first and last name, address, city, country.
pub const PEOPLE: [(&str, &str, &str, &str, &str); 11] = [
    ("Anna", "Berg", "anna.berg@example.com", "Hamburg", "DE"),
    ("Bruno", "Costa", "bruno.costa@example.com", "Porto", "PT"),
    ("Chloé", "Dubois", "chloe.dubois@example.com", "Lyon", "FR"),
    ("Dries", "de Vries", "dries.devries@example.com", "Utrecht", "NL"),
    ("Elif", "Yılmaz", "elif.yilmaz@example.com", "Berlin", "DE"),
    ("Finn", "O'Hara", "finn.ohara@example.com", "Cork", "IE"),
    ("Greta", "Lindqvist", "greta.lindqvist@example.com", "Malmö", "SE"),
    ("Hugo", "García", "hugo.garcia@example.com", "Sevilla", "ES"),
    ("Ines", "Rossi", "ines.rossi@example.com", "Torino", "IT"),
    ("Jonas", "Weiß", "jonas.weiss@example.com", "Graz", "AT"),
    ("Kaya", "Nowak", "kaya.nowak@example.com", "Kraków", "PL"),
];

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was paid.
    Paid,
    /// All of it went back.
    Refunded,
    /// Its first line went back.
    PartlyRefunded,
    /// It was called off before it was paid.
    Voided,
}

/// A line of an order.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Number among the products.
    pub product: usize,
    /// Pieces.
    pub quantity: i64,
}

impl Line {
    /// Its price in cents.
    pub fn price(&self) -> i64 {
        PRODUCTS[self.product].3
    }

    /// Price times quantity in cents.
    pub fn total(&self) -> i64 {
        self.price() * self.quantity
    }
}

/// An order.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its number.
    pub number: u64,
    /// Number among the people.
    pub customer: usize,
    /// When it was placed, by the clock of Berlin.
    pub at: NaiveDateTime,
    /// Its lines; no product twice.
    pub lines: Vec<Line>,
    /// Taken off the whole order, in cents.
    pub discount: i64,
    /// What became of it.
    pub fate: Fate,
}

impl Order {
    /// Whether any of its money stays.
    pub fn counts(&self) -> bool {
        matches!(self.fate, Fate::Paid | Fate::PartlyRefunded)
    }

    /// All lines in cents, before discounts.
    pub fn total(&self) -> i64 {
        self.lines.iter().map(Line::total).sum()
    }

    /// What went back, in cents.
    pub fn refund(&self) -> i64 {
        match self.fate {
            Fate::Refunded => self.total() - self.discount,
            Fate::PartlyRefunded => self.lines[0].total(),
            Fate::Paid | Fate::Voided => 0,
        }
    }

    /// The line that came back later, and on which day.
    pub fn returned(&self) -> Option<(Day, Line)> {
        let day = Day::from(self.at.date()).plus(9);
        (self.fate == Fate::PartlyRefunded).then(|| (day, self.lines[0]))
    }
}

/// The orders of a seed.
pub fn orders(seed: u64) -> Vec<Order> {
    let begin = NaiveDate::from_ymd_opt(2024, 1, 8)
        .unwrap_or_default()
        .and_hms_opt(9, 14, 0)
        .unwrap_or_default();
    (0..ORDERS)
        .map(|number| {
            let mut dice = Dice::new(seed, Stream::Sample, number);
            let minutes = dice.below(11 * 60) as i64;
            let day = number as i64 * 172 / ORDERS as i64 + dice.below(3) as i64;
            let mut lines: Vec<Line> = Vec::new();
            for _ in 0..1 + dice.below(3) {
                let product = dice.below(PRODUCTS.len() as u64) as usize;
                if !lines.iter().any(|line| line.product == product) {
                    lines.push(Line { product, quantity: 1 + dice.below(4) as i64 });
                }
            }
            Order {
                number: 1_001 + number,
                customer: dice.below(PEOPLE.len() as u64) as usize,
                at: begin + Duration::days(day) + Duration::minutes(minutes),
                discount: if number % 7 == 3 { 300 } else { 0 },
                fate: match number % 13 {
                    4 => Fate::Refunded,
                    7 => Fate::PartlyRefunded,
                    11 => Fate::Voided,
                    _ => Fate::Paid,
                },
                lines,
            }
        })
        .collect()
}
