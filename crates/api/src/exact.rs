//! Numbers in JSON with all their digits: no amount passes through floating point.

use facts::Number;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::problem::Problem;

/// A JSON number, written as its exact decimal.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Exact(Box<RawValue>);

impl Exact {
    /// A number of facts: money in whole currency units, a rate as a fraction.
    ///
    /// # Errors
    /// Never for a number that facts give; what is no JSON number is refused.
    pub(crate) fn of(number: Number, exponent: u8) -> Result<Self, Problem> {
        Self::decimal(number.exact(exponent))
    }

    /// An amount in money units, in whole currency units.
    ///
    /// # Errors
    /// As [`Exact::of`].
    pub(crate) fn money(units: i64, exponent: u8) -> Result<Self, Problem> {
        Self::of(Number::Money(units), exponent)
    }

    /// A change: a relative one or one in points, as a plain fraction.
    ///
    /// # Errors
    /// As [`Exact::of`]: an infinite one is no JSON number.
    pub(crate) fn float(value: f64) -> Result<Self, Problem> {
        Self::decimal(format!("{value}"))
    }

    fn decimal(text: String) -> Result<Self, Problem> {
        Ok(Self(RawValue::from_string(text)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_of_an_amount_is_written() {
        let written = |units| serde_json::to_string(&Exact::money(units, 2).unwrap()).unwrap();
        assert_eq!(written(9_007_199_254_740_993), "90071992547409.93");
        assert_eq!(written(-5), "-0.05");
    }

    #[test]
    fn what_json_has_no_number_for_is_refused() {
        assert!(Exact::float(f64::INFINITY).is_err());
        assert!(Exact::float(f64::NAN).is_err());
    }
}
