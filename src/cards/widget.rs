//! The card of a widget: title, figure or table, notes, and every state in between.

use widgets::{Outcome, Rendered};
use words::say;
use yew::prelude::*;

use super::card_menu::CardMenu;
use super::changed::use_changed;
use super::content::{Content, use_content};
use super::moving::{Grips, Moving};
use super::people_table::PeopleTable;
use super::plate::{Plate, Slot};
use super::said::{Says, use_said};
use super::table::DataTable;
use super::tools::{KindSwitch, TableSwitch};
use crate::about::{About, Subject};
use crate::ask::Known;
use crate::filter::use_limits;
use crate::host::media::use_narrow;
use crate::host::shared::Shared;
use crate::look::prefs::{PrefsChange, use_prefs};
use crate::session::live::use_live;
use crate::ui::{Absent, CopyDetails, Failure, Icon, NotKept, Skeleton, sentence, sentence_of};

/// Which widget, and how it stands on the page.
#[derive(PartialEq, Properties)]
pub struct WidgetCardProps {
    /// The widget.
    pub widget: Known,
    /// True where it has the page to itself: the figure is tall, the table stands below it.
    #[prop_or_default]
    pub alone: bool,
    /// Further classes.
    #[prop_or_default]
    pub classes: Classes,
    /// How it is moved; not at all where it stands alone.
    #[prop_or_default]
    pub moving: Option<Moving>,
}

/// A widget's card.
#[component(WidgetCard)]
pub fn widget_card(props: &WidgetCardProps) -> Html {
    let widget = props.widget;
    let node = use_node_ref();
    let (prefs, change) = use_prefs();
    let kind = prefs.layout.kind(widget.id());
    let choose = change.reform(move |kind| PrefsChange::Kind(widget.id(), kind));
    let as_table = use_state(|| false);
    let (narrow, folded) = (use_narrow(), use_state(|| false));
    let content = use_content(widget, &node, kind);
    let title = format!("{}-title", widget.id());
    let slot = (*use_memo((), |()| Slot::default())).clone();
    let limits = use_limits(widget.id());
    let (said, says) = use_said();
    let asked = use_state(|| false);
    let (ask, answered) = {
        let (on, off) = (asked.clone(), asked.clone());
        (Callback::from(move |()| on.set(true)), Callback::from(move |()| off.set(false)))
    };
    let changed = use_changed(&content.rendered().map(|rendered| rendered.table.rows.clone()));
    let has_figure =
        content.figure().is_some() && content.problem.is_none() && !content.is_missing();
    let follows = use_live().is_on().then(|| follows(widget));
    html! {
        <ContextProvider<Says> context={says}>
        <section
            class={classes!(
                "card",
                "widget",
                format!("widget--{}", widget.id()),
                (content.updating && !content.away).then_some("widget--updating"),
                (*folded && narrow).then_some("card--folded"),
                changed,
                props.classes.clone(),
            )}
            data-widget={widget.id()}
            data-section={props.moving.as_ref().map(|_| words::say(widget.title()))}
            aria-labelledby={title.clone()}
            aria-busy={content.is_busy().then_some("true")}
            ref={node}
        >
            <header class="card__head">
                { for props.moving.as_ref().map(|moving| grip(widget.id(), moving)) }
                <h2 id={title}>{ heading(widget, props.moving.is_some() && narrow, &folded) }</h2>
                <div class="card__tools">
                    if has_figure {
                        if !*as_table {
                            <KindSwitch {widget} {kind} chosen={choose} />
                        }
                        if !props.alone {
                            <TableSwitch {widget} on={as_table.clone()} />
                        }
                    }
                    <CardMenu
                        {widget}
                        moving={props.moving.clone()}
                        rendered={content.rendered()}
                        of={content.of.clone()}
                        about={ask}
                        slot={has_figure.then(|| slot.clone())}
                    />
                </div>
            </header>
            { kept(&content) }
            { said }
            // A figure that failed leaves its table.
            <div class="card__body">{ body(widget, &content, &slot, *as_table || !has_figure, props.alone) }</div>
            <footer class="card__foot">{ foot(&content, &limits, follows.as_deref()) }</footer>
            if *asked {
                <About subject={Subject::Widget(widget)} closed={answered} />
            }
        </section>
        </ContextProvider<Says>>
    }
}

