//! The signs of a language.

use std::borrow::Cow;

/// Signs of a language, as far as numbers and dates need them.
///
/// [`Locale::EN`] is built in; the page makes others of what the browser knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// Between whole and fraction.
    pub decimal: Sign,
    /// Between groups of digits.
    pub group: Sign,
    /// Digits of the group before the decimal sign, and of the groups before that one.
    pub groups: (usize, usize),
    /// Numbers with fewer digits before the decimal sign are not grouped.
    pub grouped_from: usize,
    /// Whether the currency sign stands before the amount.
    pub currency_first: bool,
    /// Between amount and currency sign.
    pub currency_gap: Sign,
    /// Between a number and its percent sign.
    pub percent_gap: Sign,
    /// Short names of the months.
    pub months: [Sign; 12],
    /// A day, with the places `{d}`, `{m}` and `{y}`.
    pub day: Sign,
    /// A month, with the places `{m}` and `{y}`.
    pub month: Sign,
}

/// A short text that is built in or was found at run time.
pub type Sign = Cow<'static, str>;

impl Locale {
    /// English as written in the United States, with days before months.
    pub const EN: Self = Self {
        decimal: Cow::Borrowed("."),
        group: Cow::Borrowed(","),
        groups: (3, 3),
        grouped_from: 4,
        currency_first: true,
        currency_gap: Cow::Borrowed(""),
        percent_gap: Cow::Borrowed(""),
        months: [
            Cow::Borrowed("Jan"),
            Cow::Borrowed("Feb"),
            Cow::Borrowed("Mar"),
            Cow::Borrowed("Apr"),
            Cow::Borrowed("May"),
            Cow::Borrowed("Jun"),
            Cow::Borrowed("Jul"),
            Cow::Borrowed("Aug"),
            Cow::Borrowed("Sep"),
            Cow::Borrowed("Oct"),
            Cow::Borrowed("Nov"),
            Cow::Borrowed("Dec"),
        ],
        day: Cow::Borrowed("{d} {m} {y}"),
        month: Cow::Borrowed("{m} {y}"),
    };
}
