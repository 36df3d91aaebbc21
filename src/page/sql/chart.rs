//! A simple chart of an answer: its first column along the axis, its first numbers as heights.

use engine::{Rows, Value};
use widgets::quick_chart::quick_chart;
use yew::prelude::*;

use super::console::Answer;
use super::plain::plain;
use crate::cards::{Plate, Reports, use_drawing};
use crate::host::shared::Shared;
use crate::look::Look;
use crate::session::store::{use_looks, use_store};

/// Points drawn at most.
const MOST: usize = 500;

/// Characters of a name drawn at most.
const LONGEST: usize = 80;

/// True if an answer has names or days in its first column and numbers in another one.
pub fn can_chart(rows: &Rows, numeric: &[bool]) -> bool {
    (2..=MOST).contains(&rows.len()) && numeric.iter().skip(1).any(|&numeric| numeric)
}

fn short(name: &str) -> String {
    name.chars().take(LONGEST).collect()
}

/// What is drawn.
#[derive(PartialEq, Properties)]
pub struct QuickChartProps {
    /// The answer.
    pub answer: Shared<Answer>,
}

/// The chart.
#[component(QuickChart)]
pub fn quick_chart_of(props: &QuickChartProps) -> Html {
    let (store, dark) = (use_store(), use_looks().is_dark());
    let made = use_memo((props.answer.clone(), dark), |(answer, dark)| {
        let manifest = store.manifest()?;
        let look = Look::new(&manifest.meta, *dark);
        let rows = &answer.rows;
        let at = (1..rows.columns.len()).find(|&at| {
            let number =
                |row: &Vec<Value>| matches!(row.get(at), Some(Value::Integer(_) | Value::Real(_)));
            rows.rows.iter().any(number)
        })?;
        let points = rows.rows.iter().map(|row| {
            let value = match row.get(at) {
                Some(Value::Integer(whole)) => Some(*whole as f64),
                Some(Value::Real(real)) => Some(*real),
                _ => None,
            };
            (short(&row.first().map(plain).unwrap_or_default()), value)
        });
        let name = rows.columns.get(at).map(|name| short(name)).unwrap_or_default();
        let rendered = quick_chart(&look.theme, &look.format, &name, points.collect());
        let figure = rendered.figure.clone()?;
        Some((Shared::new(rendered), Shared::new(figure)))
    });
    let Reports { drawn, waits } = use_drawing((*made).as_ref());
    let Some((rendered, figure)) = (*made).clone() else { return html! {} };
    html! { <Plate id="query" title="Query" {rendered} {figure} {drawn} {waits} /> }
}
