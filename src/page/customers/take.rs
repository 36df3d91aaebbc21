//! The whole list as a file: read in pieces, so that the page stays awake, and can be stopped.

use std::future::Future;
use std::pin::pin;
use std::rc::Rc;

use engine::EngineError;
use facts::{Answer, Member, Number, View};
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use snapshot::Meta;
use widgets::csv::{Extra, csv};
use widgets::{Cell, Column, Person, Table};
use words::say;
use yew::prelude::*;

use super::order::{Order, Source};
use crate::export::{file_name, header, not_saved};
use crate::filter::{use_filters, use_view};
use crate::host::again;
use crate::host::page::use_page;
use crate::host::save::save;
use crate::host::shared::Shared;
use crate::host::task::{self, Task};
use crate::look::prefs::{ExportPrefs, use_prefs};
use crate::session::data::Data;
use crate::session::insist::insist;
use crate::session::store::use_store;
use crate::session::supply::{Served, Supply, serve};
use crate::session::why;
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
    /// It waits for the line to the host, and goes on by itself.
    Held(u32, String),
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
    {
        let (taking, work, query) =
            (taking.setter(), work.clone(), use_filters().query().to_owned());
        // Another list ends the one under way; the same one of a newer snapshot does not.
        use_effect_with((query, props.order), move |_| {
            work.take();
            taking.set(Taking::Idle);
        });
    }
    let Some((view, data)) = view.zip(store.data().cloned()) else { return html! {} };
    let start = {
        let (taking, work, dispatcher) = (taking.clone(), work.clone(), store.dispatcher());
        let (order, export, count) = (props.order, prefs.export, props.count);
        Callback::from(move |_: MouseEvent| {
            taking.set(Taking::Running(0));
            let (taking, view, supply) = (taking.setter(), view.clone(), data.supply().clone());
            // Should a newer snapshot take over, this one's answers are still wanted here.
            let served = Served::new(dispatcher.clone(), supply.clone(), None);
            let working = page.busy.begin();
            work.replace(Some(task::start(async move {
                let _working = working;
                let told = {
                    let taking = taking.clone();
                    move |step| taking.set(step)
                };
                let list = List { supply, view, order, count };
                taking.set(match while_served(&served, list.write(export, told)).await {
                    Ok(()) => Taking::Done,
                    Err(reason) => Taking::Failed(reason),
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
                    Taking::Held(_, reason) => {
                        let reason = sentence(reason);
                        say!("{reason} It goes on by itself when the connection is back.", reason)
                    }
                    Taking::Failed(reason) => sentence(reason),
                } }
            </span>
            if let Taking::Running(rows) | Taking::Held(rows, _) = &*taking {
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

/// Does some work while a snapshot answers what it asks, again after failures.
async fn while_served<T>(served: &Served, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    for failures in 1.. {
        let failed = pin!(async {
            serve(served).await;
            again::due(failures).await;
        });
        match select(work, failed).await {
            Either::Left((done, _)) => return done,
            Either::Right(((), left)) => work = left,
        }
    }
    work.await
}

/// The list while it is read.
struct List {
    /// Facts grow while the list is read: each piece asks those of now.
    supply: Rc<Supply>,
    view: Shared<View>,
    order: Order,
    count: u32,
}

impl List {
    /// Reads all pieces, then hands the file to the reader.
    async fn write(self, export: ExportPrefs, told: impl Fn(Taking)) -> Result<(), String> {
        let mut text = String::new();
        let mut at = 0;
        while at < self.count {
            let (data, rows) = self.piece(at).await;
            if rows.is_empty() {
                break;
            }
            let named = names(&data, &rows, at, &told).await;
            named.map_err(|error| why(&error))?;
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
            told(Taking::Running(at));
            task::idle().await;
        }
        let name = file_name("customers", self.facts().facts.meta());
        let saved = save(&format!("{name}.csv"), "text/csv;charset=utf-8", text.as_bytes());
        saved.map_err(|_| not_saved())
    }

    fn facts(&self) -> Source {
        Shared::new(Data::of(self.supply.clone()))
    }

    /// A piece of the list, as soon as it is known.
    async fn piece(&self, offset: u32) -> (Source, Vec<Member>) {
        loop {
            let data = self.facts();
            let ask = self.order.ask(&self.view, data.facts.meta(), offset, PIECE);
            if let Answer::Ready(members) = data.facts.members(&ask) {
                return (data, members.rows);
            }
            TimeoutFuture::new(LOOK_AGAIN_MS).await;
        }
    }
}

/// Fetches the names of a piece that begins `at` a row, in the order in which they lie in the file.
async fn names(
    data: &Source,
    rows: &[Member],
    at: u32,
    told: &impl Fn(Taking),
) -> Result<(), EngineError> {
    let mut customers: Vec<u32> = rows.iter().map(|member| member.customer).collect();
    customers.sort_unstable();
    let mut known = 0;
    for few in customers.chunks(NAMES) {
        // A long list is not begun anew because the line was lost for a moment.
        let asked = async || data.know(few).await;
        let held = |error: &EngineError| told(Taking::Held(at + known, error.to_string()));
        insist(EngineError::may_pass, asked, held).await?;
        known += few.len() as u32;
        told(Taking::Running(at + known));
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
