//! Where answers come from: the facts of one snapshot, and its tables for names.

use engine::native::NativeEngine;
use facts::{Answer, Facts, Scope, View};
use snapshot::Meta;
use widgets::{Format, Rendered, Widget};

use crate::asking::{ask, format_of, people};
use crate::problem::Problem;

/// One open snapshot, and the view that is asked about.
pub struct Source<'a> {
    /// The facts; they must be able to answer everything, as from columns. Events may lie over them.
    pub facts: &'a Facts,
    /// The tables, for names of customers.
    pub engine: &'a NativeEngine,
    /// The view under which the dashboard's addresses answer.
    pub view: View,
    /// The view of what is told of the whole snapshot, unless somebody asks for another one.
    pub whole: View,
    /// Rows of a list, or of a page of one; each list has its own number unless somebody asks.
    pub limit: Option<u32>,
    /// Path of the site's root, `/` or `/shop/`; addresses in answers begin with it.
    pub base: &'a str,
    /// The parameters of the question but for its page, which addresses in answers end with.
    pub query: &'a str,
}

/// Which page of an answer that has pages, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page(pub u32);

impl Page {
    /// The first one.
    pub const FIRST: Self = Self(1);
}

impl<'a> Source<'a> {
    /// The snapshot under the view with which the dashboard opens.
    pub fn of(facts: &'a Facts, engine: &'a NativeEngine, base: &'a str) -> Self {
        let (view, whole) = (View::default_for(facts.meta()), View::whole(facts.meta()));
        Self { facts, engine, view, whole, limit: None, base, query: "" }
    }

    /// The same under another view. What is told of the whole snapshot is told of all of its days
    /// still, for the same customers and categories; of the view's where it `has_period` of its own.
    #[must_use]
    pub fn under(mut self, view: View, has_period: bool) -> Self {
        let of_all = Scope { range: self.whole.scope.range, ..view.scope.clone() };
        self.whole = match has_period {
            true => view.clone(),
            false => View { scope: of_all, ..self.whole },
        };
        Self { view, ..self }
    }

    /// The same, asked by these parameters.
    #[must_use]
    pub fn asked_by(self, query: &'a str) -> Self {
        Self { query, ..self }
    }

    /// The same, with lists of so many rows.
    #[must_use]
    pub fn limited(self, limit: Option<u32>) -> Self {
        Self { limit, ..self }
    }

    /// What the snapshot says of itself.
    pub fn meta(&self) -> &Meta {
        self.facts.meta()
    }

    /// How labels in figures are written.
    pub(crate) fn format(&self) -> Format {
        format_of(self.facts)
    }

    /// A widget as the page draws it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] with the widget's own reason where the snapshot has no such data.
    pub(crate) fn draw(&self, widget: &dyn Widget, view: &View) -> Result<Rendered, Problem> {
        let people = people(widget, self.facts, view, self.engine)?;
        match widget.compute(&ask(self.facts, view, &self.format(), &people)) {
            widgets::Outcome::Ready(rendered) => Ok(*rendered),
            widgets::Outcome::Absent(why) => Err(Problem::NotFound(why)),
            widgets::Outcome::Loading(why) => Err(not_loaded(why)),
        }
    }
}

/// The answer of a measure; facts over columns know everything.
///
/// # Errors
/// If something is not loaded all the same.
pub(crate) fn known<T>(answer: Answer<T>) -> Result<T, Problem> {
    match answer {
        Answer::Ready(known) => Ok(known),
        Answer::Loading(why) => Err(not_loaded(why)),
    }
}

fn not_loaded(why: &'static str) -> Problem {
    Problem::Damaged(anyhow::anyhow!("not loaded: {why}"))
}
