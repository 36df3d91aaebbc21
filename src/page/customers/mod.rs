//! The customers in scope, as a list: any number of them, sorted by any of their numbers.

mod column;
mod grid;
mod keys;
mod names;
mod order;
mod row;
mod selection;
mod take;
mod window;

use facts::MemberSort;
use snapshot::Meta;
use words::say;
use yew::prelude::*;

use self::column::{Column, sort_of};
use self::grid::Grid;
use self::order::Order;
use self::take::Take;
use super::dashboard::Period;
use super::notice::Notices;
use super::param::use_param;
use crate::ask::{Asked, use_ask, use_format};
use crate::export::PrintButton;
use crate::filter::{ClassesNote, use_view};
use crate::session::store::use_store;
use crate::ui::{Absent, Select, Skeleton, number};

/// The view.
#[component(Customers)]
pub fn customers() -> Html {
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("Customers") }</h1>
                    <Period />
                    <ClassesNote />
                </div>
                <div class="page-head__tools"><PrintButton /></div>
            </div>
            <Notices />
            <List />
        </>
    }
}

/// The card with the list, or what stands in its place.
#[component(List)]
fn list() -> Html {
    let (store, view, format) = (use_store(), use_view(), use_format());
    let (order, reorder) = use_order();
    let asked = use_ask((), |data, view, ()| {
        let members = data.facts.members(&order.ask(view, data.facts.meta(), 0, 0));
        members.map(|members| members.count)
    });
    let (Some(data), Some(view), Some(format)) = (store.data().cloned(), view, format) else {
        let failed = store.failure.is_some();
        return html! {
            <section class="card list" data-widget="customers" aria-busy={(!failed).to_string()}>
                if failed {
                    <Absent reason={say!("Nothing to show yet: the customers could not be read.")} />
                } else {
                    <div class="card__body"><Skeleton /></div>
                }
            </section>
        };
    };
    let Some(&count) = asked.kept.as_deref() else { return unknown(&asked) };
    let compared = view.comparison(data.facts.meta()).is_ok();
    let columns: Vec<Column> =
        Column::shown(data.facts.meta(), compared).filter(|column| column.sorts()).collect();
    let counted = number(&format.count(count.into()), Some(&count.to_string()));
    let title = if count == 1 { say!("customer in scope") } else { say!("customers in scope") };
    html! {
        <section
            class={classes!("card", "list", asked.class())}
            data-widget="customers"
            aria-labelledby="customers-title"
            aria-busy={asked.busy()}
        >
            <header class="card__head">
                <h2 id="customers-title">{ counted }{ " " }{ title }</h2>
                <div class="card__tools">
                    <SortSelect {order} change={reorder.clone()} columns={columns} />
                    <Take {order} {count} />
                </div>
            </header>
            { asked.mark() }
            if count == 0 {
                <Absent reason={nobody(data.facts.meta())} />
            } else {
                <Grid {data} view={view.clone()} {order} {count} {reorder} />
            }
        </section>
    }
}

/// Why the list is empty.
fn nobody(meta: &Meta) -> String {
    if meta.has_customers() {
        say!("No customer is in this period and selection.")
    } else {
        words::say(widgets::absent::CUSTOMERS)
    }
}

/// The list before anything is known of it.
fn unknown(asked: &Asked<u32>) -> Html {
    html! {
        <section class="card list" data-widget="customers" aria-busy={asked.busy()}>
            <div class="card__body">{ asked.show(|_| html! {}) }</div>
        </section>
    }
}

/// The order in the address.
#[hook]
fn use_order() -> (Order, Callback<Order>) {
    let (sort, set_sort) = use_param("sort");
    let (way, set_way) = use_param("order");
    let sort = sort.as_deref().and_then(sort_of).unwrap_or_default();
    let order = Order { sort, descending: way.as_deref() != Some("asc") };
    let change = Callback::from(move |order: Order| {
        let default = order.sort == MemberSort::default();
        let key = Column::of(order.sort).map(|column| column.key().to_owned());
        set_sort.emit(key.filter(|_| !default));
        set_way.emit((!order.descending).then(|| "asc".to_owned()));
    });
    (order, change)
}

#[derive(PartialEq, Properties)]
struct SortSelectProps {
    order: Order,
    change: Callback<Order>,
    /// What it may be sorted by.
    columns: Vec<Column>,
}

/// The order where there is no room for headings to press.
#[component(SortSelect)]
fn sort_select(props: &SortSelectProps) -> Html {
    let columns = &props.columns;
    let chosen = {
        let (change, columns, order) = (props.change.clone(), columns.clone(), props.order);
        Callback::from(move |at: usize| {
            if let Some(sort) = columns.get(at).and_then(|column| column.sort()) {
                change.emit(Order { sort, ..order });
            }
        })
    };
    let current = |column: &Column| column.sort() == Some(props.order.sort);
    html! {
        <Select
            options={columns.iter().map(|column| column.title()).collect::<Vec<_>>()}
            at={columns.iter().position(current).unwrap_or_default()}
            {chosen}
            name={say!("Sort by")}
            classes="list__sort"
        />
    }
}
