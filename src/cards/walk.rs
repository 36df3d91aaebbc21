//! The way through a figure's marks by keyboard: a list of which one item is current.
//!
//! Arrow keys walk the marks, Page Up and Page Down their groups (or ten at a time), Home and End
//! go to the ends; Enter or Space picks, Escape leaves. The current mark's label and value are
//! shown over the figure and are what a screen reader announces.

use widgets::{Mark, Pick};
use words::say;
use yew::prelude::*;

use crate::host::shared::Shared;

/// Marks that Page Up and Page Down skip where there is but one group.
const STRIDE: usize = 10;

/// The marks of a figure, and who is told of them.
#[derive(PartialEq, Properties)]
pub struct WalkProps {
    /// Beginning of the ids in the markup.
    pub id: AttrValue,
    /// Name of the list.
    pub label: AttrValue,
    /// The marks in reading order.
    pub marks: Shared<Vec<Mark>>,
    /// Index of the current mark; none while nobody is inside.
    pub at: Option<usize>,
    /// Told where the reader goes.
    pub go: Callback<Option<usize>>,
    /// Told which mark the reader picks.
    pub pick: Callback<usize>,
}

/// The list.
#[component(Walk)]
pub fn walk(props: &WalkProps) -> Html {
    let last_at = use_mut_ref(|| 0_usize);
    let marks = &props.marks;
    let count = marks.len();
    // One mark is always there to come back to.
    let shown = props.at.unwrap_or(*last_at.borrow()).min(count.saturating_sub(1));
    last_at.replace(shown);
    let onkeydown = {
        let (marks, at) = (marks.clone(), props.at.map(|at| at.min(count.saturating_sub(1))));
        let (go, pick) = (props.go.clone(), props.pick.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            match (event.key().as_str(), at) {
                ("Enter" | " ", Some(at)) => pick.emit(at),
                ("Escape", Some(_)) => go.emit(None),
                (key, Some(at)) => match next(&marks, at, key) {
                    Some(next) => go.emit(Some(next)),
                    None => return,
                },
                // Who has left comes back to where he was.
                (key, None) if next(&marks, shown, key).is_some() => go.emit(Some(shown)),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onfocus = {
        let go = props.go.clone();
        Callback::from(move |_: FocusEvent| go.emit(Some(shown)))
    };
    let onblur = props.go.reform(|_: FocusEvent| None);
    let Some(mark) = marks.get(shown) else { return html! {} };
    let item = format!("{}-{shown}", props.id);
    html! {
        <div
            class={classes!("walk", props.at.map(|_| "walk--inside"))}
            role="listbox"
            tabindex="0"
            aria-label={props.label.clone()}
            aria-activedescendant={item.clone()}
            aria-multiselectable={marks.iter().any(|mark| mark.chosen).then_some("true")}
            {onkeydown}
            {onfocus}
            {onblur}
        >
            <div
                key={shown}
                class="walk__mark"
                role="option"
                id={item}
                aria-selected={mark.chosen.to_string()}
                aria-setsize={count.to_string()}
                aria-posinset={(shown + 1).to_string()}
            >
                <strong dir="auto">{ &mark.label }</strong>
                <span>{ &mark.value }</span>
                if let Some(hint) = hint(mark) {
                    <span class="walk__hint">{ hint }</span>
                }
            </div>
        </div>
    }
}

/// What Enter does with a mark.
fn hint(mark: &Mark) -> Option<String> {
    Some(match mark.pick {
        Some(Pick::Code(..)) if mark.chosen => say!("Enter: remove from the filter"),
        Some(Pick::Code(..)) => say!("Enter: filter by this"),
        Some(Pick::Days(_)) => say!("Enter: show this period"),
        Some(Pick::Customer(_)) => say!("Enter: open the profile"),
        Some(Pick::Kpi(_) | Pick::Satisfaction) => say!("Enter: open the report"),
        None if !mark.path.is_empty() => say!("Enter: highlight the path"),
        None => return None,
    })
}

/// Where a key leads from a mark; none if it is no way through the marks, or there is no way on.
fn next(marks: &[Mark], at: usize, key: &str) -> Option<usize> {
    let end = marks.len().checked_sub(1)?;
    Some(match key {
        "ArrowRight" | "ArrowDown" => (at + 1).min(end),
        "ArrowLeft" | "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => end,
        "PageDown" => page(marks, at, true),
        "PageUp" => page(marks, at, false),
        _ => return None,
    })
}

/// The beginning of the next group or of the one before, or ten marks on.
fn page(marks: &[Mark], at: usize, forward: bool) -> usize {
    let end = marks.len() - 1;
    let group = |at: usize| marks.get(at).map(|mark| mark.group);
    if group(0) == group(end) {
        return if forward { (at + STRIDE).min(end) } else { at.saturating_sub(STRIDE) };
    }
    let begins = |&at: &usize| at == 0 || group(at) != group(at - 1);
    if forward {
        (at + 1..=end).find(begins).unwrap_or(end)
    } else {
        (0..at).rev().find(begins).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn marks(groups: &[usize]) -> Vec<Mark> {
        groups.iter().map(|&group| Mark { group, ..Mark::default() }).collect()
    }

    #[wasm_bindgen_test]
    fn keys_walk_and_stop_at_the_ends() {
        let three = marks(&[0, 0, 0]);
        let walk =
            |keys: &[&str]| keys.iter().fold(0, |at, key| next(&three, at, key).unwrap_or(at));
        assert_eq!(walk(&["ArrowRight"]), 1);
        assert_eq!(walk(&["ArrowRight", "ArrowDown", "ArrowRight"]), 2);
        assert_eq!(walk(&["End", "ArrowLeft"]), 1);
        assert_eq!(walk(&["ArrowUp"]), 0);
        assert_eq!(next(&three, 1, "a"), None);
        assert_eq!(next(&[], 0, "Home"), None);
    }

    #[wasm_bindgen_test]
    fn pages_are_groups_where_there_are_some() {
        let two = marks(&[0, 0, 0, 1, 1]);
        assert_eq!(next(&two, 1, "PageDown"), Some(3));
        assert_eq!(next(&two, 4, "PageUp"), Some(3));
        assert_eq!(next(&two, 3, "PageUp"), Some(0));
        assert_eq!(next(&two, 3, "PageDown"), Some(4));
        let many = marks(&[0; 30]);
        assert_eq!(next(&many, 3, "PageDown"), Some(13));
        assert_eq!(next(&many, 3, "PageUp"), Some(0));
    }
}
