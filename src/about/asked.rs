//! What was asked of the facts to show something: measured by asking it once more.

use facts::{Aspect, BucketSize, Dimension, Grouping, Origin, Part, Question, View};
use filters::sql::statement;
use widgets::Ask;
use widgets::kpi_cards::kpi_card;
use words::say;

use super::subject::Subject;
use crate::host::timing::now;
use crate::look::Look;
use crate::session::data::Data;

/// A question, where its answer came from, and how to ask it in SQL.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The measure in words.
    pub measure: String,
    /// What the answer is made of.
    pub origin: Origin,
    /// The same in SQL, where one statement does it.
    pub sql: Option<String>,
}

/// All that was asked, the rows behind it, and how long it took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// The value itself in SQL, where it is a key figure's.
    pub sql: Option<String>,
    /// Each question once.
    pub asked: Vec<Asked>,
    /// Kinds of rows with their number.
    pub rows: Vec<(String, i64)>,
    /// Milliseconds of computing.
    pub milliseconds: f64,
}

/// Asks for a subject once more and keeps account.
pub fn account(data: &Data, view: &View, subject: Subject) -> Account {
    let meta = data.facts.meta();
    let look = Look::new(meta, false);
    let (facts, trace) = data.facts.traced();
    let started = now();
    data.asking(&look, view, |ask| {
        let ask = Ask { facts: &facts, ..*ask };
        match subject {
            Subject::Widget(widget) => drop(widget.compute(&ask)),
            Subject::Kpi(id) => drop(kpi_card(&ask, id.def())),
        }
    });
    let milliseconds = now() - started;
    let heard = trace.heard();
    let rows = rows(data, view, heard.iter().map(|(_, question)| question));
    let asked = heard
        .into_iter()
        .map(|(origin, question)| Asked {
            measure: measure(&question, &look),
            sql: statement(&question, meta),
            origin,
        })
        .collect();
    let sql = match subject {
        Subject::Kpi(id) => filters::sql::kpi(id.def(), view, meta),
        Subject::Widget(_) => None,
    };
    Account { sql, asked, rows, milliseconds }
}

/// How many rows of each kind are behind the answers.
fn rows<'a>(
    data: &Data,
    view: &View,
    questions: impl Iterator<Item = &'a Question>,
) -> Vec<(String, i64)> {
    let mut parts: Vec<Part> = Vec::new();
    for question in questions {
        let part = match question {
            Question::Groups { part, .. } => *part,
            Question::Retention { .. } | Question::RetentionOverTime { .. } => Part::Sales,
            _ => Part::Customers,
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let Some(totals) = data.facts.totals(&view.scope, &parts).ready() else { return Vec::new() };
    let mut rows = Vec::new();
    for part in parts {
        match part {
            Part::Sales => rows.push((say!("Purchase lines"), totals.lines)),
            Part::Customers => rows.push((say!("Customers"), totals.customers)),
            Part::Feedback => {
                rows.push((say!("Satisfaction scores"), totals.score_count()));
                rows.push((say!("Campaign contacts"), totals.contacts));
            }
        }
    }
    rows
}

/// A question in words, with the days it is about.
fn measure(question: &Question, look: &Look) -> String {
    let what = match question {
        Question::Groups { grouping, part, .. } => {
            let part = match part {
                Part::Sales => say!("Revenue, units, lines and orders"),
                Part::Customers => say!("Customers and their lifetime value"),
                Part::Feedback => say!("Scores, contacts and responses"),
            };
            match grouping {
                Grouping::Whole => part,
                Grouping::By(dimension) => {
                    say!("{what} by {group}", what = part, group = group(*dimension))
                }
                Grouping::Of(aspect) => {
                    let group = match aspect {
                        Aspect::Channel => say!("channel"),
                        Aspect::Reason => say!("reason"),
                    };
                    say!("{what} by {group}", what = part, group = group)
                }
                Grouping::Over(size) | Grouping::Beside(size, _) => {
                    say!("{what} by {group}", what = part, group = step(*size))
                }
            }
        }
        Question::Retention { .. } => say!("Customers active in both periods"),
        Question::RetentionOverTime { size, .. } => {
            say!(
                "{what} by {group}",
                what = say!("Customers active in both periods"),
                group = step(*size)
            )
        }
        Question::Top { count, .. } => say!("The {n} customers of the greatest value", n = count),
        Question::Points { most, .. } => say!("Customers as points, at most {n}", n = most),
        Question::Members(_) => say!("A list of customers"),
    };
    format!("{what}: {}", look.format.range(question.scope().range))
}

fn group(dimension: Dimension) -> String {
    match dimension {
        Dimension::Segment => say!("segment"),
        Dimension::Churn => say!("churn risk"),
        Dimension::Category => say!("category"),
        Dimension::Rfm => say!("RFM segment (each)"),
    }
}

fn step(size: BucketSize) -> String {
    match size {
        BucketSize::Day => say!("day"),
        BucketSize::Week => say!("week"),
        BucketSize::Month => say!("month"),
    }
}

/// What answers are made of, in words.
pub fn origin(origin: Origin) -> String {
    match origin {
        Origin::Record => say!(
            "Recorded answers: computed from all rows when the snapshot was built, or in the background"
        ),
        Origin::Cubes => say!("Cubes: exact sums and distinct counts by month"),
        Origin::Columns => say!("Columns: every row, scanned in this browser"),
    }
}
