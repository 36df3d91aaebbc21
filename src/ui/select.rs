//! A list of choices that always shows the one in force.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The choices, and which is in force.
#[derive(PartialEq, Properties)]
pub struct SelectProps {
    /// What can be chosen, in order.
    pub options: Vec<String>,
    /// Index of the one in force.
    pub at: usize,
    /// Told the index of what the reader chooses.
    pub chosen: Callback<usize>,
    /// Name of the list where no label stands beside it.
    #[prop_or_default]
    pub name: Option<String>,
    /// Its id, for the label beside it.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub classes: Classes,
}

/// A list of choices.
///
/// The attribute `selected` only says what a list begins with: once a reader has chosen, a choice
/// that is made elsewhere (by Back, in another tab) would not be seen. So the list itself is told.
#[component(Select)]
pub fn select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.at, props.options.clone()), move |(at, _)| {
            if let Some(list) = node.cast::<HtmlSelectElement>() {
                list.set_selected_index(i32::try_from(*at).unwrap_or(-1));
            }
        });
    }
    let onchange = {
        let (chosen, at) = (props.chosen.clone(), props.at);
        Callback::from(move |event: Event| {
            let Some(list) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let index = list.selected_index();
            // What is not taken is not shown as if it were.
            list.set_selected_index(i32::try_from(at).unwrap_or(-1));
            if let Ok(index) = usize::try_from(index) {
                chosen.emit(index);
            }
        })
    };
    html! {
        <select
            ref={node}
            id={props.id.clone()}
            class={classes!("select", props.classes.clone())}
            aria-label={props.name.clone()}
            {onchange}
        >
            { for props.options.iter().map(|option| html! { <option>{ option }</option> }) }
        </select>
    }
}
