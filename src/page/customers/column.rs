//! The columns of the list, each defined once: title, sort, what a cell says.

use facts::{Member, MemberSort, Number};
use snapshot::Meta;
use widgets::{Format, shown};
use words::{count, say};
use yew::prelude::*;

use crate::ui::{moved, number};

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Name and e-mail address.
    Customer,
    /// Customer segment.
    Segment,
    /// Churn risk.
    Churn,
    /// RFM segment.
    Rfm,
    /// Net amount in scope.
    Revenue,
    /// How much more than in the period compared with.
    Change,
    /// Net amount of all time.
    LifetimeValue,
    /// Orders of all time.
    Orders,
    /// Day of the last purchase.
    LastPurchase,
    /// Mean score of all time.
    Satisfaction,
}

const ALL: [Column; 10] = [
    Column::Customer,
    Column::Segment,
    Column::Churn,
    Column::Rfm,
    Column::Revenue,
    Column::Change,
    Column::LifetimeValue,
    Column::Orders,
    Column::LastPurchase,
    Column::Satisfaction,
];

/// The sort of a key in the address.
pub fn sort_of(key: &str) -> Option<MemberSort> {
    ALL.into_iter().find(|column| column.key() == key)?.sort()
}

/// What a cell says: text for people, exact value where it is a number.
pub struct Said {
    /// What people read.
    pub text: String,
    /// What programs read.
    pub exact: Option<String>,
}

impl Column {
    /// The columns that have something to say.
    pub fn shown(meta: &Meta, compared: bool) -> impl Iterator<Item = Self> + use<> {
        let rated = meta.features.feedback;
        ALL.into_iter().filter(move |column| match column {
            Self::Change => compared,
            Self::Satisfaction => rated,
            _ => true,
        })
    }

    /// The column a list is sorted by.
    pub fn of(sort: MemberSort) -> Option<Self> {
        ALL.into_iter().find(|column| column.sort() == Some(sort))
    }

    /// Its name in the address and in classes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Segment => "segment",
            Self::Churn => "churn",
            Self::Rfm => "rfm",
            Self::Revenue => "revenue",
            Self::Change => "change",
            Self::LifetimeValue => "value",
            Self::Orders => "orders",
            Self::LastPurchase => "last",
            Self::Satisfaction => "satisfaction",
        }
    }

    /// Its heading.
    pub fn title(self) -> String {
        match self {
            Self::Customer => say!("Customer"),
            Self::Segment => say!("Segment"),
            Self::Churn => say!("Churn risk"),
            Self::Rfm => say!("RFM segment"),
            Self::Revenue => say!("In period"),
            Self::Change => say!("Change"),
            Self::LifetimeValue => say!("Lifetime value"),
            Self::Orders => say!("Orders, all time"),
            Self::LastPurchase => say!("Last purchase"),
            Self::Satisfaction => say!("Satisfaction"),
        }
    }

    /// What the heading means, where that is not plain.
    pub fn hint(self) -> Option<String> {
        match self {
            Self::Revenue => {
                Some(say!("Net amount of the purchases in the period and categories shown"))
            }
            Self::Change => Some(say!("In the period, less the same in the period compared with")),
            Self::Satisfaction => Some(say!("Mean of all scores the customer gave, 1 to 5")),
            _ => None,
        }
    }

    /// What pressing the heading sorts by.
    pub fn sort(self) -> Option<MemberSort> {
        match self {
            Self::Customer => None,
            Self::Segment => Some(MemberSort::Segment),
            Self::Churn => Some(MemberSort::Churn),
            Self::Rfm => Some(MemberSort::Rfm),
            Self::Revenue => Some(MemberSort::Revenue),
            Self::Change => Some(MemberSort::Change),
            Self::LifetimeValue => Some(MemberSort::LifetimeValue),
            Self::Orders => Some(MemberSort::Orders),
            Self::LastPurchase => Some(MemberSort::LastPurchase),
            Self::Satisfaction => Some(MemberSort::Satisfaction),
        }
    }

    /// True if pressing the heading sorts.
    pub fn sorts(&self) -> bool {
        self.sort().is_some()
    }

    /// True if its numbers are set flush right.
    pub fn is_numeric(self) -> bool {
        !matches!(self, Self::Customer | Self::Segment | Self::Churn | Self::Rfm)
    }

    /// What its cell says of a customer; the customer's name is not known here.
    pub fn said(self, member: &Member, meta: &Meta, format: &Format) -> Said {
        let exponent = format.currency.exponent;
        let labels = &meta.labels;
        let label = |labels: &[String], code: Option<u8>| {
            let label = code.and_then(|code| labels.get(usize::from(code)));
            Said { text: label.map_or("–".to_owned(), |label| shown::label(label)), exact: None }
        };
        let money = |units: i64| Said {
            text: format.money(units),
            exact: Some(Number::Money(units).exact(exponent)),
        };
        match self {
            Self::Customer => Said { text: String::new(), exact: None },
            Self::Segment => label(&labels.segments, Some(member.segment)),
            Self::Churn => label(&labels.churn_risks, Some(member.churn)),
            Self::Rfm => label(&labels.rfm_segments, member.rfm_segment),
            Self::Revenue => money(member.revenue),
            Self::Change => match member.change() {
                Some(change) if change > 0 => {
                    let said = money(change);
                    Said { text: format!("+{}", said.text), ..said }
                }
                Some(change) => money(change),
                None => Said { text: "–".to_owned(), exact: None },
            },
            Self::LifetimeValue => money(member.lifetime_value),
            Self::Orders => Said {
                text: format.count(member.orders.into()),
                exact: Some(member.orders.to_string()),
            },
            Self::LastPurchase => match member.recency_days {
                Some(days) => Said { text: format.day(meta.as_of.plus(-days)), exact: None },
                None => Said { text: say!("never"), exact: None },
            },
            Self::Satisfaction => match member.satisfaction() {
                Some(mean) => {
                    Said { text: format.headline(mean), exact: Some(mean.exact(exponent)) }
                }
                None => Said { text: "–".to_owned(), exact: None },
            },
        }
    }

    /// Its cell on the page.
    pub fn cell(self, member: &Member, meta: &Meta, format: &Format) -> Html {
        let said = self.said(member, meta, format);
        let text = number(&said.text, said.exact.as_deref());
        match self {
            Self::Segment => html! { <span class="tag" dir="auto">{ text }</span> },
            Self::Churn if !meta.knows_churn() => {
                html! { <span class="tag" dir="auto">{ text }</span> }
            }
            Self::Churn => {
                html! { <span class={format!("risk risk--{}", member.churn.min(2))}><bdi>{ text }</bdi></span> }
            }
            Self::Change => {
                let change = member.change().filter(|change| *change != 0);
                html! { <span class={moved(change.map(|change| change > 0))}>{ text }</span> }
            }
            Self::LastPurchase => match member.recency_days {
                Some(days) => html! {
                    <>
                        <span>{ text }</span>
                        <span class="list__below">
                            { count!(days, "1 day ago", "{n} days ago", n = format.count(days.into())) }
                        </span>
                    </>
                },
                None => text,
            },
            _ => text,
        }
    }
}
