//! Exact numbers: fixed-point money, counts, and ratios kept as two integers until shown.

use snapshot::money;

/// A value as it was computed, without rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Money in units of `10^-exponent`.
    Money(i64),
    /// A count.
    Count(i64),
    /// A number of things that can be cut, as by weight: in units of `10^-exponent`.
    Quantity {
        /// Units.
        units: i64,
        /// Decimals.
        exponent: u8,
    },
    /// Money per something, in money units over a count.
    MoneyPer {
        /// Money units.
        sum: i64,
        /// What they are divided by; positive.
        count: i64,
    },
    /// A share between counts.
    Rate {
        /// The part.
        part: i64,
        /// The whole; positive.
        whole: i64,
    },
    /// A mean of scores.
    Score {
        /// Sum of the scores.
        sum: i64,
        /// Number of scores; positive.
        count: i64,
    },
}

/// What kind of quantity a number is; decides how it is written and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// An amount of money.
    Money,
    /// A number of things.
    Count,
    /// A share, written in percent.
    Rate,
    /// A mean score from 1 to 5.
    Score,
}

impl Number {
    /// A number of things; a count where these are whole.
    pub fn quantity(units: i64, exponent: u8) -> Self {
        if exponent == 0 { Self::Count(units) } else { Self::Quantity { units, exponent } }
    }

    /// Money per item, or nothing over nothing.
    pub fn money_per(sum: i64, count: i64) -> Option<Self> {
        (count > 0).then_some(Self::MoneyPer { sum, count })
    }

    /// A share, or nothing over nothing.
    pub fn rate(part: i64, whole: i64) -> Option<Self> {
        (whole > 0).then_some(Self::Rate { part, whole })
    }

    /// A mean score, or nothing over nothing.
    pub fn score(sum: i64, count: i64) -> Option<Self> {
        (count > 0).then_some(Self::Score { sum, count })
    }

    /// What kind of quantity this is.
    pub fn kind(self) -> NumberKind {
        match self {
            Self::Money(_) | Self::MoneyPer { .. } => NumberKind::Money,
            Self::Count(_) | Self::Quantity { .. } => NumberKind::Count,
            Self::Rate { .. } => NumberKind::Rate,
            Self::Score { .. } => NumberKind::Score,
        }
    }

    /// The nearest floating-point value, money in whole currency units.
    #[expect(clippy::cast_precision_loss, reason = "the nearest value is what is asked for")]
    pub fn to_f64(self, exponent: u8) -> f64 {
        let scale = 10_f64.powi(i32::from(exponent));
        match self {
            Self::Money(units) => units as f64 / scale,
            Self::Count(count) => count as f64,
            Self::Quantity { units, exponent } => units as f64 / 10_f64.powi(exponent.into()),
            Self::MoneyPer { sum, count } => sum as f64 / (count as f64 * scale),
            Self::Rate { part, whole } => part as f64 / whole as f64,
            Self::Score { sum, count } => sum as f64 / count as f64,
        }
    }

    /// The value as text for programs: money in whole currency units with all its digits, a
    /// ratio as the shortest decimal that names its floating-point value.
    pub fn exact(self, exponent: u8) -> String {
        match self {
            Self::Money(units) => money::to_decimal(units.into(), exponent),
            Self::Count(count) => count.to_string(),
            Self::Quantity { units, exponent } => money::to_decimal(units.into(), exponent),
            ratio => format!("{}", ratio.to_f64(exponent)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_text_keeps_every_digit() {
        assert_eq!(Number::Money(22_972_008_603).exact(4), "2297200.8603");
        assert_eq!(Number::Count(-3).exact(2), "-3");
        assert_eq!(Number::quantity(5_250, 3).exact(2), "5.250");
        assert_eq!(Number::quantity(5, 0), Number::Count(5));
        assert_eq!(Number::rate(1, 8).map(|rate| rate.exact(2)), Some("0.125".to_owned()));
        assert_eq!(Number::money_per(1001, 2).map(|aov| aov.exact(2)), Some("5.005".to_owned()));
        assert_eq!(Number::score(0, 0), None);
    }
}
