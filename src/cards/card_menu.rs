//! What else can be done with a card: move it, take it away, ask where its numbers come from.

use facts::View;
use widgets::Rendered;
use words::say;
use yew::prelude::*;

use super::menu::{Menu, MenuItem};
use super::moving::Moving;
use super::plate::Slot;
use super::said::use_says;
use crate::ask::Known;
use crate::export::{file_name, header, not_saved, picture, save_csv};
use crate::host::page::use_page;
use crate::host::plotly::PictureKind;
use crate::host::shared::Shared;
use crate::look::Look;
use crate::look::prefs::use_prefs;
use crate::session::store::{use_looks, use_store};
use crate::ui::Icon;

/// Whose menu it is.
#[derive(PartialEq, Properties)]
pub struct CardMenuProps {
    /// The widget.
    pub widget: Known,
    /// How its card is moved, if it can be.
    pub moving: Option<Moving>,
    /// What it shows.
    pub rendered: Option<Shared<Rendered>>,
    /// The view that it is of, which may not be the one asked for yet.
    pub of: Option<View>,
    /// Told when the reader asks where its numbers come from.
    pub about: Callback<()>,
    /// Where its chart is, if it has one.
    pub slot: Option<Slot>,
}

/// The menu of a card.
#[component(CardMenu)]
pub fn card_menu(props: &CardMenuProps) -> Html {
    let widget = props.widget;
    let title = words::say(widget.title());
    html! {
        <Menu id={format!("{}-menu", widget.id())} label={say!("More for {title}", title = title)}>
            <MenuItem
                icon={Icon::Info}
                label={say!("About this number")}
                chosen={props.about.clone()}
            />
            { for props.rendered.as_ref().map(|rendered| html! {
                <Takeaway
                    {widget}
                    rendered={rendered.clone()}
                    of={props.of.clone()}
                    slot={props.slot.clone()}
                />
            }) }
            { for props.moving.as_ref().map(|moving| movers(widget.id(), moving)) }
        </Menu>
    }
}

fn movers(card: &'static str, moving: &Moving) -> Html {
    let by = |by: isize| moving.by.reform(move |()| (card, by));
    html! {
        <>
            <MenuItem
                icon={Icon::Earlier}
                label={say!("Move earlier")}
                disabled={moving.at == 0}
                chosen={by(-1)}
            />
            <MenuItem
                icon={Icon::Later}
                label={say!("Move later")}
                disabled={moving.at + 1 >= moving.count}
                chosen={by(1)}
            />
        </>
    }
}

#[derive(PartialEq, Properties)]
struct TakeawayProps {
    widget: Known,
    rendered: Shared<Rendered>,
    of: Option<View>,
    slot: Option<Slot>,
}

/// The items that save the card's content.
#[component(Takeaway)]
fn takeaway(props: &TakeawayProps) -> Html {
    let (store, page) = (use_store(), use_page());
    let (prefs, _) = use_prefs();
    let dark = use_looks().is_dark();
    let says = use_says();
    // What is taken away says what it is of, whatever has been asked for since.
    let Some((data, view)) = store.data().cloned().zip(props.of.clone()) else { return html! {} };
    let widget = props.widget;
    let title = words::say(widget.title());
    let lines = {
        let (data, title) = (data.clone(), title.clone());
        move || header(&title, Some(&words::say(widget.definition())), &view, data.facts.meta())
    };
    let name = file_name(widget.id(), data.facts.meta());
    let table = {
        let (rendered, lines, name, export) =
            (props.rendered.clone(), lines.clone(), name.clone(), prefs.export);
        let says = says.clone();
        Callback::from(move |()| {
            let saved = save_csv(&name, &rendered.table, &lines(), export);
            says.emit(saved.err().map(|_| not_saved().into()));
        })
    };
    let paper = Look::new(data.facts.meta(), dark).theme.surface;
    let image = |kind: PictureKind, slot: &Slot| {
        let (slot, lines, name, title) = (slot.clone(), lines.clone(), name.clone(), title.clone());
        let (busy, says) = (page.busy.clone(), says.clone());
        Callback::from(move |()| {
            let Some(plot) = slot.get() else { return says.emit(Some(not_drawn().into())) };
            let says = says.clone();
            let (lines, name, title, working) =
                (lines(), name.clone(), title.clone(), busy.begin());
            // The menu closes at once; the picture is made all the same.
            wasm_bindgen_futures::spawn_local(async move {
                let _working = working;
                let made = picture(&plot, kind, &name, &title, &lines, paper).await;
                says.emit(made.err().map(AttrValue::from));
            });
        })
    };
    html! {
        <>
            <MenuItem icon={Icon::Table} label={say!("Download CSV")} chosen={table} />
            { for props.slot.iter().map(|slot| html! {
                <>
                    <MenuItem
                        icon={Icon::Download}
                        label={say!("Download PNG")}
                        chosen={image(PictureKind::Png, slot)}
                    />
                    <MenuItem
                        icon={Icon::Download}
                        label={say!("Download SVG")}
                        chosen={image(PictureKind::Svg, slot)}
                    />
                </>
            }) }
        </>
    }
}

fn not_drawn() -> String {
    say!("The figure is not drawn yet, so there is no picture of it.")
}
