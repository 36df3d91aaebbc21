//! Who the customer is: name, tags, and the figures of all time.

use facts::{DayRange, Number, View};
use widgets::shown::{self, shown};
use words::{count, say};
use yew::prelude::*;

use super::record::History;
use super::segment::Segment;
use super::since::Now;
use crate::ask::use_format;
use crate::filter::use_view;
use crate::host::shared::Shared;
use crate::session::store::use_store;
use crate::ui::{focus, initials, number};

/// Who.
#[derive(PartialEq, Properties)]
pub struct HeadProps {
    /// The customer.
    pub now: Shared<Now>,
}

/// The head of the profile.
#[component(Head)]
pub fn head(props: &HeadProps) -> Html {
    let (store, format, view) = (use_store(), use_format(), use_view());
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        // The heading that had the focus on arrival went with the placeholder.
        use_effect_with(props.now.profile.is_some(), move |_| take_lost_focus(&heading));
    }
    let (Some(profile), Some(format), Some(data)) = (&props.now.profile, format, store.data())
    else {
        return html! {};
    };
    let meta = data.facts.meta();
    let is_of_before = props.now.is_touched && props.now.history.as_ref().is_none_or(|it| it.cut);
    let of_snapshot = is_of_before.then(|| say!("of the snapshot"));
    let exponent = meta.currency.exponent;
    let figure = |term: String, text: String, exact: Option<String>, below: Option<String>| {
        html! {
            <div class="figures__one">
                <dt>{ term }</dt>
                <dd>
                    { number(&text, exact.as_deref()) }
                    if let Some(below) = below { <span class="figures__below">{ below }</span> }
                </dd>
            </div>
        }
    };
    let of = |term: String, value: Option<Number>, below: Option<String>| {
        let text = value.map_or("–".to_owned(), |value| format.full(value));
        figure(term, text, value.map(|value| value.exact(exponent)), below)
    };
    let last = profile.last.map_or(say!("never"), |day| format.day(day));
    let ago = profile
        .recency_days
        .map(|days| count!(days, "1 day ago", "{n} days ago", n = format.count(days)));
    let risk = meta.labels.churn_risks.iter().position(|label| *label == profile.churn);
    let risk = risk.filter(|_| meta.knows_churn());
    html! {
        <header class="who">
            <span class="who__avatar" aria-hidden="true">{ initials(&profile.name) }</span>
            <div class="who__text">
                <h1 tabindex="-1" dir="auto" ref={heading}>{ &profile.name }</h1>
                <p class="who__below">
                    <span><code dir="auto">{ shown(&profile.id).into_owned() }</code></span>
                    if let Some(email) = &profile.email { <span dir="auto">{ shown(email).into_owned() }</span> }
                    if let Some(place) = &profile.place { <span dir="auto">{ place }</span> }
                    if let Some(day) = profile.registered {
                        <span>{ say!("customer since {day}", day = format.day(day)) }</span>
                    }
                </p>
                <div class="who__tags">
                    <Segment id={profile.id.clone()} name={profile.name.clone()} segment={profile.segment.clone()} />
                    if let Some(segment) = &profile.rfm_segment {
                        <span class="tag" dir="auto">{ shown::label(segment) }</span>
                    }
                    <span class={risk_class(risk)}>
                        { say!("Churn risk: {risk}", risk = shown::label(&profile.churn)) }
                    </span>
                </div>
            </div>
            <dl class="figures" data-widget="profile">
                { of(say!("Lifetime value"), Some(Number::Money(profile.lifetime_value)), None) }
                { of(say!("Orders"), Some(Number::Count(profile.orders)), None) }
                { of(say!("Average order"), Number::money_per(profile.lifetime_value, profile.orders), None) }
                { figure(say!("Last purchase"), last, None, ago) }
                if let (Some(view), Some(events)) = (&view, &props.now.history) {
                    { in_period(view, meta, events, &of, &format) }
                }
                if meta.features.feedback {
                    { figure(
                        say!("Satisfaction"),
                        profile.satisfaction.map_or("–".to_owned(), |mean| format.decimals(mean, 2)),
                        profile.satisfaction.map(|mean| mean.to_string()),
                        of_snapshot.clone(),
                    ) }
                }
                if meta.features.campaigns {
                    { figure(
                        say!("Campaigns answered"),
                        profile.response_rate.map_or("–".to_owned(), |rate| format.percent(rate)),
                        profile.response_rate.map(|rate| rate.to_string()),
                        of_snapshot,
                    ) }
                }
                if let Some(visits) = profile.visits.filter(|_| meta.features.visits) {
                    { of(say!("Visits"), Some(Number::Count(visits)), None) }
                }
            </dl>
        </header>
    }
}

/// What was spent in the period and categories of the filter, and in the period compared with.
fn in_period(
    view: &View,
    meta: &snapshot::Meta,
    events: &History,
    of: &impl Fn(String, Option<Number>, Option<String>) -> Html,
    format: &widgets::Format,
) -> Html {
    let categories = &view.scope.categories;
    let wanted = |category: Option<&str>| {
        let codes = categories.codes().iter();
        let mut labels = codes.filter_map(|&code| meta.labels.categories.get(usize::from(code)));
        categories.is_all() || labels.any(|label| Some(label.as_str()) == category)
    };
    let sum = |range: DayRange| -> i64 {
        let lines = events.lines().filter(|line| range.contains(line.day));
        lines.filter(|line| wanted(line.category.as_deref())).map(|line| line.amount).sum()
    };
    let title = if categories.is_all() {
        say!("In the period")
    } else {
        say!("In the period and categories")
    };
    let before = view
        .compared(meta)
        .map(|scope| say!("{amount} before", amount = format.money(sum(scope.range))));
    of(title, Some(Number::Money(sum(view.scope.range))), before)
}

/// False on a page that has just been opened, where there was no focus to lose.
fn was_used() -> bool {
    let navigator = gloo::utils::window().navigator();
    let activation = js_sys::Reflect::get(&navigator, &"userActivation".into());
    let active = activation.and_then(|it| js_sys::Reflect::get(&it, &"hasBeenActive".into()));
    // Browsers that do not tell are taken to be used.
    active.ok().and_then(|active| active.as_bool()).unwrap_or(true)
}

/// The colours of a risk; none where it is not known.
fn risk_class(risk: Option<usize>) -> String {
    risk.map_or("tag".to_owned(), |risk| format!("risk risk--{}", risk.min(2)))
}

/// Gives focus to a heading if nothing has it.
fn take_lost_focus(heading: &NodeRef) {
    if let Some(heading) = heading.cast::<web_sys::HtmlElement>()
        && focus::is_free()
        && was_used()
    {
        // A heading that cannot be focused leaves focus where it was.
        let _ = heading.focus();
    }
}
