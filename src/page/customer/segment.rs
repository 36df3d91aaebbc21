//! The customer's segment: the tag, how far a change of it has come, and the way to change it.

use facts::Overlay;
use widgets::shown;
use words::say;
use yew::prelude::*;

use crate::edits::{SegmentChoice, mark, use_editor};
use crate::session::edits::{Step, use_ledger};
use crate::session::store::use_store;

/// Whose.
#[derive(PartialEq, Properties)]
pub struct SegmentProps {
    /// The customer's id.
    pub id: String,
    /// What the customer is called.
    pub name: String,
    /// The segment that the data says.
    pub segment: String,
}

/// The segment.
#[component(Segment)]
pub fn segment(props: &SegmentProps) -> Html {
    let (ledger, editor, store) = (use_ledger(), use_editor(), use_store());
    let edited = ledger.edits.get(&props.id);
    let overlay = store.data().and_then(|data| Overlay::of(&data.facts));
    // A change is seen before it lies over the data, and one that was taken back before it is gone
    // from there.
    let unedited = overlay.and_then(|overlay| overlay.unedited_segment(&props.id));
    let current = edited.and_then(|it| it.segment()).or(unedited).unwrap_or(&props.segment);
    let current = current.to_owned();
    let mark = edited.map(|edited| mark(&props.id, edited, overlay));
    let chosen = {
        let (editor, customer, name, shown) =
            (editor.clone(), props.id.clone(), props.name.clone(), props.segment.clone());
        Callback::from(move |segment: String| {
            let (customer, name, shown) = (customer.clone(), name.clone(), shown.clone());
            editor.change(vec![Step { customer, name, shown, segment }]);
        })
    };
    html! {
        <>
            <span class="tag" dir="auto" data-segment={current.clone()}>{ shown::label(&current) }</span>
            if let Some(mark) = mark {
                <span class="quiet" data-edit={mark.key} title={mark.sentence}>{ mark.label }</span>
            }
            if editor.can_change {
                <SegmentChoice
                    label={say!("Change segment")}
                    segments={editor.segments.clone()}
                    current={Some(current)}
                    {chosen}
                    id="segment-choice"
                />
            }
        </>
    }
}
