//! Names of the customers in the window, fetched few at a time, those in sight first.

use engine::EngineError;
use gloo::timers::future::TimeoutFuture;
use yew::prelude::*;

use super::order::Source;
use crate::host::page::use_page;
use crate::host::task;
use crate::session::insist::insist;
use crate::session::names::MANY;
use crate::session::why;

/// Rest after a scroll before names are fetched, in milliseconds.
const REST_MS: u32 = 80;

/// Names fetched at once: the first are on screen before the last are asked for.
const AT_ONCE: usize = 12;

/// How the names stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Grows with what is known, so that the page follows.
    pub known: u32,
    /// Why the last fetch failed.
    pub problem: Option<AttrValue>,
}

/// Fetches the names of customers, in the order given, and says how far it has come.
#[hook]
pub fn use_names(data: &Source, customers: Vec<u32>) -> (Names, Callback<()>) {
    let page = use_page();
    let names = use_state_eq(Names::default);
    let attempt = use_state(|| 0_u32);
    {
        let names = names.setter();
        use_effect_with((data.clone(), customers, *attempt), move |(data, customers, _)| {
            let missing = data.with_people(|people| people.missing(customers));
            let data = data.clone();
            let task = (!missing.is_empty()).then(|| {
                let mut working = Some(page.busy.begin());
                task::start(async move {
                    TimeoutFuture::new(REST_MS).await;
                    // Of many nobody waits for the first few: they are on their way to paper.
                    let at_once = if missing.len() > MANY { missing.len() } else { AT_ONCE };
                    for (known, few) in (1_u32..).zip(missing.chunks(at_once)) {
                        let mut told = |error: &EngineError| {
                            let problem = Some(why(error).into());
                            names.set(Names { known, problem });
                            working.take();
                        };
                        let asked = async || data.know(few).await;
                        if let Err(error) =
                            insist(EngineError::is_tried_again, asked, &mut told).await
                        {
                            told(&error);
                            return;
                        }
                        let known = known + few.first().copied().unwrap_or(0);
                        names.set(Names { known, problem: None });
                    }
                })
            });
            move || drop(task)
        });
    }
    let retry = Callback::from(move |()| attempt.set(*attempt + 1));
    ((*names).clone(), retry)
}
