//! The rows that the reader has selected, and what can be done with them.

use std::collections::BTreeMap;

use facts::Member;
use widgets::Person;
use words::{count, say};
use yew::prelude::*;

use super::order::Source;
use crate::edits::{Editor, SegmentChoice};
use crate::session::edits::Step;

/// Selected customers, by number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selected(BTreeMap<u32, Seen>);

/// A customer as it was seen when it was selected.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    id: String,
    name: String,
    segment: String,
}

/// A step of the selection.
pub enum Select {
    /// This customer is selected, or not any more.
    Toggle(u32, Seen),
    /// Nobody is.
    Clear,
}

impl Selected {
    /// True if a customer is selected.
    pub fn has(&self, customer: u32) -> bool {
        self.0.contains_key(&customer)
    }

    /// The step that selects a customer, or undoes it; one whose name is not known yet stays as it is.
    pub fn toggle(data: &Source, member: Member) -> Option<Select> {
        let called = |person: &Person| (person.customer_id.clone(), person.name());
        let (id, name) = data.with_people(|people| people.get(member.customer).map(called))?;
        let segments = &data.facts.meta().labels.segments;
        let segment = segments.get(usize::from(member.segment)).cloned().unwrap_or_default();
        Some(Select::Toggle(member.customer, Seen { id, name, segment }))
    }

    fn after(mut self, step: Select) -> Self {
        match step {
            Select::Clear => self.0.clear(),
            Select::Toggle(customer, seen) => {
                if self.0.remove(&customer).is_none() {
                    self.0.insert(customer, seen);
                }
            }
        }
        self
    }

    fn steps(&self, segment: &str) -> Vec<Step> {
        let step = |seen: &Seen| Step {
            customer: seen.id.clone(),
            name: seen.name.clone(),
            shown: seen.segment.clone(),
            segment: segment.to_owned(),
        };
        self.0.values().map(step).collect()
    }
}

/// The selection in a list; another filter, or another snapshot, has none.
#[hook]
pub fn use_selection(data: &Source, query: &str) -> (Selected, Callback<Option<Select>>) {
    let selected = use_state_eq(Selected::default);
    let newest = use_mut_ref(Selected::default);
    {
        let (selected, newest) = (selected.setter(), newest.clone());
        use_effect_with((data.id().to_owned(), query.to_owned()), move |_| {
            newest.replace(Selected::default());
            selected.set(Selected::default());
        });
    }
    let select = {
        let selected = selected.setter();
        Callback::from(move |step: Option<Select>| {
            if let Some(step) = step {
                let next = newest.take().after(step);
                newest.replace(next.clone());
                selected.set(next);
            }
        })
    };
    ((*selected).clone(), select)
}

/// What is selected.
#[derive(PartialEq, Properties)]
pub struct SelectionBarProps {
    /// Who.
    pub selected: Selected,
    /// Told of steps.
    pub select: Callback<Option<Select>>,
    /// The way to change them.
    pub editor: Editor,
}

/// How many are selected, and what can be done with them; nothing where nobody is.
#[component(SelectionBar)]
pub fn selection_bar(props: &SelectionBarProps) -> Html {
    let SelectionBarProps { selected, select, editor } = props;
    let number = selected.0.len() as i64;
    let said = match number {
        0 => String::new(),
        number => count!(number, "1 customer selected", "{n} customers selected"),
    };
    let chosen = {
        let (editor, selected, select) = (editor.clone(), selected.clone(), select.clone());
        Callback::from(move |segment: String| {
            editor.change(selected.steps(&segment));
            select.emit(Some(Select::Clear));
        })
    };
    let clear = select.reform(|_: MouseEvent| Some(Select::Clear));
    html! {
        <div class={classes!("list__selection", (number == 0).then_some("list__selection--none"))}>
            <span role="status">{ said }</span>
            if number > 0 {
                <SegmentChoice
                    label={say!("Change segment")}
                    segments={editor.segments.clone()}
                    {chosen}
                    id="segment-choice"
                />
                <button class="button button--quiet" type="button" onclick={clear}>
                    { say!("Clear the selection") }
                </button>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_row_is_selected_and_unselected() {
        let seen = |at: u32| Seen {
            id: format!("C{at}"),
            name: "Ada".to_owned(),
            segment: "Low".to_owned(),
        };
        let toggle = |at: u32| Select::Toggle(at, seen(at));
        let two = Selected::default().after(toggle(7)).after(toggle(3));
        let steps = two.steps("High");
        assert_eq!(steps.len(), 2);
        let first = ("C3", "Low", "High");
        assert_eq!((&*steps[0].customer, &*steps[0].shown, &*steps[0].segment), first);
        assert!(!two.clone().after(toggle(7)).has(7));
        assert_eq!(two.after(Select::Clear), Selected::default());
    }
}
