//! The files of purchases, where there are several: what each has, and what of it an earlier one has.

use words::say;
use yew::prelude::*;

use super::super::guess::FileRead;
use super::super::looked::Looked;

/// Of a mapping that was changed, its own files; nothing where there is one.
pub fn files(review: &Looked) -> Html {
    let files = match &review.tried {
        Some(Ok(tried)) => &tried.files,
        Some(Err(_)) => return html! {},
        None => &review.guess.files,
    };
    if files.len() < 2 {
        return html! {};
    }
    let file = |file: &FileRead| html! { <li dir="auto">{ told(file) }</li> };
    html! {
        <div data-own="purchases">
            <p>{ say!("{n} files of purchases, read as one", n = files.len()) }</p>
            <ul class="own__list">{ for files.iter().map(file) }</ul>
        </div>
    }
}

fn told(FileRead { name, rows, again }: &FileRead) -> String {
    if *again == 0 {
        return say!("{file}: {n} rows", file = name, n = rows);
    }
    say!(
        "{file}: {n} rows; {again} of the file are in an earlier one, too",
        file = name,
        n = rows,
        again = again
    )
}
