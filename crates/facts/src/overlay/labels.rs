//! Names and codes: those of the snapshot, and behind them names that only events have.

use std::collections::HashMap;

use snapshot::bounds::{MOST_CATEGORIES, MOST_CLASSES};
use snapshot::columns::NOT_SAID;
use snapshot::meta::NO_CATEGORY;
use snapshot::{Labels, Meta};

use super::refusal::Refusal;
use crate::rules::OTHER;

/// New categories at most; more are a mistake of the sender.
const MOST_NEW_CATEGORIES: usize = 1_000;

/// New segments, risks, channels or reasons at most.
const MOST_NEW_CLASSES: usize = 16;

/// The names of a snapshot, for looking up codes: what whoever reads rows needs.
#[derive(Clone, Debug)]
pub struct Codes {
    segments: List,
    churn_risks: List,
    categories: List,
    rfm_segments: List,
    channels: List,
    reasons: List,
}

#[derive(Clone, Debug)]
struct List {
    what: &'static str,
    names: Vec<String>,
    codes: HashMap<String, u16>,
    most: usize,
}

impl List {
    /// `published` of the names are the snapshot's.
    fn of(
        what: &'static str,
        names: &[String],
        published: usize,
        (new, all): (usize, usize),
    ) -> Self {
        let codes = (0_u16..).zip(names).map(|(code, name)| (name.clone(), code));
        let most = published.saturating_add(new).min(all);
        // Of two of one name, the first is meant.
        let codes: Vec<_> = codes.collect();
        Self { what, names: names.to_vec(), codes: codes.into_iter().rev().collect(), most }
    }

    fn code(&self, name: &str) -> Option<u16> {
        self.codes.get(name).copied()
    }

    fn class(&self, name: &str) -> Option<u8> {
        self.code(name).and_then(|code| u8::try_from(code).ok())
    }

    /// The code of a name, which is a new one if need be.
    fn code_or_new(&mut self, name: &str) -> Result<u16, Refusal> {
        if let Some(code) = self.code(name) {
            return Ok(code);
        }
        let next = u16::try_from(self.names.len()).ok();
        let next = next.filter(|_| self.names.len() < self.most);
        let code = next.ok_or(Refusal::TooManyNames { what: self.what, most: self.most })?;
        self.names.push(name.to_owned());
        self.codes.insert(name.to_owned(), code);
        Ok(code)
    }

    fn class_or_new(&mut self, name: &str) -> Result<u8, Refusal> {
        let code = self.code_or_new(name)?;
        let too_many = Refusal::TooManyNames { what: self.what, most: self.most };
        u8::try_from(code).map_err(|_| too_many)
    }

    /// Of what was said, where rare names may be one.
    fn said_or_new(&mut self, said: Option<&str>) -> Result<u8, Refusal> {
        let Some(name) = said else { return Ok(NOT_SAID) };
        match self.class(name).or_else(|| self.class(OTHER)) {
            Some(code) => Ok(code),
            None => self.class_or_new(name),
        }
    }
}

impl Codes {
    /// The codes of a snapshot's names.
    pub fn of(meta: &Meta) -> Self {
        Self::grown(&meta.labels, &meta.labels)
    }

    /// The codes of names that begin with those of a snapshot.
    pub(super) fn grown(labels: &Labels, published: &Labels) -> Self {
        let classes = (MOST_NEW_CLASSES, MOST_CLASSES);
        let list = |what, of: fn(&Labels) -> &Vec<String>, most| {
            List::of(what, of(labels), of(published).len(), most)
        };
        Self {
            segments: list("segments", |labels| &labels.segments, classes),
            churn_risks: list("churn risks", |labels| &labels.churn_risks, classes),
            categories: list(
                "categories",
                |labels| &labels.categories,
                (MOST_NEW_CATEGORIES, MOST_CATEGORIES),
            ),
            rfm_segments: list("RFM segments", |labels| &labels.rfm_segments, classes),
            channels: list("channels", |labels| &labels.channels, classes),
            reasons: list("reasons", |labels| &labels.reasons, classes),
        }
    }

    /// All names, in the order of their codes.
    pub(super) fn labels(&self) -> Labels {
        let names = |list: &List| list.names.clone();
        Labels {
            segments: names(&self.segments),
            churn_risks: names(&self.churn_risks),
            categories: names(&self.categories),
            rfm_segments: names(&self.rfm_segments),
            channels: names(&self.channels),
            reasons: names(&self.reasons),
        }
    }

    /// The code of a category; a product may have none.
    pub fn category(&self, name: Option<&str>) -> Option<u16> {
        self.categories.code(name.unwrap_or(NO_CATEGORY))
    }

    /// The code of a customer segment.
    pub fn segment(&self, name: &str) -> Option<u8> {
        self.segments.class(name)
    }

    /// The code of a churn risk.
    pub fn churn(&self, name: &str) -> Option<u8> {
        self.churn_risks.class(name)
    }

    /// The code of an RFM segment.
    pub fn rfm_segment(&self, name: &str) -> Option<u8> {
        self.rfm_segments.class(name)
    }

    /// The code of a channel; none where a row does not say.
    pub fn channel(&self, said: Option<&str>) -> Option<u8> {
        said.and_then(|name| self.channels.class(name).or_else(|| self.channels.class(OTHER)))
    }

    /// The code of a reason, as [`Codes::channel`].
    pub fn reason(&self, said: Option<&str>) -> Option<u8> {
        said.and_then(|name| self.reasons.class(name).or_else(|| self.reasons.class(OTHER)))
    }

    pub(super) fn new_category(&mut self, name: Option<&str>) -> Result<u16, Refusal> {
        self.categories.code_or_new(name.unwrap_or(NO_CATEGORY))
    }

    pub(super) fn new_segment(&mut self, name: &str) -> Result<u8, Refusal> {
        self.segments.class_or_new(name)
    }

    pub(super) fn new_churn(&mut self, name: &str) -> Result<u8, Refusal> {
        self.churn_risks.class_or_new(name)
    }

    pub(super) fn new_rfm_segment(&mut self, name: &str) -> Result<u8, Refusal> {
        self.rfm_segments.class_or_new(name)
    }

    pub(super) fn new_channel(&mut self, said: Option<&str>) -> Result<u8, Refusal> {
        self.channels.said_or_new(said)
    }

    pub(super) fn new_reason(&mut self, said: Option<&str>) -> Result<u8, Refusal> {
        self.reasons.said_or_new(said)
    }
}
