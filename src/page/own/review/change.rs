//! Where the mapping is changed: the column of each field by a list, anything else in its text.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use words::say;
use yew::prelude::*;

use super::super::guess::{Field, Guess};
use super::super::looked::Looked;
use super::super::mapping::{self, Setting};
use super::super::work::Work;
use super::names::{field_name, setting_name, setting_value};
use crate::session::retold::Retold;
use crate::ui::{Icon, Select, sentence};

/// The table of purchase lines.
const PURCHASES: &str = "purchase_transactions";

/// What is changed.
#[derive(PartialEq, Properties)]
pub struct ChangeProps {
    /// The files, and how they would be read.
    pub review: Rc<Looked>,
    /// Who reads them anew.
    pub work: Work,
}

/// The card.
#[component(Change)]
pub fn change(props: &ChangeProps) -> Html {
    let ChangeProps { review, work } = props;
    let guess = &*review.guess;
    let is_unread = |column: &&String| !mapping::reads(&review.mapping, column);
    let unread: Vec<String> = guess.other_columns.iter().filter(is_unread).cloned().collect();
    let text = use_node_ref();
    let apply = {
        let (text, review, work) = (text.clone(), review.clone(), work.clone());
        Callback::from(move |()| {
            if let Some(area) = text.cast::<HtmlTextAreaElement>() {
                work.try_with(&review, area.value());
            }
        })
    };
    // Whoever goes on from the text to the button means what stands there.
    let typed = apply.reform(|_: Event| ());
    let apply = apply.reform(|_: MouseEvent| ());
    let setting = |setting: &super::super::guess::Setting| {
        html! {
            <div>
                <dt>{ setting_name(&setting.name) }</dt>
                <dd><code dir="auto">{ setting_value(&setting.name, &setting.value) }</code></dd>
                <dd class="quiet" dir="auto">{ &*setting.why }</dd>
            </div>
        }
    };
    html! {
        <section class="card" aria-labelledby="own-change" data-own="change">
            <div class="card__head"><h2 id="own-change">{ say!("How it is read") }</h2></div>
            <div class="card__body card__body--text">
                <dl class="own__fields">
                    // What was changed stands in the text below.
                    if review.is_as_guessed() {
                        { for guess.settings.iter().map(setting) }
                    }
                    { for guess.fields.iter().map(|field| column(field, review, work)) }
                    { for others(guess).map(|field| other(field, review, work)) }
                </dl>
                if !unread.is_empty() {
                    <p class="quiet" dir="auto">
                        { say!("Not read: {columns}", columns = unread.join(", ")) }
                    </p>
                }
                { for notes(review).iter().map(|note| html! { <p class="quiet" dir="auto">{ &**note }</p> }) }
                <details class="own__text" open={!guess.usable}>
                    <summary>{ say!("Change the mapping as text") }</summary>
                    <label class="sr-only" for="own-mapping">{ say!("The mapping, as TOML") }</label>
                    <textarea
                        id="own-mapping"
                        class="sql__text"
                        ref={text}
                        rows="16"
                        spellcheck="false"
                        key={review.mapping.clone()}
                        value={review.mapping.clone()}
                        onchange={typed}
                    />
                    <button class="button" type="button" onclick={apply}>{ say!("Read anew") }</button>
                    if let Some(Err(why)) = &review.tried {
                        <p class="own__wrong" data-own="wrong">
                            { Icon::Warning.small() }
                            <span dir="auto">{ sentence(&why.message) }</span>
                        </p>
                    }
                </details>
            </div>
        </section>
    }
}

