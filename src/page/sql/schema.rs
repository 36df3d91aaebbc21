//! The tables and columns, to be put into the query by pressing them.

use words::say;
use yew::prelude::*;

/// Tables, and who wants their names.
#[derive(PartialEq, Properties)]
pub struct SchemaProps {
    /// Each table with its columns; none until they are known.
    pub tables: Option<Vec<(String, Vec<String>)>>,
    /// Told what to put into the query.
    pub insert: Callback<String>,
}

/// The list.
#[component(Schema)]
pub fn schema(props: &SchemaProps) -> Html {
    let put = |text: &str| {
        let text = text.to_owned();
        props.insert.reform(move |_: MouseEvent| text.clone())
    };
    let column = |name: &String| {
        html! {
            <li><button class="schema__column" type="button" onclick={put(name)}>{ name }</button></li>
        }
    };
    let table = |(name, columns): &(String, Vec<String>)| {
        html! {
            <details class="schema__table" key={name.clone()}>
                <summary><code>{ name }</code></summary>
                <ul>
                    <li>
                        <button class="schema__column schema__column--all" type="button" onclick={put(name)}>
                            { say!("insert the table's name") }
                        </button>
                    </li>
                    { for columns.iter().map(column) }
                </ul>
            </details>
        }
    };
    html! {
        <section class="card sql__schema" aria-labelledby="schema-title">
            <div class="card__head"><h2 id="schema-title">{ say!("Tables") }</h2></div>
            <div class="card__body card__body--text">
                if let Some(tables) = &props.tables {
                    <p class="quiet">{ say!("Press a name to insert it.") }</p>
                    { for tables.iter().map(table) }
                } else {
                    <p class="quiet">{ say!("Shown as soon as the database is open.") }</p>
                }
            </div>
        </section>
    }
}
