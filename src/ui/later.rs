//! Shows a part at once if its code is here, else as soon as its file has come.
//!
//! Whoever shows such a part knows what it hands over and the place of its code, a [`Far`]; which
//! function that is, and in which file it comes, only the app knows.

use std::any::Any;
use std::rc::Rc;
use std::sync::OnceLock;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use words::say;
use yew::prelude::*;

use super::Icon;
use crate::host::page::use_page;
use crate::host::{again, faults, task};

/// Why code cannot be used: its file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHere;

/// What code gives that may have to be fetched first.
pub type Coming<T> = LocalBoxFuture<'static, Result<T, NotHere>>;

/// The place of a function whose code may not be here yet.
pub struct Far<A: 'static, T: 'static>(OnceLock<fn(A) -> Coming<T>>);

impl<A, T> Far<A, T> {
    /// A place that is still empty.
    pub const fn empty() -> Self {
        Self(OnceLock::new())
    }

    /// Puts the function in its place; the first one stays.
    pub fn fill(&self, code: fn(A) -> Coming<T>) {
        let _ = self.0.set(code);
    }

    /// Calls the function, fetching its code if need be.
    ///
    /// # Errors
    /// [`NotHere`] if its file did not come.
    pub async fn call(&self, given: A) -> Result<T, NotHere> {
        match self.0.get() {
            Some(code) => code(given).await,
            None => Err(NotHere),
        }
    }
}

impl<A: Clone + PartialEq> Far<A, Html> {
    /// What the function draws of this, to be shown by [`Later`].
    pub fn part(&'static self, given: A) -> FarPart {
        FarPart(Rc::new(Given { far: self, given }))
    }
}

/// Something to be drawn by code that may not be here yet; equal if it is the same of the same.
#[derive(Clone)]
pub struct FarPart(Rc<dyn Drawn>);

impl PartialEq for FarPart {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

/// One code of [`Later`] for whatever is drawn.
trait Drawn: Any {
    fn draw(&self) -> Coming<Html>;
    fn is(&self, other: &dyn Drawn) -> bool;
}

struct Given<A: 'static> {
    far: &'static Far<A, Html>,
    given: A,
}

impl<A: Clone + PartialEq> Drawn for Given<A> {
    fn draw(&self) -> Coming<Html> {
        Box::pin(self.far.call(self.given.clone()))
    }

    fn is(&self, other: &dyn Drawn) -> bool {
        let other: &dyn Any = other;
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| std::ptr::eq(self.far, other.far) && self.given == other.given)
    }
}

/// A part, and what stands in its place until it is here.
#[derive(PartialEq, Properties)]
pub struct LaterProps {
    /// What is to be shown.
    pub part: FarPart,
    /// What stands there meanwhile.
    #[prop_or_default]
    pub meanwhile: Html,
    /// Told when it is shown after all, if it had to be waited for.
    #[prop_or_default]
    pub arrived: Callback<()>,
}

/// Shows a part, fetching its file if need be, and again until it has come.
#[component(Later)]
pub fn later(props: &LaterProps) -> Html {
    let attempt = use_state(|| 0_u32);
    let fetched = use_state(|| None::<Result<(), NotHere>>);
    let page = use_page();
    let drawn = props.part.0.draw().now_or_never();
    let wanted = drawn.is_none().then_some(*attempt);
    {
        let (fetched, part) = (fetched.clone(), props.part.clone());
        use_effect_with(wanted, move |wanted| {
            let task = wanted.map(|_| {
                let mut working = Some(page.busy.begin());
                task::start(async move {
                    for failures in 1.. {
                        let drawn = part.0.draw().await.map(drop);
                        fetched.set(Some(drawn));
                        working.take();
                        if drawn.is_ok() {
                            return;
                        }
                        faults::note("part", "a part of this page could not be fetched");
                        again::due(failures).await;
                    }
                })
            });
            move || drop(task)
        });
    }
    {
        let arrived = props.arrived.clone();
        let is_here = *fetched == Some(Ok(()));
        use_effect_with(is_here, move |&is_here| {
            if is_here {
                arrived.emit(());
            }
        });
    }
    match (drawn, *fetched) {
        (Some(Ok(drawn)), _) => drawn,
        (Some(Err(NotHere)), _) | (None, Some(Err(NotHere))) => missing(Callback::from({
            move |_: MouseEvent| {
                fetched.set(None);
                attempt.set(*attempt + 1);
            }
        })),
        (None, _) => props.meanwhile.clone(),
    }
}

/// What is shown when the file did not come.
fn missing(again: Callback<MouseEvent>) -> Html {
    html! {
        <div class="notice notice--error" role="alert" data-error="part">
            { Icon::Warning.html() }
            <div class="notice__text">
                <strong>{ say!("A part of this page could not be fetched") }</strong>
                <p>
                    { say!("It is asked for again by itself, at once when the connection is back. \
                       If the page was renewed in the meantime, reload it.") }
                </p>
            </div>
            <div class="buttons">
                <button class="button" type="button" onclick={again}>{ say!("Try now") }</button>
                <button class="button" type="button" onclick={Callback::from(|_: MouseEvent| reload())}>
                    { say!("Reload") }
                </button>
            </div>
        </div>
    }
}

/// Loads the page anew, at the same address.
fn reload() {
    // A browser that does not leaves the page as it is.
    let _ = gloo::utils::window().location().reload();
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    static ONE: Far<u32, Html> = Far::empty();
    static OTHER: Far<u32, Html> = Far::empty();

    #[wasm_bindgen_test]
    fn parts_are_the_same_if_place_and_content_are() {
        assert!(ONE.part(1) == ONE.part(1), "made anew at each drawing");
        assert!(ONE.part(1) != ONE.part(2));
        assert!(ONE.part(1) != OTHER.part(1));
    }

    #[wasm_bindgen_test]
    async fn an_empty_place_has_nothing_and_the_first_function_stays() {
        static FAR: Far<u32, u32> = Far::empty();
        assert_eq!(FAR.call(1).await, Err(NotHere));
        FAR.fill(|number| Box::pin(async move { Ok(number + 1) }));
        FAR.fill(|_| Box::pin(async { Ok(0) }));
        assert_eq!(FAR.call(1).await, Ok(2));
    }
}
