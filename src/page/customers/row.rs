//! One row of the list.

use facts::{Member, MemberSort};
use snapshot::Meta;
use widgets::shown::{self, shown};
use widgets::{Format, Person};
use words::say;
use yew::prelude::*;

use super::column::Column;
use crate::edits::mark;
use crate::filter::GoTo;
use crate::session::edits::{Edited, Edits};
use crate::ui::{Route, initials};

/// What a row is made of.
pub struct Row<'a> {
    /// Its place in the list, from 0.
    pub at: u32,
    /// The customer's numbers.
    pub member: &'a Member,
    /// Who it is, once known.
    pub person: Option<&'a Person>,
    /// True if the keyboard stands on it.
    pub active: bool,
    /// True if it is selected; none where rows cannot be.
    pub selected: Option<bool>,
    /// What the reader has changed.
    pub edits: &'a Edits,
    /// What the list is sorted by.
    pub sort: MemberSort,
    /// True if there is a period compared with.
    pub compared: bool,
    /// What the snapshot says of itself.
    pub meta: &'a Meta,
    /// How numbers are written.
    pub format: &'a Format,
}

/// Name of a row in the markup.
pub fn row_id(at: u32) -> String {
    format!("customer-row-{at}")
}

/// A row whose numbers are on their way.
pub fn awaited(at: u32) -> Html {
    html! {
        <div
            key={at}
            id={row_id(at)}
            class="list__row"
            role="row"
            aria-rowindex={(at + 2).to_string()}
            aria-busy="true"
        >
            <div class="list__cell list__cell--customer" role="rowheader" aria-colindex="1">
                <span class="skeleton skeleton--text" />
                <span class="sr-only">{ say!("Name is being fetched") }</span>
            </div>
        </div>
    }
}

impl Row<'_> {
    /// The row on the page.
    pub fn html(&self) -> Html {
        let cell = |(at, column): (usize, Column)| {
            let class = classes!(
                "list__cell",
                format!("list__cell--{}", column.key()),
                column.is_numeric().then_some("number"),
                (column.sort() == Some(self.sort)).then_some("list__cell--sorted"),
            );
            let place = (at + 1).to_string();
            match column {
                Column::Customer => html! {
                    <div {class} role="rowheader" aria-colindex={place}>{ self.person() }</div>
                },
                Column::Segment if let Some((id, edited)) = self.edited() => html! {
                    <div {class} role="gridcell" aria-colindex={place} data-label={column.title()}>
                        { segment(id, edited) }
                    </div>
                },
                _ => html! {
                    <div {class} role="gridcell" aria-colindex={place} data-label={column.title()}>
                        { column.cell(self.member, self.meta, self.format) }
                    </div>
                },
            }
        };
        html! {
            <div
                key={self.at}
                id={row_id(self.at)}
                class={classes!("list__row", self.active.then_some("list__row--active"))}
                role="row"
                aria-rowindex={(self.at + 2).to_string()}
                aria-selected={self.selected.unwrap_or(self.active).to_string()}
                data-row={self.at.to_string()}
            >
                { for Column::shown(self.meta, self.compared).enumerate().map(cell) }
            </div>
        }
    }

    /// What the reader has changed of the customer.
    fn edited(&self) -> Option<(&str, &Edited)> {
        let id = self.person?.customer_id.as_str();
        Some((id, self.edits.get(id)?))
    }

    fn person(&self) -> Html {
        html! {
            <>
                if let (Some(selected), Some(person)) = (self.selected, self.person) {
                    // The keyboard selects by Space, where the focus stays.
                    <label class="list__tick">
                        <input
                            type="checkbox"
                            tabindex="-1"
                            checked={selected}
                            aria-label={say!("Select {name}", name = person.name())}
                        />
                    </label>
                }
                { self.who() }
            </>
        }
    }

    fn who(&self) -> Html {
        let Some(person) = self.person else {
            return html! {
                <span class="person">
                    <span class="person__avatar" aria-hidden="true" />
                    <span class="skeleton skeleton--text" />
                    <span class="sr-only">{ say!("Name is being fetched") }</span>
                </span>
            };
        };
        let name = person.name();
        let address = person.address();
        let id = shown(&person.customer_id).into_owned();
        // Whoever is called by the id needs it but once.
        let below = if !address.is_empty() { address } else { id };
        html! {
            <GoTo to={Route::Customer { id: person.customer_id.clone() }} classes="person list__link" skipped=true>
                <span class="person__avatar" aria-hidden="true">{ initials(&name) }</span>
                <span class="person__text">
                    <span class="person__name" dir="auto" title={name.clone()}>{ &name }</span>
                    <span class="person__below" dir="auto" title={below.clone()}>{ &below }</span>
                </span>
            </GoTo>
        }
    }
}

/// The segment that the reader wants, seen before it lies over the data, and how far that has come.
fn segment(id: &str, edited: &Edited) -> Html {
    let mark = mark(id, edited, None);
    html! {
        <>
            <span class="tag" dir="auto">{ for edited.segment().map(shown::label) }</span>
            <span class="list__below" data-edit={mark.key} title={mark.sentence}>{ mark.label }</span>
        </>
    }
}
