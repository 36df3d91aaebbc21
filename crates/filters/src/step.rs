//! One step of the reader: what a click makes of a view.

use facts::{Compare, DayRange, Dimension, RangeKind, Set, View};
use snapshot::Meta;

use crate::preset::Preset;
use crate::span::span;

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
    /// Shows a range with a name.
    Preset(Preset),
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
        let cleared = || over(view, default().scope.range, RangeKind::default());
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
            Self::Preset(preset) => return over(view, preset.range(meta), preset.kind()),
            Self::ToggleRange(range) if scope.range == *range => return cleared(),
            Self::Range(range) | Self::ToggleRange(range) => {
                return over(view, range.clipped(span(meta)), RangeKind::default());
            }
            Self::ClearRange => return cleared(),
            Self::Compare(compare) => return View { compare: *compare, ..view.clone() },
            Self::Reset => return default(),
            Self::Show(view) => return view.clone(),
        };
        View { scope, ..view.clone() }
    }
}

/// A view over another period. What it is compared with moves along, unless its reader chose it.
fn over(view: &View, range: DayRange, kind: RangeKind) -> View {
    let chosen = view.compare != view.kind.compared_with();
    let compare = if chosen { view.compare } else { kind.compared_with() };
    View { scope: view.scope.over(range), kind, compare }
}