/// A field and the list of columns that it can be read from.
fn column(field: &Field, review: &Rc<Looked>, work: &Work) -> Html {
    let columns = columns(&review.guess);
    // The mapping may say another one by now.
    let is_set = |column: &String| {
        let set = Setting::column(&field.table, &field.field, column);
        mapping::with(&review.mapping, &[set]).trim() == review.mapping.trim()
    };
    let at = columns.iter().position(is_set);
    let is_guessed = at.and_then(|at| columns.get(at)) == Some(&field.column);
    let chosen = {
        let (columns, field) = (columns.clone(), field.clone());
        let (review, work) = (review.clone(), work.clone());
        Callback::from(move |at: usize| {
            if let Some(column) = columns.get(at) {
                let set = Setting::column(&field.table, &field.field, column);
                work.try_with(&review, mapping::with(&review.mapping, &[set]));
            }
        })
    };
    let name = say!("Column for {field}", field = field_name(&field.field));
    let unset: Vec<String> = std::iter::once("–".to_owned()).chain(columns.clone()).collect();
    let chosen_else = chosen.reform(|at: usize| at.wrapping_sub(1));
    html! {
        <div data-field={field.field.clone()}>
            <dt>{ field_name(&field.field) }</dt>
            <dd>
                if let Some(at) = at {
                    <Select options={columns} {at} {chosen} {name} />
                } else {
                    // Something else stands there: it can be put right here, too.
                    <Select options={unset} at={0} chosen={chosen_else} {name} />
                }
            </dd>
            <dd class="quiet" dir="auto">
                { if is_guessed { field.examples.join(", ") } else { String::new() } }
            </dd>
        </div>
    }
}

/// What is taken as it is, under the mapping that stands.
fn notes(review: &Looked) -> &[Retold] {
    match &review.tried {
        Some(Ok(tried)) => &tried.notes,
        Some(Err(_)) => &[],
        None => &review.guess.notes,
    }
}

/// Fields of a purchase line that can be read from a column.
const FIELDS: [&str; 9] = [
    "order_id",
    "customer_id",
    "transaction_date",
    "amount",
    "unit_price",
    "quantity",
    "product_id",
    "product_name",
    "category",
];

/// Those for which no column was found.
fn others(guess: &Guess) -> impl Iterator<Item = &'static str> {
    let found = |name: &str| {
        let of_lines = guess.fields.iter().filter(|field| field.table == PURCHASES);
        of_lines.into_iter().any(|field| field.field == name)
    };
    FIELDS.into_iter().filter(move |field| !found(field))
}

/// A field for which no column was found, and the list from which one can be chosen.
fn other(field: &'static str, review: &Rc<Looked>, work: &Work) -> Html {
    let columns = columns(&review.guess);
    let set = move |column: &str| Setting::column(PURCHASES, field, column);
    let is_set = |column: &String| {
        mapping::with(&review.mapping, &[set(column)]).trim() == review.mapping.trim()
    };
    let at = columns.iter().position(is_set).map_or(0, |at| at + 1);
    let chosen = {
        let (columns, review, work) = (columns.clone(), review.clone(), work.clone());
        Callback::from(move |at: usize| {
            let column = at.checked_sub(1).and_then(|at| columns.get(at));
            let column = column.map(String::as_str).unwrap_or_default();
            work.try_with(&review, mapping::with(&review.mapping, &[set(column)]));
        })
    };
    let options: Vec<String> = std::iter::once("–".to_owned()).chain(columns).collect();
    html! {
        <div data-field={field}>
            <dt>{ field_name(field) }</dt>
            <dd><Select {options} {at} {chosen} name={say!("Column for {field}", field = field_name(field))} /></dd>
            <dd class="quiet">{ if at == 0 { why_none(field, &review.guess) } else { String::new() } }</dd>
        </div>
    }
}

/// Why nothing is read as a field: the amount is what a price would be needed for, and the other way
/// round.
fn why_none(field: &str, guess: &Guess) -> String {
    let is_found = |name: &str| {
        guess.fields.iter().any(|found| found.table == PURCHASES && found.field == name)
    };
    match field {
        "unit_price" if is_found("amount") => {
            say!("not needed beside {field}", field = field_name("amount"))
        }
        "amount" if is_found("unit_price") => {
            say!("not needed beside {field}", field = field_name("unit_price"))
        }
        _ => say!("no column is read as it"),
    }
}

/// Every column, each once.
fn columns(guess: &Guess) -> Vec<String> {
    let fields = guess.fields.iter().map(|field| &field.column);
    let unused = guess.unused.iter().map(|unused| &unused.column);
    let mut all: Vec<String> = Vec::new();
    for column in fields.chain(unused).chain(&guess.other_columns) {
        if !all.contains(column) {
            all.push(column.clone());
        }
    }
    all
}
