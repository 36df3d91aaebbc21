//! What a card lets its reader do: see the table, choose another kind of chart.

use web_sys::HtmlSelectElement;
use widgets::ChartKind;
use words::say;
use yew::prelude::*;

use crate::icon::Icon;
use crate::look::Known;

/// The card whose figure turns into a table.
#[derive(PartialEq, Properties)]
pub struct TableSwitchProps {
    /// The widget.
    pub widget: Known,
    /// True while the table is shown.
    pub on: UseStateHandle<bool>,
}

/// The button that turns a figure into its table and back.
#[component(TableSwitch)]
pub fn table_switch(props: &TableSwitchProps) -> Html {
    let on = *props.on;
    let turn = {
        let state = props.on.clone();
        Callback::from(move |_| state.set(!on))
    };
    let icon = if on { Icon::Chart } else { Icon::Table };
    html! {
        <button
            class="icon-button"
            type="button"
            aria-pressed={on.to_string()}
            aria-label={say!("View {title} as table", title = words::say(props.widget.title()))}
            title={if on { say!("View as chart") } else { say!("View as table") }}
            onclick={turn}
        >
            { icon.small() }
        </button>
    }
}

/// The card whose figure can be drawn in several ways.
#[derive(PartialEq, Properties)]
pub struct KindSwitchProps {
    /// The widget.
    pub widget: Known,
    /// The kind chosen; none for the widget's own.
    pub kind: Option<ChartKind>,
    /// Told what the reader chooses.
    pub chosen: Callback<Option<ChartKind>>,
}

/// The ways to draw a widget, where there is more than one.
#[component(KindSwitch)]
pub fn kind_switch(props: &KindSwitchProps) -> Html {
    let kinds = use_memo(props.widget, |widget| widget.drawable().0);
    if kinds.len() < 2 {
        return html! {};
    }
    let current = props.kind.or(kinds.first().copied());
    let chosen = {
        let kinds = kinds.clone();
        props.chosen.reform(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let at = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            // The first is the widget's own, which needs no remembering.
            at.filter(|&at| at > 0).and_then(|at| kinds.get(at).copied())
        })
    };
    let option = |&kind: &ChartKind| {
        html! { <option selected={Some(kind) == current}>{ words::say(kind.label()) }</option> }
    };
    html! {
        <select
            class="select"
            aria-label={say!("Show {title} as", title = words::say(props.widget.title()))}
            onchange={chosen}
        >
            { for kinds.iter().map(option) }
        </select>
    }
}
