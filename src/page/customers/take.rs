//! The whole list as a file: read in pieces, so that the page stays awake, and can be stopped.

use std::cell::RefCell;
use std::rc::Rc;

use engine::EngineError;
use facts::{Answer, Member, Number, View};
use gloo::timers::future::TimeoutFuture;
use snapshot::Meta;
use widgets::csv::{Extra, csv};
use widgets::{Cell, Column, Person, Table};
use words::say;
use yew::prelude::*;

use super::{Order, Source};
use crate::export::{file_name, header};
use crate::filter::use_view;
use crate::host::page::use_page;
use crate::host::save::save;
use crate::host::shared::Shared;
use crate::host::task::{self, Task};
use crate::look::prefs::{ExportPrefs, use_prefs};
use crate::session::store::use_store;
use crate::ui::{Icon, sentence};

/// Rows read at once.
const PIECE: u32 = 2_000;

/// Names fetched in one question.
const NAMES: usize = 400;

/// Wait for an answer that is on its way, in milliseconds.
const LOOK_AGAIN_MS: u32 = 50;

/// Which list.
#[derive(PartialEq, Properties)]
pub struct TakeProps {
    /// Its order.
    pub order: Order,
    /// Its rows.
    pub count: u32,
}

#[derive(Clone, Default, PartialEq)]
enum Taking {
    #[default]
    Idle,
    Running(u32),
    Done,
    Failed(String),
}

/// The button that takes the list away, and how far it has come.
#[component(Take)]
pub fn take(props: &TakeProps) -> Html {
    let (store, view, page) = (use_store(), use_view(), use_page());
    let (prefs, _) = use_prefs();
    let taking = use_state(Taking::default);
    let work = use_mut_ref(|| None::<Task>);
    // Facts grow while the list is read: each piece asks those of now.
    let latest = use_mut_ref(|| None::<Source>);
    latest.replace(store.data().cloned());
    {
        let (taking, work) = (taking.setter(), work.clone());
        // Another list ends the one under way.
        use_effect_with((view.clone(), props.order), move |_| {
            work.take();
            taking.set(Taking::Idle);
        });
    }
    let Some(view) = view else { return html! {} };
    let start = {
        let (taking, work, latest) = (taking.clone(), work.clone(), latest.clone());
        let (order, export, count) = (props.order, prefs.export, props.count);
        Callback::from(move |_: MouseEvent| {
            taking.set(Taking::Running(0));
            let (taking, latest, view) = (taking.setter(), latest.clone(), view.clone());
            let working = page.busy.begin();
            work.replace(Some(task::start(async move {
                let _working = working;
                let told = {
                    let taking = taking.clone();
                    move |rows: u32| taking.set(Taking::Running(rows))
                };
                let list = List { latest, view, order, count };
                taking.set(match list.write(export, told).await {
                    Ok(()) => Taking::Done,
                    Err(error) => Taking::Failed(error.to_string()),
                });
            })));
        })
    };
    let stop = {
        let taking = taking.clone();
        Callback::from(move |_: MouseEvent| {
            work.take();
            taking.set(Taking::Idle);
        })
    };
    let label = say!("Download the list as CSV");
    html! {
        <>
            <span class="list__told" role="status">
                { match &*taking {
                    Taking::Idle | Taking::Running(_) => String::new(),
                    Taking::Done => say!("Saved"),
                    Taking::Failed(reason) => sentence(reason),
                } }
            </span>
            if let Taking::Running(rows) = *taking {
                <progress class="list__progress" max={props.count.to_string()} value={rows.to_string()} aria-label={say!("Reading the list")} />
                <button class="button" type="button" onclick={stop}>{ say!("Stop") }</button>
            } else {
                <button class="button" type="button" aria-label={label} onclick={start} disabled={props.count == 0}>
                    { Icon::Download.small() }
                    { "CSV" }
                </button>
            }
        </>
    }
}

/// The list while it is read.
struct List {
    latest: Rc<RefCell<Option<Source>>>,
    view: Shared<View>,
    order: Order,
    count: u32,
}

