//! The choice of a period: ranges with a name, or two days of one's own.

use facts::DayRange;
use filters::{Preset, Step, span};
use snapshot::{Day, Meta};
use web_sys::HtmlInputElement;
use words::say;
use yew::prelude::*;

use super::labels as names;
use super::menu::use_close;
use super::provider::use_filters;
use crate::session::store::use_store;

/// The panel: presets, and two date inputs.
#[component(Period)]
pub fn period() -> Html {
    let (store, filters, close) = (use_store(), use_filters(), use_close());
    let (Some(manifest), Some(view)) = (store.manifest(), filters.view()) else { return html! {} };
    let meta = &manifest.meta;
    let choose = |preset: Preset| {
        let (filters, close) = (filters.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            filters.apply(Step::Preset(preset));
        })
    };
    let current = Preset::of(&view, meta);
    let item = |&preset: &Preset| {
        let range = preset.range(meta);
        html! {
            <li>
                <button
                    class="preset"
                    type="button"
                    data-item=""
                    aria-pressed={(current == Some(preset)).to_string()}
                    onclick={choose(preset)}
                >
                    <span>{ names::preset(preset) }</span>
                    <span class="preset__days">{ names::format(meta).range(range) }</span>
                </button>
            </li>
        }
    };
    let apply = {
        let (filters, close) = (filters.clone(), close.clone());
        Callback::from(move |range: DayRange| {
            close.emit(());
            filters.apply(Step::Range(range));
        })
    };
    html! {
        <>
            <ul class="presets">{ for Preset::EVERY.iter().map(item) }</ul>
            <Custom range={view.scope.range} within={span(meta)} chosen={apply} />
            <p class="menu__note">{ as_of(meta) }</p>
        </>
    }
}

fn as_of(meta: &Meta) -> String {
    let format = names::format(meta);
    say!(
        "The data ends on {day}; \u{201c}last\u{201d} counts back from there.",
        day = format.day(meta.as_of)
    )
}

#[derive(PartialEq, Properties)]
struct CustomProps {
    range: DayRange,
    within: DayRange,
    chosen: Callback<DayRange>,
}

/// Two days of one's own, checked before they are taken.
#[component(Custom)]
fn custom(props: &CustomProps) -> Html {
    let from = use_state(|| props.range.from.to_string());
    let to = use_state(|| props.range.to.to_string());
    let problem = use_state(|| None::<String>);
    let take = {
        let (from, to, problem) = (from.clone(), to.clone(), problem.clone());
        let (within, chosen) = (props.within, props.chosen.clone());
        Callback::from(move |()| match checked(from.parse().ok(), to.parse().ok(), within) {
            Ok(range) => chosen.emit(range),
            Err(why) => problem.set(Some(why)),
        })
    };
    let press = take.reform(|_: MouseEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && event.target_dyn_into::<HtmlInputElement>().is_some() {
            event.prevent_default();
            take.emit(());
        }
    });
    let field = |label: String, day: &UseStateHandle<String>| {
        let oninput = {
            let day = day.clone();
            Callback::from(move |event: InputEvent| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                day.set(input.map(|input| input.value()).unwrap_or_default());
            })
        };
        html! {
            <label class="date">
                <span>{ label }</span>
                <input
                    class="field"
                    type="date"
                    min={props.within.from.to_string()}
                    max={props.within.to.to_string()}
                    value={(**day).clone()}
                    {oninput}
                    aria-invalid={problem.is_some().then_some("true")}
                    aria-describedby={problem.is_some().then_some("filter-period-problem")}
                />
            </label>
        }
    };
    html! {
        <div class="dates" {onkeydown}>
            { field(say!("From"), &from) }
            { field(say!("To"), &to) }
            <button class="button" type="button" onclick={press}>{ say!("Apply") }</button>
            <p id="filter-period-problem" class="dates__problem" role="alert">
                { for (*problem).clone() }
            </p>
        </div>
    }
}

fn checked(from: Option<Day>, to: Option<Day>, within: DayRange) -> Result<DayRange, String> {
    let (Some(from), Some(to)) = (from, to) else {
        return Err(say!("Give both days in full."));
    };
    if from > to {
        return Err(say!("The first day must not lie after the last."));
    }
    if !within.contains(from) || !within.contains(to) {
        return Err(say!(
            "The data runs from {first} to {last}.",
            first = within.from,
            last = within.to
        ));
    }
    Ok(DayRange { from, to })
}
