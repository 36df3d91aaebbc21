//! What a KPI adds up from, and the formula on it: its value, its parts and whether a snapshot has
//! it follow from these.

use snapshot::Meta;

use crate::measure::{Part, Retention, Totals};
use crate::number::{Number, NumberKind};
use crate::scope::Dimension;

/// How a KPI follows from its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// One sum or count.
    Sum(Term),
    /// One over another; nothing over nothing is no value.
    Ratio(Term, Term),
}

/// A sum or count that KPIs follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "as the fields of the same name of `Totals` and `Retention`")]
pub enum Term {
    Revenue,
    Units,
    Orders,
    ScoreSum,
    ScoreCount,
    Contacts,
    Responses,
    Customers,
    LifetimeValue,
    NewCustomers,
    OrderingCustomers,
    RepeatCustomers,
    Kept,
    Before,
}

impl Term {
    fn of(self, totals: &Totals, retention: Retention) -> i64 {
        match self {
            Self::Revenue => totals.revenue,
            Self::Units => totals.units,
            Self::Orders => totals.orders,
            Self::ScoreSum => totals.score_sum(),
            Self::ScoreCount => totals.score_count(),
            Self::Contacts => totals.contacts,
            Self::Responses => totals.responses,
            Self::Customers => totals.customers,
            Self::LifetimeValue => totals.lifetime_value,
            Self::NewCustomers => totals.new_customers,
            Self::OrderingCustomers => totals.ordering_customers,
            Self::RepeatCustomers => totals.repeat_customers,
            Self::Kept => retention.kept,
            Self::Before => retention.before,
        }
    }

    /// The part of the totals it is of; none for retention, which has its own measure.
    fn part(self) -> Option<Part> {
        match self {
            Self::Revenue | Self::Units | Self::Orders => Some(Part::Sales),
            Self::ScoreSum | Self::ScoreCount | Self::Contacts | Self::Responses => {
                Some(Part::Feedback)
            }
            Self::Customers
            | Self::LifetimeValue
            | Self::NewCustomers
            | Self::OrderingCustomers
            | Self::RepeatCustomers => Some(Part::Customers),
            Self::Kept | Self::Before => None,
        }
    }

    fn is_in(self, meta: &Meta) -> bool {
        match self {
            Self::Revenue | Self::Orders => true,
            Self::Units => meta.features.units,
            Self::ScoreSum | Self::ScoreCount => meta.features.feedback && meta.has_customers(),
            Self::Contacts | Self::Responses => meta.features.campaigns && meta.has_customers(),
            _ => meta.has_customers(),
        }
    }

    /// True if every row counts for one value of the dimension at most, so that values add up.
    fn adds_up(self, dimension: Dimension) -> bool {
        match self {
            // A line has one category; orders, customers and what these say may have several.
            Self::Revenue | Self::Units => true,
            // Who came back is no sum over rows.
            Self::Kept | Self::Before => false,
            _ => dimension != Dimension::Category,
        }
    }
}

impl Formula {
    /// What it adds up from.
    pub fn terms(self) -> impl Iterator<Item = Term> {
        let (first, second) = match self {
            Self::Sum(term) => (term, None),
            Self::Ratio(part, whole) => (part, Some(whole)),
        };
        [first].into_iter().chain(second)
    }

    /// The part of the totals that is asked for; none for retention, which has its own measure.
    pub fn part(self) -> Option<Part> {
        self.terms().find_map(Term::part)
    }

    /// True if a snapshot holds what is counted.
    pub fn is_in(self, meta: &Meta) -> bool {
        self.terms().all(|term| term.is_in(meta))
    }

    /// True if the values of a dimension add up to the whole.
    pub(crate) fn adds_up(self, dimension: Dimension) -> bool {
        self.terms().all(|term| term.adds_up(dimension))
    }

    /// Its sum, or both sums of a ratio.
    pub(crate) fn sums(self, totals: &Totals) -> (i64, Option<i64>) {
        let of = |term: Term| term.of(totals, Retention::default());
        match self {
            Self::Sum(term) => (of(term), None),
            Self::Ratio(part, whole) => (of(part), Some(of(whole))),
        }
    }

    /// The value as a number of a kind.
    pub(super) fn value(
        self,
        kind: NumberKind,
        (totals, retention): (&Totals, Retention),
        quantity_exponent: u8,
    ) -> Option<Number> {
        let of = |term: Term| term.of(totals, retention);
        match self {
            Self::Sum(term) => Some(self.number(kind, of(term), quantity_exponent)),
            Self::Ratio(part, whole) => match kind {
                NumberKind::Score => Number::score(of(part), of(whole)),
                NumberKind::Money => Number::money_per(of(part), of(whole)),
                NumberKind::Rate | NumberKind::Count => Number::rate(of(part), of(whole)),
            },
        }
    }

    /// A sum (or a difference of two) as a number.
    pub(crate) fn number(self, kind: NumberKind, sum: i64, quantity_exponent: u8) -> Number {
        match (self, kind) {
            (_, NumberKind::Money) => Number::Money(sum),
            (Self::Sum(Term::Units), _) => Number::quantity(sum, quantity_exponent),
            _ => Number::Count(sum),
        }
    }
}
