//! An answer is exact or says that it is still loading; never approximate in silence.

/// What a measure gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// The exact answer under the scope asked for.
    Ready(T),
    /// Not known yet, and why.
    Loading(&'static str),
}

impl<T> Answer<T> {
    /// Applies a function to an exact answer.
    pub fn map<U>(self, apply: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Ready(value) => Answer::Ready(apply(value)),
            Self::Loading(why) => Answer::Loading(why),
        }
    }

    /// Chains a second measure behind an exact answer.
    pub fn and_then<U>(self, apply: impl FnOnce(T) -> Answer<U>) -> Answer<U> {
        match self {
            Self::Ready(value) => apply(value),
            Self::Loading(why) => Answer::Loading(why),
        }
    }

    /// The exact answer, if there is one.
    pub fn ready(self) -> Option<T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading(_) => None,
        }
    }
}
