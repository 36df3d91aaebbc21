//! The header: brand, what kind of data this is, theme switch; on phones the way to the menu.

use web_sys::HtmlDialogElement;
use words::say;
use yew::prelude::*;

use super::settled::use_settled;
use super::sidebar::Menu;
use crate::edits::{self, EditsPart};
use crate::filter::GoTo;
use crate::host::place;
use crate::live;
use crate::look::ThemeSwitch;
use crate::search;
use crate::session::store::{Store, use_store};
use crate::sign_in::{self, SignInPart, use_sign_in};
use crate::ui::{Icon, Later, Route};

/// Which view the header stands over.
#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    /// The view on screen.
    pub route: Route,
}

/// The header.
#[component(Header)]
pub fn header(props: &HeaderProps) -> Html {
    let store = use_store();
    let signed_in = use_sign_in().session.is_some();
    let (node, settled) = (use_node_ref(), use_settled());
    let open = {
        let node = node.clone();
        Callback::from(move |_| show(&node, true))
    };
    let source = store.manifest().map(|manifest| {
        if manifest.meta.demo { say!("Sample data") } else { manifest.meta.source.clone() }
    });
    html! {
        <header class="header">
            <button class="icon-button header__menu" type="button" aria-label={say!("Open menu")} onclick={open}>
                { Icon::Menu.html() }
            </button>
            { brand(&store) }
            if settled {
                <Later part={search::PARTS.part(())} />
            }
            <div class="header__end">
                if settled {
                    <Later part={live::PARTS.part(())} />
                    <Later part={edits::PARTS.part(EditsPart::Button)} />
                }
                if store.own.is_some() {
                    <GoTo to={Route::Own} classes="tag tag--own" hint={say!("Your own data, open in this tab alone")}>
                        { say!("Only in this tab") }
                    </GoTo>
                } else if let Some(source) = source {
                    <span class="tag" title={source.clone()}>{ source }</span>
                }
                if settled {
                    <ThemeSwitch name="theme" />
                }
                if signed_in {
                    <Later part={sign_in::PARTS.part(SignInPart::Profile)} />
                }
            </div>
            if settled {
                { drawer(&props.route, &node) }
            }
        </header>
    }
}

/// Logo and name, leading to the entry page.
pub fn brand(store: &Store) -> Html {
    let Some(setup) = &store.setup else {
        return html! { <span class="skeleton skeleton--text" /> };
    };
    let brand = &setup.config.brand;
    html! {
        <GoTo to={Route::Entry} classes="brand">
            <img class="brand__logo" src={place::absolute(&brand.logo)} alt="" width="28" height="28" />
            <span class="brand__name">{ &brand.name }</span>
        </GoTo>
    }
}

/// The menu on phones: a modal dialog, so that the browser keeps focus inside and Escape closes it.
fn drawer(route: &Route, drawer: &NodeRef) -> Html {
    let close = {
        let node = drawer.clone();
        Callback::from(move |()| show(&node, false))
    };
    let press = close.reform(|_: MouseEvent| ());
    let outside = {
        let (node, close) = (drawer.clone(), close.clone());
        Callback::from(move |event: MouseEvent| {
            // The backdrop belongs to the dialog itself; everything inside is a child.
            let pressed = event.target_dyn_into::<web_sys::Node>();
            if pressed.is_some() && pressed == node.get() {
                close.emit(());
            }
        })
    };
    html! {
        <dialog class="drawer" ref={drawer.clone()} aria-label={say!("Menu")} onclick={outside}>
            <div class="drawer__head">
                <strong>{ say!("Menu") }</strong>
                <button class="icon-button" type="button" aria-label={say!("Close menu")} onclick={press}>
                    { Icon::Close.html() }
                </button>
            </div>
            <nav aria-label={say!("Main menu")}><Menu route={route.clone()} followed={close} /></nav>
            <div class="drawer__theme">
                <span>{ say!("Theme") }</span>
                <ThemeSwitch name="drawer-theme" />
            </div>
        </dialog>
    }
}

fn show(dialog: &NodeRef, open: bool) {
    let Some(dialog) = dialog.cast::<HtmlDialogElement>() else { return };
    if open {
        // Refused only when it is open already.
        let _ = dialog.show_modal();
    } else {
        dialog.close();
    }
}
