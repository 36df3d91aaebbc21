//! What an address asks: which answer, which page, under which view.

use std::borrow::Cow;

use api::{ENDPOINTS, Endpoint, Page};
use facts::View;
use filters::Why;
use snapshot::Meta;

/// Rows of a list at most.
const MOST_ROWS: u32 = 5000;

/// A question about a snapshot.
pub struct Question {
    /// Which answer.
    pub endpoint: &'static Endpoint,
    /// Which page of it.
    pub page: Page,
    /// Under which view, if one was asked for.
    pub view: Option<View>,
    /// Whether that view is of a period that was asked for, too.
    pub has_period: bool,
    /// Rows of a list, if asked for.
    pub limit: Option<u32>,
    /// Its parameters but for the page.
    pub query: String,
}

/// Why a question is none: a status, and a sentence.
pub type Refused = (u16, String);

/// The endpoint of a path below the site's root, and the page that stands in the path.
pub fn endpoint(path: &str) -> Option<(&'static Endpoint, Option<u32>)> {
    let named =
        |endpoint: &&Endpoint| endpoint.path() == path || endpoint.path() == format!("{path}/");
    if let Some(endpoint) = ENDPOINTS.iter().find(named) {
        return Some((endpoint, None));
    }
    let (before, page) = path.rsplit_once('/')?;
    let endpoint =
        ENDPOINTS.iter().find(|endpoint| endpoint.has_pages() && endpoint.path() == before)?;
    Some((endpoint, Some(number(page)?)))
}

/// Reads the parameters of a question.
///
/// # Errors
/// 400 with the first parameter that cannot be taken, and why.
pub fn read(
    (endpoint, in_path): (&'static Endpoint, Option<u32>),
    query: &str,
    meta: &Meta,
) -> Result<Question, Refused> {
    let (mut page, mut limit) = (in_path, None);
    let mut filter = form_urlencoded::Serializer::new(String::new());
    let mut others = form_urlencoded::Serializer::new(String::new());
    let (mut filtered, mut has_period) = (false, false);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "page" if endpoint.has_pages() => set(&mut page, &name, &value, u32::MAX)?,
            "limit" if endpoint.has_rows() => set(&mut limit, &name, &value, MOST_ROWS)?,
            "from" | "to" | "period" | "compare" | "segment" | "churn" | "category" | "rfm" => {
                filter.append_pair(&name, &value);
                filtered = true;
                has_period |= matches!(&*name, "from" | "to" | "period");
            }
            _ => return Err(bad(&name, &value, "there is no such parameter here")),
        }
        if name != "page" {
            others.append_pair(&name, &value);
        }
    }
    let read = filters::read(&filter.finish(), meta);
    if let Some(dropped) = read.dropped.first() {
        return Err(bad(&dropped.name, &dropped.value, why(dropped.why)));
    }
    Ok(Question {
        endpoint,
        page: page.map_or(Page::FIRST, Page),
        view: filtered.then_some(read.view),
        has_period,
        limit,
        query: others.finish(),
    })
}

fn set(into: &mut Option<u32>, name: &str, value: &str, most: u32) -> Result<(), Refused> {
    let number = number(value).filter(|number| (1..=most).contains(number));
    match (number, &into) {
        (Some(number), None) => *into = Some(number),
        (Some(_), Some(_)) => return Err(bad(name, value, "it was said before")),
        (None, _) => {
            let why = Cow::from(format!("it must be a whole number from 1 to {most}"));
            return Err(bad(name, value, &why));
        }
    }
    Ok(())
}

/// A whole number, of digits alone.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn bad(name: &str, value: &str, why: &str) -> Refused {
    (400, format!("{name}={value}: {why}"))
}

fn why(why: Why) -> &'static str {
    match why {
        Why::UnknownName => "there is no such parameter here",
        Why::UnknownValue => "the snapshot has no such value",
        Why::NotInSnapshot => "the snapshot knows nothing of this",
        Why::NotADay => "a day is written as 2026-11-23",
        Why::OutsideData => "the data does not reach there",
        Why::Backwards => "the period ends before it begins",
        Why::Repeated => "it was said before",
    }
}
