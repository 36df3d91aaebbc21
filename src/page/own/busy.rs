//! How far work under way has come.

use words::{count, say};
use yew::prelude::*;

use super::stage::Busy;
use super::work::Work;
use crate::ui::Icon;

/// How far it has come, and the way to stop it.
pub fn doing(busy: &Busy, work: &Work) -> Html {
    let stop = {
        let work = work.clone();
        Callback::from(move |_: MouseEvent| work.stop())
    };
    let part = busy.read.filter(|(_, of)| *of > 0.0).map(|(bytes, of)| bytes / of);
    let size = busy.read.map(|(bytes, of)| {
        let (read, all) = (work.megabytes(bytes.min(of)), work.megabytes(of));
        say!("{read} of {all} MB", read, all)
    });
    let at = busy.at.as_ref().map(|(name, rows)| {
        let rows = *rows as i64;
        match rows {
            0 => words::retell(name),
            _ => count!(
                rows,
                "{name}: 1 row",
                "{name}: {n} rows",
                name = words::retell(name),
                n = work.number(rows)
            ),
        }
    });
    html! {
        <section class="card own__busy" aria-labelledby="own-busy" data-own="busy">
            <div class="card__head"><h2 id="own-busy">{ &busy.what }</h2></div>
            <div class="card__body card__body--text">
                <progress
                    class="own__progress"
                    aria-labelledby="own-busy"
                    max="1"
                    value={part.map(|part| part.to_string())}
                />
                <p class="quiet" role="status">{ at.or(size).unwrap_or_else(|| "\u{a0}".to_owned()) }</p>
                <button class="button" type="button" onclick={stop}>
                    { Icon::Close.small() }
                    { say!("Cancel") }
                </button>
            </div>
        </section>
    }
}
