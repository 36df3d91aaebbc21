//! What only the reader can know: a question, what can be answered, and what each answer would give.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use words::{count, say};
use yew::prelude::*;

use super::super::guess::{Choice, Question, Totals};
use super::super::looked::Looked;
use super::super::mapping::{self, Setting};
use super::super::work::Work;
use super::rows::grouped;
use crate::host::by_browser;

/// The questions; nothing where there are none.
pub fn answers(review: &Rc<Looked>, work: &Work) -> Html {
    if review.guess.questions.is_empty() {
        return html! {};
    }
    html! {
        <section class="card" aria-labelledby="own-questions" data-own="questions">
            <div class="card__head">
                <h2 id="own-questions">{ say!("What only you can know") }</h2>
            </div>
            <div class="card__body card__body--text">
                { for review.guess.questions.iter().map(|question| asked(question, review, work)) }
            </div>
        </section>
    }
}

fn asked(question: &Question, review: &Rc<Looked>, work: &Work) -> Html {
    let means = |choice: &Choice| {
        let mapping = mapping::with(&review.mapping, &mapping::settings(&choice.settings));
        (mapping.trim() == review.mapping.trim(), mapping)
    };
    // What the mapping does not say is as the first has it; what is written otherwise by hand is none.
    let is_said = question
        .choices
        .iter()
        .any(|choice| mapping::says(&review.mapping, &mapping::settings(&choice.settings)));
    let chosen = question.choices.iter().position(|choice| means(choice).0);
    let chosen = chosen.or((!is_said).then_some(0));
    let is_as_guessed = review.is_as_guessed();
    let choice = |(at, choice): (usize, &Choice)| {
        let (_, mapping) = means(choice);
        let (work, review) = (work.clone(), review.clone());
        let id = question.id.clone();
        let onchange = Callback::from(move |_: Event| work.answer(&review, &id, mapping.clone()));
        html! {
            <label class="own__choice">
                <input
                    type="radio"
                    name={question.id.clone()}
                    checked={chosen == Some(at)}
                    {onchange}
                />
                <span>
                    <strong dir="auto">{ &*choice.value }</strong>
                    // What each would give is known of the guess alone.
                    if is_as_guessed {
                        <span class="quiet">{ gives(choice.totals.as_ref()) }</span>
                        if let Some(says) = &choice.says {
                            <span class="quiet" dir="auto">{ &**says }</span>
                        }
                    }
                </span>
            </label>
        }
    };
    html! {
        <fieldset class="own__question" data-question={question.id.clone()}>
            <legend dir="auto">{ &*question.ask }</legend>
            { for question.choices.iter().enumerate().map(choice) }
            { for further(&question.id).map(|it| other(it, question.id.clone(), review, work)) }
        </fieldset>
    }
}

/// The setting behind a question that has more answers than can be listed, and what those are.
fn further(id: &str) -> Option<(&'static str, String)> {
    match id {
        "currency" => {
            Some(("currency.code", say!("Another currency, by its code of three letters")))
        }
        "time_zone" => Some(("time_zone", say!("Another time zone, such as Europe/Berlin"))),
        _ => None,
    }
}

/// The place for an answer that is not listed.
fn other(
    (setting, label): (&'static str, String),
    question: String,
    review: &Rc<Looked>,
    work: &Work,
) -> Html {
    let (work, review) = (work.clone(), review.clone());
    let onchange = Callback::from(move |event: Event| {
        let typed = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        let typed = typed.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        if let Some(text) = typed {
            let text = if setting == "time_zone" { text } else { by_browser::capitals(&text) };
            let set = Setting::named(setting, &mapping::quoted(&text));
            work.answer(&review, &question, mapping::with(&review.mapping, &[set]));
        }
    });
    html! {
        <label class="own__other">
            <span>{ label }</span>
            <input class="field" type="text" autocomplete="off" spellcheck="false" {onchange} />
        </label>
    }
}

fn gives(totals: Option<&Totals>) -> String {
    let Some(totals) = totals else { return say!("cannot be read so") };
    let days = totals.first_day.as_ref().zip(totals.last_day.as_ref());
    let days = days.map(|(first, last)| format!(", {first} – {last}")).unwrap_or_default();
    let orders = count!(
        totals.orders as i64,
        "1 order",
        "{n} orders",
        n = grouped(&totals.orders.to_string())
    );
    format!("{} {}, {orders}{days}", grouped(&totals.revenue), totals.currency)
}
