//! The list of customers: sortable by any column, with initials beside the name.

use std::cmp::Ordering;

use widgets::{Cell, Column, Pick, Table};
use yew::prelude::*;

use super::picking::Picked;
use super::table::number_class;
use crate::host::by_browser;
use crate::ui::{Icon, cell, initials};

/// Column with the name, and the one with what is told below it.
const NAME: usize = 0;
const BELOW: usize = 1;

/// A table of customers.
#[derive(PartialEq, Properties)]
pub struct PeopleTableProps {
    /// Name, e-mail address and numbers.
    pub table: Table,
}

#[derive(Clone, Copy, PartialEq)]
struct Sort {
    column: usize,
    descending: bool,
}

/// Customers, sorted as the reader likes; at first in the order they came in.
#[component(PeopleTable)]
pub fn people_table(props: &PeopleTableProps) -> Html {
    let sort = use_state(|| None::<Sort>);
    let table = &props.table;
    let picks = table.picks.iter().copied().chain(std::iter::repeat(None));
    let mut rows: Vec<(&Vec<Cell>, Option<Pick>)> = table.rows.iter().zip(picks).collect();
    if let Some(Sort { column, descending }) = *sort {
        rows.sort_by(|(one, _), (other, _)| {
            let order = compare(one.get(column), other.get(column));
            if descending { order.reverse() } else { order }
        });
    }
    let fresh = use_fresh(table);
    let heading = |(at, column): (usize, &Column)| heading(at, column, &sort);
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-label={table.caption.clone()}>
            <table class="table table--people" role="table">
                <caption class="sr-only">{ &table.caption }</caption>
                <thead role="rowgroup">
                    <tr role="row">{ for table.columns.iter().enumerate().filter(shown).map(heading) }</tr>
                </thead>
                <tbody role="rowgroup">
                    { for rows.iter().map(|(row, pick)| {
                        person(&table.columns, row, *pick, fresh.contains(row))
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// The rows that were not there, or not so, before the table changed.
#[hook]
fn use_fresh(table: &Table) -> Vec<Vec<Cell>> {
    let before = use_mut_ref(|| table.rows.clone());
    let fresh = use_memo(table.rows.clone(), |rows| {
        let before = before.replace(rows.clone());
        rows.iter().filter(|row| !before.contains(row)).cloned().collect::<Vec<_>>()
    });
    (*fresh).clone()
}

fn shown<T>((at, _): &(usize, T)) -> bool {
    *at != BELOW
}

fn heading(at: usize, column: &Column, sort: &UseStateHandle<Option<Sort>>) -> Html {
    let current = sort.filter(|sort| sort.column == at);
    let aria = match current {
        Some(Sort { descending: true, .. }) => "descending",
        Some(_) => "ascending",
        None => "none",
    };
    let press = {
        let sort = sort.clone();
        // Numbers are wanted largest first, names from A.
        let descending = current.map_or(column.numeric, |current| !current.descending);
        Callback::from(move |_| sort.set(Some(Sort { column: at, descending })))
    };
    html! {
        <th scope="col" role="columnheader" class={number_class(column)} aria-sort={aria}>
            <button class="table__sort" type="button" onclick={press}>
                { &column.title }
                { Icon::Sort.small() }
            </button>
        </th>
    }
}

fn person(columns: &[Column], cells: &[Cell], pick: Option<Pick>, fresh: bool) -> Html {
    let below = cells.get(BELOW).map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let content = |(at, (column, content)): (usize, (&Column, &Cell))| match at {
        NAME => html! {
            <th scope="row" role="rowheader">
                <span class="person">
                    <span class="person__avatar" aria-hidden="true">{ initials(&content.text) }</span>
                    <span class="person__text">
                        <span class="person__name" dir="auto" title={content.text.clone()}>
                            <Picked {pick}>{ &content.text }</Picked>
                        </span>
                        if let Some(below) = below {
                            <span class="person__below" dir="auto" title={below.to_owned()}>{ below }</span>
                        }
                    </span>
                </span>
            </th>
        },
        _ => html! {
            <td role="cell" class={number_class(column)} data-label={column.title.clone()}>
                { cell(content) }
            </td>
        },
    };
    let class = fresh.then_some("row--fresh");
    html! { <tr role="row" {class}>{ for columns.iter().zip(cells).enumerate().filter(shown).map(content) }</tr> }
}

/// Numbers by their exact value, texts without regard to case.
fn compare(one: Option<&Cell>, other: Option<&Cell>) -> Ordering {
    let exact = |cell: Option<&Cell>| by_browser::number(cell?.exact.as_deref()?);
    match (exact(one), exact(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (None, None) => {
            let text = |cell: Option<&Cell>| cell.map(|cell| cell.text.to_lowercase());
            text(one).cmp(&text(other))
        }
        // What has no value comes before what has one.
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn value(exact: &str) -> Cell {
        Cell { text: "x".to_owned(), exact: Some(exact.to_owned()) }
    }

    #[wasm_bindgen_test]
    fn numbers_sort_by_value_and_names_by_letters() {
        assert_eq!(compare(Some(&value("9")), Some(&value("10.5"))), Ordering::Less);
        let name = |text: &str| Cell { text: text.to_owned(), exact: None };
        assert_eq!(compare(Some(&name("bo")), Some(&name("Al"))), Ordering::Greater);
        assert_eq!(compare(Some(&name("–")), Some(&value("0"))), Ordering::Less);
    }
}
