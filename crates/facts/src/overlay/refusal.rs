//! Why an event does not count.

use snapshot::Day;
use snapshot::money::MoneyError;

/// Why an event, or an edit, does not count; the others do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither the snapshot nor an event before it knows the customer.
    #[error("customer {0} is not known")]
    UnknownCustomer(String),
    /// A new customer is there already.
    #[error("customer {0} is there already")]
    KnownCustomer(String),
    /// What the snapshot has of the customer was not read: see [`super::Overlay::needs`].
    #[error("the rows of customer {0} were not read")]
    NotRead(String),
    /// Nothing is known of that time.
    #[error("{day} is before the data, which begins on {first}")]
    BeforeData {
        /// The event's day.
        day: Day,
        /// The snapshot's first.
        first: Day,
    },
    /// That day has not come yet, even at the other end of the world.
    #[error("{day} is after tomorrow")]
    Future {
        /// The event's day.
        day: Day,
    },
    /// An amount or quantity that the snapshot's units cannot hold as it is.
    #[error("{0}")]
    Inexact(MoneyError),
    /// What was sent back is told as it was given back: not below zero.
    #[error("{0} was sent back, which must not be below zero")]
    NegativeReturn(String),
    /// Amounts that no sum can hold.
    #[error("amounts that no sum can hold")]
    TooMuch,
    /// More rows than an overlay has.
    #[error("more than {most} {what}")]
    TooManyRows {
        /// Of which kind.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// More new names than there can be.
    #[error("more than {most} {what}")]
    TooManyNames {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// A class of an edit that nobody has.
    #[error("there is no segment {0}")]
    UnknownSegment(String),
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::Inexact(error)
    }
}
