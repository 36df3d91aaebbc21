//! Questions of one's own to the snapshot, in SQL, answered in this browser.

mod bounds;
mod chart;
mod console;
mod history;
mod plain;
mod plan;
mod result;
mod schema;

use engine::EngineError;
use facts::Overlay;
use web_sys::HtmlTextAreaElement;
use words::say;
use yew::prelude::*;

use self::console::{Answer, Console, Place};
use self::plan::Scan;
use self::result::QueryResult;
use self::schema::Schema;
use super::notice::Notices;
use super::param::use_param;
use crate::ask::use_format;
use crate::host::page::use_page;
use crate::host::shared::Shared;
use crate::host::task::{self, Task};
use crate::session::insist::insist;
use crate::session::store::use_store;
use crate::session::why;
use crate::ui::{Icon, Select, sentence};

/// What stands in the editor of a first visit.
const FIRST: &str = "SELECT customer_id, first_name, last_name, customer_segment, churn_risk,
       total_lifetime_value
FROM customer_360
ORDER BY total_lifetime_value DESC
LIMIT 20";

/// How the console stands.
#[derive(Clone, PartialEq)]
enum Standing {
    Idle,
    Running,
    /// The host cannot be asked for now; it is asked again by itself.
    Held(String),
    /// A large scan is to be confirmed.
    Asking(Vec<Scan>),
    Answered(AttrValue, Shared<Answer>),
    Stopped,
    Failed(EngineError),
}

type Tables = Vec<(String, Vec<String>)>;

