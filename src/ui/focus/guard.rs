//! When the control that has the focus leaves the page, a neighbour gets it: the keyboard's reader
//! goes on where he was, instead of at the beginning of the page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Function, JSON};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, Node, NodeList};
use yew::prelude::*;

use super::{document, focused, is_visible, reached};

#[wasm_bindgen]
extern "C" {
    /// The browser's own, as far as it is needed here.
    type MutationObserver;

    #[wasm_bindgen(constructor)]
    fn new(callback: &Function) -> MutationObserver;

    #[wasm_bindgen(method)]
    fn observe(this: &MutationObserver, target: &Node, what: &JsValue);

    #[wasm_bindgen(method)]
    fn disconnect(this: &MutationObserver);

    /// A change that it tells of.
    type MutationRecord;

    #[wasm_bindgen(method, getter, js_name = type)]
    fn kind(this: &MutationRecord) -> String;

    #[wasm_bindgen(method, getter, js_name = addedNodes)]
    fn added_nodes(this: &MutationRecord) -> NodeList;
}

/// What may take the focus from a control.
const CHANGES: &str =
    r#"{ "childList": true, "subtree": true, "attributeFilter": ["disabled", "hidden"] }"#;

/// Keeps the focus on the page for as long as it is part of it.
#[component(FocusGuard)]
pub fn focus_guard() -> Html {
    use_effect_with((), |()| {
        let guard = Guard::start();
        move || drop(guard)
    });
    html! {}
}

/// The control that has the focus, and where it stands.
struct Stood {
    control: HtmlElement,
    /// What it is in, from the inside, with how many controls stand before it there.
    within: Vec<(Element, usize)>,
    /// The address of the view.
    path: String,
}

impl Stood {
    fn on(control: HtmlElement) -> Self {
        let all = document().body().map(|body| reached(&body)).unwrap_or_default();
        let at = all.iter().position(|one| *one == control);
        let before = &all[..at.unwrap_or_default()];
        let (mut within, mut around, mut count) = (Vec::new(), control.parent_element(), 0);
        while let Some(part) = around.filter(|part| part.tag_name() != "BODY") {
            let inner = before.iter().rev().skip(count);
            count += inner.take_while(|one| part.contains(Some(one))).count();
            around = part.parent_element();
            within.push((part, count));
        }
        Self { control, within, path: path() }
    }

    /// True if a change of the page has taken the focus from the control: it is gone, was put
    /// elsewhere, is out of use or out of sight.
    fn is_lost(&self, changes: &[MutationRecord]) -> bool {
        let moved = |change: &MutationRecord| {
            let added = change.added_nodes();
            (0..added.length())
                .filter_map(|at| added.item(at))
                .any(|node| node.contains(Some(&self.control)))
        };
        // Where no attribute has changed nothing was hidden: sizes are not asked for in vain.
        let out_of_use = changes.iter().any(|change| change.kind() == "attributes")
            && (self.control.matches(":disabled").unwrap_or(false) || !is_visible(&self.control));
        // Browsers give up such a control at once or a little later.
        match focused() {
            None => out_of_use || !self.control.is_connected() || changes.iter().any(moved),
            Some(focused) => out_of_use && focused == self.control,
        }
    }

    /// The control itself if it is still to be had, else a neighbour.
    fn next(&self) -> Option<HtmlElement> {
        let usable = !self.control.matches(":disabled").unwrap_or(false);
        let control = Some(&self.control).filter(|control| usable && is_visible(control));
        control.cloned().or_else(|| self.heading()).or_else(|| self.neighbour())
    }

    /// A view's heading hands the focus on to the one that takes its place.
    fn heading(&self) -> Option<HtmlElement> {
        let next = (self.control.tag_name() == "H1").then(|| document().query_selector("h1"))?;
        next.ok().flatten()?.dyn_into().ok()
    }

    /// What stands now where it stood, in the closest part that is left; another view has nothing
    /// of the kind, and waits as a whole for its heading.
    fn neighbour(&self) -> Option<HtmlElement> {
        let moved = self.path != path();
        let mut left =
            self.within.iter().filter(|(part, _)| part.is_connected() && is_visible(part));
        left.find_map(|(part, before)| {
            if moved && part.id() == "main" {
                return part.clone().dyn_into().ok();
            }
            let all: Vec<_> = reached(part).into_iter().filter(|one| is_visible(one)).collect();
            all.get((*before).min(all.len().saturating_sub(1))).cloned()
        })
    }
}

fn path() -> String {
    // An address that cannot be read is the same all the time.
    gloo::utils::window().location().pathname().unwrap_or_default()
}

struct Guard {
    observer: MutationObserver,
    // Kept for as long as the browser may call them.
    _changed: Closure<dyn FnMut(Array)>,
    _listening: [EventListener; 2],
}

impl Guard {
    fn start() -> Self {
        let stood = Rc::new(RefCell::new(focused().map(Stood::on)));
        let changed = {
            let stood = stood.clone();
            Closure::<dyn FnMut(Array)>::new(move |changes: Array| {
                let changes: Vec<MutationRecord> =
                    changes.iter().map(JsCast::unchecked_into).collect();
                let lost = stood.borrow().as_ref().is_some_and(|stood| stood.is_lost(&changes));
                // Taken out first: what gets the focus is noted while it gets it.
                let lost = if lost { stood.take() } else { None };
                if let Some(next) = lost.and_then(|stood| stood.next()) {
                    // One that cannot have the focus leaves it where it went.
                    let _ = next.focus();
                }
            })
        };
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref());
        if let (Some(body), Ok(what)) = (document().body(), JSON::parse(CHANGES)) {
            observer.observe(&body, &what);
        }
        Self { observer, _changed: changed, _listening: listen(&stood) }
    }
}

/// Notes what gets the focus; a press on nothing means to give it up.
fn listen(stood: &Rc<RefCell<Option<Stood>>>) -> [EventListener; 2] {
    let (gets, pressed) = (stood.clone(), stood.clone());
    let document = document();
    [
        EventListener::new(&document, "focusin", move |event| {
            let control = event.target().and_then(|target| target.dyn_into().ok());
            gets.replace(control.map(Stood::on));
        }),
        EventListener::new(&document, "pointerdown", move |event| {
            let on = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            let gives_up =
                pressed.borrow().as_ref().is_some_and(|stood| !stood.control.contains(on.as_ref()));
            if gives_up {
                pressed.take();
            }
        }),
    ]
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