/// The title; on phones it folds and unfolds its section.
fn heading(widget: Known, folds: bool, folded: &UseStateHandle<bool>) -> Html {
    let title = words::say(widget.title());
    if !folds {
        return title.into();
    }
    let turn = {
        let folded = folded.clone();
        Callback::from(move |_: MouseEvent| folded.set(!*folded))
    };
    html! {
        <button class="card__fold" type="button" aria-expanded={(!**folded).to_string()} onclick={turn}>
            { title }
            { Icon::Chevron.small() }
        </button>
    }
}

/// Where a pointer takes hold of the card; the keyboard moves it by the menu.
fn grip(card: &'static str, moving: &Moving) -> Html {
    let Grips { down, moved, up, cancelled } = moving.grips.clone();
    let lost = cancelled.reform(|_: PointerEvent| ());
    html! {
        <span
            class="card__grip"
            aria-hidden="true"
            title={say!("Drag to move")}
            onpointerdown={down.reform(move |event| (event, card))}
            onpointermove={moved}
            onpointerup={up}
            onpointercancel={lost}
        >
            { Icon::Grip.small() }
        </span>
    }
}

fn body(widget: Known, content: &Content, slot: &Slot, as_table: bool, alone: bool) -> Html {
    match (&content.problem, content.outcome()) {
        _ if content.is_missing() => html! { <NotKept retry={content.again.clone()} /> },
        (_, Some(Outcome::Ready(_))) => html! {
            { for content.rendered().map(|rendered| ready(widget, rendered, content, slot, as_table, alone)) }
        },
        (_, Some(Outcome::Absent(reason))) => html! { <Absent reason={reason.clone()} /> },
        (Some(problem), None) => {
            html! { <Failure reason={problem.clone()} retry={content.retry.clone()} /> }
        }
        _ if content.failed => html! { <Absent
            reason={say!("Nothing to show yet: this part of the snapshot could not be read.")}
        /> },
        _ => html! { <Skeleton /> },
    }
}

/// Figure and table are both in the page; one of them is hidden unless the card stands alone.
fn ready(
    widget: Known,
    rendered: Shared<Rendered>,
    content: &Content,
    slot: &Slot,
    as_table: bool,
    alone: bool,
) -> Html {
    let table = rendered.table.clone();
    let Some(figure) = content.figure() else { return html! { <PeopleTable {table} /> } };
    html! {
        <>
            <Plate
                id={widget.id()}
                title={words::say(widget.title())}
                {rendered}
                {figure}
                classes={classes!(alone.then_some("figure--tall"))}
                hidden={as_table}
                slot={slot.clone()}
                waits={content.waits.clone()}
                drawn={content.drawn.clone()}
            />
            <div class="card__table" hidden={!as_table && !alone}><DataTable {table} /></div>
        </>
    }
}

/// A later try failed: what was known before stays, and the card says so.
fn kept(content: &Content) -> Html {
    match (&content.problem, content.outcome()) {
        (Some(problem), Some(_)) if !content.away => html! {
            <div class="kept" role="alert">
                <span>{ sentence(problem) }</span>
                <button class="button button--quiet" type="button" onclick={content.retry.clone()}>
                    { say!("Try again") }
                </button>
                <CopyDetails text={problem.clone()} classes="button--quiet" />
            </div>
        },
        _ => html! {},
    }
}

/// Whether a figure follows what happens, while something is heard of it.
fn follows(widget: Known) -> String {
    match widget.id() {
        // The rows of the pipeline are those of the snapshot.
        "data_flow" => say!("Waits for the next snapshot"),
        _ => say!("Live"),
    }
}

fn foot(content: &Content, limits: &[String], follows: Option<&str>) -> Html {
    let rendered = content.rendered().filter(|_| !content.is_missing());
    let note = rendered.as_ref().and_then(|rendered| {
        let note = rendered.note.as_deref()?;
        Some(sentence_of(&sentence(note), &rendered.numbers))
    });
    let others = content.limit.as_deref().into_iter().chain(limits.iter().map(String::as_str));
    let notes = note.into_iter().chain(others.map(|text| sentence(text).into()));
    html! {
        <>
            <span>{ for notes.map(|note| html! { <>{ note }{ " " }</> }) }</span>
            if content.updating && !content.away && content.problem.is_none() {
                <span class="card__updating" role="status">{ say!("Updating") }</span>
            }
            { for content.updated.as_ref().map(|day| html! {
                <span>
                    if let Some(follows) = follows {
                        { follows }{ " · " }
                    }
                    { say!("Data as of") }{ " " }{ day }
                </span>
            }) }
        </>
    }
}
