//! One step of the reader: what a click makes of a view.

use facts::{Compare, DayRange, Dimension, Set, View};
use snapshot::Meta;

/// One change of the filter; each is one entry of the browser's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Puts a value in, or takes it out.
    Toggle(Dimension, u16),
    /// Chooses one value alone; a second time all are back.
    Only(Dimension, u16),
    /// Chooses exactly these values.
    Choose(Dimension, Set),
    /// All values of a dimension.
    Clear(Dimension),
    /// Shows a range of days.
    Range(DayRange),
    /// Shows a range of days; a second time the default range is back.
    ToggleRange(DayRange),
    /// Shows the default range.
    ClearRange,
    /// Compares with another period.
    Compare(Compare),
    /// The default view.
    Reset,
    /// A view as it was saved.
    Show(View),
}

impl Step {
    /// The view after the step.
    pub fn after(&self, view: &View, meta: &Meta) -> View {
        let default = || View::default_for(meta);
        let scope = &view.scope;
        let scope = match self {
            Self::Toggle(dimension, code) => {
                scope.with(*dimension, scope.set(*dimension).toggled(*code))
            }
            Self::Only(dimension, code) => {
                let only = Set::of([*code]);
                let again = *scope.set(*dimension) == only;
                scope.with(*dimension, if again { Set::ALL } else { only })
            }
            Self::Choose(dimension, set) => scope.with(*dimension, set.clone()),
            Self::Clear(dimension) => scope.without(*dimension),
            Self::Range(range) => scope.over(*range),
            Self::ToggleRange(range) if scope.range == *range => scope.over(default().scope.range),
            Self::ToggleRange(range) => scope.over(*range),
            Self::ClearRange => scope.over(default().scope.range),
            Self::Compare(compare) => return View { compare: *compare, ..view.clone() },
            Self::Reset => return default(),
            Self::Show(view) => return view.clone(),
        };
        View { scope, compare: view.compare }
    }
}
