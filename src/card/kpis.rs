//! The row of KPI cards, one of which may be open to its breakdown.

use facts::kpi::SHOWN_BY_DEFAULT;
use widgets::{Ask, KpiCard, kpi_cards};
use yew::prelude::*;

use super::breakdown::Breakdown;
use super::kpi::{Kpi, KpiSkeleton};
use crate::data::Data;
use crate::look::Look;
use crate::shared::Shared;
use crate::state::Load;
use crate::store::use_store;

/// The KPI cards; skeletons until the facts are there.
#[component(Kpis)]
pub fn kpis() -> Html {
    let store = use_store();
    let open = use_state(|| None::<&'static str>);
    let cards = use_memo((store.data.clone(), store.is_dark()), |(data, dark)| {
        data.as_ref().map(|data| cards(data, *dark))
    });
    let Some(cards) = cards.as_ref() else {
        let failed = matches!(store.load, Load::Failed(_));
        return (0..SHOWN_BY_DEFAULT).map(|_| html! { <KpiSkeleton {failed} /> }).collect();
    };
    let card = |card: &Shared<KpiCard>| {
        let is_open = *open == Some(card.id);
        let toggle = {
            let (open, id) = (open.clone(), card.id);
            Callback::from(move |()| open.set((!is_open).then_some(id)))
        };
        html! {
            <>
                <Kpi key={card.id} card={card.clone()} open={is_open} toggle={toggle.clone()} />
                if is_open {
                    <Breakdown key={format!("{}-detail", card.id)} card={card.clone()} close={toggle} />
                }
            </>
        }
    };
    cards.iter().map(card).collect()
}

/// The default cards that this snapshot can answer.
fn cards(data: &Data, dark: bool) -> Vec<Shared<KpiCard>> {
    let look = Look::new(data.facts.meta(), dark);
    let cards = data.with_people(|people| {
        kpi_cards(&Ask {
            facts: &data.facts,
            view: &data.view,
            format: &look.format,
            theme: &look.theme,
            people,
            kind: None,
        })
    });
    let cards = cards.ready().unwrap_or_default();
    cards.into_iter().take(SHOWN_BY_DEFAULT).map(Shared::new).collect()
}