/// The view.
#[component(Sql)]
pub fn sql() -> Html {
    let (store, page) = (use_store(), use_page());
    let (written, write) = use_param("sql");
    let text = use_state(|| written.unwrap_or_else(|| FIRST.to_owned()));
    let standing = use_state(|| Standing::Idle);
    let console = use_memo((), |()| Console::default());
    let tables = use_state(|| None::<Tables>);
    let work = use_mut_ref(|| None::<Task>);
    let past = use_state(history::read);
    let at = use_mut_ref(|| None::<usize>);
    let editor = use_node_ref();
    let place = store.setup.as_ref().zip(store.manifest());
    let place = place.map(|(setup, manifest)| Place::new(&setup.config, manifest.clone()));
    use_tables(&console, &place, &tables);
    {
        // The worker goes with the view.
        let (console, work) = (console.clone(), work.clone());
        use_effect_with((), move |()| {
            move || {
                work.take();
                console.stop();
            }
        });
    }
    let is_kept = store.own.is_none();
    let run = {
        let (standing, console, work, text, past, place, at) = (
            standing.clone(),
            console.clone(),
            work.clone(),
            text.clone(),
            past.clone(),
            place.clone(),
            at.clone(),
        );
        Callback::from(move |confirmed: bool| {
            let sql = text.trim().to_owned();
            let Some(place) = place.clone().filter(|_| !sql.is_empty()) else { return };
            past.set(history::remember(&sql, &past, is_kept));
            at.replace(None);
            write.emit(Some(sql.clone()));
            standing.set(Standing::Running);
            let (console, set) = (console.clone(), standing.setter());
            let mut working = Some(page.busy.begin());
            work.replace(Some(task::start(async move {
                let asked = insist(
                    EngineError::is_of_the_line,
                    async || ask(&console, &place, &sql, confirmed).await,
                    |error| {
                        set.set(Standing::Held(why(error)));
                        working.take();
                    },
                );
                set.set(asked.await.unwrap_or_else(Standing::Failed));
            })));
        })
    };
    let stop = {
        let (standing, console, work) = (standing.clone(), console.clone(), work.clone());
        Callback::from(move |_: MouseEvent| {
            work.take();
            console.stop();
            standing.set(Standing::Stopped);
        })
    };
    let typed = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                text.set(area.value());
            }
        })
    };
    let pressed = {
        let (run, text, past) = (run.clone(), text.clone(), past.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                run.emit(false);
                return;
            }
            let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let Some(next) = in_history(&event, &area, *at.borrow(), past.len()) else { return };
            if let Some(query) = past.get(next) {
                event.prevent_default();
                at.replace(Some(next));
                text.set(query.clone());
            }
        })
    };
    let insert = {
        let (editor, text) = (editor.clone(), text.clone());
        Callback::from(move |name: String| {
            let Some(area) = editor.cast::<HtmlTextAreaElement>() else { return };
            // A text of its own at the caret cannot be refused.
            let _ = area.set_range_text(&name);
            let end = area.selection_end().ok().flatten().unwrap_or(0);
            let _ = area.set_selection_range(end, end);
            text.set(area.value());
            let _ = area.focus();
        })
    };
    let recall = {
        let (text, past) = (text.clone(), past.clone());
        Callback::from(move |at: usize| {
            if let Some(query) = at.checked_sub(1).and_then(|at| past.get(at)) {
                text.set(query.clone());
            }
        })
    };
    let earlier: Vec<String> = std::iter::once(say!("Earlier queries"))
        .chain(past.iter().map(|query| brief(query)))
        .collect();
    let overlay = store.data().and_then(|data| Overlay::of(&data.facts));
    let is_overlaid =
        overlay.is_some_and(|it| it.events().next().is_some() || !it.edits().is_empty());
    let running = matches!(*standing, Standing::Running | Standing::Held(_));
    let start = run.reform(|_: MouseEvent| false);
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("SQL console") }</h1>
                    <p class="page-head__period">
                        { say!("SQLite over the snapshot, read-only, in this browser: each query fetches just the pages that it needs.") }
                    </p>
                    if is_overlaid {
                        <p class="page-head__period" data-note="snapshot-alone">
                            { say!("Its answers are those of the snapshot: what has come, or was changed, since is not in them.") }
                        </p>
                    }
                </div>
            </div>
            <Notices />
            <div class="sql">
                <div class="sql__main">
                    <section class="card" aria-labelledby="query-title">
                        <div class="card__head">
                            <h2 id="query-title"><label for="sql-editor">{ say!("Query") }</label></h2>
                            if !past.is_empty() {
                                <Select
                                    classes="sql__past"
                                    name={say!("Earlier queries")}
                                    options={earlier}
                                    at={0}
                                    chosen={recall}
                                />
                            }
                        </div>
                        <div class="card__body card__body--text">
                            <textarea
                                id="sql-editor"
                                class="sql__editor"
                                rows="7"
                                spellcheck="false"
                                autocapitalize="off"
                                autocomplete="off"
                                aria-describedby="sql-keys"
                                ref={editor}
                                value={(*text).clone()}
                                oninput={typed}
                                onkeydown={pressed}
                            />
                            <div class="sql__bar">
                                if running {
                                    <button class="button" type="button" onclick={stop}>
                                        { Icon::Close.small() }
                                        { say!("Stop") }
                                    </button>
                                } else {
                                    <button class="button button--primary" type="button" onclick={start}>
                                        { say!("Run") }
                                    </button>
                                }
                                <p id="sql-keys" class="quiet">
                                    <kbd>{ "Ctrl" }</kbd>{ " " }<kbd>{ "Enter" }</kbd>
                                    { " " }{ say!("runs; arrows at the beginning and end bring back earlier queries.") }
                                </p>
                            </div>
                        </div>
                    </section>
                    <Outcome standing={(*standing).clone()} {run} />
                </div>
                <Schema tables={(*tables).clone()} {insert} />
            </div>
        </>
    }
}

/// Asks for the plan first, unless the reader has confirmed what it costs.
async fn ask(
    console: &Console,
    place: &Place,
    sql: &str,
    confirmed: bool,
) -> Result<Standing, EngineError> {
    if !confirmed {
        let scans = console.scans(place, sql).await?;
        if !scans.is_empty() {
            return Ok(Standing::Asking(scans));
        }
    }
    let answer = console.run(place, sql).await?;
    Ok(Standing::Answered(sql.to_owned().into(), Shared::new(answer)))
}

