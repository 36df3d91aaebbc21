//! Values, and the rules by which both engines see the same ones.
//!
//! The browser's numbers are doubles: it cannot tell REAL 3.0 from INTEGER 3, and loses digits
//! from 2^53 on. Both engines therefore give a whole number below 2^53 as [`Value::Integer`] and
//! every other number as [`Value::Real`], but for those beyond numbers, which are texts. An integer
//! from 2^53 on becomes a real, which no typed accessor takes for an integer: ask for
//! `CAST(x AS TEXT)` where such numbers are needed.

use serde::{Deserialize, Serialize};

use crate::error::EngineError;

/// The largest integer that no other integer becomes as a double.
pub const LARGEST_EXACT: i64 = (1 << 53) - 1;

/// One SQL value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nothing known.
    Null,
    /// A whole number, less than 2^53 from zero.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Value {
    /// A number as both engines give it. What is beyond numbers is a text, as SQLite writes it: no
    /// typed accessor takes it for a number.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "whole and at most `LARGEST_EXACT`, which is exact as a double"
    )]
    pub fn number(value: f64) -> Self {
        if value.is_nan() {
            Self::Null
        } else if value.is_infinite() {
            Self::Text(if value > 0.0 { "Inf" } else { "-Inf" }.to_owned())
        } else if value.trunc() == value && value.abs() <= LARGEST_EXACT as f64 {
            Self::Integer(value as i64)
        } else {
            Self::Real(value)
        }
    }

    /// An integer as both engines give it.
    #[expect(clippy::cast_precision_loss, reason = "the browser loses the same digits")]
    pub fn integer(value: i64) -> Self {
        if value.unsigned_abs() <= LARGEST_EXACT.unsigned_abs() {
            Self::Integer(value)
        } else {
            Self::Real(value as f64)
        }
    }

    /// The value as both engines bind it: the browser binds integers beyond 32 bits as reals,
    /// and whole reals within them as integers.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the browser loses the same digits")]
    pub fn bound(self) -> Self {
        match self {
            Self::Integer(value) if i32::try_from(value).is_err() => Self::Real(value as f64),
            Self::Real(value) if value.trunc() == value && value.abs() <= f64::from(i32::MAX) => {
                Self::number(value)
            }
            Self::Real(value) if value.is_nan() => Self::Null,
            other => other,
        }
    }

    /// The kind in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Integer(_) => "an integer",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}

from!(i64 => Integer, i32 => Integer, u32 => Integer, u8 => Integer, f64 => Real);
from!(&str => Text, String => Text, Vec<u8> => Blob);

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A type that a value may be read as.
pub trait FromValue<'a>: Sized {
    /// What is wanted, in words.
    const WANTED: &'static str;

    /// The value as this type, or `None` if it is of another kind.
    fn from_value(value: &'a Value) -> Option<Self>;
}

macro_rules! whole {
    ($($type:ty),*) => {
        $(impl FromValue<'_> for $type {
            const WANTED: &'static str = concat!("an integer (", stringify!($type), ")");

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Integer(whole) => Self::try_from(*whole).ok(),
                    _ => None,
                }
            }
        })*
    };
}

whole!(i64, i32, u64, u32, u16, u8);

impl FromValue<'_> for f64 {
    const WANTED: &'static str = "a number";

    #[expect(clippy::cast_precision_loss, reason = "a value has at most `LARGEST_EXACT`")]
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Integer(whole) => Some(*whole as Self),
            Value::Real(real) => Some(*real),
            _ => None,
        }
    }
}

impl<'a> FromValue<'a> for &'a str {
    const WANTED: &'static str = "text";

    fn from_value(value: &'a Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> FromValue<'a> for &'a [u8] {
    const WANTED: &'static str = "bytes";

    fn from_value(value: &'a Value) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl<'a, T: FromValue<'a>> FromValue<'a> for Option<T> {
    const WANTED: &'static str = T::WANTED;

    fn from_value(value: &'a Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            known => T::from_value(known).map(Some),
        }
    }
}

/// Reads a value of a named column as a type.
///
/// # Errors
/// [`EngineError::Column`] if it is of another kind or does not fit.
pub fn read<'a, T: FromValue<'a>>(column: &str, value: &'a Value) -> Result<T, EngineError> {
    T::from_value(value).ok_or_else(|| EngineError::Column {
        column: column.to_owned(),
        wanted: T::WANTED,
        found: value.kind(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_integers_up_to_where_doubles_are_exact() {
        assert_eq!(Value::number(3.0), Value::Integer(3));
        assert_eq!(Value::number(-0.0), Value::Integer(0));
        assert_eq!(Value::number(3.5), Value::Real(3.5));
        assert_eq!(Value::number(1e300), Value::Real(1e300));
        assert_eq!(Value::number(f64::NAN), Value::Null);
        for (beyond, text) in [(f64::INFINITY, "Inf"), (f64::NEG_INFINITY, "-Inf")] {
            let value = Value::number(beyond);
            assert_eq!(value, Value::Text(text.to_owned()));
            assert!(
                read::<f64>("amount", &value).is_err() && read::<i64>("amount", &value).is_err()
            );
        }
        assert_eq!(Value::integer(LARGEST_EXACT), Value::Integer(LARGEST_EXACT));
        assert_eq!(Value::integer(LARGEST_EXACT + 1), Value::Real(9_007_199_254_740_992.0));
        assert_eq!(Value::integer(i64::MIN), Value::Real(-9_223_372_036_854_775_808.0));
    }

    #[test]
    fn parameters_take_the_kind_the_browser_would_bind() {
        assert_eq!(Value::Integer(7).bound(), Value::Integer(7));
        assert_eq!(Value::Real(7.0).bound(), Value::Integer(7));
        assert_eq!(Value::Integer(5_000_000_000).bound(), Value::Real(5e9));
        assert_eq!(Value::Real(f64::NAN).bound(), Value::Null);
    }

    #[test]
    fn a_wrong_kind_is_named() {
        let error = read::<i64>("amount", &Value::Real(1e300)).unwrap_err();
        assert_eq!(error.to_string(), "column 'amount' is a real number, not an integer (i64)");
        assert_eq!(read::<Option<&str>>("name", &Value::Null), Ok(None));
        assert!(read::<u8>("score", &Value::Integer(300)).is_err());
    }
}
