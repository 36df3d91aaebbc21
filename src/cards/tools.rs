//! What a card lets its reader do: see the table, choose another kind of chart.

use widgets::ChartKind;
use words::say;
use yew::prelude::*;

use crate::ask::Known;
use crate::ui::{Icon, Select};

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
    let drawable = use_memo(props.widget, |widget| widget.drawable());
    let kinds = &drawable.kinds;
    if kinds.len() < 2 {
        return html! {};
    }
    let current = drawable.kind(props.kind);
    let chosen = {
        let drawable = drawable.clone();
        // The first is drawn anyhow, and needs no remembering.
        props.chosen.reform(move |at: usize| drawable.kinds.get(at).copied().filter(|_| at > 0))
    };
    html! {
        <Select
            options={kinds.iter().map(|kind| words::say(kind.label())).collect::<Vec<_>>()}
            at={kinds.iter().position(|kind| Some(*kind) == current).unwrap_or_default()}
            {chosen}
            name={say!("Show {title} as", title = words::say(props.widget.title()))}
        />
    }
}