/// Where in the history an arrow leads: upwards from the very beginning of the text, downwards
/// from its very end.
fn in_history(
    event: &KeyboardEvent,
    area: &HtmlTextAreaElement,
    at: Option<usize>,
    length: usize,
) -> Option<usize> {
    if event.shift_key() || event.alt_key() || event.ctrl_key() || event.meta_key() {
        return None;
    }
    let (start, end) = (area.selection_start().ok()??, area.selection_end().ok()??);
    let whole = area.value().encode_utf16().count() as u32;
    match event.key().as_str() {
        "ArrowUp" if start == 0 && end == 0 => Some(at.map_or(0, |at| at + 1)),
        "ArrowDown" if start == whole && end == whole => at?.checked_sub(1),
        _ => None,
    }
    .filter(|&next| next < length)
}

fn brief(query: &str) -> String {
    let line = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(80).collect();
    if short.len() < line.len() { short + "…" } else { short }
}

/// Reads the schema once the snapshot is known.
#[hook]
fn use_tables(console: &Console, place: &Option<Place>, tables: &UseStateHandle<Option<Tables>>) {
    let (console, set, page) = (console.clone(), tables.setter(), use_page());
    use_effect_with(place.clone(), move |place| {
        let task = place.clone().map(|place| {
            let mut working = Some(page.busy.begin());
            task::start(async move {
                let asked = insist(
                    EngineError::is_of_the_line,
                    async || console.tables(&place).await,
                    |_| drop(working.take()),
                );
                // Without a schema there is no list; a query meets the same error and tells it.
                if let Ok(tables) = asked.await {
                    set.set(Some(tables));
                }
            })
        });
        move || drop(task)
    });
}

#[derive(PartialEq, Properties)]
struct OutcomeProps {
    standing: Standing,
    run: Callback<bool>,
}

/// What came of the query.
#[component(Outcome)]
fn outcome(props: &OutcomeProps) -> Html {
    let format = use_format();
    match &props.standing {
        Standing::Idle => html! {},
        Standing::Running => html! {
            <section class="card" aria-busy="true">
                <div class="card__body card__body--text"><p role="status">{ say!("Running…") }</p></div>
            </section>
        },
        Standing::Stopped => notice(
            "warning",
            say!("Stopped"),
            say!("The query was ended with its worker; the next one starts a new one."),
        ),
        Standing::Held(reason) => {
            let reason = sentence(reason);
            let text = say!(
                "{reason} It is asked again by itself, at once when the connection is back.",
                reason
            );
            notice("error", say!("The snapshot could not be read"), text)
        }
        Standing::Failed(error) => notice("error", title(error), sentence(&error.to_string())),
        Standing::Answered(sql, answer) => {
            html! { <QueryResult sql={sql.clone()} answer={answer.clone()} /> }
        }
        Standing::Asking(scans) => {
            let bytes: u64 = scans.iter().map(|scan| scan.bytes).sum();
            let size =
                format.map_or_else(String::new, |format| format.decimals(bytes as f64 / 1e6, 0));
            let names: Vec<&str> = scans.iter().map(|scan| scan.table.as_str()).collect();
            let anyway = props.run.reform(|_: MouseEvent| true);
            html! {
                <div class="notice notice--warning" role="alert">
                    { Icon::Warning.html() }
                    <div class="notice__text">
                        <strong>{ say!("This reads a large table as a whole") }</strong>
                        <p>
                            { say!("{tables}: about {size} MB are fetched. No index serves the query; a WHERE on an indexed column, as customer_id, would.", tables = names.join(", "), size = size) }
                        </p>
                    </div>
                    <button class="button" type="button" onclick={anyway}>{ say!("Run anyway") }</button>
                </div>
            }
        }
    }
}

/// Whose words an error is told in: only what SQLite said of the statement is called so.
fn title(error: &EngineError) -> String {
    match error {
        EngineError::Sql(_) | EngineError::Column { .. } => say!("SQLite says"),
        EngineError::TooSlow { .. } => say!("The query was ended"),
        EngineError::WorkerFailed(_) => say!("The query ended its worker"),
        _ => say!("The snapshot could not be read"),
    }
}

fn notice(kind: &'static str, title: String, text: String) -> Html {
    html! {
        <div class={format!("notice notice--{kind}")} role="alert">
            { Icon::Warning.html() }
            <div class="notice__text"><strong>{ title }</strong><p>{ text }</p></div>
        </div>
    }
}