impl List {
    /// Reads all pieces, then hands the file to the reader.
    async fn write(self, export: ExportPrefs, told: impl Fn(u32)) -> Result<(), EngineError> {
        let mut text = String::new();
        let mut at = 0;
        while at < self.count {
            let (data, rows) = self.piece(at).await;
            if rows.is_empty() {
                break;
            }
            names(&data, &rows, |known| told(at + known)).await?;
            let meta = data.facts.meta();
            let table = table(&data, &rows, self.view.comparison(meta).is_ok());
            if at == 0 {
                let title = say!("Customers");
                let lines = header(&title, None, &self.view, meta);
                let header: &[_] = if export.header { &lines } else { &[] };
                text = csv(&table, Extra { header, byte_order_mark: export.byte_order_mark });
            } else {
                let more = csv(&table, Extra::default());
                // The headings stand at the top of the file alone.
                text.push_str(more.split_once("\r\n").map_or("", |(_, rows)| rows));
            }
            at += rows.len() as u32;
            told(at);
            task::idle().await;
        }
        if let Some(data) = self.latest.borrow().as_ref() {
            let name = file_name("customers", data.facts.meta());
            save(&format!("{name}.csv"), "text/csv;charset=utf-8", text.as_bytes());
        }
        Ok(())
    }

    /// A piece of the list, as soon as it is known.
    async fn piece(&self, offset: u32) -> (Source, Vec<Member>) {
        loop {
            let data = self.latest.borrow().clone();
            if let Some(data) = data {
                let ask = self.order.ask(&self.view, data.facts.meta(), offset, PIECE);
                if let Answer::Ready(members) = data.facts.members(&ask) {
                    return (data, members.rows);
                }
            }
            TimeoutFuture::new(LOOK_AGAIN_MS).await;
        }
    }
}

/// Fetches the names of a piece in the order in which they lie in the file.
async fn names(data: &Source, rows: &[Member], told: impl Fn(u32)) -> Result<(), EngineError> {
    let mut customers: Vec<u32> = rows.iter().map(|member| member.customer).collect();
    customers.sort_unstable();
    let mut known = 0;
    for few in customers.chunks(NAMES) {
        data.know(few).await?;
        known += few.len() as u32;
        told(known);
    }
    Ok(())
}

fn table(data: &Source, rows: &[Member], compared: bool) -> Table {
    let column = |title: String, numeric| Column { title, numeric };
    let mut columns = vec![
        column(say!("Customer id"), false),
        column(say!("First name"), false),
        column(say!("Last name"), false),
        column(say!("E-mail"), false),
        column(say!("Segment"), false),
        column(say!("Churn risk"), false),
        column(say!("RFM segment"), false),
        column(say!("In period"), true),
    ];
    if compared {
        columns.push(column(say!("Before"), true));
        columns.push(column(say!("Change"), true));
    }
    columns.extend([
        column(say!("Lifetime value"), true),
        column(say!("Orders, all time"), true),
        column(say!("Last purchase"), false),
        column(say!("Days since the last purchase"), true),
        column(say!("Satisfaction"), true),
    ]);
    let meta = data.facts.meta();
    let rows = data.with_people(|people| {
        rows.iter().map(|member| row(people.get(member.customer), member, compared, meta)).collect()
    });
    Table { columns, rows, ..Table::default() }
}

fn row(person: Option<&Person>, member: &Member, compared: bool, meta: &Meta) -> Vec<Cell> {
    let exponent = meta.currency.exponent;
    let text = |text: &str| Cell { text: text.to_owned(), exact: None };
    let exact = |number: Number| {
        let exact = number.exact(exponent);
        Cell { text: exact.clone(), exact: Some(exact) }
    };
    let some = |number: Option<Number>| number.map_or_else(Cell::default, exact);
    let label = |labels: &[String], code: Option<u8>| {
        text(code.and_then(|code| labels.get(usize::from(code))).map_or("", String::as_str))
    };
    let (id, first, last, email) = person.map_or(("", "", "", ""), |person| {
        (
            person.customer_id.as_str(),
            person.first_name.as_str(),
            person.last_name.as_str(),
            person.email.as_str(),
        )
    });
    let day = member.recency_days.map(|days| meta.as_of.plus(-days).to_string());
    let mut cells = vec![
        text(id),
        text(first),
        text(last),
        text(email),
        label(&meta.labels.segments, Some(member.segment)),
        label(&meta.labels.churn_risks, Some(member.churn)),
        label(&meta.labels.rfm_segments, member.rfm_segment),
        exact(Number::Money(member.revenue)),
    ];
    if compared {
        cells.push(some(member.revenue_before.map(Number::Money)));
        cells.push(some(member.change().map(Number::Money)));
    }
    cells.extend([
        exact(Number::Money(member.lifetime_value)),
        exact(Number::Count(member.orders.into())),
        text(&day.unwrap_or_default()),
        some(member.recency_days.map(|days| Number::Count(days.into()))),
        some(member.satisfaction()),
    ]);
    cells
}
