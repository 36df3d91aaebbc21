//! A table of a widget: the figure's content for those who read it.

use widgets::{Cell, Column, Pick, Table};
use yew::prelude::*;

use super::picking::Picked;
use crate::ui::cell;

/// A table to show.
#[derive(PartialEq, Properties)]
pub struct DataTableProps {
    /// Its content.
    pub table: Table,
}

/// A plain table with row headings.
#[component(DataTable)]
pub fn data_table(props: &DataTableProps) -> Html {
    let table = &props.table;
    let picks = table.picks.iter().copied().chain(std::iter::repeat(None));
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-label={table.caption.clone()}>
            <table class="table">
                <caption>{ &table.caption }</caption>
                <thead>
                    <tr>{ for table.columns.iter().map(heading) }</tr>
                </thead>
                <tbody>
                    { for table.rows.iter().zip(picks).map(|(row, pick)| {
                        self::row(&table.columns, row, pick)
                    }) }
                </tbody>
            </table>
        </div>
    }
}

fn heading(column: &Column) -> Html {
    html! { <th scope="col" class={number_class(column)}>{ &column.title }</th> }
}

fn row(columns: &[Column], cells: &[Cell], pick: Option<Pick>) -> Html {
    let content = |(at, (column, content)): (usize, (&Column, &Cell))| {
        let class = number_class(column);
        match at {
            0 => html! {
                <th scope="row" {class}><Picked {pick}>{ cell(content) }</Picked></th>
            },
            _ => html! { <td {class}>{ cell(content) }</td> },
        }
    };
    html! { <tr>{ for columns.iter().zip(cells).enumerate().map(content) }</tr> }
}

/// Numbers are set flush right.
pub fn number_class(column: &Column) -> Option<&'static str> {
    column.numeric.then_some("number")
}
