//! The list as a grid that holds only the rows near the sight; the keyboard walks all of them.

use std::cell::RefCell;

use facts::{Answer, Member, View};
use web_sys::{Element, HtmlElement};
use words::say;
use yew::prelude::*;

use super::column::Column;
use super::keys::walk;
use super::names::use_names;
use super::order::{Order, Source};
use super::row::{Row, awaited, row_id};
use super::selection::{Selected, SelectionBar, use_selection};
use super::window::{Sizes, Window};
use crate::ask::{Comes, use_format, use_prepared};
use crate::edits::use_editor;
use crate::filter::{use_filters, use_go};
use crate::host::by_browser;
use crate::host::shared::Shared;
use crate::session::edits::use_ledger;
use crate::session::store::use_looks;
use crate::ui::{Icon, Route, sentence};

/// Which list.
#[derive(PartialEq, Properties)]
pub struct GridProps {
    /// Where its rows come from.
    pub data: Source,
    /// The filter.
    pub view: Shared<View>,
    /// Its order.
    pub order: Order,
    /// Its rows in all.
    pub count: u32,
    /// Told when the reader wants another order.
    pub reorder: Callback<Order>,
}

/// Rows on paper at most; the file has them all.
const PRINTED: u32 = 500;

thread_local! {
    /// Where the reader left the last list, for whoever comes back from a profile.
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

#[derive(Clone, PartialEq)]
struct Left {
    snapshot: String,
    query: String,
    order: Order,
    scrolled: f64,
    active: u32,
}

/// The grid.
#[component(Grid)]
pub fn grid(props: &GridProps) -> Html {
    let GridProps { data, view, order, count, reorder } = props;
    let (scroller, body, rows, head) =
        (use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref());
    let (format, filters, go) = (use_format(), use_filters(), use_go());
    let window = use_state_eq(Window::default);
    let active = use_state_eq(|| 0_u32);
    let measure = {
        let (scroller, body, head, window, count) =
            (scroller.clone(), body.clone(), head.clone(), window.setter(), *count);
        Callback::from(move |()| {
            if let Some((sizes, scrolled)) = sizes(&scroller, &head, count) {
                set(&body, "block-size", sizes.height());
                window.set(sizes.window(scrolled));
            }
        })
    };
    // Another list begins at its top, but the one that was left is found as it was, and a newer
    // snapshot's stays where the reader is.
    {
        let stood = use_mut_ref(|| None::<String>);
        let (scroller, body, head, measure, active) =
            (scroller.clone(), body.clone(), head.clone(), measure.clone(), active.clone());
        let (query, order, count) = (filters.query().to_owned(), *order, *count);
        let snapshot = data.id().to_owned();
        use_effect_with((view.clone(), order, count, snapshot.clone()), move |_| {
            let before = stood.replace(Some(snapshot.clone()));
            let has_moved_on = before.is_some_and(|before| before != snapshot);
            let left = LEFT.with_borrow(Clone::clone).filter(|left| {
                let of_this = has_moved_on || left.snapshot == snapshot;
                of_this && left.query == query && left.order == order
            });
            if let Some((sizes, _)) = sizes(&scroller, &head, count) {
                set(&body, "block-size", sizes.height());
            }
            active.set(left.as_ref().map_or(0, |left| left.active.min(count.saturating_sub(1))));
            if let Some(scroller) = scroller.cast::<Element>() {
                scroller.set_scroll_top(left.map_or(0, |left| left.scrolled as i32));
            }
            measure.emit(());
        });
    }
    use_resizes(&scroller, &measure);
    {
        let rows = rows.clone();
        use_effect_with(window.top, move |&top| set_top(&rows, top));
    }
    {
        let (scroller, active) = (scroller.clone(), *active);
        let (snapshot, query, order) = (data.id().to_owned(), filters.query().to_owned(), *order);
        // Kept at every change: when the view goes, its element is gone already.
        use_effect_with((active, *window, query.clone()), move |_| {
            let scrolled = scroller.cast::<Element>().map_or(0, |element| element.scroll_top());
            let scrolled = f64::from(scrolled);
            LEFT.set(Some(Left { snapshot, query, order, scrolled, active }));
        });
    }
    // Paper does not scroll.
    let printing = use_looks().printing;
    let window = match printing {
        true => Window { first: 0, count: PRINTED.min(*count), top: 0.0 },
        false => *window,
    };
    // Rows of the last window that was answered, and of which list.
    let kept = use_mut_ref(|| None::<Rows>);
    let of = (data.id().to_owned(), view.clone(), *order);
    let ask = order.ask(view, data.facts.meta(), window.first, window.count);
    if let Answer::Ready(members) = data.facts.members(&ask) {
        kept.replace(Some((of.clone(), window.first, members.rows)));
    }
    use_rows_ahead(*order, window);
    let members: Vec<Option<Member>> = match &*kept.borrow() {
        Some((list, first, rows)) if *list == of => {
            let row = |at: u32| rows.get(at.checked_sub(*first)? as usize).copied();
            (window.first..).take(window.count as usize).map(row).collect()
        }
        _ => vec![None; window.count as usize],
    };
    let in_sight = members.iter().flatten().map(|member| member.customer).collect();
    let (names, retry) = use_names(data, in_sight);

    let (selected, select) = use_selection(data, filters.query());
    let editor = use_editor();
    let ledger = use_ledger();
    let toggle = {
        let (data, select) = (data.clone(), select.clone());
        let members: Vec<Option<Member>> = members.clone();
        let first = window.first;
        Callback::from(move |row: u32| {
            let at = row.checked_sub(first).map(|at| at as usize);
            let member = at.and_then(|at| members.get(at).copied().flatten());
            if let Some(member) = member {
                select.emit(Selected::toggle(&data, member));
            }
        })
    };
    let onscroll = {
        let measure = measure.clone();
        Callback::from(move |_: Event| measure.emit(()))
    };
    let open = {
        let data = data.clone();
        let customers: Vec<Option<u32>> =
            members.iter().map(|member| member.map(|member| member.customer)).collect();
        let first = window.first;
        move |row: u32| {
            let at = row.checked_sub(first).map(|at| at as usize);
            let customer = at.and_then(|at| customers.get(at).copied().flatten());
            let id = customer.and_then(|customer| {
                data.with_people(|people| people.get(customer).map(|one| one.customer_id.clone()))
            });
            if let Some(id) = id {
                go.emit(Route::Customer { id });
            }
        }
    };
    let onkeydown = {
        let (scroller, head, active, measure, count, open) =
            (scroller.clone(), head.clone(), active.clone(), measure, *count, open.clone());
        let toggle = editor.can_change.then(|| toggle.clone());
        Callback::from(move |event: KeyboardEvent| {
            // Keys on a heading are the heading's; listeners stand at the root, so the event itself
            // does not tell which element this one is.
            let pressed = event.target_dyn_into::<web_sys::Node>();
            if pressed != scroller.get() || event.alt_key() || event.meta_key() {
                return;
            }
            let Some((sizes, scrolled)) = sizes(&scroller, &head, count) else { return };
            if event.key() == "Enter" {
                open(*active);
                return;
            }
            if let Some(toggle) = toggle.as_ref().filter(|_| event.key() == " ") {
                event.prevent_default();
                toggle.emit(*active);
                return;
            }
            let page = sizes.in_sight().saturating_sub(1).max(1);
            if let Some(row) = walk(&event.key(), *active, count, page) {
                event.prevent_default();
                active.set(row);
                if let Some(scroller) = scroller.cast::<Element>() {
                    scroller.set_scroll_top(sizes.to_show(row, scrolled).round() as i32);
                }
                measure.emit(());
            }
        })
    };
    let onclick = {
        let active = active.clone();
        Callback::from(move |event: MouseEvent| {
            let pressed = event.target_dyn_into::<Element>();
            let row = pressed.as_ref().and_then(|element| element.closest("[data-row]").ok()?);
            let row = row.and_then(|row| row.get_attribute("data-row")?.parse().ok());
            let within = |what: &str| {
                pressed.as_ref().is_some_and(|element| matches!(element.closest(what), Ok(Some(_))))
            };
            let (linked, ticked) = (within("a"), within(".list__tick"));
            if let Some(row) = row {
                active.set(row);
                if within("input") {
                    // What is pressed beside it comes once more as a press of the box itself.
                    toggle.emit(row);
                } else if !linked && !ticked {
                    // The link opens by itself, in a new tab too.
                    open(row);
                }
            }
        })
    };
    let Some(format) = format else { return html! {} };
    let compared = view.comparison(data.facts.meta()).is_ok();
    let here = window.first..window.first + members.len() as u32;
    let members: Vec<(u32, Option<Member>)> = (window.first..).zip(members).collect();
    let on_page = members.iter().filter(|(_, member)| !printing || is_known(data, member.as_ref()));
    let printed = on_page.clone().count();
    html! {
        <>
            if let Some(problem) = names.problem {
                <div class="kept" role="alert">
                    <span>{ sentence(&problem) }</span>
                    <button class="button button--quiet" type="button" onclick={retry.reform(|_| ())}>
                        { say!("Try again") }
                    </button>
                </div>
            }
            if editor.can_change && !printing {
                <SelectionBar selected={selected.clone()} select={select.clone()} editor={editor.clone()} />
            }
            <div
                class={classes!("list__scroll", (!compared).then_some("list__scroll--plain"),
                    (!data.facts.meta().features.feedback).then_some("list__scroll--unrated"))}
                role="grid"
                tabindex="0"
                aria-label={match editor.can_change {
                    true => say!("Customers: arrow keys walk, Enter opens, Space selects"),
                    false => say!("Customers: arrow keys walk, Enter opens"),
                }}
                aria-multiselectable={editor.can_change.then_some("true")}
                aria-rowcount={(count + 1).to_string()}
                aria-colcount={Column::shown(data.facts.meta(), compared).count().to_string()}
                aria-activedescendant={here.contains(&*active).then(|| row_id(*active))}
                ref={scroller}
                {onscroll}
                {onkeydown}
                {onclick}
            >
                <div class="list__head" role="rowgroup" ref={head}>
                    <div class="list__row" role="row" aria-rowindex="1">
                        { for Column::shown(data.facts.meta(), compared).enumerate().map(|(at, column)| heading(at, column, *order, reorder)) }
                    </div>
                </div>
                <div class="list__body" role="presentation" ref={body}>
                    <div class="list__rows" role="rowgroup" ref={rows}>
                        { for on_page.map(|(at, member)| match member {
                            Some(member) => data.with_people(|people| Row {
                                at: *at,
                                member,
                                person: people.get(member.customer),
                                active: *at == *active,
                                selected: editor.can_change.then(|| selected.has(member.customer)),
                                edits: &ledger.edits,
                                sort: order.sort,
                                compared,
                                meta: data.facts.meta(),
                                format: &format,
                            }.html()),
                            None => awaited(*at),
                        }) }
                    </div>
                </div>
            </div>
            if printing && printed < *count as usize {
                <p class="list__more">
                    { say!(
                        "The first {n} of {count} customers; the CSV file has them all.",
                        n = format.count(printed as i64),
                        count = format.count((*count).into())
                    ) }
                </p>
            }
        </>
    }
}

/// Rows as they were answered: of which list, from which row on.
type Rows = ((String, Shared<View>, Order), u32, Vec<Member>);

/// Has the rows in sight, and their names, ready when a newer snapshot takes over.
#[hook]
fn use_rows_ahead(order: Order, window: Window) {
    use_prepared((order, window), |Comes { data, view, .. }, (order, window)| {
        let ask = order.ask(&view, data.facts.meta(), window.first, window.count);
        async move {
            let Answer::Ready(members) = data.facts.members(&ask) else { return Ok(false) };
            let customers: Vec<u32> = members.rows.iter().map(|member| member.customer).collect();
            data.know(&customers).await?;
            Ok(true)
        }
    });
}

/// True if a row has its numbers and its name; on paper nothing comes later.
fn is_known(data: &Source, member: Option<&Member>) -> bool {
    member.is_some_and(|member| data.with_people(|people| people.get(member.customer).is_some()))
}

fn heading(at: usize, column: Column, order: Order, reorder: &Callback<Order>) -> Html {
    let class = classes!(
        "list__cell",
        format!("list__cell--{}", column.key()),
        column.is_numeric().then_some("number"),
    );
    let place = (at + 1).to_string();
    let Some(sort) = column.sort() else {
        return html! { <div {class} role="columnheader" aria-colindex={place}>{ column.title() }</div> };
    };
    let current = order.sort == sort;
    let aria = match (current, order.descending) {
        (true, true) => "descending",
        (true, false) => "ascending",
        (false, _) => "none",
    };
    let press = {
        let next = Order { sort, descending: !current || !order.descending };
        reorder.reform(move |_: MouseEvent| next)
    };
    html! {
        <div {class} role="columnheader" aria-colindex={place} aria-sort={aria}>
            <button class="table__sort" type="button" title={column.hint()} onclick={press}>
                { column.title() }
                { Icon::Sort.small() }
            </button>
        </div>
    }
}

/// Sizes of the list as it stands, and how far it is scrolled; the head covers part of the sight.
fn sizes(scroller: &NodeRef, head: &NodeRef, rows: u32) -> Option<(Sizes, f64)> {
    let scroller = scroller.cast::<HtmlElement>()?;
    let head = head.cast::<HtmlElement>().map_or(0, |head| head.offset_height());
    let style = gloo::utils::window().get_computed_style(&scroller).ok()??;
    let row = style.get_property_value("--row-pixels").ok()?;
    let row = by_browser::number(&row).filter(|row| *row > 0.0)?;
    let sight = f64::from((scroller.client_height() - head).max(1));
    Some((Sizes { rows, row, sight }, f64::from(scroller.scroll_top())))
}

fn set(node: &NodeRef, property: &str, pixels: f64) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // A property that exists takes a length.
        let _ = element.style().set_property(property, &format!("{pixels}px"));
    }
}

fn set_top(node: &NodeRef, pixels: f64) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property("transform", &format!("translateY({pixels}px)"));
    }
}

/// Measures anew when the window gets another size.
#[hook]
fn use_resizes(scroller: &NodeRef, measure: &Callback<()>) {
    let latest = use_mut_ref(Callback::<()>::noop);
    latest.replace(measure.clone());
    use_effect_with(scroller.clone(), move |_| {
        let window = gloo::utils::window();
        let listener = gloo::events::EventListener::new(&window, "resize", move |_| {
            latest.borrow().emit(());
        });
        move || drop(listener)
    });
}
